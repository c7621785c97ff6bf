package calibrate

import (
	"fmt"
	"math"
	"slices"

	"asgsim/scenarios/behaviour"
	"asgsim/scenarios/form"
	"asgsim/sim/scaling"
)

const (
	// fewestStarts is how many launches a time of them needs.
	fewestStarts = 5
	// longestLaunch is the duration beyond which a launch is an accident, in seconds.
	longestLaunch = 3600
)

// starts tells how long EC2 takes to bring an instance to running, from the launch
// activities, and how long the application takes to come up, from how long instances in
// service are not yet healthy.
func (f *fit) starts() {
	f.launches()
	f.boots()
}

// launches reads instance.launch off the activities.
func (f *fit) launches() {
	const what, key = "launch to running", "instance.launch"
	took, warmed := f.took()
	switch {
	case len(f.record.r.Activities) == 0:
		f.res.keep(what, key, "no scaling activities are among the files (aws autoscaling describe-scaling-activities)")
		return
	case f.launchHooks():
		f.res.keep(what, key, "the activities hold the lifecycle hooks of the launch too")
		return
	case f.cfg.Group.AtBootDone:
		f.res.keep(what, key, "in this scenario instances are in service when the application is up, so that activities hold the boot too")
		return
	case len(took) < fewestStarts:
		f.res.keep(what, key, fmt.Sprintf("%d launches came to an end, and %d are needed", len(took), fewestStarts))
		return
	}
	slices.Sort(took)
	m := median(took)
	lo, hi := medianInterval(took)
	found := Finding{What: what + ", median", Key: key, Found: true, Estimate: m, Low: lo, High: hi, Unit: "s", On: fmt.Sprintf("%d launches", len(took))}
	if warmed > 0 {
		found.Why = fmt.Sprintf("of %d of them the warm-up was taken off, which activities that a policy asked for hold", warmed)
	}
	f.res.find(found)
	f.change(key, startLaw(m, quantile(took, 0.95)), fmt.Sprintf("of %d launch activities", len(took)))
}

// took are the times from the beginning of launches to EC2's running, in seconds. An
// activity that a policy asked for, or that of a group with a default instance warm-up,
// ends when the instance has warmed up (activities of 305 to 333 s were seen with a warm-up
// of 300 s, of 31 to 34 s without): of warmed of them that was taken off.
func (f *fit) took() (took []float64, warmed int) {
	ended := map[string]float64{}
	for _, a := range f.record.r.Activities {
		if a.Terminate && a.Instance != "" {
			ended[a.Instance] = a.Start
		}
	}
	for _, a := range f.record.r.Activities {
		d := a.End - a.Start
		if at, gone := ended[a.Instance]; !a.Launch || !a.OK || a.Pool || a.FromPool || !(d >= 1 && d <= longestLaunch) || gone && at <= a.End+1 {
			continue
		}
		if w := f.warmUp(a, d); w > 0 {
			d -= w
			warmed++
		}
		took = append(took, d)
	}
	return took, warmed
}

// usualWarmUp is the default cooldown, which is the warm-up where none is given, in seconds
// ("Set the default instance warmup", EC2 Auto Scaling user guide, read 2023-04-27).
const usualWarmUp = 300

// warmUp is the warm-up that an activity of d seconds holds, 0 for none: the longest that
// fits, of those that the scenario knows and the usual one.
func (f *fit) warmUp(a behaviour.Activity, d float64) float64 {
	group := &f.cfg.Group
	if !a.Policy && group.Warmup < 0 {
		return 0
	}
	known := []float64{group.Warmup.Seconds(), group.Cooldown.Seconds(), usualWarmUp} // below 0: not given
	for _, g := range scaling.Goals(f.cfg.Policies) {
		known = append(known, g.Warmup.Seconds())
	}
	best := 0.0
	for _, w := range known {
		if d-w >= 1 && w > best {
			best = w
		}
	}
	return best
}

// startLaw is a law with a median and a 95th percentile.
func startLaw(m, p95 float64) string {
	if p95 < 1.02*m {
		return fmt.Sprintf("{ constant = %s }", short(m))
	}
	return fmt.Sprintf("{ median = %s, p95 = %s }", short(m), short(p95))
}

// short prints a duration with three digits.
func short(v float64) string { return seconds(round(v, 3)) }

// medianInterval is an interval of at least 95 % of the median of a sorted sample, by its
// order statistics.
func medianInterval(sorted []float64) (lo, hi float64) {
	n := len(sorted)
	k := int(math.Floor((float64(n) - sure*math.Sqrt(float64(n))) / 2))
	k = max(k, 0)
	return sorted[k], sorted[n-1-k]
}

func (f *fit) launchHooks() bool {
	for _, h := range f.cfg.Group.Hooks {
		if h.Launching {
			return true
		}
	}
	return false
}

