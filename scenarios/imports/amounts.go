package imports

import (
	"strconv"
	"strings"
)

// What the assumed load is made of: a request takes so much of a vCPU, instances are
// busy by half at the peak, and no more requests come than a laptop simulates in seconds.
const (
	assumedWork = 0.05 // seconds of a vCPU a request
	mostWork    = 0.5  // where more instances are to be kept busy
	assumedBusy = 0.5
	mostRate    = 300.0 // requests a second
	slowFactor  = 10    // of a request's work: what counts as slow
)

// milliseconds writes seconds in two digits.
func milliseconds(s float64) string {
	if s >= 1 {
		return strings.TrimSuffix(rate(s), "/s") + "s"
	}
	return strings.TrimSuffix(rate(s*1000), "/s") + "ms"
}

func instances(n float64) string {
	if n == 1 {
		return "1 instance carries"
	}
	return strconv.FormatFloat(n, 'f', -1, 64) + " instances carry"
}

// rate rounds a rate to what reads well: two digits.
func rate(v float64) string {
	two, _ := strconv.ParseFloat(strconv.FormatFloat(max(v, 0.1), 'e', 1, 64), 64) // it parses what it formats
	return strconv.FormatFloat(two, 'f', -1, 64) + "/s"
}
