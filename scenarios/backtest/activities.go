package backtest

import (
	"math"
	"slices"
	"strings"

	"asgsim/scenarios/behaviour"
	"asgsim/sim/account"
	"asgsim/sim/asg"
)

// activities sets the record's launches and terminations beside those of the runs. Nil
// where nothing tells of the record's.
func (g *grid) activities(r *behaviour.Record, runs []*simulated, tolerance float64) *Activities {
	a := &Activities{ToleranceS: tolerance, Missed: []Act{}, Extra: []Act{}}
	recorded, others := g.recordedActs(r)
	if a.From = "scaling activities"; len(r.Activities) == 0 {
		recorded = g.steps()
		if a.From = "changes of the desired capacity"; recorded == nil {
			return nil
		}
	}
	a.Recorded, a.Others[0] = len(recorded), others
	for k, run := range runs {
		mine, others := g.simulatedActs(run.res)
		matched, missed, extra := match(recorded, mine, tolerance)
		share := 1.0
		if n := len(recorded) + len(mine); n > 0 {
			share = 2 * float64(matched) / float64(n)
		}
		a.shares = append(a.shares, share)
		if k == 0 {
			a.Simulated, a.Matched, a.Others[1] = len(mine), matched, others
			a.Missed, a.Extra = append(a.Missed, missed...), append(a.Extra, extra...)
		}
	}
	a.Share = size(a.shares)
	a.Share.High = min(1, a.Share.High)
	return a
}

// span is how long the grid is in seconds.
func (g *grid) span() float64 { return float64(g.n) * g.binS }

// recordedActs are the record's, and how many others there were.
func (g *grid) recordedActs(r *behaviour.Record) (out []Act, others int) {
	for _, a := range r.Activities {
		at := a.Start - g.zero
		if at < 0 || at >= g.span() || a.Pool || !a.OK || !a.Launch && !a.Terminate {
			continue
		}
		if a.Why != behaviour.Capacity {
			others++
			continue
		}
		out = append(out, Act{at, a.Launch, reason(a.Cause)})
	}
	return out, others
}

// simulatedActs are a run's, told apart by their causes as the record's are.
func (g *grid) simulatedActs(res *account.Result) (out []Act, others int) {
	for i := range res.Activities {
		x := &res.Activities[i]
		if x.Pool == asg.IntoPool || x.Pool == asg.InPool || x.Start.Seconds() < 0 {
			continue
		}
		a, ok := behaviour.NewActivity(x.Description, x.Cause, string(x.Status), x.Start.Seconds(), x.End.Seconds())
		if !ok || !a.OK || !a.Launch && !a.Terminate {
			continue
		}
		if a.Why != behaviour.Capacity {
			others++
			continue
		}
		out = append(out, Act{a.Start, a.Launch, reason(x.Cause)})
	}
	return out, others
}

// steps are the changes of the recorded desired capacity, an act an instance. Nil where it
// is not recorded.
func (g *grid) steps() []Act {
	last := math.NaN()
	var out []Act
	known := false
	for k := range g.bins {
		v := g.bins[k].Desired
		if math.IsNaN(v) {
			continue
		}
		known = true
		if d := int(math.Round(v - last)); !math.IsNaN(last) {
			for range max(d, -d) {
				out = append(out, Act{At: float64(k) * g.binS, Launch: d > 0})
			}
		}
		last = math.Round(v)
	}
	if known && out == nil {
		return []Act{}
	}
	return out
}

// match pairs acts of the same kind that are within a tolerance, as many as possible.
func match(recorded, run []Act, tolerance float64) (matched int, missed, extra []Act) {
	for _, launch := range []bool{true, false} {
		a, b := of(recorded, launch), of(run, launch)
		i, j := 0, 0
		for i < len(a) || j < len(b) {
			switch {
			case j == len(b) || i < len(a) && a[i].At < b[j].At-tolerance:
				missed = append(missed, a[i])
				i++
			case i == len(a) || b[j].At < a[i].At-tolerance:
				extra = append(extra, b[j])
				j++
			default:
				matched, i, j = matched+1, i+1, j+1
			}
		}
	}
	slices.SortStableFunc(missed, earlier)
	slices.SortStableFunc(extra, earlier)
	return matched, missed, extra
}

func earlier(a, b Act) int {
	switch {
	case a.At < b.At:
		return -1
	case a.At > b.At:
		return 1
	}
	return 0
}

// of are the acts of a kind, by time.
func of(list []Act, launch bool) []Act {
	var out []Act
	for _, a := range list {
		if a.Launch == launch {
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, earlier)
	return out
}

// reason is a cause in a few words.
func reason(cause string) string {
	low := strings.ToLower(cause)
	for _, c := range [...]struct{ word, says string }{
		{"scheduled action", "a scheduled action"}, {"user request", "a person's request"}, {"instance refresh", "an instance refresh"}, {"health check", "a health check"},
		{"predictive", "predictive scaling"}, {"alarmhigh", "the alarm for more"}, {"alarmlow", "the alarm for less"}, {"monitor alarm", "an alarm"}, {"policy", "a policy"}, {"rebalanc", "rebalancing zones"},
	} {
		if strings.Contains(low, c.word) {
			return c.says
		}
	}
	return ""
}
