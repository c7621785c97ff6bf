package report

import "asgsim/report/format"

// The number printers of the reports, by the names that their pictures use too.

// Money prints dollars: "$43.99", "$1,204", and below ten cents "$0.0725".
func Money(v float64) string { return format.Money(v) }

// Share prints a share as a percentage with two digits, and with more where two
// would claim 100 % or 0 % of what is not quite so.
func Share(v float64) string { return format.Share(v) }

// Percent prints a share as a whole percentage: "37 %".
func Percent(v float64) string { return format.Percent(v) }

// Latency prints seconds as people read them: "17 ms", "1.2 s", "850 µs".
func Latency(s float64) string { return format.Latency(s) }

// Count prints a number of things: "607", "12,345", "85.1 M".
func Count(n uint64) string { return format.Count(n) }

// Rate prints requests a second: "900/s", "1,500/s", "2.5/s".
func Rate(v float64) string { return format.Rate(v) }

// Instances prints a number of instances: "1 instance", "12 instances".
func Instances(n int) string { return format.Instances(n) }

// Minutes prints whole or broken minutes: "1 minute", "2.5 minutes".
func Minutes(v float64) string { return format.Minutes(v) }

// Plural is a count with its noun.
func Plural(n int, noun string) string { return format.Plural(n, noun) }

func decimal(v float64) string { return format.Decimal(v) }

func thousands(n int64) string { return format.Thousands(n) }

func trimZeros(s string) string { return format.TrimZeros(s) }
