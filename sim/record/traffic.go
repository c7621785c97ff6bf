package record

import (
	"asgsim/sim/des"
)

// Traffic is what the balancer sent to a struck instance and to the others, from
// the fault on: requests a second in each Interval, retries included. It ends with
// the instance, or after a quarter of an hour.
type Traffic struct {
	Ordinal  int // of the struck instance
	From     des.Time
	Interval des.Duration
	Struck   []float64
	Others   []float64 // the mean of the others in service; 0 where there are none
}
