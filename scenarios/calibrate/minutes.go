package calibrate

import (
	"math"

	"asgsim/scenarios/behaviour"
)

// minute is a bin that is of use: the group was the same around it, and not overloaded.
type minute struct {
	behaviour.Bin
	each float64 // requests a second of one instance
	held bool    // kept back from the fit
}

const (
	// settling is how long after a change of instances in service minutes are left out,
	// in seconds: instances boot, warm up and drain.
	settling = 300
	// mostCPU is the utilization above which a minute tells of overload.
	mostCPU = 0.95
	// mostErrors is the share of errors above which a minute tells of an outage.
	mostErrors = 0.02
	// heldBlock and heldOf keep one block of so many seconds of every so many back.
	heldBlock = 1800
	heldOf    = 4
	// fewest is how many minutes a fit needs.
	fewest = 30
)

// Reasons why a bin is of no use.
const (
	noRequests  = "no RequestCount"
	noInstances = "instances in service not known"
	changing    = "instances came or went in the five minutes before"
	overloaded  = "CPU above 95 %"
	failing     = "errors above 2 %"
	unhealthy   = "not all instances healthy"
	noLoad      = "no requests"
)

// choose picks the minutes that tell, and counts the others by reason.
func choose(bins []behaviour.Bin) (out []minute, unused map[string]int) {
	unused = map[string]int{}
	changed := math.Inf(-1)
	for _, b := range bins {
		if b.Changed && b.Complete {
			changed = b.At
		}
		why := ""
		switch {
		case math.IsNaN(b.Rate):
			why = noRequests
		case !b.Complete:
			why = noInstances
		case b.At-changed < settling:
			why = changing
		case b.Rate == 0:
			why = noLoad
		case b.CPU > mostCPU:
			why = overloaded
		case b.Errors > mostErrors*b.Rate:
			why = failing
		case b.Healthy < b.InService-0.01: // false where it is not known
			why = unhealthy
		}
		if why != "" {
			unused[why]++
			continue
		}
		out = append(out, minute{Bin: b, each: b.Rate / b.InService, held: int64(math.Floor(b.At/heldBlock))%heldOf == heldOf-1})
	}
	return out, unused
}

// fitted are the minutes that are not kept back and of which keep holds.
func fitted(all []minute, keep func(*minute) bool) []minute {
	var out []minute
	for k := range all {
		if !all[k].held && keep(&all[k]) {
			out = append(out, all[k])
		}
	}
	return out
}

// held are the minutes that were kept back and of which keep holds.
func held(all []minute, keep func(*minute) bool) []minute {
	var out []minute
	for k := range all {
		if all[k].held && keep(&all[k]) {
			out = append(out, all[k])
		}
	}
	return out
}

func hasCPU(m *minute) bool { return !math.IsNaN(m.CPU) }

func hasTails(m *minute) bool { return !math.IsNaN(m.Tails[tail50]) && !math.IsNaN(m.Tails[tail99]) }

// Places of percentiles in behaviour.Percentiles.
const (
	tail50 = 0
	tail90 = 1
	tail99 = 3
)
