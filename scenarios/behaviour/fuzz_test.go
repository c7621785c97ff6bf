package behaviour

import (
	"math"
	"strings"
	"testing"

	"asgsim/report/clean"
)

// FuzzRead holds that whatever stands in a file, what is read of it is in order, finite
// and bounded, and what is said of it is fit to be shown.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		`{"MetricDataResults":[{"Id":"m1","Label":"RequestCount","Timestamps":["2026-03-02T00:01:00+00:00",1772409600],"Values":[180.0,120.0]}]}`,
		`{"Label":"TargetResponseTime","Datapoints":[{"Timestamp":"2026-03-02T00:01:00Z","Average":0.3,"Unit":"Seconds","ExtendedStatistics":{"p99":0.9}}]}`,
		`{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"aws_cpu"},"values":[[1772409600,"2"],[1772409660,"NaN"]]}]}}`,
		"Full label,RequestCount\nPeriod,60\n2026/03/02 00:00:00,120\n2026/03/02 00:01:00,180\n",
		"time;cpu;p50_ms\n0;50,0;200\n60;60,0;300\n", `{"Activities":[` + example + `]}`, "[[" + example + "]]",
		"ACTIVITIES\tx\tLaunching a new EC2 instance: i-0d44425630326060f\t2026-03-02T00:01:07Z\n",
		"- ActivityId: 1\n  Description: Terminating EC2 instance: i-0d44425630326060f\n  StartTime: 2026-03-02T00:01:07Z\n",
		"http 2026-03-02T00:01:07Z app/x/1 192.0.2.1:1 10.0.0.1:80 0.000 0.1 0.000 200 200 1 1 \"GET http://x/ HTTP/1.1\" \"-\" - - arn \"-\" \"-\" \"-\" 0 2026-03-02T00:01:07Z\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := NewRecord(nil)
		err := r.Read("file.csv", strings.NewReader(text))
		if err == nil {
			err = r.Done()
		}
		if err != nil {
			return
		}
		for _, s := range r.Series {
			last := math.Inf(-1)
			for _, v := range s.Rows {
				if v.At <= last || !(v.V >= 0) || math.IsInf(v.V, 0) {
					t.Fatalf("%s: %v after %g", s.Metric, v, last)
				}
				last = v.At
			}
			if !(s.Period > 0) {
				t.Fatalf("%s: a period of %g", s.Metric, s.Period)
			}
		}
		for _, said := range append(r.Said, r.Notes...) {
			if clean.Line(said) != said {
				t.Fatalf("says %q", said)
			}
		}
		bins, err := r.Bins(r.Period(RequestCount, CPUUtilization))
		if err == nil && len(bins) > mostBins {
			t.Fatalf("%d bins", len(bins))
		}
	})
}
