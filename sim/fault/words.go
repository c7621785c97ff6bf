package fault

import (
	"fmt"
	"strconv"

	"asgsim/sim/des"
)

// instances counts them as the subject of a sentence.
func instances(n int) string {
	switch n {
	case 0:
		return "no instance"
	case 1:
		return "one instance"
	}
	return fmt.Sprintf("%d instances", n)
}

// verb is a verb of that subject.
func verb(n int, one, many string) string {
	if n <= 1 {
		return one
	}
	return many
}

// percent writes a share.
func percent(share float64) string { return fmt.Sprintf("%.4g %%", 100*share) }

// span writes a length of time in the largest unit that it fills: "150 ms", "10 min".
func span(d des.Duration) string {
	unit, name := des.Millisecond, "ms"
	switch {
	case d >= des.Hour && d%des.Hour == 0:
		unit, name = des.Hour, "h"
	case d >= des.Minute && d%des.Minute == 0:
		unit, name = des.Minute, "min"
	case d >= des.Second:
		unit, name = des.Second, "s"
	}
	return strconv.FormatFloat(float64(d)/float64(unit), 'g', 6, 64) + " " + name
}
