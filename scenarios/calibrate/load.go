package calibrate

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"asgsim/scenarios/behaviour"
	"asgsim/scenarios/form"
	"asgsim/sim/des"
)

const (
	hours        = 24
	weekHours    = 168
	ofHour       = 0.75 // share of an hour that must be recorded for its rate
	fewestNoise  = 120  // bins
	smooths      = 3600 // seconds over which a mean is the level that noise is about
	leastNoise   = 0.01
	burstWindow  = 10.0 // seconds
	leastBursty  = 1.5
	weekendAlike = 0.05
)

// load tells the shape of the day and the week, the noise of the minutes and the bursts
// within them.
func (f *fit) load(bins []behaviour.Bin) {
	const what, key = "shape of the day", "load"
	name, kind := "", ""
	if len(f.o.Loads) == 1 {
		name, kind = f.o.Loads[0][0], f.o.Loads[0][1]
	}
	if !f.record.has(behaviour.RequestCount) && !f.record.has(behaviour.RequestsPerTarget) {
		f.res.keep(what, key, "RequestCount is not recorded")
		return
	}
	rates := f.shape(bins)
	cv, every := f.noise(bins)
	idc := f.bursts()
	switch {
	case rates == nil:
	case kind == "trace":
		f.res.keep(what, key, "the scenario plays a recording, which has its own")
	case name == "":
		f.res.keep(what, key, fmt.Sprintf("the scenario has %d loads, and the record has their sum", len(f.o.Loads)))
	default:
		f.res.Changes = append(f.res.Changes, Change{Key: "load." + name, Was: kind, Note: "goes: load.recorded is what was recorded"})
		f.change("load.recorded.hourly.rates", "["+strings.Join(rates, ", ")+"]", fmt.Sprintf("means of the hours of %s", [...]string{"the day", "the week"}[min(len(rates)/weekHours, 1)]))
		f.change("load.recorded.hourly.shape", `"linear"`, "")
		if cv > 0 {
			f.change("load.recorded.hourly.noise", fmt.Sprintf("{ cv = %s, every = %q }", percent(cv), des.Duration(every)*des.Second), "of the minutes about their hour")
		}
		if idc > 0 {
			f.change("load.recorded.hourly.arrivals", fmt.Sprintf("{ bursty = { idc = %s, cycle = \"5s\" } }", form.FormatNumber(round(idc, 2))), "of the seconds within a minute")
		}
	}
}

// shape is the mean rate of every hour of the day or the week, from the hour's beginning
// to its end: lines between values at the beginnings. Nil where not all are recorded.
func (f *fit) shape(bins []behaviour.Bin) []string {
	const what, key = "shape of the day", "load"
	if !f.res.Civil {
		f.res.keep(what, key, "times are seconds from the start, and do not say which hour it was")
		return nil
	}
	var week [weekHours][2]float64 // sum and number of bins about the hour's beginning
	days := map[int64]bool{}
	var ends [2][2]float64 // of weekdays and of weekends
	n := 0
	for _, b := range bins {
		if math.IsNaN(b.Rate) {
			continue
		}
		local := f.cfg.Calendar.Local(des.Time(des.Seconds(b.At - float64(f.cfg.Calendar.Start))))
		days[local.Day] = true
		weekday := (local.Weekday + 6) % 7 // from Monday
		h := (weekday*hours + int(math.Round(float64(local.Second)/3600))) % weekHours
		week[h][0], week[h][1] = week[h][0]+b.Rate, week[h][1]+1
		e := &ends[0]
		if weekday >= 5 {
			e = &ends[1]
		}
		e[0], e[1] = e[0]+b.Rate, e[1]+1
		n++
	}
	full := ofHour * 3600 / f.binS
	whole := true
	var day [hours][2]float64
	for h, v := range week {
		whole = whole && v[1] >= full
		day[h%hours][0], day[h%hours][1] = day[h%hours][0]+v[0], day[h%hours][1]+v[1]
	}
	for _, v := range day {
		if v[1] < full {
			f.res.keep(what, key, fmt.Sprintf("%s are recorded, and every hour of a day is needed", des.Seconds(float64(n)*f.binS)))
			return nil
		}
	}
	weekend := (ends[1][0] / ends[1][1]) / (ends[0][0] / ends[0][1])
	on := fmt.Sprintf("%d days", len(days))
	use := day[:]
	if whole && math.Abs(weekend-1) > weekendAlike {
		use = week[:]
	}
	var out []string
	least, most := math.Inf(1), 0.0
	for _, v := range use {
		rate := v[0] / v[1]
		least, most = min(least, rate), max(most, rate)
		out = append(out, fmt.Sprintf("%q", form.FormatNumber(round(rate, 3))+"/s"))
	}
	f.res.find(Finding{What: "busiest hour", Key: "load", Found: true, Estimate: most, Low: most, High: most, Unit: "/s", On: on})
	f.res.find(Finding{What: "quietest hour", Key: "load", Found: true, Estimate: least, Low: least, High: least, Unit: "/s", On: on})
	if whole {
		f.res.find(Finding{What: "weekend against weekdays", Key: "load", Found: true, Estimate: weekend, Low: weekend, High: weekend, Unit: "share", On: on})
	}
	return out
}

