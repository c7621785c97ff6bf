package exports

import (
	"math"
	"time"

	"asgsim/scenarios/form"
)

// target returns the target value of a metric as AWS has it: percent, requests a minute,
// bytes, seconds.
func (v *values) target(key string) any {
	n := v.node(key)
	if n == nil {
		return nil
	}
	if s, ok := n.Scalar.(string); ok {
		if rate, b := form.ParseRate(s); b == nil {
			return shortest(math.Round(rate*60*1e6) / 1e6)
		}
		if size, b := form.ParseSize(s); b == nil {
			return shortest(size)
		}
	}
	return bound(n)
}

// moment returns a time in UTC; nil where there is none. One without an offset is of the
// zone of that name.
func (v *values) moment(key, zone string) any {
	n := v.node(key)
	if n == nil {
		return nil
	}
	t, ok := n.Scalar.(time.Time)
	if !ok {
		return nil
	}
	if isLocal(t) {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			return nil
		}
		t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, loc)
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}

// isLocal reports whether a time was written without an offset, as TOML's parser marks it.
func isLocal(t time.Time) bool {
	switch t.Location().String() {
	case "datetime-local", "date-local", "time-local":
		return true
	}
	return false
}

// bound is an end of a step's interval, its adjustment or a target: a number as it is, a percentage
// or a time in AWS's unit.
func bound(n *form.Node) any {
	s, ok := n.Scalar.(string)
	if !ok {
		f, b := form.Float(n)
		if b != nil {
			return nil
		}
		return shortest(f)
	}
	if share, b := form.ParseShare(s); b == nil {
		return percentOf(share)
	}
	if d, b := form.ParseDuration(s); b == nil {
		return shortest(float64(d) / float64(time.Second))
	}
	return nil
}
