package story

import (
	"fmt"
	"strings"

	"asgsim/report/format"
	"asgsim/sim/account"
)

// cause says what a bad minute came from.
func (t *teller) cause(c *account.Cause) string {
	unit := t.unit()
	served := fmt.Sprintf("%s served", format.Plural(c.Serving, unit))
	if c.Needed > c.Serving {
		served += fmt.Sprintf(", about %d needed", c.Needed)
	}
	switch c.Kind {
	case account.CauseSLO:
		return fmt.Sprintf("no fleet can meet the SLO: even alone, %s of the requests are good, and %s are asked for",
			format.Share(c.Share), format.Share(t.r.Config.SLO.Good))
	case account.CauseStuck:
		return "metastable: the load was over, " + held(c.HeldBy, "the fleet")
	case account.CauseVersion:
		return fmt.Sprintf("instance refresh %s at %s brought a version that answers %s of its requests with an error", c.Event, t.clock(c.At), format.Percent(c.Errors))
	case account.CauseFault:
		return fmt.Sprintf("fault %s: %s", c.Fault, t.struck(c.Fault, c.Struck))
	case account.CauseLost:
		if len(c.Others) > 0 {
			return fmt.Sprintf("faults %s and %s: %s out, not replaced; %s", strings.Join(append([]string{c.Fault}, c.Others[:len(c.Others)-1]...), ", "), c.Others[len(c.Others)-1], format.Instances(c.Struck), served)
		}
		return fmt.Sprintf("fault %s: %s, not replaced; %s", c.Fault, t.struck(c.Fault, c.Struck), served)
	case account.CauseSpiral:
		return fmt.Sprintf("death spiral: %s terminated for checks that overload made late, %d of %d healthy left%s",
			format.Plural(c.Unhealthy, "instance"), c.Serving, c.Before, t.open(c))
	case account.CauseDependency:
		return fmt.Sprintf("dependency %s was the bottleneck: %s; more instances do not help", c.Limit.Dependency, carries(c.Limit))
	case account.CauseRedelivered:
		return fmt.Sprintf("visibility timeouts of %s end while workers are at the messages: %s of them finished too late, %s in time",
			format.Duration(t.r.Config.Queue.Visibility.Seconds()), format.Count(c.Messages.Wasted), format.Count(c.Messages.Deleted))
	case account.CauseBacklog:
		return behind(c, t.r.Interval.Seconds(), unit)
	case account.CauseShift:
		return fmt.Sprintf("zonal shift %s: %d of %s got no requests, about %d needed", c.Event, c.Struck, format.Plural(c.Before, unit), c.Needed)
	case account.CauseNoTarget:
		switch {
		case c.Serving > 0:
			return "the balancer found no target for most of the failures: " + served
		case c.InService == 0:
			return "no instance was in service"
		}
		return fmt.Sprintf("no instance served: %d in service, none of them healthy", c.InService)
	case account.CauseDrain:
		return fmt.Sprintf("%s of the failures were cut off as a drain ended: requests run longer than the deregistration delay of %s",
			format.Percent(c.Share), format.Duration(t.r.Config.Balancer.DeregistrationDelay.Seconds()))
	case account.CauseTerminated:
		return fmt.Sprintf("%s of the failures were cut off as instances went without a drain", format.Percent(c.Share))
	case account.CauseCredits:
		return fmt.Sprintf("%d of %s were out of CPU credits, at their baseline", c.Unhealthy, format.Plural(c.Serving, unit))
	case account.CauseRemoved:
		return fmt.Sprintf("%v at %s left %d of %s that served", c.End, t.clock(c.At), c.Serving, format.Plural(c.Before, unit))
	case account.CauseMaxSize:
		if c.Needed < 0 {
			return fmt.Sprintf("max_size %d reached, CPU %s", c.Max, format.Percent(c.CPU))
		}
		return fmt.Sprintf("max_size %d reached, about %d needed", c.Max, c.Needed)
	case account.CauseStorm:
		return fmt.Sprintf("retry storm: %s of the attempts were retries; %s, about %d would do without them", format.Percent(c.Share), format.Plural(c.Serving, unit)+" served", c.Needed)
	case account.CauseUnhealthy:
		if c.Serving == 0 && c.Open {
			return fmt.Sprintf("none of %s was healthy under the load%s", format.Plural(c.InService, "target"), t.open(c))
		}
		return fmt.Sprintf("%s failed health checks under the load; %s", format.Plural(c.Unhealthy, "target"), served)
	case account.CauseSpike:
		return fmt.Sprintf("the load peaked at %s within the minute, whose mean is %s; %s", format.Rate(c.Peak), format.Rate(c.Mean), served)
	case account.CauseShort:
		if c.Coming > 0 {
			served += fmt.Sprintf(", %d on their way", c.Coming)
		}
		return served
	case account.CauseCold:
		return fmt.Sprintf("%d of %s that served were cold, at %s of their speed at first", c.Struck, format.Plural(c.Serving, unit), format.Percent(t.r.Config.Template.Warm.From))
	case account.CauseWorkers:
		return fmt.Sprintf("workers %s in use at %s CPU", format.Percent(c.Workers), format.Percent(c.CPU))
	case account.CauseCPU:
		return fmt.Sprintf("CPU %s in use; %s", format.Percent(c.CPU), served)
	case account.CauseHotInstance:
		return fmt.Sprintf("one instance had no CPU left, the group %s on average", format.Percent(c.CPU))
	case account.CauseChance:
		return "chance: requests that are bad independently come to as many in the worst of so many minutes"
	}
	return "unknown: nothing stands out in the fleet, the load, the faults or the limits"
}

// open says what the balancer did when too few targets were healthy, and how many were
// needed.
func (t *teller) open(c *account.Cause) string {
	text := ""
	if c.Open {
		text = ", the balancer failed open"
	}
	if c.Needed > c.Serving {
		text += fmt.Sprintf("; about %d needed", c.Needed)
	}
	return text
}
