package scaling

import "asgsim/sim/des"

// Readings are what the instances of a group used, read at fixed intervals and known
// a delay later: how autoscalers of other systems see it.
type Readings interface {
	// Pods are the group's instances with the newest reading known.
	Pods(now des.Time) []Pod
	// VMs are those that ran in the newest interval known.
	VMs(now des.Time) []VM
	// Window are the known readings of a stretch that ends with the newest, oldest first.
	Window(now des.Time, d des.Duration) [][]Used
}

// VM is what an autoscaler of virtual machines knows of one: what it used on average
// in the newest interval known.
type VM struct {
	Age      des.Duration // since it runs, at the end of the interval
	CPU      float64      // percent of its CPU
	Requests float64      // a second
}

// Used is what an instance of the group used in an interval.
type Used struct {
	CPU      float64 // share, while it ran
	Requests float64
	In, Out  float64 // bytes
}
