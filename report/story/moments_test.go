package story

import (
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

func launch(at des.Time, instance int, status asg.Status) asg.Activity {
	return asg.Activity{Launch: true, Instance: instance, Start: at, Status: status, Message: "no capacity."}
}

func TestRefusedLaunches(t *testing.T) {
	r := result()
	r.Config.WarmUp = des.Hour
	r.Activities = []asg.Activity{launch(minute, -1, asg.Failed), launch(2*hour, -1, asg.Failed), launch(2*hour+minute, 3, asg.Successful)}
	mustSay(t, texts(r, "refused"), "EC2 turns down a launch: no capacity.")
	r.Activities = append(r.Activities, launch(3*hour, -1, asg.Failed))
	mustSay(t, texts(r, "refused"), "EC2 turns down 2 launches until Thu 03:00: no capacity.")
	other := launch(2*hour+minute, -1, asg.Failed)
	other.Message = "limit exceeded."
	r.Activities = append(r.Activities, other) // each reason for itself
	mustSay(t, texts(r, "refused"), "EC2 turns down 2 launches until Thu 03:00: no capacity.", "EC2 turns down a launch: limit exceeded.")
}

func TestPoolThatIsEmpty(t *testing.T) {
	r := result()
	r.Activities = []asg.Activity{launch(hour, 1, asg.Successful)}
	if got := texts(r, "pool empty"); len(got) != 0 {
		t.Errorf("without a pool: %q", got)
	}
	r.Config.Group.WarmPool = &asg.WarmPool{}
	mustSay(t, texts(r, "pool empty"), "an instance is launched cold")
	// Within a minute of the first they belong together; what the pool gave does not count.
	r.Activities = append(r.Activities, launch(hour+30e9, 2, asg.Successful), launch(hour+2*minute, 3, asg.Successful))
	from := launch(hour+10e9, 4, asg.Successful)
	from.Pool = asg.FromPool
	r.Activities = append(r.Activities, from)
	mustSay(t, texts(r, "pool empty"), "2 instances are launched cold")
}

func TestLargestReclaim(t *testing.T) {
	r := result()
	spot := func(at des.Time, end asg.EndKind) record.Instance {
		return record.Instance{Spot: true, Recommended: at, FirstGood: des.Never, End: asg.End{Kind: end}}
	}
	r.Instances = []record.Instance{spot(hour, asg.EndInterrupted), spot(2*hour, asg.EndRecommended), spot(2*hour, asg.EndNoticed), spot(2*hour, asg.EndInterrupted),
		spot(3*hour, asg.EndNoticed), spot(3*hour, asg.EndNoticed), spot(3*hour, asg.EndNoticed), {Recommended: 4 * hour, FirstGood: des.Never}}
	mustSay(t, texts(r, "reclaim"), "EC2 reclaims 3 Spot Instances at once: 1 replaced before the notice, 1 drained at it, 1 cut in service")
	r.Instances = r.Instances[:1]
	mustSay(t, texts(r, "reclaim"), "EC2 reclaims a Spot Instance: 0 replaced before the notice, 0 drained at it, 1 cut in service")
}

func TestUnansweredHook(t *testing.T) {
	r := result()
	r.Config.Group.Hooks = []asg.Hook{{Name: "setup", Launching: true}}
	wait := func(from des.Time, answered bool) asg.Hold {
		h := asg.Hold{Kind: asg.HookWait, Name: "setup", From: from, Limit: from + 30e9, Until: from + 10e9}
		if !answered {
			h.Until = h.Limit
		}
		return h
	}
	r.Holds = []asg.Hold{wait(hour, true), wait(2*hour, false), wait(3*hour, false), {Kind: asg.HookWait, Name: "other", From: hour, Limit: hour + 1, Until: hour}}
	mustSay(t, texts(r, "hook"), "nobody answered hook setup for 30 s: the instance is terminated, another is launched; 2 of 3 such waits ended so")
	r.Config.Group.Hooks[0].Continue = true
	mustSay(t, texts(r, "hook"), "the instance goes on (CONTINUE)")
	r.Config.Group.Hooks[0] = asg.Hook{Name: "setup"}
	mustSay(t, texts(r, "hook"), "the instance is terminated all the same")
}

// The first change and the largest of each way; what asked for no capacity, or came
// before the window, is none.
func TestChanges(t *testing.T) {
	r := result()
	r.Config.WarmUp = des.Hour
	decide := func(at des.Time, from, to int) record.Decision {
		return record.Decision{At: at, Source: record.FromExpression, Policy: "own", Want: to, Desired: from, Result: to, Why: "a formula", Won: true}
	}
	r.Decisions = []record.Decision{decide(minute, 1, 9), decide(2*hour, 2, 3), decide(3*hour, 3, 3), decide(3*hour+minute, 3, 6), decide(4*hour, 6, 5), decide(5*hour, 5, 2)}
	mustSay(t, texts(r, "scale out"), "a formula: desired 2 -> 3", "a formula: desired 3 -> 6")
	mustSay(t, texts(r, "scale in"), "a formula: desired 6 -> 5, drained before termination", "a formula: desired 5 -> 2, drained before termination")
}

// Under basic monitoring an alarm of one-minute datapoints saw a single one of five
// minutes, two minutes late by the default of X-8; under detailed monitoring three of
// one minute.
func TestWhatTheAlarmSaw(t *testing.T) {
	r := result()
	r.Config.Policies = []scaling.Policy{&scaling.TargetTracking{Name: "cpu", Target: 50, LowRatio: 0.7, AlarmPeriod: des.Minute, HighPeriods: 3, LowPeriods: 15}}
	r.Config.Watch.BasicDelay = 2 * des.Minute
	r.Decisions = []record.Decision{
		{At: 2 * hour, Policy: "cpu", Alarmed: scaling.Out, Metric: 60, Want: 3, Desired: 2, Result: 3, Won: true},
		{At: 5 * hour, Policy: "cpu", Alarmed: scaling.In, Metric: 30, Want: 2, Desired: 3, Result: 2, Won: true},
	}
	mustSay(t, texts(r, "scale out"), "CPU 60 % was over 50 % in one datapoint of 5 minutes (basic monitoring), known 2 min late: desired 2 -> 3")
	mustSay(t, texts(r, "scale in"), "CPU 30 % was under 35 % in datapoints of 5 minutes (basic monitoring), known 2 min late: desired 3 -> 2")
	r.Config.Template.Detailed = true
	mustSay(t, texts(r, "scale out"), "CPU 60 % was over 50 % for 3 minutes: desired 2 -> 3")
	mustSay(t, texts(r, "scale in"), "CPU 30 % was under 35 % for 15 minutes: desired 3 -> 2")
}

func TestBoundsThatBite(t *testing.T) {
	r := result()
	r.Config.Policies = []scaling.Policy{&scaling.TargetTracking{Name: "cpu"}}
	for i := range r.Rows {
		r.Rows[i].Desired, r.Rows[i].NeededTarget = 3, 3
	}
	if got := append(texts(r, "maximum"), texts(r, "minimum")...); len(got) != 0 {
		t.Errorf("nothing bites: %q", got)
	}
	r.Rows[60].Desired, r.Rows[60].NeededTarget = 4, 6
	r.Rows[61].Desired, r.Rows[61].NeededTarget = 4, 7
	r.Rows[200].Desired, r.Rows[200].NeededTarget = 1, 0
	mustSay(t, texts(r, "maximum"), "the target asks for 7 instances, max_size allows 4")
	mustSay(t, texts(r, "minimum"), "the target needs 0, min_size keeps 1")
}

func TestMoneyMoment(t *testing.T) {
	r := result()
	r.Summary.InstanceHours = 12
	r.Summary.Savings = []account.Saving{{Baseline: "guess", Estimate: true}, {Baseline: "always-on", Instances: 4, USD: 1, BaselineUS: 2, Comparable: true}}
	mustSay(t, texts(r, "saved"), "12 instance-hours instead of the 24 of always-on")
	r.Summary.Savings[1].USD = -1
	mustSay(t, texts(r, "cost"), "12 instance-hours instead of the 24")
	r.Summary.Savings[1] = account.Saving{Baseline: "all_on_demand", USD: 3, BaselineUS: 5, Comparable: true}
	mustSay(t, texts(r, "saved"), "EC2 for $2.00; the same instances all on demand: $5.00")
	r.Summary.Savings[1].Comparable = false
	mustSay(t, texts(r, "cost"), "EC2 for $2.00")
}

// Evening out the zones is worth telling when it takes what serves while too few others
// do, and only then.
func TestRebalancingThatHurts(t *testing.T) {
	for _, row := range []struct {
		ready int
		want  int
	}{{0, 1}, {1, 1}, {3, 0}} {
		r := result()
		after := fleet(hour, row.ready)
		after.States.Booting = 2
		r.Capacity = append(r.Capacity, after)
		r.Instances = []record.Instance{{Recommended: des.Never, FirstGood: des.Never, End: asg.End{Kind: asg.EndRebalance},
			Changes: []record.StateChange{{At: 0, State: record.Ready}, {At: hour, State: record.Draining}}}}
		if got := texts(r, "rebalance"); len(got) != row.want {
			t.Errorf("%d left: %q", row.ready, got)
		}
	}
}

// Acts by hand are told, with what they changed.
func TestActsByHand(t *testing.T) {
	r := result()
	r.Decisions = []record.Decision{{At: hour, Source: record.FromEvent, Policy: "more", Why: "set desired to 5", Desired: 3, Result: 5},
		{At: 2 * hour, Source: record.FromEvent, Policy: "pause", Why: "suspended Launch", Desired: 5, Result: 5}, {At: 3 * hour, Source: record.FromSchedule, Policy: "x", Why: "scheduled action x", Desired: 5, Result: 5}}
	mustSay(t, texts(r, "event"), "more: set desired to 5: desired 3 -> 5", "pause: suspended Launch")
	mustSay(t, texts(r, "schedule"), "scheduled action x: desired stays 5")
}

// A backlog at the end and a fault that was passed over are warned about.
func TestWarnings(t *testing.T) {
	r := result()
	r.Summary.Requests = account.Requests{Offered: 100_000, InFlight: 100}
	if got := Tell(r).Warnings; len(got) != 0 {
		t.Errorf("one in a thousand in flight is warned about: %q", got)
	}
	r.Summary.Requests.InFlight = 101
	r.Faults = []record.Injection{{Name: "frozen", At: hour}, {Name: "frozen", At: 2 * hour, Skipped: "no serving instance to strike"}, {Name: "never", At: hour, Skipped: "x"}}
	got := strings.Join(Tell(r).Warnings, "\n")
	for _, want := range []string{"101 requests (0.1 %) were still in flight", "fault frozen at Thu 02:00 was skipped: no serving instance to strike"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q does not say %q", got, want)
		}
	}
	if strings.Contains(got, "never") {
		t.Errorf("a fault that never struck is among the idle rules: %q", got)
	}
}
