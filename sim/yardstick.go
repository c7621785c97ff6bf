package sim

import (
	"context"
	"fmt"
	"math"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/record"
)

// Yardsticks are fleets that a group can be measured against. All but the lower
// bound are simulated on the same requests (replication 0 of the seed).
type Yardsticks struct {
	// Minimum is the smallest fixed fleet that meets the SLO; nobody runs this.
	Minimum Fixed
	// Headroom is the smallest fixed fleet that meets the SLO and still does with
	// one zone lost at the peak; without zones to lose, the same as Minimum.
	Headroom Fixed
	// LowerBound is what no fleet of these types on demand that serves these requests
	// within the SLO can cost less than, of any size and under any policy: EC2 dollars
	// over the window; 0: no bound is known.
	LowerBound float64
}

// Fixed is a fixed fleet.
type Fixed struct {
	Instances int     `json:"instances"` // 0: none was found that meets the SLO
	EC2       float64 `json:"ec2_usd"`   // over the window
}

// fixedMost bounds the search: the targets of an ALB.
const fixedMost = 1000

// Memory keeps what a search found, by the fingerprint of what it was about. It may
// forget.
type Memory interface {
	// Recall forgets what is not possible.
	Recall(key string, found interface{ Possible() bool }) bool
	Keep(key string, found any)
}

// Search is a search of yardsticks.
type Search struct {
	Config *record.Config
	Seed   uint64
	Memory Memory // nil: none
	Done   func() // called after every run; may be nil
}

// Yardsticks searches the yardsticks of a configuration that came to o, over t,
// with the same seed.
func (s *Search) Yardsticks(ctx context.Context, o *Outcome, t *Timeline) (*Yardsticks, error) {
	y := &Yardsticks{LowerBound: lowerBound(s.Config, o)}
	fleets, err := s.fleets(ctx, t)
	if err != nil {
		return nil, err
	}
	y.Minimum, y.Headroom = fleets.Minimum, fleets.Headroom
	return y, nil
}

// fleets are the simulated yardsticks.
type fleets struct {
	Minimum  Fixed `json:"fixed_minimum"`
	Headroom Fixed `json:"fixed_same_headroom"`
}

// Possible reports whether a search can have found this: it may come from a file.
func (f *fleets) Possible() bool {
	for _, x := range [...]Fixed{f.Minimum, f.Headroom} {
		if x.Instances < 0 || x.Instances > 1_000_000 || !(x.EC2 >= 0 && x.EC2 < 1e15) || x.Instances > 0 && x.EC2 == 0 && f.Minimum.EC2 > 0 {
			return false
		}
	}
	return f.Headroom.Instances >= f.Minimum.Instances
}

// fleets searches the fixed fleets, or remembers them: they are the same for every
// policy of the group.
func (s *Search) fleets(ctx context.Context, t *Timeline) (f fleets, err error) {
	key := ""
	if s.Memory != nil {
		if key, err = Fingerprint("yardsticks", fixedFleet(s.Config, 1), s.Seed); err == nil && s.Memory.Recall(key, &f) {
			return f, nil
		}
	}
	guess := 1
	for _, n := range t.NeededSLO {
		guess = max(guess, n)
	}
	if f.Minimum, err = s.smallestFixed(ctx, guess); err != nil {
		return f, err
	}
	f.Headroom = f.Minimum
	if zones := len(s.Config.Group.Zones); zones > 1 && f.Minimum.Instances > 0 {
		// What is left when the fullest zone is gone must still be the minimum.
		n := f.Minimum.Instances
		for n-(n+zones-1)/zones < f.Minimum.Instances {
			n++
		}
		o, err := s.fixed(ctx, n)
		if err != nil {
			return f, err
		}
		f.Headroom = Fixed{n, o.Summary.Cost.EC2}
	}
	if key != "" {
		s.Memory.Keep(key, f)
	}
	return f, nil
}

// fixed runs the fixed fleet of n instances.
func (s *Search) fixed(ctx context.Context, n int) (*Outcome, error) {
	o, _, err := outcome(ctx, fixedFleet(s.Config, n), s.Seed)
	if err == nil {
		count(s.Done)
	}
	return o, err
}