// noise is how much the bins vary about the level of their hour, beyond what independent
// users do, and for how many seconds that lasts.
func (f *fit) noise(bins []behaviour.Bin) (cv float64, every int) {
	const what = "noise of the load"
	if f.binS > 300 {
		f.res.keep(what, "load", fmt.Sprintf("bins of %s do not show it", des.Seconds(f.binS)))
		return 0, 0
	}
	side := int(smooths / f.binS / 2)
	var rest []float64 // NaN between stretches
	sum, chance, n := 0.0, 0.0, 0
	for k := range bins {
		level, of := 0.0, 0
		for i := k - side; i <= k+side; i++ {
			if i >= 0 && i < len(bins) && !math.IsNaN(bins[i].Rate) {
				level, of = level+bins[i].Rate, of+1
			}
		}
		if level /= float64(max(of, 1)); of < side || level <= 0 || math.IsNaN(bins[k].Rate) || k < side || k >= len(bins)-side {
			rest = append(rest, math.NaN())
			continue
		}
		r := bins[k].Rate/level - 1
		rest = append(rest, r)
		sum, chance, n = sum+r*r, chance+1/(level*f.binS), n+1
	}
	if n < fewestNoise {
		f.res.keep(what, "load", fmt.Sprintf("%d bins have an hour about them, and %d are needed", n, fewestNoise))
		return 0, 0
	}
	variance := (sum - chance) / float64(n)
	lag, pairs := 0.0, 0
	for k := 1; k < len(rest); k++ {
		if p := rest[k] * rest[k-1]; !math.IsNaN(p) {
			lag, pairs = lag+p, pairs+1
		}
	}
	found := Finding{What: what + " (cv)", Key: "load", Found: true, Unit: "share", On: fmt.Sprintf("%d bins of %s", n, des.Seconds(f.binS))}
	if !(variance > leastNoise*leastNoise) {
		found.Why = "none beyond independent users"
		f.res.find(found)
		return 0, 0
	}
	follows := clamp(lag/float64(max(pairs, 1))/variance, 0, 0.97)
	every = near(f.binS / (1 - follows))
	// The level is a mean over an hour of what varies about it: of so many draws one is
	// used up.
	cv = math.Sqrt(variance / (1 - float64(every)/smooths))
	half := sure * cv * math.Sqrt((1+follows)/(1-follows)/(2*float64(n)))
	found.Estimate, found.Low, found.High = cv, max(0, cv-half), cv+half
	found.Why = fmt.Sprintf("%s of a deviation is in the next bin still: as if drawn anew every %s", form.FormatNumber(round(100*follows, 2))+" %", des.Duration(every)*des.Second)
	f.res.find(found)
	return cv, every
}

// near is a length of time that people would write, in seconds.
func near(s float64) int {
	best := 60
	for _, v := range [...]int{60, 120, 180, 300, 600, 900, 1800} {
		if math.Abs(math.Log(s/float64(v))) < math.Abs(math.Log(s/float64(best))) {
			best = v
		}
	}
	return best
}

// bursts is the index of dispersion of the counts of 10 seconds within their minute, 0
// where it is that of independent users, or not known.
func (f *fit) bursts() float64 {
	const what = "bursts within a minute (variance / mean of 10 s)"
	counts := f.record.r.Finer(burstWindow)
	if counts == nil {
		f.res.keep(what, "load", "needs access logs, or RequestCount every 10 s or finer")
		return 0
	}
	const of = 6
	minutes := map[int64][]float64{}
	for _, k := range slices.Sorted(maps.Keys(counts)) {
		m := int64(math.Floor(float64(k) / of))
		minutes[m] = append(minutes[m], counts[k])
	}
	squares, means, n := 0.0, 0.0, 0
	whole := slices.Sorted(maps.Keys(minutes))
	for _, m := range whole[min(1, len(whole)):max(1, len(whole)-1)] { // the first and the last are cut off
		c := minutes[m]
		mean := 0.0
		for _, v := range c {
			mean += v / of
		}
		if mean < 5 {
			continue
		}
		n++
		means += mean
		for _, v := range c {
			squares += (v - mean) * (v - mean) / (of - 1)
		}
		squares += float64(of-len(c)) * mean * mean / (of - 1) // windows without a request
	}
	if n < fewest {
		f.res.keep(what, "load", fmt.Sprintf("%d minutes have 5 requests and more every 10 s, and %d are needed", n, fewest))
		return 0
	}
	idc := math.Round(squares/means*1e6) / 1e6
	half := sure * idc * math.Sqrt(2/(float64(n)*(of-1)))
	found := Finding{What: what, Key: "load", Found: true, Estimate: idc, Low: idc - half, High: idc + half, On: fmt.Sprintf("%d minutes", n)}
	if idc < leastBursty {
		found.Why = "as independent users are, or more even"
		idc = 0
	}
	f.res.find(found)
	return idc
}
