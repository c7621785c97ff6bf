package scenarios

import (
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
)

// A choice means the value of its name, wherever it stands in the documentation.
func TestChoicesMeanWhatTheirNamesSay(t *testing.T) {
	if testing.Short() {
		t.Skip("half a second or more")
	}
	const policy = "[policy.cpu.target_tracking]\npredefined_metric_type = \"ASGAverageCPUUtilization\"\ntarget_value = \"50%\"\n"
	tracked := func(set string) *scaling.TargetTracking { return tracking(load(t, base+policy, set).Configs[0].World) }
	for name, want := range map[string]scaling.InStep{"tenth": scaling.InTenth, "one": scaling.InOne, "proportional": scaling.InProportional} {
		if got := tracked("policy.cpu.target_tracking.in_step=" + name).InStep; got != want {
			t.Errorf("in_step %s is %v", name, got)
		}
	}
	for name, want := range map[string]scaling.Basis{"contributors": scaling.BasisContributors, "warm": scaling.BasisWarm, "desired": scaling.BasisDesired} {
		if got := tracked("policy.cpu.target_tracking.capacity_basis=" + name).Basis; got != want {
			t.Errorf("capacity_basis %s is %v", name, got)
		}
	}
	for name, want := range map[string]serving.Algorithm{"round_robin": serving.RoundRobin, "least_outstanding_requests": serving.LeastOutstandingRequests, "weighted_random": serving.WeightedRandom} {
		if got := load(t, base, "target_group.load_balancing_algorithm_type="+name).Configs[0].World.Balancer.Algorithm; got != want {
			t.Errorf("algorithm %s is %v", name, got)
		}
	}
	for name, want := range map[string]serving.Jitter{"full": serving.FullJitter, "equal": serving.EqualJitter, "none": serving.NoJitter} {
		if got := load(t, base, "request.retry.jitter="+name).Configs[0].World.Classes[0].Retry.Jitter; got != want {
			t.Errorf("jitter %s is %v", name, got)
		}
	}
	for name, want := range map[string]asg.PoolState{"Stopped": asg.PoolStopped, "Running": asg.PoolRunning, "Hibernated": asg.PoolHibernated} {
		if got := load(t, base, "auto_scaling_group.warm_pool.pool_state="+name).Configs[0].World.Group.WarmPool.State; got != want {
			t.Errorf("pool_state %s is %v", name, got)
		}
	}
	for name, want := range map[string]bool{"detailed": true, "basic": false} {
		if got := load(t, base, "instance.monitoring="+name).Configs[0].World.Template.Detailed; got != want {
			t.Errorf("monitoring %s: detailed %v", name, got)
		}
	}
}

// Every documented choice has a value, and every value a name in the documentation.
func TestOptionsAndChoicesAreTheSame(t *testing.T) {
	if got := optionNames(enum(scaling.InProportional)); len(got) != 3 || got[1] != scaling.InOne.String() {
		t.Errorf("an enumeration's names %q", got)
	}
	if o := creditModes(); len(o) != 2 || o[0].name != "standard" || o[1].name != "unlimited" {
		t.Errorf("credit modes %v", o)
	}
}