// smallestFixed brackets the smallest fixed fleet that meets the SLO by an
// estimate and bisects.
func (s *Search) smallestFixed(ctx context.Context, guess int) (Fixed, error) {
	tried := map[int]*Outcome{}
	meets := func(n int) (bool, error) {
		if tried[n] == nil {
			o, err := s.fixed(ctx, n)
			if err != nil {
				return false, err
			}
			tried[n] = o
		}
		return tried[n].Summary.SLO.Met, nil
	}
	lo, hi := 0, min(max(1, guess), fixedMost) // lo fails, hi is to meet
	for {
		ok, err := meets(hi)
		if err != nil {
			return Fixed{}, err
		}
		if ok {
			break
		}
		if hi >= fixedMost || 2*hi >= 3*lo && inVain(tried[lo], tried[hi]) {
			return Fixed{}, nil
		}
		step := max(1, hi/4)
		if lo > 0 {
			step = max(step, 2*(hi-lo)) // the guess was no good
		}
		lo, hi = hi, min(fixedMost, hi+step)
	}
	for hi-lo > 1 {
		// Steps down from a good guess are small: most estimates are close.
		mid := max(lo+1, hi-max(1, min((hi-lo)/2, hi/8+1)))
		ok, err := meets(mid)
		if err != nil {
			return Fixed{}, err
		}
		if ok {
			hi = mid
		} else {
			lo = mid
		}
	}
	return Fixed{hi, tried[hi].Summary.Cost.EC2}, nil
}

// inVain reports whether more instances do not help: of the bad requests of a fleet that
// served most well not a tenth is gone with half as many instances again. What is bad then
// is not for want of capacity: instances crash, requests take too long by themselves.
func inVain(small, large *Outcome) bool {
	if small == nil {
		return false
	}
	a, b := small.Summary.Requests.GoodShare, large.Summary.Requests.GoodShare
	return a != nil && b != nil && *a > 0.5 && 1-*b > 0.9*(1-*a)
}

// fixedFleet is the configuration with n instances, no policy and no scheduled
// action, all else equal.
func fixedFleet(cfg *record.Config, n int) *record.Config {
	c := *cfg
	c.Policies, c.Schedule = nil, nil
	c.Group.Min, c.Group.Max, c.Group.Desired, c.Group.Cold = n, n, asg.Settled, false
	c.Group.WarmPool = nil // nothing scales out of it
	return &c
}

// lowerBound is what no fleet of the configured types on demand can cost less than
// that serves a slo.good share of these requests, whatever its size, bounds and
// policies, in EC2 dollars over the window: the finished requests bring at the least
// the smallest work that such a share can bring, and an instance does vCPU x speed
// seconds of it a second, at the cheapest type's price. 0, nothing, where Spot
// Instances may serve: what is interrupted in its first hour is free.
func lowerBound(cfg *record.Config, o *Outcome) float64 {
	if p := cfg.Group.Mixed; p != nil {
		if _, spot := p.Split(cfg.Group.Max); spot > 0 {
			return 0
		}
	}
	work, least := smallestWork(cfg, &o.Summary.Requests), math.Inf(1)
	for _, m := range cfg.Template.Models() {
		least = math.Min(least, cfg.Bill.Seconds(int64(work/(m.Speed*fastest(cfg)*float64(m.Type.VCPU))), m.Price).Float())
	}
	return least
}

// belowBound is the law that no fleet is cheaper than the work it did: broken by a
// run that meets its SLO for less.
func belowBound(cfg *record.Config, o *Outcome) []record.Violation {
	if !o.Summary.SLO.Met {
		return nil
	}
	if bound := lowerBound(cfg, o); o.Summary.Cost.EC2 < bound {
		return []record.Violation{{Law: "EC2 costs at least the work served", Detail: fmt.Sprintf("$%.4f of EC2, the work of the good requests alone costs $%.4f", o.Summary.Cost.EC2, bound)}}
	}
	return nil
}

// smallestWork is the least CPU work, in vCPU-seconds at speed 1, that a slo.good
// share of the finished requests can have brought: that share times the mean of the
// lower quantile of the work, less four standard errors.
func smallestWork(cfg *record.Config, r *account.Requests) float64 {
	finished := float64(r.Offered - r.InFlight)
	if len(cfg.Classes) == 0 || finished == 0 {
		return 0
	}
	cpu, share := cfg.Classes[0].CPU, cfg.SLO.Good
	scv := cpu.SCV()
	if math.IsInf(scv, 1) {
		return 0
	}
	return finished * share * truncatedMean(cpu, share) * math.Max(0, 1-4*math.Sqrt(scv/finished))
}

// fastest is how much faster than the first the fastest version is that an instance
// refresh brings.
func fastest(cfg *record.Config) float64 {
	most := 1.0
	for i := range cfg.Events {
		if r := cfg.Events[i].Refresh; r != nil {
			most = math.Max(most, r.Version.Speed)
		}
	}
	return most
}

// quantiler is what truncatedMean needs of a distribution.
type quantiler interface{ Quantile(p float64) float64 }

// truncatedMean is the mean below the q-quantile, by the midpoint rule over
// probabilities, taken from below so that it never exceeds the truth by much.
func truncatedMean(d quantiler, q float64) float64 {
	const steps = 2000
	sum := 0.0
	for k := range steps {
		sum += d.Quantile(math.Max(1e-12, q*float64(k)/steps))
	}
	return sum / steps
}

func count(done func()) {
	if done != nil {
		done()
	}
}
