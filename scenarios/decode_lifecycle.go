package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/workload"
)

// lifecycle reads what of the group is about instances coming and going.
func (d *decoder) lifecycle(c *asg.Config) {
	const p = "auto_scaling_group."
	c.Termination = d.termination(p + "termination_policies")
	c.Protect, _ = d.Bool(p + "new_instances_protected_from_scale_in")
	c.Suspended, _ = d.processes(p + "suspended_processes")
	c.Lifetime, _ = d.lifetime(p + "max_instance_lifetime")
	const m = p + "instance_maintenance_policy."
	low, hasLow := d.Share(m + "min_healthy_percentage")
	high, hasHigh := d.Share(m + "max_healthy_percentage")
	switch {
	case d.FailedBelow(m):
	case hasLow != hasHigh:
		d.Problem(strings.TrimSuffix(m, "."), d.At(m+"min_healthy_percentage"), form.Wrong("", "must have both min_healthy_percentage and max_healthy_percentage"))
	case hasLow && high-low > 1+1e-9:
		d.Problem(m+"max_healthy_percentage", d.At(m+"max_healthy_percentage"), form.Wrong("", "must be at most 100 points above min_healthy_percentage"))
	case hasLow:
		c.Maintenance = &asg.Maintenance{MinHealthy: low, MaxHealthy: high}
	}
	if c.RoundUp = d.is(p+"replacement_rounding", "hasty"); c.Maintenance != nil {
		c.Maintenance.Outwards = c.RoundUp
	}
	c.Retry, _ = d.dur(p + "launch_retry")
	c.RetryMax, _ = d.dur(p + "launch_retry_max")
	c.BalancedOnly = d.is(p+"availability_zone_distribution.capacity_distribution_strategy", "balanced-only")
	c.UnevenBy, _ = d.Count(p + "rebalance_difference")
	c.UnevenFor, _ = d.dur(p + "rebalance_after")
	c.Spread, _ = d.dur(p + "lifetime_spread")
	for _, name := range d.Entries("hook") {
		c.Hooks = append(c.Hooks, d.hook(name))
	}
}

// lifetime reads the greatest age of instances; 0 is how AWS takes the limit away.
func (d *decoder) lifetime(path string) (des.Duration, bool) {
	return take(d, path, func(n *form.Node, k *Key) (des.Duration, *form.Mistake) {
		v, b := awsSeconds(n, k)
		if b != nil || v == 0 {
			return 0, b
		}
		low, _ := duration(form.Unquoted(k.Min))
		high, _ := duration(form.Unquoted(k.Max))
		if v < low || v > high {
			return 0, form.Wrong("", "must be 0, or %s, not %s", k.Range(), form.Unquoted(n.Text()))
		}
		return v, nil
	})
}

// termination reads the list of termination policies.
func (d *decoder) termination(path string) []asg.TerminationPolicy {
	list, ok := d.Names(path)
	if !ok {
		return nil
	}
	known := asg.TerminationPolicies()
	if len(list) == 0 {
		d.Problem(path, d.At(path), form.Wrong(`write ["Default"]`, "is empty"))
	}
	var out []asg.TerminationPolicy
	for i, name := range list {
		k := slices.Index(known, name)
		switch {
		case name == "OldestLaunchConfiguration":
			d.Problem(path, d.At(path), form.Wrong("leave it out", "%q has no meaning: groups here launch from a launch template", name))
		case k < 0 && strings.HasPrefix(name, "arn:"):
			d.Problem(path, d.At(path), form.Wrong("it is one of "+strings.Join(known, ", "), "cannot run a Lambda function: %q", name))
		case k < 0:
			d.Problem(path, d.At(path), form.Wrong(nameRemedy(name, known), "does not know %q", name))
		case asg.TerminationPolicy(k) == asg.DefaultTermination && i < len(list)-1:
			d.Problem(path, d.At(path), form.Wrong("", "must have Default last: what comes after it is never asked"))
		default:
			out = append(out, asg.TerminationPolicy(k))
		}
	}
	return out
}

func nameRemedy(name string, known []string) string {
	if c := form.Nearest(name, known); c != "" {
		return fmt.Sprintf("did you mean %q?", c)
	}
	return "it is one of " + strings.Join(known, ", ")
}

