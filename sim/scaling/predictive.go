package scaling

import (
	"fmt"
	"math"

	"asgsim/sim/des"
)

// Pair is a predefined pair of metrics of predictive scaling: the load of the
// whole group, and the metric of one instance that it is scaled by.
type Pair uint8

// The pairs that are built.
const (
	ASGCPUUtilization Pair = iota // percent, summed over the instances; average per instance
	ALBRequestCount               // requests of the target group; requests a minute and target
	ASGNetworkIn                  // bytes in, summed over the instances; average per instance
	ASGNetworkOut                 // bytes out
)

var pairNames = [...]string{"ASGCPUUtilization", "ALBRequestCount", "ASGNetworkIn", "ASGNetworkOut"}

// String returns AWS's name of the pair.
func (p Pair) String() string { return pairNames[p] }

// Predictive is a predictive scaling policy ("Predictive scaling", EC2 Auto
// Scaling User Guide, read 2023-04-27).
type Predictive struct {
	Name   string
	Pair   Pair
	Target float64 // percent, requests a minute and target, or bytes of an instance
	Model  Model   // how the load is forecast
	Near   bool    // capacities are rounded to the nearest, at least 1; else up
	Scale  bool    // ForecastAndScale; else ForecastOnly
	// Buffer is how long before an hour its capacity is asked for
	// (SchedulingBufferTime); 0 up to below an hour, 300 s.
	Buffer des.Duration
	// Increase lets a forecast raise the maximum (IncreaseMaxCapacity), to the
	// share MaxBuffer above the forecast; else the maximum is honoured.
	Increase  bool
	MaxBuffer float64
}

// Mode returns AWS's name of the mode.
func (p *Predictive) Mode() string {
	if p.Scale {
		return "ForecastAndScale"
	}
	return "ForecastOnly"
}

// Pairs returns the names of the pairs, in order.
func Pairs() []string { return pairNames[:] }

// Capacity is the number of instances that carry a load at the target, the load
// in the unit of the metric summed over the group. AWS does not publish its map;
// this is the plainest.
func (p *Predictive) Capacity(load float64) int {
	if p.Near && load > 0 {
		return max(1, int(math.Round(load/p.Target)))
	}
	return int(math.Ceil(load/p.Target - 1e-9))
}

// Bound is the maximum for a forecast capacity. Raised, it stays raised: AWS does
// not lower it again.
func (p *Predictive) Bound(capacity, most int) int {
	if !p.Increase {
		return most
	}
	return max(most, int(math.Ceil(float64(capacity)*(1+p.MaxBuffer)-1e-9)))
}

// Foreseen is what a predictive policy makes of a forecast.
type Foreseen struct {
	Want int // the forecast capacity
	Max  int // the maximum, raised where the policy may
	// Result is the desired capacity: the greater of the one there is and the
	// forecast within the bounds. Predictive scaling never scales in.
	Result int
	Block  Block
	Why    string
}

// Decide makes the forecast of an hour a desired capacity. load is in the unit of
// the metric, summed over the group.
func (p *Predictive) Decide(load float64, desired, low, high int) Foreseen {
	f := Foreseen{Want: p.Capacity(load)}
	f.Max = p.Bound(f.Want, high)
	within, block := Clamp(f.Want, low, f.Max)
	f.Result, f.Block = max(desired, within), block
	unit, target := [...]string{"% of CPU over the group", "requests a minute", "MB in over the group", "MB out over the group"}[p.Pair], p.Target
	if p.Pair == ASGNetworkIn || p.Pair == ASGNetworkOut {
		load, target = load/1e6, target/1e6
	}
	f.Why = fmt.Sprintf("%.4g %s forecast, %.4g an instance: ceil(%.4g / %.4g) = %d", load, unit, target, load, target, f.Want)
	switch {
	case block == BlockMax:
		f.Why += fmt.Sprintf(", max_size %d is honoured", high)
	case f.Max > high:
		f.Why += fmt.Sprintf(", max_size raised from %d to %d", high, f.Max)
	}
	if f.Result == desired {
		f.Why += fmt.Sprintf(", %d are desired already", desired)
	}
	return f
}
