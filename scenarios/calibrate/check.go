package calibrate

import (
	"math"

	"asgsim/workload"
)

// curvePoints is at how many loads the fitted group is simulated, to be held against
// minutes that were kept back.
const curvePoints = 6

// check holds the fitted values against the minutes that were kept back.
func (f *fit) check() error {
	if !f.ok {
		return nil
	}
	var cpu []pair
	for _, m := range held(f.minutes, hasCPU) {
		cpu = append(cpu, pair{f.line.A + f.line.B*m.each/f.vcpu, m.CPU})
	}
	f.addCheck("CPU", cpu)
	if !f.latency.ok {
		return nil
	}
	if err := f.curve(); err != nil {
		return err
	}
	var tails [3][]pair
	for _, m := range held(f.minutes, hasTails) {
		p := at(f.res.Plot.Curve, m.each)
		for i, v := range [3]float64{p.P50, p.P90, p.P99} {
			if got := m.Tails[[...]int{tail50, tail90, tail99}[i]]; got > 0 && v > 0 {
				tails[i] = append(tails[i], pair{v, got})
			}
		}
	}
	for i, name := range [...]string{"p50", "p90", "p99"} {
		f.addCheck(name, tails[i])
	}
	return nil
}

// pair is a fitted value and the recorded one.
type pair struct{ fitted, recorded float64 }

func (f *fit) addCheck(what string, list []pair) {
	c := Check{What: what}
	for _, p := range list {
		if p.recorded > 0 {
			e := p.fitted/p.recorded - 1
			c.Minutes, c.MAPE, c.Bias = c.Minutes+1, c.MAPE+math.Abs(e), c.Bias+e
		}
	}
	if c.Minutes > 0 {
		c.MAPE, c.Bias = c.MAPE/float64(c.Minutes), c.Bias/float64(c.Minutes)
		f.res.Checks = append(f.res.Checks, c)
	}
}

// curve simulates the group with the fitted values over the recorded loads.
func (f *fit) curve() error {
	var each, instances []float64
	for _, m := range f.minutes {
		each, instances = append(each, m.each), append(instances, m.InService)
	}
	low, high := quantile(each, 0.01), quantile(each, 0.99)
	cpu, err := workload.NewLognormalMean(f.work*f.speed, f.latency.cv)
	if err != nil {
		return err
	}
	var wait workload.Dist
	if f.latency.sigma > 0 {
		wait = f.latency.wait()
	}
	for k := range curvePoints {
		rate := low + (high-low)*float64(k)/(curvePoints-1)
		s, err := f.fleet(median(instances), rate, cpu, wait, f.latency.workers)
		if err != nil {
			return err
		}
		f.res.Plot.Curve = append(f.res.Plot.Curve, Tails{rate, s.p50, s.p90, s.p99})
		if high <= low {
			break
		}
	}
	return nil
}

// at is the curve at a rate, by straight lines.
func at(curve []Tails, rate float64) Tails {
	for k := 1; k < len(curve); k++ {
		a, b := curve[k-1], curve[k]
		if rate <= b.Rate || k == len(curve)-1 {
			t := clamp((rate-a.Rate)/(b.Rate-a.Rate), 0, 1)
			mix := func(x, y float64) float64 { return (1-t)*x + t*y }
			return Tails{rate, mix(a.P50, b.P50), mix(a.P90, b.P90), mix(a.P99, b.P99)}
		}
	}
	return curve[0]
}

// plotted fills what a picture shows.
func (f *fit) plotted() {
	p := &f.res.Plot
	most := 0.0
	for k, m := range f.used {
		left := len(f.line.Weight) == len(f.used) && f.line.Weight[k] < 0.05
		p.CPU = append(p.CPU, Point{m.each, m.CPU, left})
		most = max(most, m.each)
	}
	if f.ok {
		p.Fitted = []Point{{0, f.line.A, false}, {most, f.line.A + f.line.B*most/f.vcpu, false}}
	}
	for k := range f.minutes {
		if m := &f.minutes[k]; hasTails(m) {
			p.Latency = append(p.Latency, Tails{m.each, m.Tails[tail50], m.Tails[tail90], m.Tails[tail99]})
		}
	}
}
