package world

import (
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// The load doubles from 40 % to 80 % of four instances: the autoscaler sees it at
// the next sync, and removes nothing before five minutes of less.
func TestKubernetesHPA(t *testing.T) {
	cfg := timeline(320, 640, 4)
	cfg.Tracking = nil
	cfg.HPA = &scaling.KubernetesHPA{Name: "pods", Target: 50, SyncPeriod: 15 * des.Second, Tolerance: 0.1, Up: scaling.DefaultUp(), Down: scaling.DefaultDown()}
	cfg.HPA.Down.Window = 30 * des.Minute
	r := run(t, cfg)
	got := changesOfDesired(r)
	if len(got) == 0 || got[0].At > s(30) || got[len(got)-1].To < 6 || got[len(got)-1].To > 8 {
		t.Errorf("desired changed %v", got)
	}
	if len(r.Decisions) == 0 || !strings.Contains(r.Decisions[0].Why, "at a target of 50 %") || r.Decisions[0].Alarm != "sync" {
		t.Errorf("decisions %+v", r.Decisions)
	}
	down := timeline(640, 160, 8)
	down.Tracking = nil
	down.HPA = &scaling.KubernetesHPA{Name: "pods", Target: 50, SyncPeriod: 15 * des.Second, Tolerance: 0.1, Up: scaling.DefaultUp(), Down: scaling.DefaultDown()}
	first := changesOfDesired(run(t, down))
	if len(first) == 0 || first[len(first)-1].To != 2 || first[len(first)-1].At < s(250) {
		t.Errorf("desired changed %v, want 2 in the end, not within five minutes", first)
	}
}
