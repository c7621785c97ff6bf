package record

import "asgsim/sim/des"

// Anomaly is a stretch in which the balancer gave a target less than its share for its
// errors.
type Anomaly struct {
	Ordinal        int      // of the instance
	From, To       des.Time // To is the end of the run if it lasted until then
	Errors, Others float64  // shares of errors as it was found: its own, and of the others together
	Weight         float64  // the least part of a full share that it got
}
