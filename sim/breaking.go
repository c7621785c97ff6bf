package sim

import (
	"context"

	"asgsim/sim/record"
)

// breakingSteps is how often the interval that holds the breaking point is halved.
const breakingSteps = 6

// BreakingPoint returns the factor by which every load can be multiplied before
// the SLO is missed, by bisection on replication 0 between 0 and most; low is the
// largest factor known to hold, high the smallest known to break. high is 0 when
// most still holds, low is 0 when the load as it is breaks and nothing less was
// found to hold.
func BreakingPoint(ctx context.Context, cfg *record.Config, seed uint64, most float64, done func()) (low, high float64, err error) {
	holds := func(factor float64) (bool, error) {
		c := *cfg
		scaleLoads(&c, factor)
		o, _, err := outcome(ctx, &c, seed)
		if err != nil {
			return false, err
		}
		count(done)
		return o.Summary.SLO.Met, nil
	}
	return bisect(holds, most)
}

// bisect brackets between 0 and most the factor from which on something no longer holds.
func bisect(holds func(factor float64) (bool, error), most float64) (low, high float64, err error) {
	ok, err := holds(1)
	if err != nil {
		return 0, 0, err
	}
	low, high = 0, 1
	if ok {
		low, high = 1, 0
		for f := 1.5; high == 0; f *= 1.5 {
			f = min(f, most)
			ok, err := holds(f)
			if err != nil {
				return 0, 0, err
			}
			if !ok {
				high = f
			} else if low = f; f == most {
				return low, 0, nil
			}
		}
	}
	for range breakingSteps {
		mid := (low + high) / 2
		ok, err := holds(mid)
		if err != nil {
			return 0, 0, err
		}
		if ok {
			low = mid
		} else {
			high = mid
		}
	}
	return low, high, nil
}
