package backtest

import (
	"errors"
	"math"
	"strings"

	"asgsim/scenarios/behaviour"
	"asgsim/scenarios/series"
	"asgsim/sim/account"
	"asgsim/sim/des"
)

// Options say how record and runs are compared.
type Options struct {
	Zero       float64 // time of the record at which the runs begin
	ToleranceS float64 // within which activities match
	Limits     []Limit
	Scenario   string
}

// Compare sets runs of a configuration beside the record.
func Compare(r *behaviour.Record, all []*account.Result, o Options) (*Result, error) {
	first := all[0]
	cfg := first.Config
	binS := max(r.Period(behaviour.RequestCount, behaviour.RequestsPerTarget), first.Interval.Seconds())
	g, err := newGrid(r, o.Zero, binS, cfg.Duration.Seconds())
	if err != nil {
		return nil, err
	}
	var runs []*simulated
	for _, res := range all {
		runs = append(runs, g.of(res))
	}
	out := &Result{Schema: Schema, Scenario: o.Scenario, Seed: first.Seed, Runs: len(all), Hours: cfg.Duration.Hours(), BinS: binS, Gates: []Gate{}, Notes: []string{}, Errors: []Error{}, Partings: []Parting{}}
	out.From = "0s"
	out.Clock = func(at float64) string { return cfg.Calendar.Local(des.Time(des.Seconds(at))).DayClock() }
	if r.Civil() {
		out.From = series.Stamp(o.Zero)
	}
	if out.Lines = g.lines(r, runs); len(out.Lines) == 0 {
		return nil, errors.New("the record holds nothing beside requests: GroupInServiceInstances, GroupDesiredCapacity, CPUUtilization, TargetResponseTime or HTTPCode_* are needed")
	}
	out.Errors = append(out.Errors, errorsOf(out.Lines, binS)...)
	out.Activities = g.activities(r, runs, o.ToleranceS)
	out.Instances = hours(out.line("instances"), g, runs)
	out.Partings = g.partings(out.line("instances"), runs[0], out.Activities, out.Clock)
	for _, l := range o.Limits {
		out.Gates = append(out.Gates, l.Judge(out))
	}
	for _, res := range all {
		for _, v := range res.Violations {
			out.Notes = append(out.Notes, "the run broke a law of its own audit: "+v.Law+": "+v.Detail)
		}
	}
	return out, nil
}

// line finds a line, nil where it is not recorded.
func (r *Result) line(key string) *Line {
	for k := range r.Lines {
		if strings.EqualFold(r.Lines[k].Key, key) {
			return &r.Lines[k]
		}
	}
	return nil
}

// hours are the instance-hours of the bins that the record knows, and their cost at the
// price that an instance-hour in service has in the run.
func hours(l *Line, g *grid, runs []*simulated) *Hours {
	if l == nil {
		return nil
	}
	h := &Hours{}
	var simulatedH, relative, usd []float64
	for k, run := range runs {
		recorded, mine, whole := 0.0, 0.0, 0.0
		for i, v := range l.Recorded {
			hour := g.binS / 3600
			whole += run.inService[i] * hour
			if !math.IsNaN(v) {
				recorded, mine = recorded+v*hour, mine+run.inService[i]*hour
			}
		}
		price := run.res.Summary.Cost.EC2 / whole
		if k == 0 {
			h.Recorded, h.RecordedUSD = recorded, recorded*price
		}
		simulatedH, relative, usd = append(simulatedH, mine), append(relative, mine/recorded-1), append(usd, mine*price)
	}
	h.Simulated, h.Error, h.SimulatedUSD = spread(simulatedH), spread(relative), spread(usd)
	return h
}
