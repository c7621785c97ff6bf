package series

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// read returns rows as text: seconds since 2026-03-02T00:00:00Z (Unix 1772409600) or from
// the start, and values.
func read(text, column string) (string, *Info, error) {
	var rows []string
	base := 0.0
	info, err := Read(strings.NewReader(text), column, 100, func(r Row) error {
		if r.At >= 1e8 {
			base = 1772409600
		}
		rows = append(rows, fmt.Sprintf("%g:%g", r.At-base, r.Value))
		return nil
	})
	return strings.Join(rows, " "), info, err
}

// The same two bins in the shapes that tools write: 300 at midnight, 600 five minutes
// later.
func TestShapes(t *testing.T) {
	const want = "0:300 300:600"
	for name, c := range map[string]struct{ text, column, format, times string }{
		"RFC 3339":                  {"time,n\n2026-03-02T00:00:00Z,300\n2026-03-02T00:05:00Z,600\n", "", "CSV", "dates"},
		"an offset from UTC":        {"time,n\n2026-03-02T01:00:00+01:00,300\n2026-03-02T01:05:00+01:00,600\n", "", "CSV", "dates"},
		"Unix seconds":              {"time,n\n1772409600,300\n1772409900,600\n", "", "CSV", "Unix seconds"},
		"Unix milliseconds":         {"time,n\n1772409600000,300\n1772409900000,600\n", "", "CSV", "Unix milliseconds"},
		"Unix microseconds":         {"time,n\n1772409600000000,300\n1772409900000000,600\n", "", "CSV", "Unix microseconds"},
		"Unix nanoseconds":          {"time,n\n1772409600000000000,300\n1772409900000000000,600\n", "", "CSV", "Unix nanoseconds"},
		"seconds from the start":    {"time,n\n0,300\n300,600\n", "", "CSV", "seconds from the start"},
		"a mark, CRLF, quotes":      {"\ufeff\"time\",\"n\"\r\n\"2026-03-02T00:00:00Z\",\"300\"\r\n\"2026-03-02T00:05:00Z\",\"600\"\r\n", "", "CSV", "dates"},
		"semicolons":                {"Zeit;Anfragen\n2026-03-02 00:00:00;300,0\n2026-03-02 00:05:00;600,0\n", "", "CSV", "dates without a zone, taken as UTC"},
		"tabs":                      {"time\tn\n2026-03-02 00:00\t300\n2026-03-02 00:05\t600\n", "", "CSV", "dates without a zone, taken as UTC"},
		"Grafana for Excel":         {"sep=,\r\n\"Time\",\"web\",\"api\"\r\n1772409600000,7,300\r\n1772409900000,7,600\r\n", "api", "CSV", "Unix milliseconds"},
		"CloudWatch's console":      {"Full label,RequestCount\nPeriod,300\n,\n2026/03/02 00:05:00,600\n2026/03/02 00:00:00,300\n", "RequestCount", "CSV", "dates without a zone, taken as UTC"},
		"newest first":              {"time,n\n300,600\n0,300\n", "", "CSV", "seconds from the start"},
		"remarks":                   {"# mine\ntime,n\n# again\n0,300\n300,600\n", "", "CSV", "seconds from the start"},
		"get-metric-data":           {`{"MetricDataResults":[{"Id":"m1","Label":"RequestCount","Timestamps":["2026-03-02T00:05:00+00:00","2026-03-02T00:00:00+00:00"],"Values":[600.0,300.0],"StatusCode":"Complete"}]}`, "", "get-metric-data", "dates"},
		"get-metric-data by its id": {`{"MetricDataResults":[{"Id":"m1","Label":"a","Timestamps":[1772409600,1772409900],"Values":[300,600]},{"Id":"m2","Label":"b","Timestamps":[],"Values":[]}]}`, "m1", "get-metric-data", "Unix seconds"},
		"get-metric-statistics":     {`{"Label":"RequestCount","Datapoints":[{"Timestamp":"2026-03-02T00:05:00Z","Sum":600.0,"Unit":"Count"},{"Timestamp":"2026-03-02T00:00:00Z","Sum":300.0,"Unit":"Count"}]}`, "", "get-metric-statistics", "dates"},
		"a percentile":              {`{"Datapoints":[{"Timestamp":"2026-03-02T00:00:00Z","Sum":1,"ExtendedStatistics":{"p99":300}},{"Timestamp":"2026-03-02T00:05:00Z","Sum":1,"ExtendedStatistics":{"p99":600}}]}`, "p99", "get-metric-statistics", "dates"},
		"query_range":               {`{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"job":"web"},"values":[[1772409600,"300"],[1772409750,"NaN"],[1772409900,"600"]]}]}}`, "", "Prometheus query_range", "Unix seconds"},
	} {
		got, info, err := read(c.text, c.column)
		if err != nil || got != want || info.Format != c.format || info.Times != c.times || info.Civil == strings.HasSuffix(c.times, "start") {
			t.Errorf("%s: %s, %+v, %v", name, got, info, err)
		}
	}
}

