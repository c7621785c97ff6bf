package meter

import (
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// Interval is that of the timeline's rows.
func (m *Meter) Interval() des.Duration { return m.interval }

// Rows are the timeline so far.
func (m *Meter) Rows() []record.Row { return m.rows }

// CPU is what instances in service had and used over the window.
func (m *Meter) CPU() record.CPU {
	t := &m.inService
	return record.CPU{Busy: t.busy, Available: t.available, WorkersBusy: t.workersBusy, Workers: t.workers, MaxMinute: m.maxMinute, Hottest: m.hottest, IdleWorkers: m.idle}
}

// Reading is what was read of one run of an instance: since when, and the vCPU-ns used
// and available.
type Reading struct {
	Instance    *ec2.Instance
	Run         *ec2.Run
	Since       des.Time
	Busy, Ready float64
}

// Readings are those of all runs, in order of their beginning.
func (m *Meter) Readings() []Reading {
	out := make([]Reading, len(m.every))
	for i, g := range m.every {
		out[i] = Reading{g.instance, g.run, g.since, g.totalBusy, g.totalAvail}
	}
	return out
}

// Sensor is a metric that something watches.
type Sensor struct {
	Metric    cloudwatch.Metric
	Statistic cloudwatch.Statistic
	Series    *cloudwatch.Series
	// Derive computes the datapoint of metric math for the period that ends at an instant,
	// once its inputs have theirs; nil of what is measured.
	Derive func(end des.Time)
}

// Sensors are those, in order of their first use.
func (m *Meter) Sensors() []Sensor {
	out := make([]Sensor, len(m.sensors))
	for i, s := range m.sensors {
		out[i] = Sensor{Metric: s.metric, Statistic: s.statistic, Series: s.series}
		if d, to := s.derived, s.series; d != nil {
			out[i].Derive = func(end des.Time) { d.publish(to, end) }
		}
	}
	return out
}
