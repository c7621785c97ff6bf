package calibrate

import (
	"context"
	"errors"
	"fmt"

	"asgsim/scenarios/behaviour"
	"asgsim/sim/record"
)

// Fit fits what a record tells of a configuration.
func Fit(ctx context.Context, cfg *record.Config, r *behaviour.Record, o Options) (*Result, error) {
	f := &fit{ctx: ctx, cfg: cfg, o: o, record: recorded{r}, res: &Result{Civil: r.Civil(), Minutes: Minutes{Unused: map[string]int{}}}}
	first := cfg.Template.Models()[0]
	f.vcpu = float64(first.Type.VCPU)
	f.speed = first.Speed / (1 - cfg.Template.Background)
	for _, m := range cfg.Template.Models() {
		f.mixed = f.mixed || m.Type.VCPU != first.Type.VCPU || m.Speed != first.Speed
	}
	f.binS = r.Period(behaviour.RequestCount, behaviour.CPUUtilization)
	bins, err := r.Bins(f.binS)
	if err != nil {
		return nil, err
	}
	f.fixed(bins)
	f.minutes, f.res.Minutes.Unused = choose(bins)
	f.res.Minutes.BinS, f.res.Minutes.Recorded = f.binS, len(bins)
	for k := range f.minutes {
		if f.minutes[k].held {
			f.res.Minutes.HeldOut++
		} else {
			f.res.Minutes.Fitted++
		}
	}
	f.cpu()
	if err := f.tails(); err != nil {
		return nil, err
	}
	f.cost()
	f.starts()
	f.load(bins)
	if err := f.check(); err != nil {
		return nil, err
	}
	f.plotted()
	if len(f.res.Findings) == 0 {
		return nil, errors.New("the files tell of nothing that is fitted: RequestCount, CPUUtilization, TargetResponseTime, GroupInServiceInstances or scaling activities are needed")
	}
	return f.res, nil
}

// fixed takes the size of a group that cannot change for the instances in service where
// nothing says how many there were.
func (f *fit) fixed(bins []behaviour.Bin) {
	if len(bins) == 0 || f.record.has(behaviour.InServiceInstances) || f.record.has(behaviour.HealthyHostCount) || f.record.has(behaviour.DesiredCapacity) {
		return
	}
	if f.cfg.Group.Min != f.cfg.Group.Max {
		f.res.Notes = append(f.res.Notes, "no file says how many instances were in service (GroupInServiceInstances or HealthyHostCount): without it CPU and latency tell nothing of a request")
		return
	}
	f.res.Notes = append(f.res.Notes, fmt.Sprintf("taken are the %d instances that the scenario always has: no file says how many were in service", f.cfg.Group.Min))
	for k := range bins {
		bins[k].InService, bins[k].Complete, bins[k].Changed = float64(f.cfg.Group.Min), true, false
	}
}
