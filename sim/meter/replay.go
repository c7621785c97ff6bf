package meter

import (
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// replay publishes a recorded metric minute by minute.
type replay struct {
	*cloudwatch.Recorded
	next    int       // of its samples
	samples []float64 // whose periods ended in the minute that ends now
}

// replays are those of a run's recorded metrics.
type replays map[cloudwatch.Metric]*replay

func newReplays(of []cloudwatch.Recorded) replays {
	out := replays{}
	for i := range of {
		out[of[i].Metric] = &replay{Recorded: &of[i]}
	}
	return out
}

// advance takes the samples whose periods have ended by now.
func (r *replay) advance(now des.Time, inService float64) {
	r.samples = r.samples[:0]
	for ; r.next < r.Samples.Len(); r.next++ {
		end, v := r.Samples.Sample(r.next)
		if end > now {
			return
		}
		switch {
		case !r.PerInstance:
			r.samples = append(r.samples, v)
		case inService > 0: // else there is nothing to divide by: no datapoint
			r.samples = append(r.samples, v/inService)
		}
	}
}

// advance advances all of them.
func (all replays) advance(now des.Time, inService float64) {
	for _, r := range all {
		r.advance(now, inService)
	}
}
