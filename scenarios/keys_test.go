package scenarios

import (
	"os"
	"strings"
	"testing"

	"asgsim/scenarios/form"
)

// full uses every table of the format, so that every key is read.
const full = `
duration = "2d"
[load.a.constant]
rate = "10/s"
[load.b.day_night]
trough = "1/s"
peak = "2/s"
[load.c.hourly]
rates = ["1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s","1/s"]
[load.d.ramp]
from = "1/s"
to = "2/s"
[load.e.spike]
at = "1h"
add = "1/s"
hold = "1h"
[load.f.trace]
file = "fine.csv"
values = "count"
[request.measured]
rate = "100/s"
cpu = "50%"
p50 = "40ms"
p99 = "120ms"
busier = { rate = "150/s", cpu = "75%", p50 = "45ms", p99 = "150ms" }
[instance]
type = "c7g.large"
memory = { per_worker = "100MiB" }
warm_curve = { from = "50%", over = "5m" }
[auto_scaling_group]
min_size = 1
max_size = 4
[auto_scaling_group.warm_pool]
[policy.p.target_tracking]
predefined_metric_type = "ASGAverageCPUUtilization"
target_value = 50
[policy.own.target_tracking]
customized_metric_specification = { metric_name = "CPUUtilization", statistic = "Maximum" }
target_value = "80%"
[policy.pods.kubernetes_hpa]
average_utilization = "50%"
[policy.mig.gcp_autoscaler]
[policy.vmss.azure_autoscale]
metric_name = "Percentage CPU"
operator = "GreaterThan"
threshold = 70
scale_action = { direction = "Increase", value = 1 }
[policy.own-formula.expression]
desired = "desired"
[alarm.high]
metric_name = "CPUUtilization"
comparison_operator = "GreaterThanThreshold"
threshold = "70%"
evaluation_periods = 2
[load.directed]
target_group = "api"
[load.directed.constant]
rate = "1/s"
[other_target_group.api]
[policy.calls.target_tracking]
predefined_metric_type = "ALBRequestCountPerTarget"
target_group = "api"
target_value = "100/s"
[alarm.few]
metric_name = "HealthyHostCount"
target_group = "api"
comparison_operator = "LessThanThreshold"
threshold = 2
evaluation_periods = 2
[metric.queue]
metric_name = "ApproximateNumberOfMessagesVisible"
namespace = "AWS/SQS"
dimensions = { QueueName = "jobs" }
[metric.queue.trace]
file = "dated.csv"
column = "n"
start = "0s"
delay = "2m"
scale = 10
[metric.each.math]
expression = "m1 / m2"
metrics = { m1 = { metric_name = "queue", statistic = "Maximum" }, m2 = { metric_name = "HealthyHostCount", target_group = "api" } }
[alarm.each]
metric_name = "each"
comparison_operator = "GreaterThanThreshold"
threshold = 500
evaluation_periods = 2
[alarm.deep]
metric_name = "queue"
comparison_operator = "GreaterThanThreshold"
threshold = 500
evaluation_periods = 2
[policy.steps.step_scaling]
alarm = "high"
step_adjustment = [{ metric_interval_lower_bound = 0, metric_interval_upper_bound = 15, scaling_adjustment = 2 }, { metric_interval_lower_bound = "15%", scaling_adjustment = 4 }]
[policy.simple.simple_scaling]
alarm = "high"
scaling_adjustment = 1
[fault.q.crash]
at = "1h"
[fault.r.hang]
mtbf = "100h"
[fault.s.hang]
at = "1h"
[fault.t.crash]
mtbf = "100h"
[policy.ahead.predictive_scaling]
predefined_metric_type = "ALBRequestCount"
target_group = "api"
target_value = 500
[schedule.v]
recurrence = "0 8 * * *"
min_size = 2
[gate.w]
metric = "p99"
max = "400ms"
[fault.z.zone_outage]
zone = "b"
at = "1h"
duration = "1h"
[fault.aa.spot_interruption]
at = "1h"
[fault.ab.launch_failure]
at = "1h"
duration = "1h"
[fault.ac.slow]
at = "1h"
speed = "10%"
[fault.ad.errors]
at = "1h"
[fault.ae.slow]
mtbf = "100h"
speed = "10%"
[fault.af.errors]
mtbf = "100h"
[fault.ag.api_throttling]
at = "1h"
duration = "5m"
[fault.ah.api_throttling]
mtbf = "10h"
duration = "5m"
[fault.ai.metric_delay]
every = "5h"
duration = "5m"
delay = "5m"
[fault.aj.metric_gap]
at = "1h"
duration = "5m"
[fault.ak.bad_deploy]
at = "1h"
errors = "5%"
[fault.al.memory_leak]
requests = 1000000
[fault.am.memory_leak]
mtbf = "5h"
[fault.an.network_loss]
at = "1h"
loss = "5%"
[fault.ao.zone_impairment]
zone = "a"
at = "1h"
duration = "5m"
latency = "100ms"
[fault.ap.ebs_impaired]
at = "1h"
[fault.ba.zone_outage]
zone = "a"
mtbf = "5h"
duration = "5m"
[fault.bb.spot_interruption]
mtbf = "5h"
[fault.bc.launch_failure]
mtbf = "5h"
duration = "5m"
[fault.bd.metric_delay]
mtbf = "5h"
duration = "5m"
delay = "5m"
[fault.be.metric_gap]
mtbf = "5h"
duration = "5m"
[fault.bf.bad_deploy]
mtbf = "5h"
errors = "5%"
[fault.bg.network_loss]
mtbf = "5h"
loss = "5%"
[fault.bh.zone_impairment]
zone = "a"
mtbf = "5h"
duration = "5m"
loss = "5%"
[fault.bi.ebs_impaired]
mtbf = "5h"
[fault.bj.memory_leak]
at = "5h"
[fault.bk.replay]
file = "failures.csv"
[auto_scaling_group.mixed_instances_policy]
overrides = [{ instance_type = "c7g.large" }]
[hook.v]
lifecycle_transition = "launching"
duration = "30s"
[event.a.standby]
at = "1h"
[event.b.exit_standby]
at = "2h"
[event.c.detach]
at = "1h"
[event.d.set_protection]
at = "1h"
[event.e.suspend]
at = "1h"
[event.g.instance_refresh]
at = "1h"
[event.f.resume]
at = "2h"
[event.h.cancel_instance_refresh]
at = "2h"
[event.l.set_desired_capacity]
at = "1h"
desired_capacity = 2
[event.m.update]
at = "1h"
max_size = 9
[event.n.terminate_instance]
at = "1h"
[event.o.rebalance_recommendation]
at = "1h"
[event.p.zonal_shift]
at = "1h"
zone = "a"
duration = "10m"
[event.k.rollback_instance_refresh]
at = "2h"
[event.i.attach]
at = "2h"
[event.j.zones]
at = "2h"
availability_zones = ["a", "d"]
[baseline.u]
instances = 3
[commitment.v.ec2_instance_savings_plan]
per_hour = "$1.20"
discount = "34%"
until = 2026-11-30
[commitment.w.compute_savings_plan]
per_hour = "$0.30/h"
discount = "20%"
[commitment.x.reserved_instances]
count = 2
discount = "34%"
`

