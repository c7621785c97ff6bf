package sim

import (
	"context"

	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/sim/world"
)

// Outcome is what is kept of one run when there are many.
type Outcome struct {
	Summary    account.Summary
	Served     *serving.Histogram // what users felt, over the window
	InService  []uint16           // by row of the timeline
	P99        []float32          // seconds, by row; NaN where nothing was served
	CostByHour [24]float64        // EC2 dollars by hour of the local day
	Breached   []bool             // by row
	Elasticity Elasticity
	Inactive   []record.Inactive
	Warnings   []string
	Violations []record.Violation
}

// Timeline is what all runs of one case share, by row.
type Timeline struct {
	At        []des.Time
	Interval  des.Duration
	Expected  []float64 // requests a second
	NeededSLO []int     // -1 where the estimate has no answer
}

// outcome runs a configuration once and keeps what comparing needs.
func outcome(ctx context.Context, cfg *record.Config, seed uint64) (*Outcome, *Timeline, error) {
	return outcomeBy(ctx, world.Run, cfg, seed)
}

func outcomeBy(ctx context.Context, simulate Simulate, cfg *record.Config, seed uint64) (*Outcome, *Timeline, error) {
	if simulate == nil {
		simulate = world.Run
	}
	r, err := simulate(ctx, cfg, seed)
	if err != nil {
		return nil, nil, err
	}
	o, t := OutcomeOf(r)
	return o, t, nil
}

// OutcomeOf keeps of a result what comparing and gates need.
func OutcomeOf(r *account.Result) (*Outcome, *Timeline) {
	o := &Outcome{
		Summary: r.Summary, Served: r.Served, Inactive: r.Inactive, Warnings: r.Warnings, Violations: r.Violations,
		InService: make([]uint16, len(r.Rows)), P99: make([]float32, len(r.Rows)), Breached: make([]bool, len(r.Rows)),
	}
	t := &Timeline{Interval: r.Interval}
	before, window := 0.0, 0
	for i := range r.Rows {
		row := &r.Rows[i]
		o.InService[i], o.P99[i], o.Breached[i] = uint16(row.States.InService()), float32(row.P99), row.Breached
		o.CostByHour[r.Config.Calendar.Local(row.At).Second/3600] += row.Cost - before
		before = row.Cost
		if row.At < des.Time(r.Config.WarmUp) {
			window = i + 1
		}
		t.At, t.Expected, t.NeededSLO = append(t.At, row.At), append(t.Expected, row.Expected), append(t.NeededSLO, row.NeededSLO)
	}
	o.Violations = append(o.Violations[:len(o.Violations):len(o.Violations)], belowBound(r.Config, o)...)
	o.Elasticity = elasticityOf(o.InService[window:], t.NeededSLO[window:])
	return o, t
}
