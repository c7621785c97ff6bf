// Package asg is the Auto Scaling group: it keeps as many instances as desired,
// between minimum and maximum, spread over zones; it registers them with the
// load balancer, drains and deregisters them before they go, finds the unhealthy
// and replaces them, and writes an activity for everything it does.
//
// Open group.go first: what a group is made of and how its parts are wired. Then
// reconcile.go, which launches and terminates what separates actual from desired, and
// lifecycle.go, an instance's way into service and out of it. Every part has a file of its
// own that names what it asks of the others in an interface: zones.go, allocation.go and
// placement.go (where, and of which type), termination.go (who leaves), health.go and
// replace.go, exchange.go (at the pace of a maintenance policy), lifetime.go,
// rebalance.go, spot.go, refresh.go, warmpool.go, event.go (what people do by hand),
// schedule.go. EC2 and the balancer are interfaces, too: none of it needs a plane.
package asg

import (
	"asgsim/sim/des"
	"asgsim/workload"
)

// Config is an Auto Scaling group.
type Config struct {
	Name     string
	Min, Max int
	Desired  int  // Settled: the steady state of the policies for the load at the start
	Cold     bool // begin with nothing running: the first instances launch at 0
	Zones    []string
	// BalancedOnly launches in the thinnest zone or not at all, else in the next.
	BalancedOnly bool
	Later        int // so many of the last zones are used only once an event adds them
	// HealthCheckELB adds the balancer's checks to EC2's.
	HealthCheckELB bool
	// HealthCheckEBS adds the attached EBS status check.
	HealthCheckEBS bool
	Grace          des.Duration // health check grace period; AWS API default 0
	Warmup         des.Duration // default instance warm-up; scaling.Unset where not given
	Cooldown       des.Duration // default cooldown; 300 s

	Hooks       []Hook              // in the order in which they run
	Termination []TerminationPolicy // none: Default
	Protect     bool                // new instances are protected from scale-in
	Suspended   []Process           // at the start
	Maintenance *Maintenance        // nil: none, AWS's defaults by event
	Lifetime    des.Duration        // maximum instance lifetime; 0: none
	WarmPool    *WarmPool           // nil: none
	Mixed       *Mixed              // nil: one type, on demand
	Rebalance   bool                // capacity rebalancing: act on rebalance recommendations

	// Also undocumented by AWS; 0 is our default.
	Retry, RetryMax des.Duration // wait after a failed launch, twice as long each time; 15 s, 15 min
	RoundUp         bool         // shares of the group are rounded in favour of haste
	UnevenBy        int          // difference of two zones that is rebalanced; 2
	UnevenFor       des.Duration // once it has lasted so long; 60 s
	Spread          des.Duration // time set aside to replace one aged instance, besides its warm-up; 5 min

	// What AWS does not document, each with our default.
	Reconcile    workload.Dist // desired changed to action started; triangular(5, 10, 30) s
	HealthPeriod des.Duration  // period of the group's health check; 60 s
	// HealthPhase is when in the period the check falls; with HealthDrawn at an instant
	// of the group's own.
	HealthPhase des.Duration
	HealthDrawn bool
	// ReplaceAfter is the time from the beginning of an unhealthy instance's termination
	// to the launch of another, in seconds: AWS creates the terminating activity first,
	// and 31 s were seen. Nil: at once.
	ReplaceAfter workload.Dist
	ImpairedWait des.Duration  // impaired status check to unhealthy; 300 s
	ShuttingDown workload.Dist // terminate call to terminated; uniform(20, 65) s
	AtBootDone   bool          // in service when the application is up, not at EC2 running
	BootTimeout  des.Duration  // a launch whose application is awaited and not up by then has failed; 0: 1 h
	AllBad       int           // replacements at a time while the balancer finds all unhealthy; 1
}

// Settled asks for the steady state of the policies.
const Settled = -1

// HealthChecks are the types of health checks beside EC2's, as AWS lists them; empty:
// none.
func (c *Config) HealthChecks() string {
	switch {
	case c.HealthCheckELB && c.HealthCheckEBS:
		return "ELB,EBS"
	case c.HealthCheckELB:
		return "ELB"
	case c.HealthCheckEBS:
		return "EBS"
	}
	return ""
}
