package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// savedRun is the result of a run of three hours, 990 of 1,000 requests good, of which so
// many seconds are warm-up.
func savedRun(t *testing.T, warmUp float64) string {
	t.Helper()
	days := (10_800 - warmUp) / 86_400
	text := fmt.Sprintf(`{"schema":"asgsim.run/v1","tool":{"name":"asgsim","version":"test"},"inputs":{"sha256":"%064d","seed":1},
"setup":{"title":"t","start":"2026-03-02T00:00:00Z","end":"2026-03-02T03:00:00Z","timezone":"UTC","dates":"2 March","warm_up_s":%g,"duration_s":10800},
"summary":{"requests":{"offered":1000,"served":995,"failed":5,"in_flight":0,"slow":5,"good":990,"good_share":0.99},"latency_s":{"p50":0.1,"p99":0.4},
"slo":{"met":true,"good":0.98,"latency_s":0.4,"breached_minutes":1,"allowed_minutes":1.2},"capacity":{"in_service":{"min":3,"mean":10,"max":12}},
"cpu_utilization":{"mean":0.5},"instance_hours":20,"cost_usd":{"total":2.5,"ec2":2,"load_balancer":0.4,"monitoring":0.1,"per_day":%.12f,"ec2_per_day":%.12f}}}`, 0, warmUp, 2.5/days, 2/days)
	path := filepath.Join(t.TempDir(), "result.json")
	mustDo(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// Two saved results are compared only over the same window: the warm-up is part of what
// each says of itself.
func TestSavedResultsOfAnotherWindow(t *testing.T) {
	for warmUp, want := range map[float64]bool{0: false, 3600: true} {
		var out, errs bytes.Buffer
		m := machine{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, getenv: func(string) string { return "" }, now: time.Now, disk: &osDisk{}}
		code := run(context.Background(), []string{"compare", "a=" + savedRun(t, 0), "b=" + savedRun(t, warmUp)}, m)
		text := strings.Join(strings.Fields(out.String()), " ")
		if code != 0 || strings.Contains(text, "another window") != want {
			t.Errorf("a warm-up of %g s beside none: exit %d\n%s%s", warmUp, code, out.String(), errs.String())
		}
	}
}
