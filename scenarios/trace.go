package scenarios

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"asgsim/report/clean"
	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/workload"
)

// Opener opens a file named by a scenario. Relative paths are relative to the
// scenario's folder.
type Opener func(path string) (io.ReadCloser, error)

// whichFiles says what a scenario may name.
const whichFiles = "only regular files in the scenario's folder or below are read, paths are relative to it; --allow-path DIR allows another folder"

// recording is a trace as it stands in its file.
type recording struct {
	civil bool      // times are RFC 3339, so they say when it was
	at    []float64 // seconds: Unix, or as written; ascending
	value []float64
	line  []int
	bin   float64 // length of a bin in seconds
}

// traceFile is what was read of a file: once, be it what is wrong with it.
type traceFile struct {
	rec   *recording
	wrong *form.Mistake
}

// maxRows bounds a trace: 20 years of minutes.
const maxRows = 10_600_000

// leastStep is the least distance between two times, in seconds.
const leastStep = 0.001

// maxPlayed bounds the bins of a trace that repeats.
const maxPlayed = 3_000_000

// readTrace reads a CSV with a header. column names the values' column; empty is
// the second. Errors name the line.
func readTrace(r io.Reader, column string) (*recording, error) {
	c := csv.NewReader(&lines{from: r})
	c.ReuseRecord = true
	c.Comment = '#'
	c.TrimLeadingSpace = true
	c.FieldsPerRecord = -1
	header, err := c.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("is empty: it needs a header and at least two rows")
	}
	if err != nil {
		return nil, fmt.Errorf("is not CSV: %w", err)
	}
	col := 1
	if column != "" {
		col = slices.Index(header, column)
		if col < 0 {
			return nil, fmt.Errorf("has no column %q%s", clean.Short(column, clean.Quote), itsHeader(header))
		}
	}
	if col < 1 || len(header) < 2 {
		return nil, fmt.Errorf("needs a column of times and one of values%s", itsHeader(header))
	}
	if _, err := strconv.ParseFloat(header[col], 64); err == nil {
		return nil, errors.New("has no header: its first line holds numbers")
	}
	rec := &recording{}
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("is not CSV: %w", err)
		}
		line, _ := c.FieldPos(0)
		if err := rec.add(row, col, line); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
	}
	if len(rec.at) < 2 {
		return nil, errors.New("needs at least two rows, to tell how long a bin is")
	}
	rec.bin = commonStep(rec.at)
	if rec.span() > maxSpan.Seconds() {
		return nil, fmt.Errorf("goes on for %.0f years, at most %d are possible", rec.span()/(365.25*86400), maxSpan/(365*des.Day))
	}
	return rec, nil
}

// add appends one row.
func (r *recording) add(row []string, col, line int) error {
	if len(row) <= col {
		return fmt.Errorf("has %d fields, the values are in field %d", len(row), col+1)
	}
	at, civil, err := traceTime(strings.TrimSpace(row[0]))
	if err != nil {
		return err
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(row[col]), 64)
	switch {
	case err != nil:
		return fmt.Errorf("is not a number%s", cell(row[col]))
	case math.IsNaN(v) || math.IsInf(v, 0):
		return fmt.Errorf("must be a finite number, not %s", clean.Short(row[col], clean.Quote))
	case v < 0:
		return fmt.Errorf("must not be negative: %s", clean.Short(row[col], clean.Quote))
	case v > 1e12:
		return fmt.Errorf("must be at most 1e12, not %s", clean.Short(row[col], clean.Quote))
	}
	if n := len(r.at); n > 0 {
		switch {
		case civil != r.civil:
			return errors.New("mixes RFC 3339 times and seconds")
		case at <= r.at[n-1]:
			return fmt.Errorf("is out of order: it is not after the line before%s", cell(row[0]))
		case at < r.at[n-1]+leastStep:
			return fmt.Errorf("is less than a millisecond after the line before%s", cell(row[0]))
		case n >= maxRows:
			return fmt.Errorf("has more than %d rows", maxRows)
		}
	}
	r.civil = civil
	r.at, r.value, r.line = append(r.at, at), append(r.value, v), append(r.line, line)
	return nil
}

