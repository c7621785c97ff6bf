// Package report tells people and programs what a run found out: a dozen lines
// of text, one JSON object, a CSV row a minute, and the group's history in the
// shape of aws autoscaling describe-scaling-activities.
//
// Everything is rendered from one value, the [Document]: a number in the text is
// the number in the JSON. What the numbers mean is in [Metrics]. Pictures are
// drawn by package chart from the same value.
//
// Open document.go first.
package report