// logLine is a line of AWS's own example of an access log, with other times ("Access logs
// for your Application Load Balancer", Elastic Load Balancing user guide).
func logLine(answered, created string) string {
	return "https " + answered + ` app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://www.example.com:443/?q=\" HTTP/1.1" "curl/7.46.0 \"x\"" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337281-1d84f3d73c47ec4e58577259" "www.example.com" "arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012" 1 ` + created + ` "authenticate,forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_123456` + "\n"
}

// Requests are counted by the second in which they came, not in which they were answered;
// seconds without a request are zeros, not gaps.
func TestAccessLogs(t *testing.T) {
	text := logLine("2026-03-02T00:00:02.186641Z", "2026-03-02T00:00:01.900000Z") + logLine("2026-03-02T00:00:03.000000Z", "2026-03-02T00:00:00.100000Z") +
		"\n" + logLine("2026-03-02T00:00:04.000000Z", "2026-03-02T00:00:03.999999Z") + logLine("2026-03-02T00:00:09.000000Z", "2026-03-02T00:00:01.000000Z")
	if got, info, err := read(text, ""); err != nil || got != "0:1 1:2 2:0 3:1" || info.Format != "an ALB access log" || !info.Civil {
		t.Errorf("%s, %+v, %v", got, info, err)
	}
	old := "http 2018-07-02T22:23:00.186641Z app/x/1 1.2.3.4:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 \"GET http://x:80/ HTTP/1.1\" \"curl\" - - arn \"Root=1\"\n"
	if got, _, err := read(old+strings.Replace(old, "23:00", "23:01", 1), ""); err != nil || !strings.HasSuffix(got, ":1") {
		t.Errorf("a log without the time of creation: %s, %v", got, err)
	}
	if _, _, err := read(text+"https hunter2 x\n", ""); err == nil || !strings.HasPrefix(err.Error(), "line 6: is neither") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a line that is none: %v", err)
	}
	if _, _, err := read(text+logLine("2026-09-02T00:00:02Z", "2026-09-02T00:00:02Z"), ""); err == nil || !strings.Contains(err.Error(), "has nothing for 184 days") {
		t.Errorf("half a year later: %v", err)
	}
}

