package calibrate

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"asgsim/scenarios/series"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/rng"
)

// history writes activities as JSON: launches of an instance each that last so long, every
// quarter of an hour, asked for by a policy or not.
func history(policy bool, lasts ...float64) string {
	var list []string
	for k, d := range lasts {
		cause := "an instance was started in response to a difference between desired and actual capacity"
		if policy {
			cause = "a monitor alarm x in state ALARM triggered policy cpu changing the desired capacity from 2 to 3. " + cause
		}
		at := day + 900*float64(k)
		list = append(list, fmt.Sprintf(`{"Description":"Launching a new EC2 instance: i-%08x","Cause":%q,"StartTime":%q,"EndTime":%q,"StatusCode":"Successful"}`, k, cause, series.Stamp(at), series.Stamp(at+d)))
	}
	return `{"Activities":[` + strings.Join(list, ",") + `]}`
}

// Activities of 31 to 34 s, or of 305 to 333 s with a warm-up of 300 s, were seen of AWS:
// both say that instances run after about half a minute.
func TestLaunchesAreReadOffActivities(t *testing.T) {
	for name, c := range map[string]struct {
		scenario, text string
		median         float64
		found          bool
		why            string
	}{
		"of people":              {web, history(false, 31, 34, 32, 33, 34, 32, 31), 32, true, ""},
		"of a policy":            {web, history(true, 331, 334, 332, 333, 334, 332, 331), 32, true, "7 of them the warm-up"},
		"with a default warm-up": {strings.Replace(web, "min_size", "default_instance_warmup = 120\nmin_size", 1), history(false, 151, 154, 152, 153, 154, 152, 151), 32, true, "7 of them the warm-up"},
		"too few":                {web, history(false, 31, 34), 0, false, "2 launches came to an end"},
		"with a hook":            {web + "[hook.x]\nlifecycle_transition = \"launching\"\nduration = \"10s\"\n", history(false, 31, 34, 32, 33, 34, 32, 31), 0, false, "lifecycle hooks"},
	} {
		f := fitting(t, c.scenario, unneeded, c.text).finding("launch to running")
		if f.Found != c.found || f.Estimate != c.median || !strings.Contains(f.Why, c.why) {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// An instance that is in service for two minutes before it is healthy, of which five
// health checks of 10 s take 45 s on the mean (one failed before): it boots 75 s.
func TestBootsAreReadOffHealthyHosts(t *testing.T) {
	var b strings.Builder
	b.WriteString("time,RequestCount,GroupInServiceInstances,HealthyHostCount\n")
	for k := range 400 {
		in := 2 + k/40
		healthy := in
		if k >= 40 && k%40 < 2 {
			healthy--
		}
		fmt.Fprintf(&b, "%d,600,%d,%d\n", day+60*k, in, healthy)
	}
	r := fitting(t, web, unneeded, b.String())
	f := r.finding("boot")
	if !f.Found || f.Estimate != 75 || f.Low > 75 || f.High < 75 || f.High-f.Low > 30 || f.On != "9 launches" {
		t.Errorf("%+v", f)
	}
	if got := r.changed("instance.boot"); got != `{ median = "1m15s", p95 = "1m53s" }` { // 75 s, and 90/60 of it
		t.Error(got)
	}
}

// With checks every 30 s, of which two that fail make a target unhealthy and five that
// pass healthy again, a boot of 50 s is caught twice by those whose first check comes in
// the first 20 of 30 s: they are healthy when it has come for the seventh time, 180 s
// later, on average after 190 s; the others at their second check, after 55 s. That is
// 2/3 x 190 + 1/3 x 55 = 145 s. Boots of 20 and 100 s are healthy after 35 and 235 s.
func TestBootsAboutTheChecksThatMayFail(t *testing.T) {
	f := &fit{cfg: &record.Config{}}
	f.cfg.Balancer.Check.Interval = 30 * des.Second
	f.cfg.Balancer.Check.UnhealthyThreshold, f.cfg.Balancer.Check.HealthyThreshold = 2, 5
	for whole, want := range map[float64]float64{35: 20, 45: 30, 145: 50, 195: 60, 235: 100} {
		if got := f.booting(whole); math.Abs(got-want) > 1e-9 {
			t.Errorf("healthy after %g s: booted %g, want %g", whole, got, want)
		}
	}
	two := []starting{{launches: 1, missing: 55}, {launches: 1, missing: 190}, {launches: 1, missing: 190}}
	if got := f.booting(f.untilHealthy(two)); math.Abs(got-50) > 1e-9 {
		t.Errorf("two of three caught: booted %g, want 50", got)
	}
}

// Three weekdays and two days of a weekend at half of them, twice as busy at noon as at
// midnight; a lognormal of cv 10 % drawn every five minutes upon it.
func TestLoadOfAWeek(t *testing.T) {
	s := rng.New(6, "load")
	sigma := math.Sqrt(math.Log1p(0.01))
	var b strings.Builder
	b.WriteString("time,RequestCount\n")
	noise := 1.0
	for k := range 8 * 1440 {
		if k%5 == 0 {
			noise = math.Exp(sigma*s.Norm() - sigma*sigma/2)
		}
		rate := 30 - 10*math.Cos(2*math.Pi*float64(k)/1440)
		if d := k / 1440 % 7; d >= 5 {
			rate /= 2
		}
		mean := 60 * rate * noise
		fmt.Fprintf(&b, "%d,%g\n", day+60*k, math.Max(0, math.Round(mean+math.Sqrt(mean)*s.Norm())))
	}
	r := fitting(t, web, unneeded, b.String())
	if f := r.finding("weekend"); math.Abs(f.Estimate-0.5) > 0.01 {
		t.Errorf("%+v", f)
	}
	if f := r.finding("busiest hour"); f.Estimate < 38 || f.Estimate > 46 {
		t.Errorf("%+v", f)
	}
	if f := r.finding("noise"); f.Low > 0.1 || f.High < 0.09 || !strings.Contains(f.Why, "every 5m") {
		t.Errorf("%+v", f)
	}
	if got := r.changed("load.recorded.hourly.rates"); strings.Count(got, "/s") != 168 {
		t.Errorf("%d rates", strings.Count(got, "/s"))
	}
	if f := r.finding("bursts"); f.Found {
		t.Errorf("%+v", f)
	}
}

// Requests that come two at a time have twice the variance of independent ones.
func TestBurstsWithinAMinute(t *testing.T) {
	s := rng.New(7, "bursts")
	for pair, want := range map[float64]float64{1: 1, 2: 2, 5: 5} {
		var b strings.Builder
		b.WriteString("time,RequestCount\n")
		for k := range 2403 { // the last minute is cut off
			n := 0.0
			for at := s.Exp(); at < 40/pair; at += s.Exp() {
				n += pair
			}
			fmt.Fprintf(&b, "%d,%g\n", day+10*k, n)
		}
		if f := fitting(t, web, unneeded, b.String()).finding("bursts"); !f.Found || f.Low > want || f.High < want || math.Abs(f.Estimate/want-1) > 0.1 {
			t.Errorf("%g at a time: %+v", pair, f)
		}
	}
}
