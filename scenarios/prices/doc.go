// Package prices reads what AWS asks for, by region: its public price lists, as CSV and
// as JSON, its lists of savings plans, and JSON as ec2instances.info has it. They are
// streamed, whatever their size, into a compact [Catalogue] a region.
//
// Open catalogue.go first: what is kept; then collector.go, what every reader gives its
// facts to.
package prices
