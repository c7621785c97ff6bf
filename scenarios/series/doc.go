// Package series reads a recorded series of numbers over time in the shapes that people's
// tools write: CSV of several dialects (plain, a spreadsheet's, CloudWatch's console,
// Grafana's), the JSON of aws cloudwatch get-metric-data and get-metric-statistics, and
// that of Prometheus' query_range, and access logs of Application Load Balancers, and the
// JSON lines and CSV of vegeta and k6.
//
// Open read.go first: Read finds out what a file is, and hands its rows on in order of
// time (series.go). table.go reads tables, json.go, cloudwatch.go and prometheus.go JSON,
// clock.go times. all.go reads every series of a file at once, requests.go the lines of
// an access log. Whoever reads here is told what was understood; what a file is not is
// said without showing more of it than a header, a number or a time: it may have been
// named by mistake, or by somebody else.
package series
