package serving

import (
	"math"

	"asgsim/sim/des"
)

// What an instance does in a stretch of time, in integers: every plane that agrees
// on these functions agrees to the nanosecond.

// rateOf returns the work a vCPU does in a nanosecond. Below 1e-5 it counts as
// none: nine hours of work would take a century.
func rateOf(speed, cpuShare float64) float64 {
	if r := speed * cpuShare; r >= 1e-5 {
		return r
	}
	return 0
}

// timeFor returns how long work takes on a vCPU of the given rate, above 0, to the
// nearest nanosecond.
func timeFor(work des.Duration, rate float64) des.Duration {
	if rate == 1 {
		return work
	}
	return des.Duration(math.Round(float64(work) / rate))
}

// workIn returns the work that a vCPU of the given rate does in d, to the nearest
// nanosecond.
func workIn(d des.Duration, rate float64) des.Duration {
	if rate == 1 {
		return d
	}
	return des.Duration(math.Round(float64(d) * rate))
}

// virtualBits are the bits below a nanosecond of virtual time.
const virtualBits = 10

// progress returns how far virtual time moves in dt while n share c vCPUs of the
// given rate: each of the n does that much work, in 2^-10 ns, rounded to the
// nearest. A stretch is cut wherever n or the rate changes, so virtual time is off
// by at most 2^-11 ns a change.
func progress(dt des.Duration, n, c int32, rate float64) int64 {
	if rate == 1 && n <= c {
		return int64(dt) << virtualBits
	}
	d := float64(dt) * (rate * (1 << virtualBits))
	if n > c {
		d = d * float64(c) / float64(n)
	}
	// The conversion keeps architectures from fusing a multiplication and the sum.
	return int64(float64(d) + 0.5)
}

// timeShared returns how long it takes until each of n has done the work of left
// (2^-10 ns) on c shared vCPUs of the given rate, above 0, to the nearest
// nanosecond; what would take over a century (a crowd with hours of work each) takes
// longer than any run.
func timeShared(left int64, n, c int32, rate float64) des.Duration {
	if left <= 0 {
		return 0
	}
	if rate == 1 && n <= c {
		return des.Duration(left+1<<(virtualBits-1)) >> virtualBits
	}
	d := float64(left) * (1.0 / (1 << virtualBits))
	if rate != 1 {
		d /= rate
	}
	if n > c {
		d = d * float64(n) / float64(c)
	}
	return des.Duration(min(float64(d)+0.5, 1<<62))
}
