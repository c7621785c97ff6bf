// Package elb is the balancer's judgement: which targets are eligible, with what
// weight, and when. It probes targets, follows their health, drains them, fails
// open when all are unhealthy, and hands package serving a whole routing table
// after every change. The mechanics of routing a request live in serving.
package elb

import (
	"cmp"

	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// Config is an Application Load Balancer with a target group, and others.
type Config struct {
	// Polled: there is no balancer. The targets poll a queue as long as they are
	// registered; nobody checks them, and to deregister one is to have it poll no more:
	// it is drained at once, and finishes what it has.
	Polled              bool
	Algorithm           serving.Algorithm
	CrossZone           bool         // on: one pool; off: a node a zone, each with an equal share
	DeregistrationDelay des.Duration // 0 to 1 h; AWS default 300 s
	SlowStart           des.Duration // 0: off; 30 to 900 s, with round robin only
	SlowFloor           float64      // least part of a full share in slow start; 0: an even split of one
	WaitOut             bool         // a target drains for the whole delay; else, as AWS documents, until nothing is in flight
	Mitigation          Mitigation   // with weighted random only
	Health              TargetGroupHealth
	Check               HealthCheck
	IdleTimeout         des.Duration // 504 after it; AWS default 60 s
	ConnectTimeout      des.Duration // 504 after it; 10 s, not settable in AWS
	// Others are further target groups, with which every instance is registered too.
	Others []Other
}

// Other is a further target group. What it does not say is as in [Config].
type Other struct {
	Name                string
	Share               float64      // of the requests, whatever they are: 0 to 1; those of all groups sum up to at most 1
	DeregistrationDelay des.Duration // 0 to 1 h
	SlowStart           des.Duration // 0: off; 30 to 900 s
	Check               HealthCheck
}

// First is a name of the first target group, beside the empty one.
const First = "target_group"

// ShareOf is the part of the requests that the target group of a name gets, 0 to 1; the
// empty name is the first's. Requests that are directed to one group are not among them.
func (c *Config) ShareOf(name string) float64 {
	rest := 1.0
	for i := range c.Others {
		if c.Others[i].Name == name {
			return c.Others[i].Share
		}
		rest -= c.Others[i].Share
	}
	return rest
}

// of is the configuration of a further target group.
func (c *Config) of(o *Other) *Config {
	own := *c
	own.DeregistrationDelay, own.SlowStart, own.Check = o.DeregistrationDelay, o.SlowStart, o.Check
	return &own
}

// TargetGroupHealth says when a zone (with cross-zone balancing, the whole balancer)
// has too few healthy targets ("Target group health", ALB guide, read 2023-04-06).
type TargetGroupHealth struct {
	// DNSFailover takes the zone out of DNS, unless all zones would be. The guide has
	// it off by default, the API with a count of 1.
	DNSFailover Least
	// Routing sends requests to all targets of the zone, healthy or not. A count of 1.
	Routing Least
}

// Least is how many targets must be healthy; either part alone may fail.
type Least struct {
	Count int     // 0 is AWS's default of 1; Off
	Share float64 // of the registered targets; 0: off
}

// Off is a count that is not asked for.
const Off = -1

// Met reports whether so many healthy of so many registered targets are enough.
func (l Least) Met(healthy, registered int) bool {
	const eps = 1e-9
	return healthy >= cmp.Or(l.Count, 1) && float64(healthy) >= l.Share*float64(registered)-eps
}

// HealthCheck is how targets are probed (Elastic Load Balancing User Guide for
// Application Load Balancers, "Health checks for target groups", read 2023-04-06).
type HealthCheck struct {
	Interval           des.Duration // 5 to 300 s; 30
	Timeout            des.Duration // 2 to 120 s; 5
	HealthyThreshold   int          // 2 to 10; 5. Only for recovery: the first good probe makes a new target healthy
	UnhealthyThreshold int          // 2 to 10; 2
	Work               float64      // CPU seconds a probe costs the target; 0.001
}
