package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// decoder reads one tree into one configuration: a reader of its values, and what the
// tables read so far say to those that follow.
type decoder struct {
	*form.Reader
	open     Opener
	spent    *spent // shared by all variants
	cal      des.Calendar
	zone     zone
	duration des.Duration
	traces   map[string]traceFile
	alarms   map[string]cloudwatch.Definition // by name
	replayed map[string]bool                  // the recorded metrics
	derived  map[string]bool                  // the metrics by metric math
	// targetGroups are the names of those beside [target_group].
	targetGroups []string
	// traceLength is the longest trace without a date, in seconds.
	traceLength         float64
	first               *decoder // the plain scenario's, whose traces are shared
	reserved, perWorker float64  // memory, bytes; 0: memory does not limit workers
	understood          []string // of recordings, see Scenario
	list                priceList
	catalogues          Catalogues
	unadvised           bool
	title               string
	seed                uint64
}
