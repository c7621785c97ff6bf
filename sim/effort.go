package sim

import (
	"math"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
	"asgsim/sim/world"
)

// Effort is what a run is expected to take, from its configuration alone: within a
// factor of two or three, enough to tell a coffee from a night and a laptop from a
// server.
type Effort struct {
	Requests  float64 // first attempts, over the run
	InFlight  float64 // attempts in progress, at the worst instant
	Instances int     // max_size, the most that a schedule sets and the warm pool included
	Minutes   float64
	Formulas  scaling.Work
	Bytes     float64 // of memory
	Exact     float64 // seconds of one core if every request is served
	Sampled   float64 // and if stretches of calm minutes stand for the rest
	Seconds   float64 // as the configuration asks
}

// What things take, measured on one core of 2026 at 3 GHz with go1.26: runs of ten
// minutes to 200 days, of 1 to 50,000 requests a second, of 10 to 4,000 instances.
const (
	bytesOfProgram    = 40e6 // pictures included
	bytesPerInFlight  = 280
	bytesPerMinute    = 900 // of a group that scales; a fixed fleet has a third
	bytesPerInstance  = 10e3
	bytesPerWatch     = 20 // an instance-minute
	secondsPerAttempt = 150e-9
	secondsPerMinute  = 25e-6
	secondsPerStretch = 200e-6 // of a sampled minute
	secondsPerWatch   = 2e-6
	secondsPerPair    = 100e-9 // of instances: each that comes makes the routing table anew
	// A formula's evaluation beside its steps, and a step: 7 to 50 ns, by what is computed.
	secondsPerEvaluation = 10e-6
	secondsPerStep       = 18e-9
	effortSteps          = 10_000 // at which the load is looked at
)

// EffortOf estimates a run.
func EffortOf(cfg *record.Config) Effort {
	e := Effort{Minutes: float64(cfg.Duration) / float64(des.Minute), Instances: max(cfg.Group.Max, cfg.Group.Min)}
	for i := range cfg.Schedule {
		e.Instances = max(e.Instances, cfg.Schedule[i].Max, cfg.Schedule[i].Min)
	}
	if p := cfg.Group.WarmPool; p != nil {
		e.Instances = max(e.Instances+p.Min, p.Prepared)
	}
	work, stay, attempts, timeout, drop := 0.0, 0.0, 1.0, des.Duration(0), true
	for i := range cfg.Classes {
		c := &cfg.Classes[i]
		w := c.CPU.Mean() / cfg.Template.Speed
		work, stay = max(work, w), max(stay, w)
		if c.Wait != nil {
			stay = max(stay, w+c.Wait.Mean())
		}
		stay += serving.Asking(cfg.Dependencies)
		attempts, timeout = max(attempts, float64(c.Retry.Attempts)), max(timeout, c.Timeout)
		drop = drop && c.Abandoned == serving.Drop && c.Timeout > 0
	}
	if idle := cfg.Balancer.IdleTimeout; idle > 0 && (timeout == 0 || idle < timeout) {
		timeout = idle
	}
	capacity := math.Inf(1) // requests a second that all instances together serve
	if work > 0 {
		capacity = float64(e.Instances*cfg.Template.Type.VCPU) / work
	}
	if w := cfg.Template.Workers; w != serving.Unlimited && stay > 0 {
		capacity = min(capacity, float64(e.Instances*w)/stay)
	}
	if rate, first := serving.Carry(cfg.Dependencies); first >= 0 {
		capacity = min(capacity, rate)
	}
	step := max(des.Second, cfg.Duration/effortSteps)
	backlog := 0.0
	retried := 0.0 // attempts beside the first, at most
	for t := des.Duration(0); t < cfg.Duration; t += step {
		to := min(t+step, cfg.Duration)
		sent := 0.0
		for i := range cfg.Loads {
			sent += cfg.Loads[i].Curve.Integral(des.Time(t), des.Time(to))
		}
		e.Requests += sent
		rate := sent / (to - t).Seconds()
		// What comes now and waits in the backlog is given up, and tried again; the server
		// works on, unless it drops what was given up.
		late := timeout > 0 && backlog/capacity+stay > timeout.Seconds()
		if late {
			sent *= attempts
			rate *= attempts
		}
		backlog = max(0, backlog+sent-capacity*(to-t).Seconds())
		if drop {
			backlog = min(backlog, rate*timeout.Seconds())
		}
		switch {
		case late:
			retried += sent - sent/attempts
		case backlog > 0:
			retried += sent * (attempts - 1)
		}
		e.InFlight = max(e.InFlight, rate*stay+backlog)
	}
	if q := cfg.Template.Queue; q != serving.Unlimited && cfg.Template.Workers != serving.Unlimited {
		e.InFlight = min(e.InFlight, float64(e.Instances*(q+cfg.Template.Workers)))
	}
	watches := float64(e.Instances) * e.Minutes
	e.Bytes = bytesOfProgram + e.InFlight*bytesPerInFlight + e.Minutes*bytesPerMinute + float64(e.Instances)*bytesPerInstance + watches*bytesPerWatch
	beside := e.Minutes*secondsPerMinute + watches*secondsPerWatch + float64(e.Instances)*float64(e.Instances)*secondsPerPair
	e.Formulas = scaling.WorkOf(cfg.Policies, cfg.Duration)
	beside += e.Formulas.Evaluations*secondsPerEvaluation + e.Formulas.Steps*secondsPerStep
	e.Exact = (e.Requests+retried)*secondsPerAttempt + beside
	// What is retried is no calm: it is served either way.
	e.Sampled = (world.Simulated(cfg)+retried)*secondsPerAttempt + e.Minutes*secondsPerStretch + beside
	if e.Seconds = e.Exact; world.FidelityOf(cfg) == record.Sampled {
		e.Seconds = e.Sampled
	}
	return e
}
