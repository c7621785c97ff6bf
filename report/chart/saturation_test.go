package chart

import (
	"image/color"
	"math"
	"testing"

	"asgsim/sim/collapse"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// One row a resource that can be scarce, and a cell a stretch of one level; the panel is
// left out where only the CPU can be.
func TestWhatWasScarce(t *testing.T) {
	res := fixture(1, 3)
	res.Config.Template.Workers, res.Config.Template.Queue = serving.Unlimited, serving.Unlimited
	if got := resources(res); got != nil || saturationHeight(res) != 0 {
		t.Errorf("%v without workers or dependencies", got)
	}
	res.Config.Template.Workers, res.Config.Template.Queue = 4, 8
	if resources(res) != nil {
		t.Error("a panel though nothing was scarce")
	}
	res.Summary.Saturation = []collapse.Saturated{{Resource: collapse.Workers}}
	res.Config.Dependencies = []serving.Dependency{{Name: "db", Share: 1, Work: workload.Constant{Value: 0.01}, Workers: 5}}
	all := resources(res)
	if len(all) != 4 || all[0].name != "CPU" || all[1].name != "workers" || all[2].name != "queue" || all[3].name != "db" {
		t.Fatalf("%v", all)
	}
	res.Rows = res.Rows[:6]
	for k, busy := range []float64{0.1, 0.6, 0.7, 0.95, 1, math.NaN()} {
		res.Rows[k].Dependencies = []record.DependencyUse{{Busy: busy}}
	}
	type cell struct {
		from, to float64
		c        color.Color
	}
	var got []cell
	cells(res, all[3], func(from, to float64, c color.Color) { got = append(got, cell{from, to, c}) })
	step := res.Interval.Seconds()
	want := []cell{{0, step, rgb(mist)}, {step, 3 * step, rgb(sky)}, {3 * step, 5 * step, rgb(vermilion)}}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for k := range want {
		if got[k] != want[k] {
			t.Errorf("cell %d: %v, want %v", k, got[k], want[k])
		}
	}
}
