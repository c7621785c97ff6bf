// Package behaviour reads how a group behaved: recorded metrics of it, its balancer and
// its instances, access logs, and scaling activities, from whatever files people have.
//
// Open read.go first: Record.Read finds out what a file is (package series reads it),
// metric.go and words.go tell from a series' name which metric it is and in which unit,
// activity.go and rows.go read scaling activities, log.go access logs. bins.go sets all
// of it side by side, a bin after another.
package behaviour