// itsHeader quotes what is certainly the header of a table, and nothing else: a file
// that was named by mistake, or by somebody else, keeps its content.
func itsHeader(header []string) string {
	for _, name := range header {
		if name == "" || len(name) > 40 || strings.ContainsFunc(name, func(r rune) bool {
			return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune(" _-.%()", r))
		}) {
			return ""
		}
	}
	if len(header) < 2 {
		return ""
	}
	return "; its header is " + clean.Short(strings.Join(header, ", "), clean.Quote)
}

// cell quotes what is certainly a number or a time, and nothing else.
func cell(text string) string {
	if text == "" || len(text) > 40 || strings.Trim(text, "0123456789+-.:eETZ $/,") != "" {
		return ""
	}
	return ": " + strconv.Quote(text)
}

// traceTime reads an RFC 3339 time or a number of seconds.
func traceTime(s string) (at float64, civil bool, err error) {
	if v, err := strconv.ParseFloat(s, 64); err == nil {
		if math.IsNaN(v) || v < -4e9 || v > 4e9 {
			return 0, false, fmt.Errorf("is not a time in seconds%s", cell(s))
		}
		return v, false, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			if t.Year() < 1900 || t.Year() > 2200 {
				return 0, false, fmt.Errorf("must be in the years 1900 to 2200%s", cell(s))
			}
			return float64(t.Unix()) + float64(t.Nanosecond())/1e9, true, nil
		}
	}
	return 0, false, fmt.Errorf("is neither an RFC 3339 time (2026-03-02T00:00:00Z) nor seconds%s", cell(s))
}

// commonStep returns the most common distance between neighbours, the smaller
// one of a tie.
func commonStep(at []float64) float64 {
	steps := make([]float64, 0, len(at))
	for i := 1; i < len(at); i++ {
		steps = append(steps, at[i]-at[i-1])
	}
	slices.Sort(steps)
	best, most := 0.0, 0
	for i := 0; i < len(steps); {
		n := i
		for n < len(steps) && steps[n] == steps[i] {
			n++
		}
		if n-i > most {
			best, most = steps[i], n-i
		}
		i = n
	}
	return best
}

// gapAt is the share of a bin beyond which a distance is a gap.
const gapAt = 1.5

// span returns the recorded span in seconds: from the first time to the end of
// the last bin.
func (r *recording) span() float64 { return r.at[len(r.at)-1] + r.bin - r.at[0] }

// gap is what a missing bin means.
type gap uint8

const (
	gapError gap = iota // a problem to be told about
	gapHold             // the bin before it goes on
	gapZero             // silence
)

var gapNames = [...]string{"error", "hold", "zero"}

func (g gap) String() string { return gapNames[g] }

// bins returns the recording as bins whose first begins at from.
func (r *recording) bins(from des.Time, counts bool, scale float64, gaps gap) ([]workload.Bin, error) {
	out := make([]workload.Bin, 0, len(r.at))
	missing, firstLine := 0, 0
	for i, at := range r.at {
		width := r.bin
		if i+1 < len(r.at) {
			width = r.at[i+1] - at
		}
		held := width
		if width > gapAt*r.bin {
			missing += int(math.Round(width/r.bin)) - 1
			if firstLine == 0 {
				firstLine = r.line[i]
			}
			if width = r.bin; gaps != gapHold {
				held = width
			}
		}
		rate := r.value[i] * scale
		if counts {
			rate /= width
		}
		begin := from.Add(des.Seconds(at - r.at[0]))
		out = append(out, workload.Bin{From: begin, To: from.Add(des.Seconds(at - r.at[0] + held)), Rate: rate})
	}
	if missing > 0 && gaps == gapError {
		return nil, fmt.Errorf("has gaps: %d bins of %s are missing, the first after line %d", missing, des.Seconds(r.bin), firstLine)
	}
	return out, nil
}
