package series

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"unicode/utf8"
)

// sign is what files of a kind that is not read begin with.
type sign struct {
	begins string         // the first bytes; or
	looks  *regexp.Regexp // what the beginning matches
	seems  string         // what it seems to be, and what to do
}

// signs are those that people are likely to give by mistake.
func signs() []sign {
	const answer = "get-metric-data and get-metric-statistics are read as JSON: ask with --output json"
	look := func(expression, seems string) sign { return sign{looks: regexp.MustCompile(expression), seems: seems} }
	return []sign{
		{begins: "PK\x03\x04", seems: "seems to be an Excel workbook or another zip: save its sheet as CSV, or unpack it"},
		{begins: "\xd0\xcf\x11\xe0", seems: "seems to be an Excel workbook: save its sheet as CSV"},
		{begins: "PAR1", seems: `seems to be Parquet: write a CSV of it, as duckdb -c "COPY (SELECT time, requests FROM 'FILE.parquet' ORDER BY time) TO 'load.csv' (HEADER)" does`},
		{begins: "\x28\xb5\x2f\xfd", seems: "is compressed by zstd: unpack it; gzip is read as it is"},
		{begins: "BZh", seems: "is compressed by bzip2: unpack it; gzip is read as it is"},
		{begins: "\xfd7zXZ\x00", seems: "is compressed by xz: unpack it; gzip is read as it is"},
		look(`(?i)^\s*<(!doctype html|html)`, "seems to be a web page, perhaps one to sign in: save the data itself, as CSV or JSON"),
		look(`^\s*<`, "seems to be XML: "+answer),
		look(`^\s*An error occurred \(`, "seems to be an error of AWS's command line in place of its answer: ask again"),
		look(`^\s*(\+-{3}|-{5,}\s*\n\s*\|)`, "seems to be an answer of AWS's command line as a table: "+answer),
		look(`^(METRICDATARESULTS|DATAPOINTS)\t`, "seems to be an answer of AWS's command line as text: "+answer),
		look(`^(MetricDataResults|Datapoints|Label):`, "seems to be an answer of AWS's command line as YAML: "+answer),
		look(`^metric,statistic,period_s,time,`, "seems to be metrics.csv of asgsim run, a row for each datapoint of each metric, of which several share a time: give timeline.csv beside it, which has a column for each"),
		look(`^#Version: \d`, "seems to be a log of CloudFront: count its requests a minute into a CSV with the header time,requests"),
		look(`^\S+ \S+ [^\[\n]{1,200}\[\d{1,2}/[A-Z][a-z]{2}/\d{4}:`, "seems to be the access log of a web server: count its requests a minute into a CSV with the header time,requests; the logs of an Application Load Balancer are read as they are"),
		look(`^\d{4}-\d\d-\d\dT[\d:.]+Z \S+ [\d.]+:\d+ `, "seems to be the access log of a Classic Load Balancer: count its requests a minute into a CSV with the header time,requests"),
		look(`^(tls|tcp) \d\.\d \d{4}-\d\d-\d\dT`, "seems to be the access log of a Network Load Balancer, which knows connections, not requests"),
	}
}

// foreign says what a file seems to be that no reader is for; nil where it may be a table.
func foreign(begin []byte) error {
	for _, s := range signs() {
		if s.looks == nil && bytes.HasPrefix(begin, []byte(s.begins)) || s.looks != nil && s.looks.Match(begin) {
			return errors.New(s.seems)
		}
	}
	head := begin[:min(len(begin), 1024)]
	if bytes.IndexByte(head, 0) >= 0 {
		return errors.New("is no text: a CSV, JSON or an access log is read")
	}
	for len(head) > 0 {
		r, n := utf8.DecodeRune(head)
		if r == utf8.RuneError && n == 1 && (len(head) >= utf8.UTFMax || len(begin) < 1024) {
			return fmt.Errorf("is no text in UTF-8: save it as UTF-8")
		}
		head = head[n:]
	}
	return nil
}
