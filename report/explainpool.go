package report

import (
	"fmt"
	"strings"

	"asgsim/sim/asg"
	"asgsim/sim/record"
)

// served says how many of the instances that a scale-out asked for came from the
// warm pool; nothing without a pool.
func (x *explainer) served(d *record.Decision) string {
	if x.res.Config.Group.WarmPool == nil || d.Result <= d.Desired {
		return ""
	}
	change := fmt.Sprintf("At %s ", x.cal.RFC3339(d.At))
	warm, cold := 0, 0
	for i := range x.res.Activities {
		a := &x.res.Activities[i]
		if !a.Launch || a.Instance < 0 || !strings.HasPrefix(a.Cause, change) || !strings.Contains(a.Cause, "changing the desired capacity") {
			continue
		}
		if a.Pool == asg.FromPool {
			warm++
		} else {
			cold++
		}
	}
	switch {
	case warm+cold == 0:
		return " Nothing was launched for it."
	case warm == 1 && cold == 0:
		return " The instance came from the warm pool."
	case cold == 0:
		return fmt.Sprintf(" The warm pool served all %d.", warm)
	case warm == 0:
		return fmt.Sprintf(" The warm pool had nothing ready: %s launched cold.", Plural(cold, "instance"))
	}
	return fmt.Sprintf(" The warm pool served %d, %s launched cold.", warm, Plural(cold, "instance"))
}
