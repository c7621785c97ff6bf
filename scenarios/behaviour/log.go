package behaviour

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"slices"

	"asgsim/scenarios/series"
)

// enoughOfLog is how many requests a minute must hold for its p99 to be one.
const enoughOfLog = 100

// readLog reads an access log.
func (r *Record) readLog(in *bufio.Reader) error {
	n := 0
	err := series.ReadRequests(in, func(q series.Request) error {
		n++
		return r.log.add(q)
	})
	if err == nil && n == 0 {
		err = errors.New("is an access log without a request")
	}
	r.logRequests += n
	return err
}

// fromLog makes series of the logs that were read.
func (r *Record) fromLog() {
	l := &r.log
	if len(l.minutes) == 0 {
		return
	}
	var minutes []int64
	for m := range l.minutes {
		minutes = append(minutes, m)
	}
	slices.Sort(minutes)
	const from = "access logs"
	of := func(metric Metric, stat Stat) *Series {
		return &Series{Metric: metric, Stat: stat, Period: logBin, From: from}
	}
	rate, te, be, avg := of(RequestCount, Stat{}), of(TargetErrors, Stat{}), of(BalancerErrors, Stat{}), of(TargetResponseTime, Stat{})
	tails := []*Series{of(TargetResponseTime, Stat{50}), of(TargetResponseTime, Stat{90}), of(TargetResponseTime, Stat{99})}
	for k, m := range minutes {
		x := l.minutes[m]
		at := float64(m * logBin)
		count := 0
		for s := m * logBin; s < (m+1)*logBin; s++ {
			count += int(l.seconds[s])
		}
		if k > 0 && k < len(minutes)-1 { // the first and the last are not whole
			rate.Rows = append(rate.Rows, Value{at, float64(count) / logBin})
			te.Rows = append(te.Rows, Value{at, float64(x.target5xx) / logBin})
			be.Rows = append(be.Rows, Value{at, float64(x.elb5xx) / logBin})
		}
		if x.n >= enoughOfLog {
			avg.Rows = append(avg.Rows, Value{at, x.sum / float64(x.n)})
			for _, t := range tails {
				t.Rows = append(t.Rows, Value{at, x.quantile(t.Stat.Percentile / 100)})
			}
		}
	}
	for _, s := range append([]*Series{rate, te, be, avg}, tails...) {
		if len(s.Rows) > 0 && !r.has(s.Metric, s.Stat) {
			r.Series = append(r.Series, *s)
		}
	}
	r.Said = append(r.Said, fmt.Sprintf("access logs: %d requests, %s to %s: counted by the second, response times (target_processing_time) and statuses by the minute",
		r.logRequests, series.Stamp(float64(minutes[0]*logBin)), series.Stamp(float64((minutes[len(minutes)-1]+1)*logBin))))
}

// Finer returns the requests of stretches shorter than a minute, as counts of so many
// seconds by their place in time, from access logs or a series that is as fine; nil
// without either.
func (r *Record) Finer(seconds float64) map[int64]float64 {
	out := map[int64]float64{}
	for s, n := range r.log.seconds {
		out[int64(math.Floor(float64(s)/seconds))] += float64(n)
	}
	if s := r.Of(RequestCount, Stat{}); len(out) == 0 && s != nil && s.Period <= seconds {
		for _, v := range s.Rows {
			out[int64(math.Floor(v.At/seconds))] += v.V * s.Period
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
