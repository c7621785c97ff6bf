package scenarios

import (
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// advisor looks for choices that are legal and suspicious, and says so with the
// arithmetic.
type advisor struct {
	*decoder
	w    *record.Config
	cpu  float64 // mean CPU seconds of a request on this instance
	vcpu float64
	tide
}

// perRequest prints the CPU time of a request.
func (a *advisor) perRequest() string { return des.Seconds(roundTo(a.cpu, 3)).String() }
