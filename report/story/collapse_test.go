package story

import (
	"slices"
	"strings"
	"testing"

	"asgsim/sim/collapse"
	"asgsim/sim/ec2"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// Each way to collapse is named with its evidence and with the setting that takes away what
// it feeds on; the remedy of what lasted is the first to try.
func TestCollapseIsNamed(t *testing.T) {
	r := result()
	r.Summary.Collapse = &collapse.Findings{
		Spirals: []collapse.Spiral{{FromS: 3600, ToS: 4200, Terminated: 12, New: 2, Well: 3, Before: 6, Fewest: 1, Resource: collapse.CPU, Used: 1}},
		Storms:  []collapse.Storm{{FromS: 3660, ToS: 4800, Requests: 300, Attempts: 1200, PerRequest: 4, Peak: 4.5, Share: 0.75, Resource: collapse.Workers, Used: 0.98}},
		Stuck: []collapse.Stuck{{FromS: 3900, ToS: 21600, Open: true, BadShare: 1, Rate: 300, Serving: 5, Needed: 4, Trigger: collapse.TriggerLoad,
			HeldBy: []collapse.Hold{collapse.HeldByRetries, collapse.HeldByAbandoned}, Share: 0.75, Abandoned: 0.38}},
	}
	mustSay(t, texts(r, "death spiral"), "12 instances that no fault had struck were terminated for answering health checks too late, with 100 % of the CPU in use: 6 healthy instances became 1, and each one fewer left more to the others; "+
		"2 of them were new; 3 were healthy again when they went, as a mark is not taken back; the last went at Thu 01:10; auto_scaling_group.health_check_type=EC2 keeps them")
	mustSay(t, texts(r, "retry storm"), "attempts come at 1,200/s for requests at 300/s, 4 a request (4.5 in the worst minute): 75 % of the load are retries, with 98 % of the workers in use, until Thu 01:20; request.retry.budget=10% spares them")
	mustSay(t, texts(r, "metastable"), "at 300/s about 4 of the 5 instances that are up would do, yet 100 % of the requests are slow or failed for 4.9 h, to the end of the run: "+
		"retries and work for clients that have left keep the fleet busy (75 % of the attempts are retries, 38 % of the attempts time out); request.retry.budget=10% takes that away")
	told := Tell(r)
	var tries []string
	for _, x := range told.Remedies {
		tries = append(tries, x.String())
	}
	if want := []string{"request.retry.budget=10%", "auto_scaling_group.health_check_type=EC2"}; !slices.Equal(tries, want) {
		t.Errorf("remedies %q, want %q", tries, want)
	}
	if c := told.Collapse; c.Spirals[0].Remedy == "" || c.Storms[0].Remedy == "" || c.Stuck[0].Remedy == "" || r.Summary.Collapse.Stuck[0].Remedy != "" {
		t.Errorf("%+v: each part has its remedy, and the result keeps its own", c)
	}
	if n := len(told.Numbered()); n != 3 {
		t.Errorf("%d moments on the picture, want all three", n)
	}
}

// The rate that is told is the one for which so many are needed, not the mean beside it.
func TestTheNeedIsToldWithItsRate(t *testing.T) {
	r := result()
	r.Summary.Collapse = &collapse.Findings{Stuck: []collapse.Stuck{{FromS: 3600, ToS: 7200, Rate: 635, Most: 900, Serving: 16, Needed: 14, HeldBy: []collapse.Hold{collapse.HeldByBacklog}}}}
	mustSay(t, texts(r, "metastable"), "at up to 900/s about 14 of the 16 instances that are up would do")
}

// What held a metastable state, and what began it, choose the words and the remedy. A
// queue is as long as an instance of two vCPUs works off in the SLO's second at 20 ms: 100.
func TestWhatHeldIt(t *testing.T) {
	r := result()
	r.Config.SLO.Latency, r.Config.Template.Model = 1e9, ec2.Model{Type: ec2.Type{VCPU: 2}, Speed: 1}
	r.Config.Classes = []serving.Class{{CPU: workload.Constant{Value: 0.02}}}
	for hold, want := range map[collapse.Hold]string{
		collapse.HeldByChecks:    "health checks that terminate instances as they come keep the fleet too small; auto_scaling_group.health_check_type=EC2 takes",
		collapse.HeldByRetries:   "retries keep the fleet busy (30 % of the attempts are retries); request.retry.budget=10% takes",
		collapse.HeldByAbandoned: "work for clients that have left keeps the fleet busy (40 % of the attempts time out); request.abandoned=drop takes",
		collapse.HeldByBacklog:   "the backlog keeps the fleet busy; instance.queue=100 takes",
	} {
		r.Summary.Collapse = &collapse.Findings{Stuck: []collapse.Stuck{{FromS: 3600, ToS: 4200, Needed: 3, Serving: 3, Share: 0.3, Abandoned: 0.4, HeldBy: []collapse.Hold{hold}}}}
		mustSay(t, texts(r, "metastable"), want)
		there := "are up"
		if hold == collapse.HeldByChecks {
			there = "there were" // they are terminated as they come
		}
		mustSay(t, texts(r, "metastable"), "the 3 instances that "+there+" would just do, yet")
	}
	if got, want := held([]collapse.Hold{collapse.HeldByChecks, collapse.HeldByAbandoned}, "the fleet"), "health checks that terminate instances as they come keep the fleet too small, work for clients that have left keeps it busy"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	s := &r.Summary.Collapse.Stuck[0]
	s.HeldBy = []collapse.Hold{collapse.HeldByRetries}
	s.Needed, s.Trigger, s.Fault = -1, collapse.TriggerFault, "slow"
	mustSay(t, texts(r, "metastable"), "fault slow is over; at 0/s the 3 instances that are up have served as much before, yet")
	s.Trigger = collapse.TriggerCapacity
	mustSay(t, texts(r, "metastable"), "the capacity is back; at")
	// Workers that wait bound it too: four of them, 80 ms a request with its wait.
	r.Config.Template.Workers, r.Config.Classes[0].Wait = 4, workload.Constant{Value: 0.06}
	if got := shortQueue(r.Config); got != 50 {
		t.Errorf("a queue of %d, want 4 / 80 ms x 1 s", got)
	}
}

// The moments of overload that a spiral tells of are not told twice.
func TestASpiralSpeaksForItsInstances(t *testing.T) {
	r := result()
	r.Summary.Collapse = &collapse.Findings{Storms: []collapse.Storm{{}}}
	if (&teller{r: r}).spiralled() {
		t.Error("a storm is no spiral")
	}
	r.Summary.Collapse.Spirals = []collapse.Spiral{{}}
	if !(&teller{r: r}).spiralled() || strings.Contains(strings.Join(Tell(r).Warnings, " "), "with no fault") {
		t.Error("the spiral tells it")
	}
}