// What load tests write is counted a second too.
func TestLoadTests(t *testing.T) {
	vegeta := `{"attack":"","seq":0,"code":200,"timestamp":"2026-03-02T00:00:00.9Z","latency":8712345,"bytes_out":0,"bytes_in":512,"error":"","body":null,"method":"GET","url":"http://x","headers":{}}` + "\n"
	point := `{"metric":"http_reqs","type":"Point","data":{"time":"2026-03-02T00:00:00.1+00:00","value":1,"tags":{"status":"200"}}}` + "\n"
	k6 := `{"type":"Metric","data":{"name":"http_reqs","type":"counter"},"metric":"http_reqs"}` + "\n" + point + strings.Replace(point, "http_reqs", "http_req_duration", 1) + strings.Replace(point, "00.1", "02.1", 1)
	for tool, text := range map[string]string{"vegeta's JSON lines": vegeta + strings.Replace(vegeta, "00.9", "02.0", 1), "k6's JSON lines": k6} {
		if got, info, err := read(text, ""); err != nil || got != "0:1 1:0 2:1" || info.Format != tool || info.Times != "dates" {
			t.Errorf("%s: %s, %+v, %v", tool, got, info, err)
		}
	}
	csv := "1772409600900000000,200,8712345,0,512,,aGk=,,0,GET,http://x,QTogYg0K\n" // 2026-03-02T00:00:00.9Z
	k6csv := "metric_name,timestamp,metric_value,check,error,status,extra_tags,metadata\nhttp_reqs,1772409600,1.000000,,,200,,\nhttp_req_duration,1772409600,80.5,,,200,,\nhttp_reqs,1772409602,1.000000,,,200,,\n"
	for tool, text := range map[string]string{"vegeta's CSV": csv + strings.Replace(csv, "1772409600900000000", "1772409602000000000", 1), "k6's CSV": k6csv} {
		if got, info, err := read(text, ""); err != nil || got != "0:1 1:0 2:1" || info.Format != tool || !info.Civil {
			t.Errorf("%s: %s, %+v, %v", tool, got, info, err)
		}
	}
	for text, want := range map[string]string{
		vegeta + "{\n": "line 2: is no JSON of a load test",
		vegeta + strings.Replace(vegeta, "2026-03", "2026-33", 1):   "line 2: is neither",
		strings.Replace(point, "http_reqs", "iterations", 1) + "\n": "without requests",
		strings.Replace(point, `"value":1`, `"value":-1`, 1):        "line 1: counts no requests",
		csv + "what\n": "line 2: is no line of vegeta's CSV",
		"metric_name,timestamp,metric_value\nhttp_reqs,1772409600,x\n": "line 2: has no number of requests",
		"metric_name,timestamp,metric_value\nhttp_reqs,y,1\n":          "line 2: is neither",
		"\x0eResult\x00Attack\x00Latency":                              "vegeta encode --to csv",
	} {
		if _, _, err := read(text, ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.50q: %v, want %q", text, err, want)
		}
	}
}

