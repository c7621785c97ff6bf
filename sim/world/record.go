package world

import (
	"compress/gzip"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"io"

	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
)

// record is what of a Result is saved.
type record struct {
	Seed       uint64
	Summary    []byte // as JSON: gob forgets pointers to zero
	Why        Cause  // of the worst minute, which JSON leaves out
	Rows       []Row
	Interval   des.Duration
	Capacity   []CapacityChange
	Instances  []Instance
	Decisions  []Decision
	Activities []asg.Activity
	Metrics    []Published
	Faults     []Injection
	Holds      []asg.Hold
	FailOpens  []FailOpen
	Witnesses  []*Witness
	Bill       []billing.Line
	Inactive   []Inactive
	Warnings   []string
	Violations []Violation
}

// Save writes the records of a run, all but its configuration and the histogram of
// what users felt, for [Restore].
func (r *Result) Save(w io.Writer) error {
	summary, err := json.Marshal(&r.Summary)
	if err != nil {
		return fmt.Errorf("save a run: %w", err)
	}
	var why Cause
	if r.Summary.WorstMinute != nil {
		why = r.Summary.WorstMinute.Why
	}
	kept := record{r.Seed, summary, why, r.Rows, r.Interval, r.Capacity, r.Instances, r.Decisions, r.Activities, r.Metrics, r.Faults, r.Holds, r.FailOpens, r.Witnesses, r.Bill, r.Inactive, r.Warnings, r.Violations}
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return err
	}
	if err := gob.NewEncoder(z).Encode(&kept); err != nil {
		return fmt.Errorf("save a run: %w", err)
	}
	return z.Close()
}

// Restore reads what [Result.Save] wrote, of a run of cfg.
func Restore(rd io.Reader, cfg *Config) (*Result, error) {
	z, err := gzip.NewReader(rd)
	if err != nil {
		return nil, fmt.Errorf("restore a run: %w", err)
	}
	var k record
	if err := gob.NewDecoder(z).Decode(&k); err != nil {
		return nil, fmt.Errorf("restore a run: %w", err)
	}
	r := &Result{Config: cfg, Seed: k.Seed, Rows: k.Rows, Interval: k.Interval, Capacity: k.Capacity, Instances: k.Instances, Decisions: k.Decisions, Activities: k.Activities, Metrics: k.Metrics, Faults: k.Faults, Holds: k.Holds, FailOpens: k.FailOpens, Witnesses: k.Witnesses, Bill: k.Bill, Inactive: k.Inactive, Warnings: k.Warnings, Violations: k.Violations}
	if err := json.Unmarshal(k.Summary, &r.Summary); err != nil {
		return nil, fmt.Errorf("restore a run: %w", err)
	}
	if r.Summary.WorstMinute != nil {
		r.Summary.WorstMinute.Why = k.Why
	}
	return r, nil
}
