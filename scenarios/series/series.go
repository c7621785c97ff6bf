package series

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Row is one value of a series.
type Row struct {
	At    float64 // seconds: Unix, or from the start, see Info.Civil
	Value float64 // finite
	Place int     // the line of a table, the number of a datapoint of JSON, both from 1
}

// Info is what was understood of a file.
type Info struct {
	Format string   // "CSV", "get-metric-data" and the like
	Times  string   // "RFC 3339", "Unix milliseconds" and the like
	Civil  bool     // the times say when it was, not how long after the start
	Column string   // of the values: a header, a label
	Unit   string   // of Row.Place: "line" or "datapoint"
	Notes  []string // what to know: the service had not sent all
}

// MaxJSON is the largest JSON that is read, in bytes: it is held as a whole. CloudWatch
// sends at most 100,800 datapoints at a time, which are 4 MB.
const MaxJSON = 16 << 20

// MaxBackward is how many rows may stand newest first: they are held until the end.
const MaxBackward = 1_000_000

// errTooMany ends the reading of too many rows.
var errTooMany = errors.New("is beyond the rows that all traces together may have; --max-trace-rows allows more")

// bounded hands rows on, but no more than most.
type bounded struct {
	most, n int
	add     func(Row) error
}

func (b *bounded) pass(r Row) error {
	if b.n == b.most {
		return errTooMany
	}
	b.n++
	return b.add(r)
}

// inOrder passes rows on that were read as they came.
func (b *bounded) inOrder(rows []Row, unit string) error {
	sortRows(rows)
	for _, r := range rows {
		if err := b.pass(r); err != nil {
			return fmt.Errorf("%s %d: %w", unit, r.Place, err)
		}
	}
	return nil
}

// sortRows orders rows by time.
func sortRows(rows []Row) {
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(a.At, b.At) })
}
