package world

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
)

func TestUnansweredHook(t *testing.T) {
	cfg := timeline(100, 100, 2)
	cfg.Tracking = nil
	cfg.Group.Hooks = []asg.Hook{{Name: "setup", Launching: true, Timeout: 30 * des.Second, Took: seconds64(10), Success: 0}}
	cfg.Schedule = []asg.Schedule{{Name: "more", At: []des.Time{s(0)}, Min: asg.Keep, Max: asg.Keep, Desired: 3}}
	const want = "nobody answered hook setup for 30 s: the instance is terminated, another is launched;"
	for _, m := range run(t, cfg).Moments {
		if m.Label == "hook" {
			if !strings.HasPrefix(m.Text, want) {
				t.Errorf("%q, want %q", m.Text, want)
			}
			return
		}
	}
	t.Error("no moment tells of the hook")
}

func TestStruckText(t *testing.T) {
	for _, row := range []struct {
		kind string
		n    int
		want string
	}{
		{"hang", 1, "one instance hangs"},
		{"crash", 1, "one instance crashes"},
		{"crash", 3, "3 instances crash"},
		{"zone_outage", 1, "a zone fails with one instance in it"},
		{"zone_outage", 2, "a zone fails with 2 instances in it"},
		{"spot_interruption", 1, "EC2 takes a Spot Instance back"},
		{"spot_interruption", 4, "EC2 takes 4 Spot Instances back"},
	} {
		if got := struckText(row.kind, row.n); got != row.want {
			t.Errorf("%s of %d: %q, want %q", row.kind, row.n, got, row.want)
		}
	}
}

func TestGrouped(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 999: "999", 1296: "1,296", 1234567: "1,234,567", -1500: "-1,500"} {
		if got := grouped(v); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
}
