package scenarios

import (
	"fmt"
	"sync"

	"asgsim/scenarios/form"
	"asgsim/sim"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/serving"
)

// measured reads [request.measured] and fits the request to it.
func (d *decoder) measured(t ec2.Template) *Derived {
	const p = "request.measured."
	before := len(d.Problems)
	for _, k := range []string{"request.cpu", "request.wait"} {
		if d.IsGiven(k) {
			d.Problem(k, d.At(k), form.Wrong("leave one of the two out; a variant says without = [\""+k+"\"]", "and [request.measured] both say what a request costs"))
		}
	}
	on := t.Type
	if name, ok := d.Text(p + "on"); ok {
		if on.Name != name {
			on, _ = d.instanceType(p+"on", name, ownType{})
		}
	}
	m := sim.Measured{VCPU: on.VCPU, Workers: t.Workers, Discipline: t.Discipline}
	need := func(key string, ok bool) {
		if !ok && !d.Failed(p+key) {
			d.Problem(p+key, d.At("request.measured"), form.Wrong("look it up for one instance in one busy hour", "is missing"))
		}
	}
	var ok bool
	m.Rate, ok = d.Rate(p + "rate")
	need("rate", ok)
	m.CPU, ok = d.Share(p + "cpu")
	need("cpu", ok)
	p99, ok := d.dur(p + "p99")
	need("p99", ok)
	p50, has50 := d.dur(p + "p50")
	if !has50 && ok && !d.Failed(p+"p50") {
		p50 = p99 / 3
		d.Amend(p+"p50", formatDuration(p50), "derived: a third of p99")
		d.Warn(p+"p99", "add p50", "stands alone: the median is taken to be a third of it, %s", p50)
	}
	if p50 >= p99 && d.OK(p+"p50", p+"p99") {
		d.Problem(p+"p50", d.At(p+"p50"), form.Wrong("", "must be below p99: %s >= %s", p50, p99))
	}
	if len(d.Problems) > before || on.VCPU == 0 {
		return nil
	}
	m.P50, m.P99 = p50.Seconds(), p99.Seconds()
	if m.Busier, ok = d.busier(&m); !ok {
		return nil
	}
	if d.spent.fits[m] = true; len(d.spent.fits) > maxFits {
		d.Problem("request.measured", d.At("request.measured"), form.Wrong("take fewer variants", "is measured in more than %d different ways, and each is simulated", maxFits))
		return nil
	}
	fitted, err := d.spent.fit(m)
	if err != nil {
		d.Problem("request.measured", d.At("request.measured"), form.Wrong("check that the figures are from the same minutes of one instance", "%v", err))
		return nil
	}
	d.Amend("request.cpu", fitted.CPU.String(), fmt.Sprintf("derived: %s%% x %d vCPU / %s/s", form.FormatNumber(m.CPU*100), m.VCPU, form.FormatNumber(m.Rate)))
	wait := "none"
	if fitted.Wait != nil {
		wait = fitted.Wait.String()
	}
	d.Amend("request.wait", wait, fmt.Sprintf("derived: with it one instance at %s/s has p50 %s, p99 %s", form.FormatNumber(m.Rate), des.Seconds(fitted.P50), des.Seconds(fitted.P99)))
	d.undecided(&m, &fitted)
	return &Derived{m, fitted}
}

// busier reads [request.measured.busier]; the zero value and true without it.
func (d *decoder) busier(m *sim.Measured) (b sim.Busier, ok bool) {
	const p = "request.measured.busier."
	if n := d.Find("request.measured.busier"); n == nil || n.Table == nil {
		return b, true
	}
	before := len(d.Problems)
	need := func(key string, ok bool) {
		if !ok && !d.Failed(p+key) {
			d.Problem(p+key, d.At("request.measured.busier"), form.Wrong("look it up for the same instance in a busier hour", "is missing"))
		}
	}
	b.Rate, ok = d.Rate(p + "rate")
	need("rate", ok)
	b.CPU, ok = d.Share(p + "cpu")
	need("cpu", ok)
	p50, ok := d.dur(p + "p50")
	need("p50", ok)
	p99, ok := d.dur(p + "p99")
	need("p99", ok)
	b.P50, b.P99 = p50.Seconds(), p99.Seconds()
	switch {
	case len(d.Problems) > before:
	case b.P50 >= b.P99:
		d.Problem(p+"p50", d.At(p+"p50"), form.Wrong("", "must be below p99: %s >= %s", p50, p99))
	case b.Rate < 1.1*m.Rate:
		d.Problem(p+"rate", d.At(p+"rate"), form.Wrong("take an hour with a tenth more requests at the least", "is no busier hour: %s/s, and request.measured.rate is %s/s", form.FormatNumber(b.Rate), form.FormatNumber(m.Rate)))
	}
	return b, len(d.Problems) == before
}

// openFrom is the ratio of what the figures leave open from which on it is said.
const openFrom = 1.2

// undecided says what the figures of one hour cannot tell, where it matters.
func (d *decoder) undecided(m *sim.Measured, f *sim.Fitted) {
	if f.Open[0] == 0 || f.Open[1] < openFrom*f.Open[0] {
		return
	}
	remedy := "add [request.measured.busier] with rate, cpu, p50 and p99 of a busier hour"
	if m.Workers == serving.Unlimited {
		remedy += ", and instance.workers where they are limited"
	}
	d.Warn("request.measured", remedy, "cannot tell whether slow requests work or wait: at 85 %% CPU an instance has p99 %s if they wait, %s if they work; taken is that they work",
		des.Seconds(roundTo(f.Open[0], 2)), des.Seconds(roundTo(f.Open[1], 2)))
}

// fitted are the fits of this process by their figures: a fit is a function of them and
// takes seconds, and variants, tries and files say the same figures again and again.
var fitted sync.Map

// fit is sim.Fit, once for the same figures.
func fit(m sim.Measured) (sim.Fitted, error) {
	if f, ok := fitted.Load(m); ok {
		return f.(sim.Fitted), nil
	}
	f, err := sim.Fit(m)
	if err == nil {
		fitted.Store(m, f)
	}
	return f, err
}
