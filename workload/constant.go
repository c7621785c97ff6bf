package workload

import "asgsim/sim/des"

// ConstantRate is a load that never changes, in requests per second.
type ConstantRate float64

// Integral returns the expected number of requests in [from, to).
func (c ConstantRate) Integral(from, to des.Time) float64 {
	return float64(c) * to.Sub(from).Seconds()
}

// Stretch returns all of time.
func (ConstantRate) Stretch(des.Time) (from, to des.Time) { return -des.Never, des.Never }

// Flat reports true.
func (ConstantRate) Flat() bool { return true }
