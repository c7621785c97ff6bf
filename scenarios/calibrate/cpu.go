package calibrate

import (
	"fmt"
	"math"

	"asgsim/scenarios/behaviour"
	"asgsim/scenarios/form"
)

const (
	// leastSpan is how much busier the busy minutes must be than the quiet ones, for a
	// background to be told from requests.
	leastSpan = 1.3
	// ofModel widens the interval of CPU per request by what no line knows: instances are
	// not alike, and a busy CPU does less in the same time.
	ofModel = 0.01
)

// cpu draws the line of CPU utilization over requests: its slope is what a request costs,
// its beginning what runs without requests.
func (f *fit) cpu() {
	const what, key = "CPU per request", "request.cpu"
	f.used = fitted(f.minutes, hasCPU)
	switch {
	case !f.record.has(behaviour.CPUUtilization):
		f.res.keep(what, key, "CPUUtilization is not recorded")
		return
	case f.mixed:
		f.res.keep(what, key, "the group mixes types of different sizes or speeds, of which the record does not say which were in service")
		return
	case len(f.used) < fewest:
		f.res.keep(what, key, fmt.Sprintf("%d minutes are of use, and %d are needed%s", len(f.used), fewest, f.mostUnused()))
		return
	}
	var x, y []float64
	for _, m := range f.used {
		x, y = append(x, m.each/f.vcpu), append(y, m.CPU)
	}
	low, high := quantile(x, 0.05), quantile(x, 0.95)
	var background *Finding
	if !(high >= leastSpan*low) {
		given := f.cfg.Template.Background
		f.line = fitLine(x, y, &given)
		f.res.keep("CPU without requests", backgroundKey, fmt.Sprintf("the busiest minutes have %s times the requests of the quietest, and %g are needed to tell it from requests; taken is what the scenario has", form.FormatNumber(round(high/low, 2)), leastSpan))
	} else {
		f.line = fitLine(x, y, nil)
		background = f.intercept(x, y)
	}
	w := f.line.B
	half := math.Hypot(sure*f.line.SeB, ofModel*w)
	if !(w > 0) || half > w/2 {
		f.res.keep(what, key, fmt.Sprintf("CPU does not follow the requests: %s s of a vCPU a request, give or take %s", form.FormatNumber(round(w, 2)), form.FormatNumber(round(half, 2))))
		if background != nil { // where the line is none, neither is its beginning
			f.res.keep(background.What, backgroundKey, "CPU does not follow the requests: what would be left without them cannot be told")
		}
		return
	}
	if background != nil {
		f.res.find(*background)
		f.change(backgroundKey, percent(background.Estimate), "CPU that shows without requests")
	}
	f.ok, f.work, f.background = true, w, f.line.A
	f.outliers()
	f.res.find(Finding{What: what, Key: key, Found: true, Estimate: w * f.speed, Low: (w - half) * f.speed, High: (w + half) * f.speed, Unit: "s", On: f.onMinutes(f.used)})
}

// intercept tells whether there is a background; without one the line goes through 0.
func (f *fit) intercept(x, y []float64) *Finding {
	const what = "CPU without requests"
	half := math.Hypot(sure*f.line.SeA, ofModel*median(y))
	a := f.line.A
	found := Finding{What: what, Key: backgroundKey, Found: true, Estimate: a, Low: max(0, a-half), High: a + half, Unit: "share", On: f.onMinutes(f.used)}
	if a-half <= 0 {
		none := 0.0
		f.line = fitLine(x, y, &none)
		found.Estimate, found.Why = 0, "none that shows"
		found.Low = 0
		found.High = max(found.High, 0)
	}
	return &found
}

// outliers are stretches of minutes that the line does not hold for.
func (f *fit) outliers() {
	const belongs = 0.05 // weights below it
	apart := 3 * f.binS
	for k := range f.used {
		m := &f.used[k]
		if f.line.Weight[k] >= belongs {
			continue
		}
		over := 100 * (m.CPU - f.line.A - f.line.B*m.each/f.vcpu)
		if n := len(f.res.Left); n > 0 && m.At-f.res.Left[n-1].To <= apart {
			l := &f.res.Left[n-1]
			l.To, l.Minutes = m.At+f.binS, l.Minutes+1
			f.over[n-1] += over
			continue
		}
		f.res.Left = append(f.res.Left, Left{From: m.At, To: m.At + f.binS, Minutes: 1})
		f.over = append(f.over, over)
	}
	for k := range f.res.Left {
		l := &f.res.Left[k]
		mean := f.over[k] / float64(l.Minutes)
		side := "above"
		if mean < 0 {
			side = "below"
		}
		l.What = fmt.Sprintf("CPU %s points %s what the requests explain%s", form.FormatNumber(round(math.Abs(mean), 2)), side, f.deploy(l))
	}
}

// deploy says whether instances were replaced about a stretch.
func (f *fit) deploy(l *Left) string {
	const about = 900 // seconds
	n := 0
	for _, a := range f.record.r.Activities {
		if a.Why != behaviour.Capacity && a.Launch && a.Start > l.From-about && a.Start < l.To+about {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("; instances were replaced then (%d): a deploy or a failure", n)
}
