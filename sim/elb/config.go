// Package elb is the balancer's judgement: which targets are eligible, with what
// weight, and when. It probes targets, follows their health, drains them, fails
// open when all are unhealthy, and hands package serving a whole routing table
// after every change. The mechanics of routing a request live in serving.
package elb

import (
	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// Config is an Application Load Balancer with one target group.
type Config struct {
	Algorithm           serving.Algorithm
	CrossZone           bool         // on: one pool; off: a node a zone, each with an equal share
	DeregistrationDelay des.Duration // 0 to 1 h; AWS default 300 s
	Check               HealthCheck
	IdleTimeout         des.Duration // 504 after it; AWS default 60 s
	ConnectTimeout      des.Duration // 504 after it; 10 s, not settable in AWS
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
