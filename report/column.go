package report

import (
	"math"
	"strconv"

	"asgsim/sim/account"
	"asgsim/sim/record"
)

// column is one column of the timeline.
type column struct {
	name  string
	value func(*account.Result, *record.Row) string
}

func number(v float64, digits int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	return trimZeros(strconv.FormatFloat(v, 'f', digits, 64))
}
