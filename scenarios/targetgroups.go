package scenarios

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/elb"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// mostGroups is how many target groups an Auto Scaling group has at most by default
// ("Quotas for Auto Scaling resources and groups", EC2 Auto Scaling User Guide, read
// 2026-11).
const mostGroups = 50

// otherGroupKeys documents [other_target_group.N].
func otherGroupKeys() []Key {
	const guide = "AWS User Guide for Application Load Balancers, 2023-04-06"
	const api = "AWS ELBv2 API, 2026-08"
	const p = otherGroups + ".N."
	return append([]Key{
		{Path: p + "request_share", Type: Share, Absent: "as much as each of the others that say nothing, [target_group] among them", Min: `"0%"`, Max: `"100%"`, Doc: "The part of the requests that the balancer sends to this target group; [target_group] gets what the others leave. Which request it is is drawn, so all groups get requests of every load. 0%: it checks the instances and sends them nothing. Every instance is registered with all target groups, is healthy once all find it so, and unhealthy as soon as one does (EC2 Auto Scaling guide, Health checks for instances, read 2026-11); each sends to those that it finds healthy itself. What is not said here is as in [target_group]: algorithm, cross-zone balancing, thresholds of healthy targets."},
		{Path: p + "deregistration_delay", Type: Duration, Default: `"300s"`, Min: `"0s"`, Max: `"3600s"`, Source: api, Doc: "As in [target_group]. An instance drains for the longest of its groups' at most."},
		{Path: p + "slow_start", Type: Duration, Default: `"0s"`, Min: `"0s"`, Max: `"900s"`, Source: guide, Doc: "As in [target_group], of the requests of this target group."},
	}, healthCheckKeys(p)...)
}

// otherGroups reads the target groups beside [target_group].
func (d *decoder) otherGroups(a serving.Algorithm) []elb.Other {
	var out []elb.Other
	rest, silent := 1.0, 1 // [target_group] is one of those that say nothing
	names := d.Entries(otherGroups)
	for i, name := range names {
		p := otherGroups + "." + name + "."
		if i == mostGroups-1 {
			d.Problem(otherGroups+"."+name, d.At(otherGroups+"."+name), form.Wrong("", "is one too many: a group has at most %d target groups", mostGroups))
		}
		o := elb.Other{Name: name, Share: math.NaN()}
		if share, given := d.Share(p + "request_share"); given {
			o.Share, rest = share, rest-share
		} else {
			silent++
		}
		o.DeregistrationDelay, _ = d.dur(p + "deregistration_delay")
		o.SlowStart = d.slowStart(p+"slow_start", a)
		o.Check = d.healthCheck(p)
		out = append(out, o)
	}
	if rest < -1e-9 {
		p := otherGroups + "." + names[len(names)-1] + ".request_share"
		d.Problem(p, d.At(p), form.Wrong("lower one of them", "brings the shares of the requests above 100%%: %s", percent(1-rest)))
	}
	d.targetGroups = names
	if slices.Contains(names, elb.First) {
		p := otherGroups + "." + elb.First
		d.Problem(p, d.At(p), form.Wrong("call it otherwise", "has the name by which a load or a metric means [target_group]"))
	}
	for i := range out {
		if o := &out[i]; math.IsNaN(o.Share) {
			o.Share = max(rest, 0) / float64(silent)
			d.Amend(otherGroups+"."+o.Name+".request_share", formatShare(o.Share), "derived: in equal parts")
		}
	}
	return out
}

// targetGroupKey documents which target group a metric is of.
func targetGroupKey(p, of string) Key {
	return Key{Path: p + "target_group", Type: Text, Absent: "that of [target_group]; of RequestCount all requests", Sample: `"api"`, Doc: "The [other_target_group.N] whose metric is meant, by its name, or \"target_group\" for [target_group]: " + of + "."}
}

// directed checks the target groups that loads are directed to.
func (d *decoder) directed(loads []workload.Load) {
	for i := range loads {
		if p := "load." + loads[i].Name + ".target_group"; loads[i].Group != "" {
			d.isGroup(p, loads[i].Group)
		}
	}
}

// isGroup reports whether a target group of a name is there, and says so where not.
func (d *decoder) isGroup(path, name string) bool {
	if slices.Contains(d.targetGroups, name) || name == elb.First && len(d.targetGroups) > 0 {
		return true
	}
	remedy := "leave it out: there is only [target_group]; another is [other_target_group.NAME]"
	if len(d.targetGroups) > 0 {
		remedy = fmt.Sprintf("there are %s; %q is [target_group]", strings.Join(d.targetGroups, ", "), elb.First)
		if near := form.Nearest(name, d.targetGroups); near != "" {
			remedy = fmt.Sprintf("did you mean %q?", near)
		}
	}
	d.Problem(path, d.At(path), form.Wrong(remedy, "names no target group: %q", name))
	return false
}

// ofTarget is the metric of a target group. Of [target_group] that is the metric itself,
// except for RequestCount, which is that of all together.
func ofTarget(m cloudwatch.Metric, group string) cloudwatch.Metric {
	if group == elb.First && m != cloudwatch.RequestCount {
		return m
	}
	return m.In(group)
}

// ofGroup reads which target group a metric is of.
func (d *decoder) ofGroup(path string, m cloudwatch.Metric) cloudwatch.Metric {
	name, given := d.Text(path)
	if !given {
		return m
	}
	switch {
	case !m.ByGroup():
		d.Problem(path, d.At(path), form.Wrong("leave it out", "stands beside %s, which is not told apart by target group: RequestCount, RequestCountPerTarget, HealthyHostCount and UnHealthyHostCount are", m))
	case d.isGroup(path, name):
		return ofTarget(m, name)
	}
	return m
}
