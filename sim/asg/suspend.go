package asg

import (
	"slices"

	"asgsim/sim/des"
)

// Process is one of the group's processes that can be suspended.
type Process uint8

// The processes ("Suspend and resume a process for an Auto Scaling group", user
// guide, read 2023-04-27), each with what its suspension stops.
const (
	Launch            Process = iota // every launch; the unhealthy are terminated without a successor
	Terminate                        // every termination; the unhealthy are still marked
	HealthCheck                      // marking instances unhealthy
	ReplaceUnhealthy                 // terminating the marked ones; marks accumulate
	AlarmNotification                // policies that alarms trigger
	ScheduledActions                 // scheduled actions, which are lost
	AZRebalance                      // rebalancing; launches and terminations still balance
	AddToLoadBalancer                // registering new instances, for good
	InstanceRefresh                  // a refresh in progress pauses
	processes
)

var processNames = [processes]string{"Launch", "Terminate", "HealthCheck", "ReplaceUnhealthy", "AlarmNotification", "ScheduledActions", "AZRebalance", "AddToLoadBalancer", "InstanceRefresh"}

// String returns AWS's name of the process.
func (p Process) String() string { return processNames[p] }

// Processes returns the names of the processes, in order.
func Processes() []string { return processNames[:] }

// suspensions is which processes are suspended.
type suspensions struct {
	suspended [processes]bool
	began     [processes]int // the holds
	history   *History
}

// Suspended reports whether a process is suspended.
func (s *suspensions) Suspended(p Process) bool { return s.suspended[p] }

// Suspend stops processes.
func (s *suspensions) Suspend(list []Process) {
	for _, p := range list {
		if !s.suspended[p] {
			s.suspended[p] = true
			s.began[p] = s.history.hold(Suspension, p.String(), -1, des.Never)
		}
	}
}

// lift lets processes go on.
func (s *suspensions) lift(list []Process) {
	for _, p := range list {
		s.suspended[p] = false
		s.history.release(&s.began[p])
	}
}

// Resume lets processes go on, and at once do what was left undone: the unhealthy
// are replaced, the missing launched, the surplus terminated.
func (g *Group) Resume(list []Process) {
	g.lift(list)
	if slices.Contains(list, Launch) {
		g.retries.failing = des.Never
	}
	now := g.kernel.Now()
	g.kernel.At(now, des.Health, g.health.check)
	g.retryAt(now)
}