// Decoding an undocumented key panics; this is the other half.
func TestEveryDocumentedKeyIsDecoded(t *testing.T) {
	if testing.Short() {
		t.Skip("half a second or more")
	}
	byAttributes := strings.Replace(full, `overrides = [{ instance_type = "c7g.large" }]`, "instance_requirements = { vcpu_count = { min = 2 }, memory_mib = { min = 0 } }", 1)
	measured, _, _ := strings.Cut(full[strings.Index(full, "[request.measured]"):], "[instance]")
	byUse := strings.Replace(full, `over = "5m"`, "requests = 100", 1)
	asking := strings.Replace(full, measured, "[request]\ncpu = \"5ms\"\n[dependency.db]\nwork = \"5ms\"\nworkers = 9\n[fault.bl.dependency_slow]\nat = \"1h\"\nduration = \"5m\"\nfactor = 2\n"+
		"[fault.bm.dependency_slow]\nmtbf = \"5h\"\nduration = \"5m\"\nfactor = 2\n", 1)
	const draining = "[load.l.constant]\nrate = \"1/s\"\n[request]\ncpu = \"1s\"\n[queue]\nmax_receive_count = 3\n[instance]\ntype = \"c7g.large\"\nworkers = 2\n" +
		"[auto_scaling_group]\nmin_size = 1\nmax_size = 2\n"
	asked := map[string]bool{}
	for _, text := range []string{full, byAttributes, asking, byUse, draining} {
		root, problems := form.Parse(text, "full.toml")
		if problems != nil {
			t.Fatal(problems)
		}
		d := newDecoder(root, "full.toml", beside("testdata/bad"), nil, newSpent(0, fit), nil)
		d.decode("")
		for _, p := range d.Problems {
			if !strings.Contains(p.Rule, "drives a group alone") {
				t.Fatal(p)
			}
		}
		for _, k := range Keys() {
			asked[k.Path] = asked[k.Path] || d.Asked(k.Path)
		}
	}
	for _, k := range Keys() {
		if !k.Planned && !asked[k.Path] {
			t.Errorf("%s is documented and never read: read it, and have the text called full give it", k.Path)
		}
	}
}

func TestKeysAreDocumentedWell(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Keys() {
		if seen[k.Path] {
			t.Errorf("%s is documented twice", k.Path)
		}
		seen[k.Path] = true
		if k.Planned {
			continue
		}
		if len(k.Doc) < 20 || !strings.HasSuffix(k.Doc, ".") {
			t.Errorf("%s: say in a sentence what it is: %q", k.Path, k.Doc)
		}
		if n := b2i(k.Default != "") + b2i(k.Required) + b2i(k.Absent != ""); n != 1 {
			t.Errorf("%s must be required, have a default, or say what its absence means", k.Path)
		}
		if k.Type == Choice && len(k.Choices) == 0 {
			t.Errorf("%s has no choices", k.Path)
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestPlacesAreExact(t *testing.T) {
	text, err := os.ReadFile("day-night.toml")
	if err != nil {
		t.Fatal(err)
	}
	root, problems := form.Parse(string(text), "day-night.toml")
	if problems != nil {
		t.Fatal(problems)
	}
	lines := strings.Split(string(text), "\n")
	var walk func(n *form.Node, path string)
	walk = func(n *form.Node, path string) {
		if n.Table == nil {
			return
		}
		for _, k := range n.Table.Keys {
			c := n.Table.Get(k)
			if got := lines[c.Key.Line-1][c.Key.Col-1:]; !strings.HasPrefix(got, k) {
				t.Errorf("%s.%s is said to stand at %v, where %q stands", path, k, c.Key, got)
			}
			walk(c, path+"."+k)
		}
	}
	walk(root, "")
}
