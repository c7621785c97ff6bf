package scaling

import (
	"fmt"
	"math"
	"slices"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// GCPPeriod is how often the autoscaler of a managed instance group looks here:
// as often as Compute Engine writes CPU utilization. The real one watches
// constantly, by an undocumented rhythm.
const GCPPeriod = des.Minute

// GCPMode is what the group does with the recommended size.
type GCPMode uint8

// The modes (Compute Engine API: AutoscalingPolicy).
const (
	GCPOn GCPMode = iota
	GCPOnlyScaleOut
	GCPOff
)

var gcpModes = [...]string{"ON", "ONLY_SCALE_OUT", "OFF"}

// String returns Google's name of the mode.
func (m GCPMode) String() string { return gcpModes[m] }

// GCPAutoscaler is the autoscaler of a Google Cloud managed instance group, whose
// VMs are the group's instances ("Understanding autoscaler decisions", Compute
// Engine documentation, read 2026-11): the recommended size serves the peak load
// of the stabilization period, within the bounds and the scale-in controls.
type GCPAutoscaler struct {
	Name          string
	Mode          GCPMode
	CPU           float64      // target, percent; 0: CPU is not a signal
	Balancing     float64      // target, percent of MaxRate; 0: not a signal
	MaxRate       float64      // requests a second that the backend service gives a VM at most
	Init          des.Duration // initialization period: younger VMs are not looked at
	Stabilization des.Duration // the initialization period if that is longer
	Delay         des.Duration // end of a minute to when its metrics are known
	In            *ScaleInControl
}

// ScaleInControl bounds how fast a group shrinks: to so much below the highest
// size recommended in the window.
type ScaleInControl struct {
	Fixed   int     // instances, where Percent is 0
	Percent float64 // of the highest size, rounded up
	Window  des.Duration
}

// GCPMemory is what the autoscaler remembers.
type GCPMemory struct {
	Loads []Recommendation // instances needed for the load of a look
	Sizes []Recommendation // sizes recommended
}

// About says what it is.
func (p *GCPAutoscaler) About() About {
	const system = "Google Cloud MIG autoscaler"
	return About{Name: p.Name, Kind: "gcp_autoscaler", System: system, Says: system + ", " + p.goal()}
}

// Attach reads the VMs every minute.
func (p *GCPAutoscaler) Attach(h Host) Attached {
	readings := h.Gather(GCPPeriod, p.Delay, GCPPeriod)
	a := Attached{
		Every: GCPPeriod, Look: "recommendation", Idle: idleArithmetic,
		See: func(now des.Time, s *Snapshot) { s.Seen = readings.VMs(now) },
		Settled: func(n int) Memory { // it has served its load for long
			r := []Recommendation{{At: 0, Replicas: n}}
			return GCPMemory{Loads: r, Sizes: r}
		},
	}
	if p.Mode == GCPOff {
		a.Idle = "its mode is OFF"
	}
	return a
}

// Settled is the fleet that holds the targets.
func (p *GCPAutoscaler) Settled(f Foresight, n int) int {
	if one, _ := f.One(cloudwatch.CPUUtilization); p.CPU > 0 {
		n = max(n, whole(one/p.CPU))
	}
	if p.Balancing > 0 {
		n = max(n, whole(f.PerMinute()/60/(p.Balancing/100*p.MaxRate)))
	}
	return n
}

// Doubts are about the delay of its metrics.
func (p *GCPAutoscaler) Doubts() []Doubt {
	return delays(func(factor float64) Policy {
		c := *p
		c.Delay = times(p.Delay, factor)
		return &c
	})
}

// goal returns what it holds.
func (p *GCPAutoscaler) goal() string {
	switch {
	case p.Balancing == 0:
		return fmt.Sprintf("CPU at %g %%", p.CPU)
	case p.CPU == 0:
		return fmt.Sprintf("load balancing at %g %% of %g/s", p.Balancing, p.MaxRate)
	}
	return fmt.Sprintf("CPU at %g %%, load balancing at %g %% of %g/s", p.CPU, p.Balancing, p.MaxRate)
}

// Window is how far back the autoscaler looks for peaks.
func (p *GCPAutoscaler) Window() des.Duration { return max(p.Stabilization, p.Init) }

// Decide evaluates the autoscaler: size for the load, peak, bounds, controls, mode.
func (p *GCPAutoscaler) Decide(now des.Time, s *Snapshot, past Memory) (Decision, Memory) {
	m, _ := past.(GCPMemory)
	vms := s.Seen.([]VM)
	d := p.decide(now, s, vms, &m)
	sum, n := 0.0, 0
	for _, v := range vms {
		if !math.IsNaN(v.CPU) {
			sum, n = sum+v.CPU, n+1
		}
	}
	if d.HasMetric = n > 0; d.HasMetric {
		d.Metric = sum / float64(n)
	}
	return d, m
}

func (p *GCPAutoscaler) decide(now des.Time, s *Snapshot, vms []VM, m *GCPMemory) Decision {
	load, why, ok := p.size(vms)
	if !ok {
		return Decision{Side: Hold, Block: BlockData, Why: why}
	}
	m.Loads = append(slices.Clip(forget(m.Loads, now.Add(-p.Window()))), Recommendation{now, load})
	peak := highest(m.Loads, now.Add(-p.Window()))
	size, block := Clamp(peak, s.Min, s.Max)
	if peak > load {
		why += fmt.Sprintf(", %d for the peak of %v", peak, p.Window())
		if block == NoBlock && size == s.Desired {
			block = BlockStabilization
		}
	}
	if block == BlockMax || block == BlockMin {
		why += fmt.Sprintf(", %v %d", block, size)
	}
	if p.In != nil {
		m.Sizes = append(slices.Clip(forget(m.Sizes, now.Add(-p.In.Window))), Recommendation{now, size})
		if least := p.least(highest(m.Sizes, now.Add(-p.In.Window))); size < least {
			size, block = min(least, s.Max), BlockControl
			why += fmt.Sprintf(", scale-in controls keep %d", size)
		}
	}
	switch {
	case p.Mode == GCPOff:
		return Decision{Side: Stay, Block: BlockMode, Why: fmt.Sprintf("%s: %d recommended, the mode is OFF", why, size)}
	case p.Mode == GCPOnlyScaleOut && size < s.Desired:
		return Decision{Side: Stay, Block: BlockMode, Why: fmt.Sprintf("%s: %d recommended, the mode is ONLY_SCALE_OUT", why, size)}
	}
	return change(size, s.Desired, block, why)
}

// least is the smallest size that scale-in controls allow below a peak.
func (p *GCPAutoscaler) least(peak int) int {
	if p.In.Percent > 0 {
		return peak - ceil(float64(peak)*p.In.Percent/100)
	}
	return peak - p.In.Fixed
}

// size is the number of VMs that carry what the initialized ones show, by the
// signal that asks for most; at least one.
func (p *GCPAutoscaler) size(vms []VM) (n int, why string, ok bool) {
	cpu, requests, counted := 0.0, 0.0, 0
	for _, v := range vms {
		if v.Age >= p.Init {
			cpu, requests, counted = cpu+v.CPU, requests+v.Requests, counted+1
		}
	}
	if counted == 0 {
		return 0, fmt.Sprintf("no VM is past its initialization period of %v", p.Init), false
	}
	signal := func(sum, target float64, text string) { // with four verbs
		if target == 0 {
			return
		}
		need := max(1, int(math.Ceil(sum/target-1e-9)))
		if n = max(n, need); why != "" {
			why += "; "
		}
		why += fmt.Sprintf(text, counted, number(sum), number(target), need)
	}
	signal(cpu, p.CPU, "CPU of %d VMs, together %s %% / %s %%: %d needed")
	signal(requests, p.Balancing/100*p.MaxRate, "requests to %d VMs, together %s/s / %s/s: %d needed")
	return n, why, true
}
