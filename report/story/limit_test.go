package story

import (
	"testing"

	"asgsim/sim/collapse"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// The moment names the dependency, what comes and what it carries, that more instances do
// not help, and a number of workers that would: 475/s at 400/s by ten is 15 with a fifth idle.
func TestADependencyIsTheBottleneck(t *testing.T) {
	r := result()
	r.Config.Dependencies = []serving.Dependency{{Name: "db", Share: 1, Work: workload.Constant{Value: 0.025}, Workers: 10}}
	l := collapse.Limit{Dependency: "db", FromS: 3600, ToS: 5400, Busy: 1, Waiting: 300, BadShare: 0.5, Expected: 475, Carries: 400, Factor: 1, CPU: 0.3, From: 4, Most: 8}
	r.Summary.Collapse = &collapse.Findings{Limits: []collapse.Limit{l}}
	mustSay(t, texts(r, "dependency limit"), "dependency db is the bottleneck until Thu 01:30: 100 % of its workers in use, 300 requests wait for one, 50 % are slow or failed, "+
		"while the instances' CPU is at 30 %; it carries 400/s, and up to 475/s come; more instances do not help (4 became 8 instances): dependency.db.workers=15 does")
	if got := Tell(r).Remedies; len(got) != 1 || got[0].Key != "dependency.db.workers" || got[0].Value != "15" {
		t.Errorf("remedies %v", got)
	}
	if got := Tell(r).Collapse.Limits[0].Remedy; got != "dependency.db.workers=15" {
		t.Errorf("remedy %q", got)
	}
	mustSay(t, []string{LimitAt(r, hour+60e9)}, "dependency db since Thu 01:00: it carries 400/s, and up to 475/s come; more instances do not help")
	if LimitAt(r, 0) != "" || noHelp(r, 0) != "" {
		t.Error("a bottleneck before there is one")
	}
	mustSay(t, []string{noHelp(r, hour)}, "which does not help: dependency db is the bottleneck")
	loss := l
	loss.Busy, loss.Waiting, loss.TurnedAway, loss.Expected = 0.6, 0, 0.07, 250
	r.Config.SLO.Good, r.Summary.Collapse.Limits[0] = 0.99, loss
	mustSay(t, texts(r, "dependency limit"), "60 % of its workers in use, 0 requests wait for one, 7 % of those who ask are turned away or wait for too long, 50 % are slow")
	mustSay(t, texts(r, "dependency limit"), "up to 250/s come, but not evenly: who finds no worker and no room to wait fails; more instances do not help (4 became 8 instances): dependency.db.queue=")
	l.Fault, l.Factor, l.Carries, l.Expected, l.Open = "backup", 4, 100, 90, true
	r.Summary.Collapse.Limits[0] = l
	mustSay(t, texts(r, "dependency limit"), "from here to the end: 100 % of its workers in use, 300 requests wait for one, 50 % are slow or failed, while the instances' CPU is at 30 %; with fault backup it carries 100/s, and up to 90/s come, without what waits or comes again")
}
