package serving

import (
	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// The purposes of the draws of skipped time.
var (
	skipPurpose  = rng.Purpose("sampled/arrivals")
	drawPurpose  = rng.Purpose("sampled/outcomes")
	fadePurpose  = rng.Purpose("sampled/fade")
	splitPurpose = rng.Purpose("sampled/split")
)

// standin is what stands for skipped time.
type standin struct {
	*EventPlane
	table *Routing
	carry Latencies // of this period, beside what the recorders hold

	begun    mark
	own      sample // the stretch before it
	pool     *pool  // with those of its regime
	again    bool   // there is no stretch: the pool was enough
	targets  []stood
	lasted   des.Duration // the stretch
	inFlight float64      // attempts in it, integral in ns

	told    des.Time   // accounted for up to here
	next    []des.Time // of each load, on the run's clock
	skipped uint64     // requests
	inside  bool       // the window
}

// mark is where a stretch began.
type mark struct {
	at       des.Time
	counters Counters
	targets  []InstanceCounters // in the order of the table
}

func newStandin(p *EventPlane, table *Routing) standin {
	return standin{EventPlane: p, table: table, carry: NewLatencies(), own: newSample()}
}

// chance is the stream of one decision about skipped time.
func (d *standin) chance(purpose uint64, at des.Time, k uint64) rng.Stream {
	return rng.Key(d.seed, purpose, uint64(at), k)
}

// moments of the work that the requests of a stretch of time ask for.
type moments struct{ n, first, second float64 }
