package sim

import (
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/workload"
)

// flat is a load of 90 requests a second: 2.7 vCPUs of work, three instances at 50 %.
type flat struct{}

func (flat) Integral(from, to des.Time) float64   { return 90 * to.Sub(from).Seconds() }
func (flat) Stretch(des.Time) (from, to des.Time) { return -des.Never, des.Never }
func (flat) Flat() bool                           { return true }

// A run whose fleet has yet to find its size at the start is weak evidence; one
// that begins at rest, one whose warm_up covers the search, and one whose load
// moves are not.
func TestUnsettledStartsAreWeakEvidence(t *testing.T) {
	if testing.Short() {
		t.Skip("many runs")
	}
	level := func(change func(*record.Config)) *record.Config {
		c := small(50)
		c.Loads = []workload.Load{{Name: "web", Curve: flat{}}}
		change(c)
		return c
	}
	cold := func(c *record.Config) { c.Group.Cold, c.Group.Desired = true, 1 }
	for _, c := range []struct {
		name string
		cfg  *record.Config
		weak bool
	}{
		{"at rest", level(func(*record.Config) {}), false},
		{"cold", level(cold), true},
		{"too many at first", level(func(c *record.Config) { c.Group.Desired = 10 }), true},
		{"cold before warm_up ends", level(func(c *record.Config) { cold(c); c.Duration, c.WarmUp = 3*des.Hour, des.Hour }), false},
		{"a load that moves", small(50), false},
	} {
		got := compare(t, &Plan{Cases: []Case{{"x", c.cfg}}, Seed: 1, Cores: 2, Replications: 2}).Weak
		if weak := strings.Contains(strings.Join(got, "\n"), "x: the run begins unsettled"); weak != c.weak {
			t.Errorf("%s: unsettled %v, want %v: %q", c.name, weak, c.weak, got)
		}
	}
}
