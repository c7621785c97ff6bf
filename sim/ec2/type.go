// Package ec2 knows instances: their types and prices, how long they take to
// launch and boot, the states they pass through and the seconds they are billed.
//
// Open fleet.go first: what launches, breaks and ends instances; then instance.go, their
// states and bills. pool.go says when EC2 turns a launch down, market.go and reclaim.go
// how Spot pools fare, restart.go what stops and starts in a warm pool, credits.go what
// burstable types earn.
package ec2

import (
	"asgsim/sim/billing"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// Type is an EC2 instance type.
type Type struct {
	Name      string
	VCPU      int
	MemoryGiB float64
	Price     billing.USD // on demand, an hour, Linux, us-east-1
	Burstable bool
	Burst     Burst // what it earns, if burstable
}

// Template describes the instances a group launches.
type Template struct {
	Model          // of a mixed group the first of Mixed, in which estimates are made
	Queue      int // requests waiting for a worker at most; serving.Unlimited
	Admission  serving.Admission
	Discipline serving.Discipline
	// Pending is the time from the launch request to the EC2 state running, Boot
	// from running to the application's first answer.
	Pending, Boot workload.Dist
	Warm          WarmCurve
	BootCPU       float64 // CPU utilization shown while booting, 0 to 1
	// Background is the CPU utilization of an instance that is up and has no requests, 0
	// to 1; what it takes is off the models' speed already.
	Background float64
	Hourly     bool // a platform billed by the hour begun, else by the second
	Detailed   bool // detailed (1 minute) monitoring, else basic (5 minutes)
	// Mixed are the types of a mixed instances group, in order of priority; none:
	// Model alone.
	Mixed []Model
	Spot  *Spot // nil: the group has no Spot Instances
	Quota Quota
}

// Model is an instance type as a group launches it.
type Model struct {
	Type    Type
	Speed   float64 // of a vCPU relative to the one the work was measured on; 1
	Workers int     // requests in progress at most; serving.Unlimited
	Weight  int     // units of capacity an instance counts for, 1 to 999; 0 is 1
	Spot    SpotTerms
	// Price is that of a running instance on demand an hour, before any discount;
	// OwnPrice says that it is the user's and not the list's.
	Price    billing.USD
	OwnPrice bool
	// Credits is the credit specification of a burstable type; NoCredits gives any
	// type its full speed for ever. InitialCredits is the share of the most it can
	// hold that an instance of a settled start has.
	Credits        CreditMode
	InitialCredits float64
	ClockHours     bool // surplus is charged at whole hours of the clock (UTC), not of the instance's own
}

// Models returns what the template launches, in order of priority.
func (t *Template) Models() []*Model {
	if len(t.Mixed) == 0 {
		return []*Model{&t.Model}
	}
	out := make([]*Model, len(t.Mixed))
	for k := range t.Mixed {
		out[k] = &t.Mixed[k]
	}
	return out
}
