package record

import (
	"asgsim/sim/des"
)

// States counts capacity by disjoint state: instances, or with weights units.
type States struct {
	Pending     int // launched, not in service: not running yet, or waiting for a launch hook
	Booting     int // in service, application not up
	Unhealthy   int // in service, the balancer found it healthy once and finds it unhealthy now
	Warming     int // in service and healthy, warm-up not over
	Ready       int
	Draining    int // deregistering, draining
	Terminating int // shutting down, or waiting for a terminate hook
	Standby     int // running, but not in service

	// In the warm pool, apart from the group.
	WarmedPending     int // booting, waiting for a hook or stopping
	WarmedStopped     int
	WarmedRunning     int
	WarmedHibernated  int
	WarmedTerminating int
}

// Warmed counts what scale-out can take from the warm pool.
func (s States) Warmed() int { return s.WarmedStopped + s.WarmedRunning + s.WarmedHibernated }

// Pool counts all instances of the warm pool.
func (s States) Pool() int { return s.WarmedPending + s.Warmed() + s.WarmedTerminating }

// Healthy counts what is in service and healthy for the balancer.
func (s States) Healthy() int { return s.Warming + s.Ready }

// InService = Booting + Unhealthy + Warming + Ready.
func (s States) InService() int { return s.Booting + s.Unhealthy + s.Warming + s.Ready }

// CapacityChange holds from At to the next change.
type CapacityChange struct {
	At               des.Time
	States           States
	Running          int // instances EC2 bills
	Routed           int // of what is in service, the balancer sends requests to: healthy targets, or all when it fails open
	Marked           int // of what is in service, the group has marked Unhealthy, whatever the balancer thinks of it
	SlowStart        int // targets in slow start
	Spot             int // of what is pending or in service
	Desired          int
	MinSize, MaxSize int
}