// boots reads instance.boot off the time that instances are in service and not healthy:
// what is missing, added up over the minutes about launches, is their number times the
// mean of boot and of the health checks.
func (f *fit) boots() {
	const what, key = "boot", "instance.boot"
	in, healthy := f.record.r.Of(behaviour.InServiceInstances, behaviour.Stat{}), f.record.r.Of(behaviour.HealthyHostCount, behaviour.Stat{})
	if in == nil || healthy == nil {
		f.res.keep(what, key, "GroupInServiceInstances and HealthyHostCount are not both recorded")
		return
	}
	period := max(in.Period, healthy.Period)
	if period > 60 {
		f.res.keep(what, key, fmt.Sprintf("HealthyHostCount is recorded every %g s, and every minute is needed", period))
		return
	}
	all := f.starting(in, healthy)
	n := 0
	var each []float64
	for _, s := range all {
		n += s.launches
		each = append(each, s.missing/float64(s.launches))
	}
	if n < fewestStarts {
		f.res.keep(what, key, fmt.Sprintf("%d launches can be followed until they are healthy, and %d are needed", n, fewestStarts))
		return
	}
	whole := f.untilHealthy(all)
	m := f.booting(whole)
	slices.Sort(each)
	lo, hi := medianInterval(each)
	// A minute's value is of one instant: a launch is told to half a minute.
	half := period / 2 / math.Sqrt(float64(len(each)))
	lo, hi = max(0, f.booting(min(lo, whole)-half)), f.booting(max(hi, whole)+half)
	if m < 1 || hi-lo > 2*m {
		f.res.keep(what, key, fmt.Sprintf("about %s s after a launch instances are healthy, of which the health checks take %s: too little, or too different, to tell", form.FormatNumber(round(whole, 2)), form.FormatNumber(round(whole-m, 2))))
		return
	}
	law := f.cfg.Template.Boot
	ratio := law.Quantile(0.95) / law.Quantile(0.5)
	if math.IsNaN(ratio) || math.IsInf(ratio, 0) || ratio < 1 {
		ratio = 1
	}
	f.res.find(Finding{What: what + ", median", Key: key, Found: true, Estimate: m, Low: lo, High: hi, Unit: "s", On: fmt.Sprintf("%d launches", n), Why: "its variation is the scenario's: minutes do not tell it"})
	f.change(key, startLaw(m, m*ratio), fmt.Sprintf("of %d launches until they were healthy", n))
}

// untilHealthy is how many seconds an instance is in service until it is healthy: the
// median of the stretches. Where a boot is about as long as the checks that may fail
// before a target counts as unhealthy, some launches take four checks more than others:
// there the mean tells the boot, which no single launch does.
func (f *fit) untilHealthy(all []starting) float64 {
	var each []float64
	var missing, launches float64
	for _, s := range all {
		each = append(each, s.missing/float64(s.launches))
		missing += s.missing
		launches += float64(s.launches)
	}
	if low, high := f.doubtful(); missing > low*launches && missing < high*launches {
		return missing / launches
	}
	return median(each)
}

// doubtful are the seconds until instances are healthy between which some had been
// unhealthy and others not.
func (f *fit) doubtful() (low, high float64) {
	c := &f.cfg.Balancer.Check
	every := c.Interval.Seconds()
	low = (float64(c.UnhealthyThreshold) - 0.5) * every
	return low, low + float64(c.HealthyThreshold)*every
}

// booting is the boot of which a new target is healthy after so many seconds on average.
// The first check that passes makes it healthy, half an interval after the boot; but one
// that was unhealthy before needs several in a row ("Health checks for target groups",
// Application Load Balancers, read 2023-04-06). The first check comes at any time of the
// first interval, so of k failures that make it unhealthy the last is k-1 to k intervals
// after its start: a boot in between has that share of targets unhealthy.
func (f *fit) booting(whole float64) float64 {
	c := &f.cfg.Balancer.Check
	every := c.Interval.Seconds()
	low, high := f.doubtful()
	switch {
	case whole <= low:
		return whole - every/2
	case whole >= high:
		return whole - (float64(c.HealthyThreshold)-0.5)*every
	}
	return low - every/2 + (whole-low)/float64(c.HealthyThreshold)
}

// starting is a stretch in which instances were in service and not yet healthy.
type starting struct {
	launches int
	missing  float64 // instance seconds
}

// starting finds the stretches in which instances came: they begin with all healthy and
// end so.
func (f *fit) starting(in, healthy *behaviour.Series) []starting {
	const longest = 40 // minutes that a stretch may have
	at := map[float64]float64{}
	for _, v := range healthy.Rows {
		at[math.Floor(v.At/60)] = v.V
	}
	var out []starting
	var now starting
	minutes, last, open := 0, -1.0, false
	for _, v := range in.Rows {
		h, ok := at[math.Floor(v.At/60)]
		if !ok {
			open, now, last = false, starting{}, v.V
			continue
		}
		if last >= 0 && v.V > last {
			if !open {
				open, now, minutes = true, starting{}, 0
			}
			now.launches += int(math.Round(v.V - last))
		}
		if open {
			minutes++
			now.missing += max(0, v.V-h) * in.Period
			if h >= v.V || minutes > longest {
				if minutes <= longest && now.launches > 0 {
					out = append(out, now)
				}
				open = false
			}
		}
		last = v.V
	}
	return out
}
