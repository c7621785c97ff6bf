// Package des is the virtual clock of a run: instants and durations, the
// calendar that maps them to local days, and the kernel that orders control
// events.
//
// Conventions: time is int64 nanoseconds since the start of the run, an instant
// ([Time]) and a length of time ([Duration]) are different types, and nothing
// below package scenarios knows the machine's clock. Requests never enter the
// kernel; they live in package serving.
//
// Open kernel.go first.
package des

import (
	"fmt"
	"math"
	"strings"
)

// Time is an instant: nanoseconds since the start of the run.
type Time int64

// Duration is a length of time in nanoseconds.
type Duration int64

// Units of Duration. A Day is 24 hours, whatever the calendar does.
const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
	Day                  = 24 * Hour
)

// Never is an instant no run reaches.
const Never = Time(math.MaxInt64)

// Add returns t + d.
func (t Time) Add(d Duration) Time { return t + Time(d) }

// Sub returns the length from u to t.
func (t Time) Sub(u Time) Duration { return Duration(t - u) }

// Seconds returns t in seconds since the start.
func (t Time) Seconds() float64 { return float64(t) / float64(Second) }

// String prints t as a Duration since the start.
func (t Time) String() string {
	if t == Never {
		return "never"
	}
	return Duration(t).String()
}

// Seconds returns d in seconds.
func (d Duration) Seconds() float64 { return float64(d) / float64(Second) }

// Hours returns d in hours.
func (d Duration) Hours() float64 { return float64(d) / float64(Hour) }

// Seconds returns the Duration nearest to s seconds.
func Seconds(s float64) Duration { return Duration(math.Round(s * float64(Second))) }

// String prints d in the file format's own units: "1d2h", "90ms", "4.67ms".
func (d Duration) String() string {
	if d == 0 {
		return "0s"
	}
	var b strings.Builder
	if d < 0 {
		b.WriteByte('-')
		d = -d
	}
	if d < Second {
		switch {
		case d < Microsecond:
			fmt.Fprintf(&b, "%dns", int64(d))
		case d < Millisecond:
			b.WriteString(trim(float64(d)/float64(Microsecond)) + "us")
		default:
			b.WriteString(trim(float64(d)/float64(Millisecond)) + "ms")
		}
		return b.String()
	}
	for _, u := range []struct {
		size Duration
		name string
	}{{Day, "d"}, {Hour, "h"}, {Minute, "m"}} {
		if d >= u.size {
			fmt.Fprintf(&b, "%d%s", d/u.size, u.name)
			d %= u.size
		}
	}
	if d > 0 {
		b.WriteString(trim(float64(d)/float64(Second)) + "s")
	}
	return b.String()
}

func trim(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.6f", v), "0"), ".")
}
