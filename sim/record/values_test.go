package record

import (
	"math"
	"slices"
	"testing"

	"asgsim/sim/billing"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/sim/queue"
	"asgsim/sim/serving"
	"asgsim/workload"
)

func TestStatesAddUp(t *testing.T) {
	s := States{Pending: 1, Booting: 2, Unhealthy: 4, Warming: 8, Ready: 16, Draining: 32, Terminating: 64, Standby: 128,
		WarmedPending: 1, WarmedStopped: 2, WarmedRunning: 4, WarmedHibernated: 8, WarmedTerminating: 16}
	if s.InService() != 30 || s.Healthy() != 24 || s.Warmed() != 14 || s.Pool() != 31 {
		t.Errorf("in service %d, healthy %d, warmed %d, pool %d", s.InService(), s.Healthy(), s.Warmed(), s.Pool())
	}
}

func TestWhatReplaysAndWhatIsComputed(t *testing.T) {
	recorded, computed := cloudwatch.Metric("QueueDepth"), cloudwatch.Metric("PerInstance")
	c := Config{Recorded: []cloudwatch.Recorded{{Metric: recorded}}, Math: []cloudwatch.Math{{Metric: computed}}}
	if !c.Replays(recorded) || c.Replays(computed) || c.MathOf(computed) != &c.Math[0] || c.MathOf(recorded) != nil {
		t.Error("a recorded metric is replayed, one of metric math is computed, and none is both")
	}
}

func TestPoliciesDecideAndPeopleAct(t *testing.T) {
	for source, want := range map[Source]bool{FromAlarms: true, FromExpression: true, FromAutoscaler: true, FromForecast: true, FromSchedule: false, FromEvent: false} {
		if d := (Decision{Source: source}); d.Policed() != want {
			t.Errorf("%d is of a policy: %v", source, !want)
		}
	}
}

