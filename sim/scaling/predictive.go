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
	Group  string  // of ALBRequestCount the target group; empty: the first
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

// Metric is the metric of one instance, as target tracking names it.
func (p Pair) Metric() Metric {
	return [...]Metric{ASGAverageCPUUtilization, ALBRequestCountPerTarget, ASGAverageNetworkIn, ASGAverageNetworkOut}[p]
}

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

// About says what it is.
func (p *Predictive) About() About {
	return About{Name: p.Name, Kind: "predictive_scaling", Says: "predictive scaling, " + p.Mode()}
}

// Attach has the load forecast by the hour.
func (p *Predictive) Attach(h Host) Attached {
	h.Forecast(p)
	return Attached{}
}

// Settled asks for nothing more: the forecast of the first hour is asked for apart.
func (p *Predictive) Settled(_ Foresight, n int) int { return n }

// Doubts are none.
func (p *Predictive) Doubts() []Doubt { return nil }

// Decide makes the forecast of an hour, s.Load, a desired capacity: the greater of the
// one there is and the forecast within the bounds. Predictive scaling never scales in.
func (p *Predictive) Decide(_ des.Time, s *Snapshot, _ Memory) (Decision, Memory) {
	load := s.Load
	d := Decision{Want: p.Capacity(load)}
	d.Max = p.Bound(d.Want, s.Max)
	within, block := Clamp(d.Want, s.Min, d.Max)
	d.Block = block
	unit, target := [...]string{"% of CPU over the group", "requests a minute", "MB in over the group", "MB out over the group"}[p.Pair], p.Target
	if p.Pair == ASGNetworkIn || p.Pair == ASGNetworkOut {
		load, target = load/1e6, target/1e6
	}
	d.Why = fmt.Sprintf("%.4g %s forecast, %.4g an instance: ceil(%.4g / %.4g) = %d", load, unit, target, load, target, d.Want)
	switch {
	case block == BlockMax:
		d.Why += fmt.Sprintf(", max_size %d is honoured", s.Max)
	case d.Max > s.Max:
		d.Why += fmt.Sprintf(", max_size raised from %d to %d", s.Max, d.Max)
	}
	if d.Side = Out; within <= s.Desired {
		d.Side = Stay
		d.Why += fmt.Sprintf(", %d are desired already", s.Desired)
	}
	return d, nil
}
