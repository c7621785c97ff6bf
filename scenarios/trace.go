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
)

// traceFile is what was read of a file: once, be it what is wrong with it.
type traceFile struct {
	rec   *recording
	wrong *form.Mistake
}

// leastStep is the least distance between two times, in seconds.
const leastStep = 0.001

// maxColumns bounds the columns of a table.
const maxColumns = 1000

// readTrace reads a CSV with a header, of at most so many rows. column names the values'
// column; empty is the second. Errors name the line.
func readTrace(r io.Reader, column string, most int) (*recording, error) {
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
		return nil, notTable(err)
	}
	if len(header) > maxColumns {
		return nil, fmt.Errorf("has %d columns, at most %d are possible", len(header), maxColumns)
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
			return nil, notTable(err)
		}
		line, _ := c.FieldPos(0)
		if rec.len() >= most {
			return nil, fmt.Errorf("line %d: is beyond the rows that all traces together may have; --max-trace-rows allows more", line)
		}
		if err := rec.read(row, col, line); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
	}
	if rec.len() < 2 {
		return nil, errors.New("needs at least two rows, to tell how long a bin is")
	}
	rec.bin = rec.commonStep()
	if rec.span() > maxSpan.Seconds() {
		return nil, fmt.Errorf("goes on for %.0f years, at most %d are possible", rec.span()/(365.25*86400), maxSpan/(365*des.Day))
	}
	return rec, nil
}

// notTable is what is wrong with a file that cannot be read as a table.
func notTable(err error) error {
	if errors.As(err, new(*csv.ParseError)) {
		return fmt.Errorf("is not CSV: %w", err)
	}
	return err
}

// read appends one row of the file.
func (r *recording) read(row []string, col, line int) error {
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
	if n := r.len(); n > 0 {
		switch last := r.rows.get(n - 1).at; {
		case civil != r.civil:
			return errors.New("mixes RFC 3339 times and seconds")
		case at <= last:
			return fmt.Errorf("is out of order: it is not after the line before%s", cell(row[0]))
		case at < last+leastStep:
			return fmt.Errorf("is less than a millisecond after the line before%s", cell(row[0]))
		}
	}
	r.civil = civil
	r.add(at, v, line)
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
