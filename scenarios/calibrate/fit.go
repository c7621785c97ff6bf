package calibrate

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"asgsim/scenarios/behaviour"
	"asgsim/scenarios/form"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// Simulate runs a configuration with a seed.
type Simulate func(context.Context, *record.Config, uint64) (*account.Result, error)

// Options say what a fit is made with.
type Options struct {
	Simulate Simulate
	Seed     uint64
	// Given returns a value of the scenario as TOML, empty where it is not given.
	Given func(key string) string
	// Loads are the loads of the scenario by name, with their kind.
	Loads [][2]string
}

// fit is a fit under way.
type fit struct {
	ctx     context.Context
	cfg     *record.Config
	o       Options
	record  recorded
	res     *Result
	minutes []minute
	binS    float64
	vcpu    float64
	speed   float64 // instance.speed, as given
	mixed   bool
	over    []float64 // points above the line, summed by stretch
	cpuFit
	latency latencyFit
}

// recorded is the record.
type recorded struct{ r *behaviour.Record }

func (r recorded) has(m behaviour.Metric) bool { return r.r.Of(m, behaviour.Stat{}) != nil }

// cpuFit is what a request costs and what runs beside requests.
type cpuFit struct {
	ok         bool
	work       float64 // vCPU seconds of a request, on the group's instances
	background float64 // 0 to 1
	line       line
	used       []minute
}

const backgroundKey = "instance.background_cpu"

// ended reports whether the fit was told to stop.
func (f *fit) ended() bool { return f.ctx.Err() != nil }

// change notes a value for the scenario.
func (f *fit) change(key, now, note string) {
	f.res.Changes = append(f.res.Changes, Change{Key: key, Was: f.o.Given(key), Now: now, Note: note})
}

func (f *fit) onMinutes(m []minute) string {
	if f.binS == 60 {
		return fmt.Sprintf("%d minutes", len(m))
	}
	return fmt.Sprintf("%d bins of %s", len(m), des.Seconds(f.binS))
}

// mostUnused says why most bins are of no use.
func (f *fit) mostUnused() string {
	most, why := 0, ""
	for w, n := range f.res.Minutes.Unused {
		if n > most || n == most && w < why {
			most, why = n, w
		}
	}
	if most == 0 {
		return ""
	}
	return fmt.Sprintf(" (of %d bins %d are left out: %s)", f.res.Minutes.Recorded, most, why)
}

// instanceLimit is the number of workers of the scenario; 0 without a bound.
func (f *fit) instanceLimit() int {
	if w := f.cfg.Template.Workers; w != serving.Unlimited {
		return w
	}
	return 0
}

// round keeps so many digits.
func round(v float64, digits int) float64 {
	if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return v
	}
	unit := math.Pow(10, float64(digits)-math.Ceil(math.Log10(math.Abs(v))))
	return math.Round(v*unit) / unit
}

// seconds prints a duration as the format writes it, with four digits.
func seconds(v float64) string { return strconv.Quote(des.Seconds(round(v, 4)).String()) }

// percent prints a share as the format writes it, with three digits.
func percent(v float64) string { return strconv.Quote(form.FormatNumber(round(100*v, 3)) + "%") }
