package scaling

import "asgsim/sim/des"

// times multiplies a delay.
func times(d des.Duration, factor float64) des.Duration {
	return des.Duration(float64(d) * factor)
}

// delays are the doubts about how late another system sees its metrics.
func delays(with func(factor float64) Policy) []Doubt {
	return []Doubt{{"X-8 no publication delay", with(0)}, {"X-8 publication delay doubled", with(2)}}
}

// change makes a capacity a decision, with the reason for staying where it is not
// another one than there is.
func change(want, desired int, block Block, why string) Decision {
	switch {
	case want > desired:
		return Decision{Side: Out, Want: want, Why: why}
	case want < desired:
		return Decision{Side: In, Want: want, Why: why}
	case block != NoBlock:
		return Decision{Side: Stay, Block: block, Why: why}
	}
	return Decision{Side: Hold, Why: why}
}

// forget drops recommendations at or before a time.
func forget(past []Recommendation, before des.Time) []Recommendation {
	for len(past) > 0 && past[0].At <= before {
		past = past[1:]
	}
	return past
}

// highest is the greatest of the recommendations after a time.
func highest(past []Recommendation, after des.Time) int {
	n := 0
	for _, r := range past {
		if r.At > after {
			n = max(n, r.Replicas)
		}
	}
	return n
}

// idleArithmetic is why one may never have acted.
const idleArithmetic = "its arithmetic never asked for another number of instances"
