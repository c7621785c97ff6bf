package account

import (
	"compress/gzip"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"io"

	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// saved is what of a Result is saved.
type saved struct {
	Seed       uint64
	Summary    []byte // as JSON: gob forgets pointers to zero
	Why        Cause  // of the worst minute, which JSON leaves out
	Rows       []record.Row
	Interval   des.Duration
	Capacity   []record.CapacityChange
	Instances  []record.Instance
	Decisions  []record.Decision
	Activities []asg.Activity
	Metrics    []record.Published
	Faults     []record.Injection
	Holds      []asg.Hold
	FailOpens  []record.FailOpen
	Anomalies  []record.Anomaly
	Traffic    []*record.Traffic
	Bill       []billing.Line
	Inactive   []record.Inactive
	Warnings   []string
	Violations []record.Violation
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
	kept := saved{r.Seed, summary, why, r.Rows, r.Interval, r.Capacity, r.Instances, r.Decisions, r.Activities, r.Metrics, r.Faults, r.Holds, r.FailOpens, r.Anomalies, r.Traffic, r.Bill, r.Inactive, r.Warnings, r.Violations}
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
func Restore(rd io.Reader, cfg *record.Config) (*Result, error) {
	z, err := gzip.NewReader(rd)
	if err != nil {
		return nil, fmt.Errorf("restore a run: %w", err)
	}
	var k saved
	if err := gob.NewDecoder(z).Decode(&k); err != nil {
		return nil, fmt.Errorf("restore a run: %w", err)
	}
	// The checksum stands at the end.
	if _, err := io.Copy(io.Discard, z); err != nil {
		return nil, fmt.Errorf("restore a run: %w", err)
	}
	r := &Result{Config: cfg, Seed: k.Seed, Rows: k.Rows, Interval: k.Interval, Capacity: k.Capacity, Instances: k.Instances, Decisions: k.Decisions, Activities: k.Activities, Metrics: k.Metrics, Faults: k.Faults, Holds: k.Holds, FailOpens: k.FailOpens, Anomalies: k.Anomalies, Traffic: k.Traffic, Bill: k.Bill, Inactive: k.Inactive, Warnings: k.Warnings, Violations: k.Violations}
	if err := json.Unmarshal(k.Summary, &r.Summary); err != nil {
		return nil, fmt.Errorf("restore a run: %w", err)
	}
	if r.Summary.WorstMinute != nil {
		r.Summary.WorstMinute.Why = k.Why
	}
	return r, nil
}