// Of 4 workers 2 were busy over a minute, and 6 waited; 10 asked, 3 were turned away or
// gave up.
func TestUseOfADependency(t *testing.T) {
	before := serving.DependencyCounters{Asked: 5, Refused: 1, GaveUp: 1, WorkerNanos: 7, WaitingNanos: 9}
	now := serving.DependencyCounters{Asked: 15, Refused: 2, GaveUp: 3, WorkerNanos: 7 + 120e9, WaitingNanos: 9 + 360e9}
	got := DependencyUseOf(&serving.Dependency{Workers: 4}, &before, &now, 60)
	if want := (DependencyUse{Asked: 10, Failed: 3, Busy: 0.5, Waiting: 6}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got = DependencyUseOf(&serving.Dependency{Workers: 4}, &before, &now, 0); got.Busy != 0 || got.Waiting != 0 {
		t.Errorf("in no time %+v", got)
	}
}

func TestWhereAndWithHowManyTheBalancerFailsOpen(t *testing.T) {
	for want, f := range map[string]FailOpen{
		"the balancer":                                               {},
		"the balancer's node in eu-west-1a":                          {Zone: "eu-west-1a"},
		"the balancer, for the target group admin,":                  {Group: "admin"},
		"the balancer's node in eu-west-1a, for the target group x,": {Zone: "eu-west-1a", Group: "x"},
	} {
		if got := f.Where(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	f := FailOpen{Counts: []elb.Targets{{At: 0, Registered: 4}, {At: 60, Registered: 6}, {At: 120, Registered: 3}, {At: 180, Registered: 9}}}
	for at, want := range map[des.Time][3]int{0: {4, 3, 9}, 60: {6, 3, 9}, 130: {3, 3, 9}, 200: {9, 9, 9}} {
		now, fewest, most := f.Targets(at)
		if got := [3]int{now.Registered, fewest, most}; got != want {
			t.Errorf("at %d: %v, want %v", at, got, want)
		}
	}
}

func TestFidelitiesAreNamed(t *testing.T) {
	if got := Fidelities(); !slices.Equal(got, []string{"auto", "exact", "sampled"}) || Auto.String()+Exact.String()+Sampled.String() != "autoexactsampled" {
		t.Errorf("%v", got)
	}
}

// The four comparisons of alarms (CloudWatch User Guide, PutMetricAlarm), below, at and
// above the threshold.
func TestLooksBreach(t *testing.T) {
	for comparison, want := range map[cloudwatch.Comparison][3]bool{
		cloudwatch.GreaterThan: {false, false, true}, cloudwatch.GreaterOrEqual: {false, true, true},
		cloudwatch.LessThan: {true, false, false}, cloudwatch.LessOrEqual: {true, true, false},
	} {
		l := Look{Comparison: comparison, Threshold: 10}
		if got := [3]bool{l.Breaches(9), l.Breaches(10), l.Breaches(11)}; got != want {
			t.Errorf("%v: %v, want %v", comparison, got, want)
		}
	}
}

// What a queue did is the difference of two readings; of two rows what happened adds up,
// and what was most is the larger.
func TestMessagesAddUp(t *testing.T) {
	zero, one := queue.Counters{}, queue.Counters{Visible: 3, NotVisible: 2, Oldest: 9 * des.Second, Received: 20, Deleted: 10, Wasted: 4, Outlasted: 3, CutOff: 2, Errors: 1, Dead: 5, Expired: 6}
	two := one
	two.Visible, two.Oldest, two.Deleted, two.Dead = 1, des.Second, 17, 8
	var first, second Messages
	first.Add(&zero, &one)
	second.Add(&one, &two)
	if want := (Messages{Visible: 3, NotVisible: 2, Most: 3, Oldest: 9 * des.Second, Received: 20, Deleted: 10, Wasted: 4, Outlasted: 3, Cut: 2, Errors: 1, Dead: 5, Expired: 6}); first != want {
		t.Errorf("%+v, want %+v", first, want)
	}
	if first.Redelivered() != 6 || second.Redelivered() != 0 {
		t.Errorf("%d and %d timeouts ended", first.Redelivered(), second.Redelivered())
	}
	first.Join(&second)
	if want := (Messages{Visible: 1, NotVisible: 2, Most: 3, Oldest: 9 * des.Second, Received: 20, Deleted: 17, Wasted: 4, Outlasted: 3, Cut: 2, Errors: 1, Dead: 8, Expired: 6}); first != want {
		t.Errorf("%+v, want %+v", first, want)
	}
	if same := first; first.String() != same.String() || first.String() == second.String() || (*Messages)(nil).String() != "no queue" {
		t.Errorf("%s, %s", &first, &second)
	}
}

// A message of 0.3 s of CPU and 0.7 s of waiting takes a worker a second at speed 1. Two
// vCPUs carry 6.7 of them a second, four workers 4. With speed 1.5 the CPU part takes 0.2 s.
// With all four at work on two vCPUs it takes twice as long: 0.4 + 0.7.
func TestProcessing(t *testing.T) {
	c := Config{Classes: []serving.Class{{CPU: workload.Constant{Value: 0.3}, Wait: workload.Constant{Value: 0.7}}}}
	c.Template.Speed, c.Template.Workers, c.Template.Type.VCPU = 1, 4, 2
	if s, n := c.Processing(); math.Abs(s-1) > 1e-12 || math.Abs(n-4) > 1e-12 {
		t.Errorf("%v s, %v a second", s, n)
	}
	c.Template.Speed = 1.5
	if s, n := c.Processing(); math.Abs(s-0.9) > 1e-12 || math.Abs(n-4/0.9) > 1e-12 {
		t.Errorf("%v s, %v a second", s, n)
	}
	if got := c.ProcessingMost(0.99); math.Abs(got-1.1) > 1e-12 {
		t.Errorf("at most %v s", got)
	}
	c.Classes[0].Wait = nil
	if s, n := c.Processing(); math.Abs(s-0.2) > 1e-12 || math.Abs(n-10) > 1e-12 || math.Abs(c.ProcessingMost(0.5)-0.4) > 1e-12 {
		t.Errorf("%v s, %v a second, at most %v s", s, n, c.ProcessingMost(0.5))
	}
}

func TestTheLargestWeight(t *testing.T) {
	var c Config
	c.Template.Model = ec2.Model{Weight: 2, Price: billing.Dollars(1)}
	c.Template.Mixed = []ec2.Model{{Weight: 2}, {Weight: 8}, {Weight: 4}}
	if got := c.LargestWeight(); got != 8 {
		t.Errorf("%d", got)
	}
	if got := (&Config{}).LargestWeight(); got != 1 {
		t.Errorf("without weights %d", got)
	}
}
