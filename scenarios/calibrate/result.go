package calibrate

import (
	"slices"
	"strings"
)

// Finding is a value that was looked for, with its interval.
type Finding struct {
	What     string  `json:"what"`
	Key      string  `json:"key,omitempty"` // of the scenario; empty: told, not written
	Found    bool    `json:"found"`
	Estimate float64 `json:"estimate,omitempty"`
	Low      float64 `json:"low,omitempty"` // of the interval of 95 %
	High     float64 `json:"high,omitempty"`
	Unit     string  `json:"unit,omitempty"` // "s", "share", or empty for a number
	On       string  `json:"on,omitempty"`   // what it rests on: "412 minutes"
	Why      string  `json:"why,omitempty"`  // not found: why; else what to know
}

// Change is a value for the scenario.
type Change struct {
	Key  string `json:"key"`
	Was  string `json:"was"` // as TOML; empty: not given
	Now  string `json:"now"` // as TOML
	Note string `json:"note"`
}

// Left is a stretch of time that does not fit, and was left out.
type Left struct {
	From    float64 `json:"from"` // Unix seconds, or from the start
	To      float64 `json:"to"`
	Minutes int     `json:"minutes"`
	What    string  `json:"what"`
}

// Check is how far the fitted values are off in minutes that were kept back.
type Check struct {
	What    string  `json:"what"` // "CPU", "p99"
	Minutes int     `json:"minutes"`
	MAPE    float64 `json:"mape"` // mean absolute error, relative
	Bias    float64 `json:"bias"` // mean error, relative: above 0 is too high
}

// Result is all that was found.
type Result struct {
	Findings []Finding `json:"findings"`
	Changes  []Change  `json:"changes"`
	Left     []Left    `json:"left_out"`
	Checks   []Check   `json:"held_out"`
	Minutes  Minutes   `json:"minutes"`
	Notes    []string  `json:"notes"`
	Plot     Plot      `json:"-"`
	Civil    bool      `json:"-"` // times say when it was
}

// Minutes says how much of the record was of use.
type Minutes struct {
	BinS     float64        `json:"bin_s"`
	Recorded int            `json:"recorded"` // bins
	Fitted   int            `json:"fitted"`
	HeldOut  int            `json:"held_out"`
	Unused   map[string]int `json:"unused"` // bins by reason
}

// Plot is what a picture of the fit shows.
type Plot struct {
	CPU     []Point `json:"cpu"`     // recorded: rate of one instance, CPU
	Fitted  []Point `json:"fitted"`  // the line
	Latency []Tails `json:"latency"` // recorded
	Curve   []Tails `json:"curve"`   // simulated with the fitted values
}

// Point is requests a second of one instance and its CPU utilization.
type Point struct {
	Rate float64 `json:"rate"`
	CPU  float64 `json:"cpu"`
	Left bool    `json:"left,omitempty"` // did not fit
}

// Tails are response times in seconds at a rate of one instance; NaN where not recorded.
type Tails struct {
	Rate          float64
	P50, P90, P99 float64
}

func (r *Result) find(f Finding) { r.Findings = append(r.Findings, f) }

// keep says that a value stays as the scenario has it.
func (r *Result) keep(what, key, why string) {
	r.Findings = append(r.Findings, Finding{What: what, Key: key, Why: why})
}

// Without takes changes of keys that begin so out of the result, and reports whether there
// were any.
func (r *Result) Without(prefix string) bool {
	n := len(r.Changes)
	r.Changes = slices.DeleteFunc(r.Changes, func(c Change) bool { return strings.HasPrefix(c.Key, prefix) })
	if len(r.Changes) < n {
		r.Notes = append(r.Notes, "the load stays as it is: other parts of the scenario build upon it")
	}
	return len(r.Changes) < n
}