// What cannot be read says what it seems to be, where it does not fit, and a way out; of a
// file that holds something else nothing is shown.
func TestWhatIsNoSeries(t *testing.T) {
	const secret = "hunter2"
	for text, want := range map[string]string{
		"":                             "is empty",
		"time,n\n":                     "needs at least two rows",
		"0,5,x\n1,6,y\n":               "has no header",
		"time,n\n11/02/2026 00:00,5\n": "line 2: is a date with its day first, or its month: write it as 2026-03-02 00:00:00",
		"time,n\n00:00,5\n00:01,5\n":   "line 2: is a time of day without its date",
		"time,n\n0,\"6,000\"\n60,1\n":  "line 2: is not a number: \"6,000\"; write it without separators",
		"n,time\n5,2026-03-02 00:00\n6,2026-03-02 00:01\n": "line 2: is a time where a value should be",
		"0,5,6\n60,6,7\n":                             `name one, as column = "column 2"`,
		"time,n\nyesterday,5\n60,6\n":                 "line 2: is neither",
		"time,n\n0,5\n6x,6\n":                         "line 3: is neither",
		"time,n\n2026-13-02T00:00:00Z,5\n":            "line 2: is neither",
		"time,n\n0,5\n2026-03-02T00:00:00Z,6\n":       "line 3: mixes times of two kinds, seconds from the start and dates",
		"time,n\n1772409600,5\n1772409900000,6":       "line 3: mixes times of two kinds, Unix seconds and Unix milliseconds",
		"time,n\n0,1.2 K\n60,1\n":                     `line 2: is formatted for people; in Grafana switch "Formatted data" off`,
		"time,a,b\n0,1,2\n60,1,2\n":                   `has 2 columns of values: name one, as column = "a" (there are "a", "b")`,
		"PASS=" + secret + ",K=V\n" + secret + ",x\n": "line 2: is neither",
		"{":                          "is not whole JSON",
		`{"token":"` + secret + `"}`: "is JSON of no kind that is read",
		`["` + secret + `"]`:         "is JSON of no kind that is read",
		`{"MetricDataResults":[{"Id":"a","Timestamps":[1772409600],"Values":[]}]}`: "has 1 timestamps and 0 values",
		`{"MetricDataResults":[]}`:                                        "without a series",
		`{"status":"success","data":{"resultType":"vector","result":[]}}`: "ask query_range",
		`{"status":"error","data":{"resultType":"matrix"}}`:               "no success",
		`{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"http_requests_total"},"values":[[1772409600,"300"]]}]}}`: "query sum(rate(http_requests_total[5m])) instead",
		"time,n\n" + strings.Repeat("x,y\n", 30): "line 2: is neither",
	} {
		got, _, err := read(text, "")
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), secret) || strings.ContainsAny(err.Error(), "\x1b\n") {
			t.Errorf("%.60q: %s, %v, want %q", text, got, err, want)
		}
	}
	if _, _, err := read("time,n\n0,"+strings.Repeat("1", 70_000), ""); err == nil || !strings.Contains(err.Error(), "line 2: is longer than 65536 bytes") {
		t.Errorf("a long line of a table: %v", err)
	}
	if got, _, err := read(`{"x":"`+strings.Repeat("1", 70_000)+`","MetricDataResults":[{"Id":"a","Timestamps":[0,1],"Values":[1,2]}]}`, ""); err != nil || got != "0:1 1:2" {
		t.Errorf("a long line of JSON: %s, %v", got, err)
	}
	if _, info, err := read(`{"NextToken":"x","MetricDataResults":[{"Id":"a","Timestamps":[1772409600,1772409660],"Values":[1,2]}]}`, ""); err != nil || len(info.Notes) != 1 {
		t.Errorf("a page of several: %+v, %v", info, err)
	}
}

// Dates as tools write them are the same instants, 00:00 and 00:01 of 2 March 2026 in UTC:
// wherever only one reading of them is possible. A header may be missing, and a row may be
// without a value.
func TestDatesAsToolsWriteThem(t *testing.T) {
	for _, row := range [][2]string{
		{"20260302T000000Z", "20260302T000100Z"}, {"2026-03-02 01:00:00 +0100", "2026-03-02 01:01:00 +0100"},
		{"02/Mar/2026:00:00:00 +0000", "02/Mar/2026:00:01:00 +0000"}, {`"Mon, 02 Mar 2026 00:00:00 GMT"`, `"Mon, 02 Mar 2026 00:01:00 GMT"`},
		{`"Mon, 02 Mar 2026 01:00:00 +0100"`, `"Mon, 02 Mar 2026 01:01:00 +0100"`}, {"2026-03-02 12:00:00 AM", "2026-03-02 12:01:00 AM"},
		{"2 Mar 2026 00:00", "2 Mar 2026 00:01"}, {"02-Mar-2026 00:00:00", "02-Mar-2026 00:01:00"}, {`"Mar 2, 2026 12:00 AM"`, `"Mar 2, 2026 12:01 AM"`},
		{"02.03.2026 00:00", "02.03.2026 00:01"}, {"1772409600", "1772409660"},
	} {
		for _, text := range []string{"time,n\n" + row[0] + ",1\n" + row[1] + ",2\n", row[0] + ",1\n" + row[1] + ",2\n"} {
			var at []float64
			info, err := Read(strings.NewReader(text), "", 10, func(r Row) error { at = append(at, r.At); return nil })
			if err != nil || len(at) != 2 || at[0] != 1772409600 || at[1] != 1772409660 || slices.Contains(info.Notes, "no header") == strings.HasPrefix(text, "time") {
				t.Errorf("%q: %v, %+v, %v", text, at, info, err)
			}
		}
	}
	if got, info, err := read("t,n\n0,1\n60,\n120,NA\n180,4\n", ""); err != nil || got != "0:1 180:4" || !slices.Contains(info.Notes, "2 rows without a value are left out") {
		t.Errorf("%s, %+v, %v", got, info, err)
	}
}

