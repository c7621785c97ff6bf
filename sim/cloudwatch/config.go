// Package cloudwatch shows the world late and in averages, as the controllers
// see it: metrics by period, published after a delay, and alarms over them.
//
// Open series.go first, how a datapoint is kept and when it is seen; then alarm.go.
// metric.go names metrics, definition.go statistics; recorded.go is what is replayed.
package cloudwatch

import "asgsim/sim/des"

// Config holds the timing AWS does not document, each with our default.
type Config struct {
	DetailedDelay des.Duration // end of a 1-minute EC2 period to its publication; 60 s
	BasicDelay    des.Duration // the same for 5-minute EC2 periods; 120 s
	BalancerDelay des.Duration // the same for load balancer metrics; 60 s
	FineDelay     des.Duration // the same for metrics with periods below a minute; 10 s
	// Range is how many times its evaluation periods an alarm looks back over;
	// 0: as EvaluationRange has it.
	Range float64
	// AllTargets has RequestCountPerTarget divide by all registered targets, not by
	// the healthy ones, which is what AWS documents.
	AllTargets bool
	// Terminating keeps terminating instances in the group's EC2 metrics.
	Terminating bool
	// Phase is the second of the minute at which alarms are evaluated; Drawn has
	// each alarm evaluated at a second of its own, always the same: twelve actions of
	// real alarms fell on :37 :37 :25 :24 :10 :06 :06 :22 :47 :45 :45 :44, those of one
	// alarm on one second over months.
	Phase des.Duration
	Drawn bool
}
