// Package imports reads configurations that people already have, in the forms in which
// AWS's tools write them, and writes a scenario from them. Nothing here asks AWS, or
// opens a file: it is given their contents.
//
// Data flows one way: a reader of each form (clijson.go for the answers of AWS's command
// line, cloudformation.go for templates, whose functions resolve.go evaluates, terraform.go for plans and states) turns a file into resources by
// AWS's API's names, each value with its place (value.go, resource.go); found.go picks the
// group and what belongs to it; the tables of property.go say what becomes of every
// property; draft.go collects the scenario, assume.go adds what no configuration says,
// write.go writes it, and settle.go leaves out what the scenario format refuses.
//
// Open import.go first.
package imports
