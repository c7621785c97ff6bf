package series

import (
	"fmt"
	"strings"
	"testing"
)

// What nobody reads says what it seems to be and what to do, and none of what it holds.
func TestForeignFiles(t *testing.T) {
	const secret = "hunter2"
	for text, want := range map[string]string{
		"PK\x03\x04" + secret:                  "Excel workbook or another zip: save its sheet as CSV",
		"PAR1\x15\x04" + secret:                "seems to be Parquet",
		"\x28\xb5\x2f\xfd" + secret:            "by zstd: unpack it",
		"BZh91AY" + secret:                     "by bzip2: unpack it",
		"<!DOCTYPE html><html><body>" + secret: "seems to be a web page",
		"<?xml version=\"1.0\"?><x>" + secret:  "seems to be XML",
		"\nAn error occurred (AccessDenied) when calling GetMetricData: " + secret:                           "error of AWS's command line",
		"-------------------\n|  GetMetricStatistics  |\n+---+\n| " + secret:                                 "as a table",
		"+------+\n| " + secret + " |\n":                                                                     "as a table",
		"DATAPOINTS\t5.0\t2026-03-02T00:00:00+00:00\t" + secret:                                              "as text",
		"Datapoints:\n- Sum: 5.0\n  Unit: " + secret:                                                         "as YAML",
		"metric,statistic,period_s,time,utc_offset\nCPUUtilization,Average,60,2026-03-02 09:00:00," + secret: "give timeline.csv beside it",
		"#Version: 1.0\n#Fields: date time x-edge-location\n" + secret:                                       "CloudFront",
		"127.0.0.1 - " + secret + " [02/Mar/2026:00:00:00 +0000] \"GET / HTTP/1.1\" 200 5\n":                 "access log of a web server",
		"2026-03-02T00:00:00.945958Z web 192.168.131.39:2817 10.0.0.1:80 0.1 \"GET " + secret + "\"":         "Classic Load Balancer",
		"tls 2.0 2026-03-02T00:00:00 net/" + secret:                                                          "Network Load Balancer",
		"a\x00b" + secret:  "is no text",
		"caf\xe9;n\n0;1\n": "is no text in UTF-8",
		`{"status":"error","errorType":"bad_data","error":"parse error"}`:                         `error of Prometheus in place of its answer: "parse error"`,
		`{"MetricDataResults":[{"Id":"a","Timestamps":[],"Values":[],"StatusCode":"Forbidden"}]}`: `StatusCode "Forbidden"`,
		`{"Label":"RequestCount","Datapoints":[]}`:                                                "without datapoints: look at",
	} {
		if _, _, err := read(text, ""); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), secret) {
			t.Errorf("%.40q: %v, want %q", text, err, want)
		}
	}
}

// Date and time of day in two columns, in either order, are one time: 13:00 and 13:01 of 2
// March 2026 in UTC, 13 hours after midnight.
func TestDateAndTimeInTwoColumns(t *testing.T) {
	for _, rows := range []string{
		"date,time,n\n2026-03-02,13:00:00,1\n2026-03-02,13:01:00,2\n",
		"Date;Time;n\r\n02.03.2026;13:00;1\r\n02.03.2026;13:01;2\r\n",
		"date\ttime (UTC)\tn\n2026/03/02\t13:00\t1\n2026/03/02\t13:01\t2\n",
		"date,time,n\n2026-03-02,1:00:00 PM,1\n2026-03-02,1:01:00 pm,2\n",
		"time,date,n\n14:00:00+01:00,2026-03-02,1\n14:01:00+01:00,2026-03-02,2\n",
		"2026-03-02,13:00:00,1\n2026-03-02,13:01:00,2\n",
		"date,time,n\n2026-03-02,13:01:00,2\n2026-03-02,13:00:00,1\n",
	} {
		got, info, err := read(rows, "")
		if want := "46800:1 46860:2"; err != nil || got != want {
			t.Errorf("%q: %s, %v, want %s", rows, got, err, want)
			continue
		}
		if !info.Civil || !strings.Contains(fmt.Sprint(info.Notes), "two columns") {
			t.Errorf("%q: %+v", rows, info)
		}
	}
	if _, _, err := read("date,time,n\n2026-03-02,13:00:00,1\n2026-03-02,later,2\n", ""); err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("a time of day that is none: %v", err)
	}
	if _, _, err := read("date,time,a,b\n2026-03-02,13:00,1,2\n2026-03-02,13:01,1,2\n", ""); err == nil || !strings.Contains(err.Error(), `there are "a", "b"`) {
		t.Errorf("two columns of values: %v", err)
	}
}
