package scenarios

import (
	"io"

	"asgsim/scenarios/series"
)

// Recorded is what a recording would come to as a load.
type Recorded struct {
	Peak float64 // requests a second, of the busiest bin
	Rate bool    // its values are a second's: its name says so, or it is Prometheus' (counters are refused)
	Said string  // what was understood
	Gaps bool    // bins are missing
}

// ReadReplayed reads a recording as [metric.NAME.trace] does, and says what was understood.
func ReadReplayed(name string, file io.ReadCloser, column string) (said string, err error) {
	r, err := Unpacked(file)
	if err != nil {
		return "", err
	}
	defer r.Close() //nolint:errcheck // it was only read
	rec, err := readTrace(r, column, MaxRows, anySign)
	if err != nil {
		return "", err
	}
	return rec.shown("", name, 1), nil
}

// ReadRecorded reads a recording as [load.NAME.trace] does; name is the file's, column is
// that of the values, empty where there is one alone.
func ReadRecorded(name string, file io.ReadCloser, column string) (*Recorded, error) {
	r, err := Unpacked(file)
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // it was only read
	rec, err := readTrace(r, column, MaxRows, requests)
	if err != nil {
		return nil, err
	}
	out := &Recorded{Rate: rec.info.Format == series.QueryRange || series.Rated(rec.info.Column)}
	p := played{rec: rec, bin: rec.bin, counts: !out.Rate, scale: 1, gaps: gapZero}
	if err := p.possible(); err != nil {
		return nil, err
	}
	for i := range p.Len() {
		out.Peak = max(out.Peak, p.Bin(i).Rate)
	}
	p.gaps = gapError
	out.Gaps = p.complete() != nil
	p.gaps = gapHold
	out.Said = p.understood("", name)
	return out, nil
}