// processes reads a list of processes that can be suspended.
func (d *decoder) processes(path string) ([]asg.Process, bool) {
	list, ok := d.Names(path)
	known := asg.Processes()
	var out []asg.Process
	for _, name := range list {
		k := slices.Index(known, name)
		switch {
		case k < 0:
			d.Problem(path, d.At(path), form.Wrong(nameRemedy(name, known), "does not know %q", name))
		default:
			out = append(out, asg.Process(k))
		}
	}
	return out, ok
}

// hook reads one [hook.N].
func (d *decoder) hook(name string) asg.Hook {
	p := "hook." + name + "."
	h := asg.Hook{Name: name}
	h.Launching = d.is(p+"lifecycle_transition", "launching")
	h.Timeout, _ = d.dur(p + "heartbeat_timeout")
	h.Continue = d.is(p+"default_result", "CONTINUE")
	h.Success, _ = d.Share(p + "success")
	h.Took, _ = d.hookDuration(p, h.Success)
	h.FromPool, _ = d.random(p+"duration_from_warm_pool", false)
	if v, ok := d.dur(p + "heartbeat"); ok {
		h.Every = v
		if d.OK(p+"heartbeat_timeout") && v >= h.Timeout {
			d.Problem(p+"heartbeat", d.At(p+"heartbeat"), form.Wrong("", "must be shorter than heartbeat_timeout, or the first comes too late: %s >= %s", v, h.Timeout))
		}
	}
	return h
}

// hookDuration reads how long a hook's worker takes. If none ever answers there is
// nothing to say.
func (d *decoder) hookDuration(p string, success float64) (workload.Dist, bool) {
	if success == 0 && d.OK(p+"success") && !d.IsGiven(p+"duration") {
		d.Key(p + "duration")
		v, err := workload.NewConstant(0)
		return v, err == nil
	}
	return d.random(p+"duration", false)
}

// zonesFromNow reads the zones of an event. Those that the group does not have at
// the start are added to its list, for later.
func (d *decoder) zonesFromNow(path string, g *asg.Config) []int {
	list, ok := d.Names(path)
	if ok && len(list) == 0 {
		d.Problem(path, d.At(path), form.Wrong(`write for example ["a", "b"]`, "names no zone"))
	}
	var out []int
	for _, name := range list {
		z := slices.Index(g.Zones, name)
		if z < 0 {
			z = len(g.Zones)
			g.Zones = append(g.Zones[:z:z], name)
			g.Later++
		}
		out = append(out, z)
	}
	return out
}

// events reads the scripted events.
func (d *decoder) events(w *record.Config) []asg.Event {
	var out []asg.Event
	for _, name := range d.Entries("event") {
		kind := d.Kind("event."+name, eventKinds[:])
		if kind == "" {
			continue
		}
		p := "event." + name + "." + kind + "."
		e := asg.Event{Name: name, Kind: asg.EventKind(slices.Index(eventKinds[:], kind)), Count: asg.All}
		e.At, _ = d.whens(p + "at")
		switch e.Kind {
		case asg.EventSuspend, asg.EventResume:
			var given bool
			if e.Processes, given = d.processes(p + "processes"); !given {
				for k := range asg.Processes() {
					e.Processes = append(e.Processes, asg.Process(k))
				}
			}
		case asg.EventRefresh:
			e.Refresh = d.refresh(p, w)
		case asg.EventCancelRefresh, asg.EventRollbackRefresh:
		case asg.EventAttach:
			e.Count, _ = d.Count(p + "count")
		case asg.EventZones:
			e.Zones = d.zonesFromNow(p+"availability_zones", &w.Group)
		case asg.EventSetDesired, asg.EventUpdate:
			d.resizing(p, &e, w)
		case asg.EventStandby, asg.EventDetach, asg.EventTerminate:
			e.Count, _ = d.Count(p + "count")
			e.Decrement, _ = d.Bool(p + "should_decrement_desired_capacity")
			d.chosen(p, &e, w)
		default:
			d.chosen(p, &e, w)
			if n, ok := d.Count(p + "count"); ok {
				e.Count = n
			}
			if e.Kind == asg.EventProtect {
				e.Protected, _ = d.Bool(p + "protected_from_scale_in")
			}
		}
		out = append(out, e)
	}
	return out
}
