package scenarios

import (
	"errors"
	"fmt"
	"io"
	"math"

	"asgsim/scenarios/form"
	"asgsim/scenarios/series"
	"asgsim/sim/des"
)

// traceFile is what was read of a file: once, be it what is wrong with it.
type traceFile struct {
	rec   *recording
	wrong *form.Mistake
}

// leastStep is the least distance between two times, in seconds.
const leastStep = 0.001

// readTrace reads a recording of at most so many rows. column names the values' column or
// series. Errors name the line.
func readTrace(r io.Reader, column string, most int, of sign) (*recording, error) {
	rec := &recording{sign: of}
	info, err := series.Read(r, column, most, rec.read)
	if err != nil {
		return nil, err
	}
	rec.info = info
	if rec.len() < 2 {
		return nil, errors.New("needs at least two rows, to tell how long a bin is")
	}
	rec.bin = rec.commonStep()
	if rec.span() > maxSpan.Seconds() {
		return nil, fmt.Errorf("goes on for %.0f years, at most %d are possible", rec.span()/(365.25*86400), maxSpan/(365*des.Day))
	}
	return rec, nil
}

// read appends one row of the file.
func (r *recording) read(row series.Row) error {
	switch {
	case row.Value < 0 && r.sign == requests:
		return fmt.Errorf("must not be negative: %g", row.Value)
	case row.Value > 1e12 && r.sign == requests:
		return fmt.Errorf("must be at most 1e12, not %g", row.Value)
	case math.Abs(row.Value) > 1e15:
		return fmt.Errorf("must lie between -1e15 and 1e15, not %g", row.Value)
	}
	if n := r.len(); n > 0 {
		switch last := r.rows.get(n - 1).at; {
		case row.At == last:
			return errors.New("has the time of the row before: of duplicates one must go")
		case row.At < last:
			return errors.New("is out of order: it is not after the row before; sort the file by its times")
		case row.At < last+leastStep:
			return errors.New("is less than a millisecond after the row before")
		}
	}
	r.add(row.At, row.Value, row.Place)
	return nil
}
