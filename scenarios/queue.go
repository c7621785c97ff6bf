package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/queue"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
)

// queueKeys documents [queue].
func queueKeys() []Key {
	const api = "AWS SetQueueAttributes, SQS API of 2026-11"
	return []Key{
		{Path: "queue.visibility_timeout", Type: Duration, Default: `"30s"`, Min: `"1s"`, Max: `"12h"`, Source: api, Doc: "How long a message that a worker received is hidden from the others. Then, unless it was deleted, another receives it: longer than the longest processing, or work is done twice."},
		{Path: "queue.message_retention_period", Type: Duration, Default: `"4d"`, Min: `"60s"`, Max: `"14d"`, Source: api, Doc: "A message that is not deleted for so long after it was sent is lost: it has failed, as expired."},
		{Path: "queue.max_receive_count", Type: Count, Unit: "receives", Absent: "no dead-letter queue: a message comes again until it expires", Min: "1", Max: "1000", Sample: "3", Source: api + ", maxReceiveCount of the RedrivePolicy", Doc: "A message that was received so often, and would be once more, moves to the dead-letter queue: it has failed."},
	}
}

// queue reads [queue], which makes the instances workers of a queue: the messages arrive by
// [load], and what they cost a worker is [request]. nil without one.
func (d *decoder) queue() *queue.Config {
	if !d.drains() {
		return nil
	}
	q := new(queue.Config)
	q.Visibility, _ = d.dur("queue.visibility_timeout")
	q.Retention, _ = d.dur("queue.message_retention_period")
	q.MaxReceives, _ = d.Count("queue.max_receive_count")
	return q
}

// mostWorkers bounds the workers of an instance that drains a queue.
const mostWorkers = 1000

// senseless are the keys that mean nothing to workers of a queue, by prefix, with why. Their
// defaults may stand anywhere: show writes them.
func senseless() []struct{ prefix, why string } {
	return []struct{ prefix, why string }{
		{"load_balancer.", "is of a load balancer, and the instances drain a queue"},
		{"target_group.", "is of a load balancer's targets, and the instances drain a queue"},
		{"request.timeout", "is of clients that wait for an answer: a message waits in the queue; queue.message_retention_period bounds that"},
		{"request.retry.", "is of clients: a message comes again when queue.visibility_timeout ends, at most queue.max_receive_count times"},
		{"request.abandoned", "is of clients that leave, and a message has none"},
		{"request.requests_per_connection", "is of a load balancer's bill, and the instances drain a queue"},
		{"request.connection_duration", "is of a load balancer's bill, and the instances drain a queue"},
		{"instance.queue", "is of requests that an instance holds, and its workers ask [queue] for one message at a time"},
		{"instance.admission.", "is of requests that an instance holds, and its workers ask [queue] for one message at a time"},
		{"cloudwatch.request_count_per_target", "is of a load balancer's targets, and the instances drain a queue"},
	}
}

// workers makes the group one of workers of the queue that was read, and refuses what only
// a group behind a load balancer has.
func (d *decoder) workers(w *record.Config) {
	if w.Queue == nil {
		return
	}
	const leave = "leave it out, or leave [queue] out"
	for _, s := range senseless() {
		for _, path := range d.strays(s.prefix) {
			if path == "load_balancer.load_balancer_type" {
				continue
			}
			d.Problem(path, d.At(path), form.Wrong(leave, "%s", s.why))
		}
	}
	if p := "request.measured"; d.IsGiven(p) {
		d.Problem(p, d.At(p), form.Wrong("write request.cpu and request.wait: what a worker takes for one message", "fits latencies behind a load balancer, and the instances drain a queue"))
	}
	if p := "load_balancer.load_balancer_type"; d.IsGiven(p) && !d.is(p, "none") {
		d.Problem(p, d.At(p), form.Wrong(`leave it out, or write "none"`, "is a load balancer, and the instances drain a queue: a group has one or the other here"))
	}
	for _, name := range d.targetGroups {
		d.Problem(otherGroups+"."+name, d.At(otherGroups+"."+name), form.Wrong(leave, "is of a load balancer, and the instances drain a queue"))
	}
	if len(w.Dependencies) > 0 {
		first := "dependency." + w.Dependencies[0].Name
		d.Problem(first, d.At(first), form.Wrong("write what it takes as request.wait", "is not built for workers of a queue"))
	}
	if d.OK("instance.workers") && w.Template.Workers < 1 {
		d.Problem("instance.workers", d.At("instance"), form.Wrong("write for example workers = 4: messages that an instance works at, at a time", "is missing: with a queue each worker receives one message at a time, and unlimited ones would take them all"))
	}
	if d.OK("instance.workers") && w.Template.Workers > mostWorkers {
		d.Problem("instance.workers", d.At("instance.workers"), form.Wrong("take fewer, of more instances", "is %d, and with a queue an instance has at most %d: each of its events looks at all of them", w.Template.Workers, mostWorkers))
	}
	if w.Fidelity == record.Sampled {
		d.Problem("fidelity", d.At("fidelity"), form.Wrong(`write fidelity = "exact", or leave it out`, "is sampled, and a backlog is of all messages: stretches of them do not stand for the rest"))
	}
	if p := "auto_scaling_group.health_check_type"; w.Group.HealthCheckELB {
		d.Problem(p, d.At(p), form.Wrong(`write "EC2", or leave it out`, "is ELB, and the instances drain a queue: no load balancer checks them"))
	}
	d.workerFaults(w)
	d.workerEvents(w)
	d.workerPolicies(w)
	d.Amend("load_balancer.load_balancer_type", `"none"`, "derived: the instances drain a queue")
	w.Balancer.Polled, w.Balancer.CrossZone, w.Balancer.DeregistrationDelay = true, true, 0
	w.Balancer.SlowStart, w.Balancer.Mitigation.On, w.Balancer.Algorithm = 0, false, serving.RoundRobin
	w.Bill.NoBalancer = true
}

