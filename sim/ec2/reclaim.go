package ec2

import (
	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/sim/serving"
)

// NoticeTime is how long before the end a Spot Instance is told ("Spot Instance
// interruption notices", EC2 User Guide, read 2023-05-31).
const NoticeTime = 2 * des.Minute

// FreeTime costs nothing: a Spot Instance that EC2 interrupts within its first hour
// is not charged.
const FreeTime = des.Hour

// openMarket begins to reclaim: every pool in its own time, at a rate that makes
// each instance's hazard that of the pool, since a reclaim takes only a share.
func (f *Fleet) openMarket() {
	for zone := range f.zones {
		for _, m := range f.template.Models() {
			p := Pool{m, zone, true}
			if m.hazard() > 0 {
				f.nextReclaim(p, 0)
			}
			if f.template.Spot.MaxPrice > 0 {
				f.watchPrice(p)
			}
		}
	}
}

// nextReclaim schedules the kth time at which a pool may reclaim. It comes at
// twice the mean rate and is passed over in proportion to the capacity there is.
func (f *Fleet) nextReclaim(p Pool, k uint64) {
	s := rng.Key(f.seed, f.Market.purpose("reclaim", p), k)
	rate := 2 * p.Model.hazard() / f.template.Spot.Reclaimed / float64(des.Hour)
	wait := s.Exp() / rate
	if wait > float64(f.end) {
		return
	}
	taken := s.Float64()
	at := f.kernel.Now().Add(des.Duration(wait))
	if at >= f.end {
		return
	}
	f.kernel.At(at, des.Begin, func() {
		if taken < 1-f.Market.Score(p, at) {
			f.reclaim(p, k, f.template.Spot.Reclaimed, f.lead(p, k))
		}
		f.nextReclaim(p, k+1)
	})
}

// watchPrice interrupts the instances of a pool whenever its price rises above
// what is paid at most.
func (f *Fleet) watchPrice(p Pool) {
	for _, s := range f.Market.steps(p) {
		at := des.Time(s.At) * des.Time(des.Second)
		if at <= 0 || at >= f.end || s.Price <= f.maximum(p) {
			continue
		}
		f.kernel.At(at, des.Begin, func() {
			for _, i := range f.Instances {
				if i.Pool == p && i.State == Running && !i.claimed {
					f.interrupt(i, 0)
				}
			}
		})
	}
}

// lead is the time from the rebalance recommendation to the notice.
func (f *Fleet) lead(p Pool, k uint64) des.Duration {
	s := rng.Key(f.seed, f.Market.purpose("lead", p), k)
	if s.Float64() < f.template.Spot.Coincide {
		return 0
	}
	return des.Seconds(f.template.Spot.Lead.Quantile(s.Open()))
}

// reclaim takes a share of a pool's running Spot Instances, each chosen by itself.
// They are recommended to be rebalanced now, told lead later, and gone two minutes
// after that.
func (f *Fleet) reclaim(p Pool, occurrence uint64, share float64, lead des.Duration) {
	purpose := f.Market.purpose("victim", p)
	for _, i := range f.Instances {
		if i.Pool != p || i.State != Running || i.claimed {
			continue
		}
		if s := rng.Key(f.seed, purpose, occurrence, uint64(i.Ordinal)); s.Float64() < share {
			f.interrupt(i, lead)
		}
	}
}

// ReclaimAny takes a share of the running Spot Instances of a zone and type, for a
// fault, and returns how many.
func (f *Fleet) ReclaimAny(by string, occurrence uint64, which Shortage, share float64, lead des.Duration) int {
	n := 0
	for _, i := range f.Instances {
		if !i.Spot || !which.covers(i.Pool) || i.State != Running || i.claimed {
			continue
		}
		if s := rng.Key(f.seed, rng.Purpose("fault/"+by), occurrence, uint64(i.Ordinal)); s.Float64() < share {
			i.ReclaimedBy = by
			f.interrupt(i, lead)
			n++
		}
	}
	return n
}

// Recommend tells that a running Spot Instance is at elevated risk, which is not always
// followed by an interruption ("EC2 instance rebalance recommendations", EC2 User
// Guide, read 2023-05-31).
func (f *Fleet) Recommend(i *Instance) {
	i.Recommended = f.kernel.Now()
	f.signal(i)
}

func (f *Fleet) interrupt(i *Instance, lead des.Duration) {
	i.claimed = true
	i.Recommended = min(i.Recommended, f.kernel.Now())
	notice := func() {
		if i.State != Running {
			return
		}
		i.Noticed = f.kernel.Now()
		f.kernel.After(NoticeTime, des.Begin, func() { f.takeBack(i) })
		f.signal(i)
	}
	if lead <= 0 {
		notice()
		return
	}
	f.kernel.After(lead, des.Begin, notice)
	f.signal(i)
}

func (f *Fleet) signal(i *Instance) {
	tell(f.listener.Signalled, i)
	f.observe(i)
}

// takeBack ends a Spot Instance, whatever its owner is doing with it.
func (f *Fleet) takeBack(i *Instance) {
	if i.State != Running {
		return
	}
	tell(f.listener.Interrupted, i)
	i.Interrupted = true
	f.plane.Cut(i.Plane, serving.CutOff)
	f.Fail(i)
}

// Free reports whether EC2 charges nothing for an instance.
func (i *Instance) Free() bool {
	return i.Interrupted && i.StoppedAt.Sub(i.begun()) < FreeTime
}

// begun is when an instance of the run's beginning began, before it.
func (i *Instance) begun() des.Time {
	if i.Launched < 0 {
		return i.Launched
	}
	return i.RunningAt
}