// The reader of the rows has the last word, and no row is passed beyond the most.
func TestRowsAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("a fifth of a second or more")
	}
	enough := errors.New("enough")
	if _, err := Read(strings.NewReader("t,n\n0,1\n1,1\n2,1\n"), "", 100, func(r Row) error {
		if r.At == 1 {
			return enough
		}
		return nil
	}); !errors.Is(err, enough) || !strings.HasPrefix(err.Error(), "line 3: ") {
		t.Error(err)
	}
	for _, text := range []string{"t,n\n0,1\n1,1\n2,1\n", "t,n\n2,1\n1,1\n0,1\n", `{"MetricDataResults":[{"Id":"a","Timestamps":[0,1,2],"Values":[1,2,3]}]}`} {
		n := 0
		if _, err := Read(strings.NewReader(text), "", 2, func(Row) error { n++; return nil }); err == nil || n != 2 || !strings.Contains(err.Error(), "is beyond the rows") {
			t.Errorf("%q: %d rows, %v", text, n, err)
		}
	}
	if _, err := Read(strings.NewReader("{"+strings.Repeat(" ", MaxJSON)), "", 2, nil); err == nil || !strings.Contains(err.Error(), "is JSON of more than") {
		t.Error(err)
	}
}

// FuzzRead: whatever is read ends in rows in order of time or in one line of an error.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"t,n\n0,1\n1,2\n", "sep=;\nt;n\n2026-03-02 00:00;1,5\n2026-03-02 00:01;2\n", `{"MetricDataResults":[{"Id":"a","Timestamps":[0,1],"Values":[1,2]}]}`,
		`{"Datapoints":[{"Timestamp":1,"Sum":2}]}`, `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"2"]]}]}}`} {
		f.Add(text, "")
	}
	f.Fuzz(func(t *testing.T, text, column string) {
		last := 0.0
		n := 0
		_, err := Read(strings.NewReader(text), column, 1000, func(r Row) error {
			if r.Value != r.Value || n > 0 && r.At < last {
				return errors.New("out of order")
			}
			last = r.At
			n++
			return nil
		})
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%q", err)
		}
	})
}

// Columns of CloudWatch's console are known by their labels, whatever its last row of them
// says; where two have the same label, by that row.
func TestColumnsOfTheConsole(t *testing.T) {
	const text = "Full label,RequestCount,CPUUtilization\nStatistic,Sum,Average\nPeriod,60,60\n2026/03/02 00:00,100,20\n2026/03/02 00:01,110,21\n"
	if got, info, err := read(text, "CPUUtilization"); err != nil || got != "0:20 60:21" || info.Column != "CPUUtilization" {
		t.Errorf("%s, %+v, %v", got, info, err)
	}
	same := strings.Replace(strings.Replace(text, "CPUUtilization", "RequestCount", 1), "Period,60,60\n", "", 1)
	if got, _, err := read(same, "Average"); err != nil || got != "0:20 60:21" {
		t.Errorf("%s, %v", got, err)
	}
}

// A zone in a column of its own is that of its row: 03:00 two hours ahead of UTC, when
// the clocks go forward, is a minute after 01:59 one hour ahead.
func TestZoneInAColumnOfItsOwn(t *testing.T) {
	const text = "time,utc_offset,n\n2026-03-29 01:59:00,+01:00,5\n2026-03-29 03:00:00,+02:00,6\n"
	var rows []Row
	_, err := Read(strings.NewReader(text), "", 9, func(r Row) error { rows = append(rows, r); return nil })
	if err != nil || len(rows) != 2 || rows[0].At != 1774745940 || rows[1].At != 1774746000 || rows[1].Value != 6 {
		t.Errorf("%v %v", rows, err)
	}
}