// strays are the keys that begin with a prefix and are given other than by default.
func (d *decoder) strays(prefix string) []string {
	var out []string
	for _, k := range d.Schema().Keys {
		if !strings.HasPrefix(k.Path, prefix) || !d.IsGiven(k.Path) {
			continue
		}
		if preset, _ := k.Preset(d.Defaults); preset == "" || form.Literal(preset).TOML() != d.Find(k.Path).TOML() {
			out = append(out, k.Path)
		}
	}
	return out
}

// workerFaults refuses faults of the path to an instance.
func (d *decoder) workerFaults(w *record.Config) {
	for _, f := range w.Faults {
		a := f.About()
		if slices.Contains([]string{"network_loss", "zone_impairment", "dependency_slow"}, a.Kind) {
			path := "fault." + a.Name
			d.Problem(path, d.At(path), form.Wrong("take slow, hang, crash or errors", "is %s, which is of requests on their way: workers fetch messages themselves", a.Kind))
		}
	}
}

// workerEvents refuses acts on a load balancer.
func (d *decoder) workerEvents(w *record.Config) {
	for i := range w.Events {
		e := &w.Events[i]
		path := "event." + e.Name
		switch {
		case e.Kind == asg.EventZonalShift:
			d.Problem(path, d.At(path), form.Wrong("leave it out", "shifts a load balancer's traffic, and the instances drain a queue"))
		case slices.Contains(e.Processes, asg.AddToLoadBalancer):
			d.Problem(path, d.At(path), form.Wrong("leave that process out", "is about AddToLoadBalancer, and the instances drain a queue"))
		}
	}
}

// workerPolicies refuses policies, alarms and metric math that follow a load balancer.
func (d *decoder) workerPolicies(w *record.Config) {
	const remedy = `follow the backlog of an instance, metric math of ApproximateNumberOfMessagesVisible and GroupInServiceInstances (asgsim help queues), or another metric of AWS/SQS`
	for _, use := range d.metricsUsed(w) {
		if of, _ := use.metric.Split(); of.Namespace() == "AWS/ApplicationELB" {
			d.Problem(use.path, d.At(use.path), form.Wrong(remedy, "follows %s of a load balancer, and the instances drain a queue", of))
		}
	}
	for _, name := range d.Entries("policy") {
		if p := "policy." + name + ".gcp_autoscaler.load_balancing_utilization"; d.IsGiven(p) {
			d.Problem(p, d.At(p), form.Wrong("follow cpu_utilization", "is of a load balancer, and the instances drain a queue"))
		}
	}
	for _, p := range w.Policies {
		if x, ok := p.(*scaling.Predictive); ok && x.Pair == scaling.ALBRequestCount {
			path := "policy." + x.Name
			d.Problem(path, d.At(path), form.Wrong("forecast ASGCPUUtilization", "forecasts requests of a load balancer, and the instances drain a queue"))
		}
	}
}

// drains reports whether the instances drain a queue.
func (d *decoder) drains() bool { n := d.Find("queue"); return n != nil && n.Table != nil }

// produced reports whether the simulator publishes a metric of that name.
func (d *decoder) produced(name string) bool {
	m, known := cloudwatch.MetricOf(name)
	return known || m.SQS() && d.drains()
}

// unqueued is what is wrong with a metric of a queue where there is none; nil of any other.
func unqueued(name string) *form.Mistake {
	if !cloudwatch.Metric(name).SQS() {
		return nil
	}
	return form.Wrong(fmt.Sprintf("write [queue] to have the instances drain one, or replay a recording of it: [metric.%s.trace] with file = \"...\"", name), "names %q of a queue, and there is none", name)
}
