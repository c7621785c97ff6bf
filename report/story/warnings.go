package story

import (
	"fmt"

	"asgsim/report/format"
	"asgsim/sim/des"
)

// many is from how many instances on a pattern is worth a warning.
const many = 3

// warnings says what in the result deserves doubt.
func (t *teller) warnings() []string {
	out := t.skipped()
	if in, offered := t.r.Summary.Requests.InFlight, t.r.Summary.Requests.Offered; offered > 0 && float64(in) > 0.001*float64(offered) {
		out = append(out, fmt.Sprintf("%s requests (%s) were still in flight at the end: the run ends in a backlog", format.Count(in), format.Share(float64(in)/float64(offered))))
	}
	out = append(out, t.r.Warnings...)
	out = append(out, t.long()...)
	return append(out, t.healthWarnings()...)
}

// long says what is kept coarser of a long run, whose rows are longer than a minute.
func (t *teller) long() []string {
	if len(t.r.Rows) < 2 {
		return nil
	}
	each := t.r.Rows[1].At.Sub(t.r.Rows[0].At)
	if each <= des.Minute {
		return nil
	}
	return []string{fmt.Sprintf("the run is longer than 14 days: rows of timeline.csv and metrics.csv are %s long, and result.json holds only the evaluations of policies that had an opinion", format.Duration(each.Seconds()))}
}

// skipped are the faults that were passed over once, though they struck at other times.
func (t *teller) skipped() []string {
	struck := map[string]bool{}
	for _, f := range t.r.Faults {
		struck[f.Name] = struck[f.Name] || f.Skipped == ""
	}
	var out []string
	for _, f := range t.r.Faults {
		if f.Skipped != "" && struck[f.Name] {
			out = append(out, fmt.Sprintf("fault %s at %s was skipped: %s", f.Name, t.clock(f.At), f.Skipped))
		}
	}
	return out
}

// healthWarnings say why instances were replaced for their health though nothing struck
// them: they did not come up in time, or had no capacity left to answer their checks.
func (t *teller) healthWarnings() []string {
	var out []string
	young, served := t.unhealthyEnds()
	if len(young) > many {
		late := 0
		for _, n := range young {
			if n.Up == des.Never || n.Up > n.LeftAt() {
				late++
			}
		}
		text := fmt.Sprintf("%d new instances were terminated for failing health checks before they ever served", len(young))
		if grace := t.r.Config.Group.Grace; late > len(young)/2 {
			text += fmt.Sprintf("; %d of them were still booting: the health check grace period of %s is shorter than the boot", late, format.Duration(grace.Seconds()))
		} else {
			text += ": their applications were up, and answered too late: overloaded from the first request on?"
		}
		out = append(out, text)
	}
	if len(served) > many && !t.spiralled() {
		out = append(out, fmt.Sprintf("%d instances that had served were terminated for failing health checks, with no fault: checks wait behind requests, and each one fewer leaves more to the others; "+
			"more capacity, or EC2 checks alone (health_check_type = \"EC2\"), ends that", len(served)))
	}
	return out
}
