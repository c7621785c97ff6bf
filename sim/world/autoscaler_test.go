package world

import (
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// pods is an HPA at 50 % with the metrics server's defaults.
func pods() *scaling.KubernetesHPA {
	return &scaling.KubernetesHPA{Name: "pods", Target: 50, SyncPeriod: 15 * des.Second, Tolerance: 0.1, Up: scaling.DefaultUp(), Down: scaling.DefaultDown(),
		Resolution: 15 * des.Second, Delay: 10 * des.Second}
}

// The load doubles from 40 % to 80 % of four instances: the autoscaler sees it at
// the next sync, and removes nothing before five minutes of less.
func TestKubernetesHPA(t *testing.T) {
	cfg := timeline(320, 640, 4)
	cfg.Policies = nil
	patient := pods()
	patient.Down.Window = 30 * des.Minute
	cfg.Policies = append(cfg.Policies, patient)
	r := run(t, cfg)
	got := changesOfDesired(r)
	if len(got) == 0 || got[0].At != s(30) || got[len(got)-1].To < 6 || got[len(got)-1].To > 8 {
		t.Errorf("desired changed %v", got)
	}
	if len(r.Decisions) == 0 || !strings.Contains(r.Decisions[0].Why, "at a target of 50 %") || r.Decisions[0].Alarm != "sync" {
		t.Errorf("decisions %+v", r.Decisions)
	}
	down := timeline(640, 160, 8)
	down.Policies = nil
	down.Policies = append(down.Policies, pods())
	first := changesOfDesired(run(t, down))
	if len(first) == 0 || first[len(first)-1].To != 2 || first[len(first)-1].At < s(250) {
		t.Errorf("desired changed %v, want 2 in the end, not within five minutes", first)
	}
}

// The metrics server asks the nodes at 15, 30, ...; with its answers 10 s old the
// sync at 30 sees the first 15 seconds. An older pipeline is felt as long.
func TestTheMetricsPipelineIsLate(t *testing.T) {
	for _, c := range []struct {
		resolution, delay des.Duration
		want              des.Time
	}{{15 * des.Second, 0, s(15)}, {15 * des.Second, 10 * des.Second, s(30)}, {60 * des.Second, 10 * des.Second, s(75)}, {60 * des.Second, 60 * des.Second, s(120)}} {
		cfg := timeline(320, 640, 4)
		h := pods()
		h.Resolution, h.Delay = c.resolution, c.delay
		cfg.Policies = []scaling.Policy{h}
		if got := changesOfDesired(run(t, cfg)); len(got) == 0 || got[0].At != c.want {
			t.Errorf("resolution %v, delay %v: %v, want the first at %v", c.resolution, c.delay, got, c.want)
		}
	}
}

// The load doubles from 40 % to 80 % of four VMs: the minute is known after
// another one. On the way down the peak of ten minutes counts.
func TestGCPAutoscaler(t *testing.T) {
	mig := func() *scaling.GCPAutoscaler {
		return &scaling.GCPAutoscaler{Name: "mig", CPU: 50, Init: des.Minute, Stabilization: 10 * des.Minute, Delay: des.Minute}
	}
	cfg := timeline(320, 640, 4)
	cfg.Policies = []scaling.Policy{mig()}
	got := changesOfDesired(run(t, cfg))
	if len(got) == 0 || got[0].At != s(120) || got[0].To != 7 {
		t.Errorf("desired changed %v, want 7 at 120", got)
	}
	down := timeline(640, 160, 7)
	down.Policies = []scaling.Policy{mig()}
	r := run(t, down)
	// The last minute of the peak was looked at at 60: it counts until 660.
	if got := changesOfDesired(r); len(got) != 1 || got[0] != (changeOf{s(660), 2}) {
		t.Errorf("desired changed %v, want 2 at 660", got)
	}
	if b := r.Summary.Blocked; len(b) != 1 || b[0].By != "stabilization period" || b[0].Minutes != 9 {
		t.Errorf("blocked %+v", b)
	}
	stay := timeline(640, 160, 7)
	only := mig()
	only.Mode = scaling.GCPOnlyScaleOut
	stay.Policies = []scaling.Policy{only}
	if got := changesOfDesired(run(t, stay)); len(got) != 0 {
		t.Errorf("ONLY_SCALE_OUT changed %v", got)
	}
}

// A mean of five minutes over 50 % adds one, then the cooldown runs; when the load
// falls, the flapping guard keeps what would scale out again.
func TestAzureAutoscale(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	rule := func(name string, increase bool, op scaling.AzureOperator, threshold float64) scaling.AzureRule {
		return scaling.AzureRule{Name: name, Grain: des.Minute, Window: 5 * des.Minute, Operator: op, Threshold: threshold, Increase: increase, Value: 1, Cooldown: 5 * des.Minute, Delay: des.Minute}
	}
	cfg := dense(320, 640, 4)
	cfg.Policies = nil
	cfg.Policies = append(cfg.Policies, &scaling.AzureAutoscale{Rules: []scaling.AzureRule{rule("out", true, scaling.AzureGreaterThan, 50), rule("in", false, scaling.AzureLessThan, 30)}})
	got := changesOfDesired(run(t, cfg))
	if len(got) < 2 || got[0] != (changeOf{s(180), 5}) || got[1] != (changeOf{s(480), 6}) {
		t.Errorf("desired changed %v, want 5 at 180 and 6 at 480", got)
	}
	// 45 % of four: under 48 %, but on three it would be 60 %.
	flap := dense(360, 360, 4)
	flap.Policies = nil
	flap.Policies = append(flap.Policies, &scaling.AzureAutoscale{Rules: []scaling.AzureRule{rule("out", true, scaling.AzureGreaterThan, 50), rule("in", false, scaling.AzureLessThan, 48)}})
	r := run(t, flap)
	if got := changesOfDesired(r); len(got) != 0 {
		t.Errorf("desired changed %v", got)
	}
	if b := r.Summary.Blocked; len(b) != 1 || b[0].By != "flapping" || b[0].Policy != "in" {
		t.Errorf("blocked %+v", b)
	}
	// Requests a minute, divided by the count: 640/s on four are 9,600 a minute.
	total := dense(320, 640, 4)
	total.Policies = nil
	requests := rule("out", true, scaling.AzureGreaterThan, 6000)
	requests.Metric, requests.Statistic, requests.PerInstance, requests.Action, requests.Value = scaling.TotalRequests, scaling.AzureSum, true, scaling.PercentChangeCount, 50
	total.Policies = append(total.Policies, &scaling.AzureAutoscale{Rules: []scaling.AzureRule{requests}})
	if got := changesOfDesired(run(t, total)); len(got) == 0 || got[0] != (changeOf{s(180), 6}) {
		t.Errorf("desired changed %v, want 6 at 180", got)
	}
}
