package behaviour

import (
	"errors"
	"math"
	"slices"

	"asgsim/scenarios/series"
)

const (
	// logSeconds bounds the seconds with requests that logs may hold: 62 days.
	logSeconds = 62 * 86400
	// perStep is how finely response times are told apart: a percent.
	perStep = 0.01
	logBin  = 60
)

// requestLog is what access logs come to: requests of every second, and of every minute
// their response times and statuses.
type requestLog struct {
	seconds map[int64]int32
	minutes map[int64]*logMinute
}

// logMinute is one minute of a log.
type logMinute struct {
	times             map[int16]int32 // requests by the logarithm of their response time
	n                 int
	sum               float64
	target5xx, elb5xx int
}

// add takes one request.
func (l *requestLog) add(r series.Request) error {
	if l.seconds == nil {
		l.seconds, l.minutes = map[int64]int32{}, map[int64]*logMinute{}
	}
	s := int64(math.Floor(r.At))
	l.seconds[s]++
	if len(l.seconds) > logSeconds {
		return errors.New("holds more than 62 days of seconds with requests: name fewer files")
	}
	m := l.minutes[s/logBin]
	if m == nil {
		m = &logMinute{times: map[int16]int32{}}
		l.minutes[s/logBin] = m
	}
	switch {
	case r.TargetStatus >= 500:
		m.target5xx++
	case r.Status >= 500:
		m.elb5xx++
	}
	if r.Target >= 0 {
		m.n++
		m.sum += r.Target
		m.times[int16(math.Round(math.Log(max(r.Target, 1e-6))/perStep))]++
	}
	return nil
}

// quantile is a percentile of a minute's response times, in seconds.
func (m *logMinute) quantile(p float64) float64 {
	var steps []int16
	for k := range m.times {
		steps = append(steps, k)
	}
	slices.Sort(steps)
	left := int32(math.Ceil(p * float64(m.n)))
	for _, k := range steps {
		if left -= m.times[k]; left <= 0 {
			return math.Exp(float64(k) * perStep)
		}
	}
	return math.NaN()
}
