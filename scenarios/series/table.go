package series

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	// MaxColumns bounds the columns of a table.
	MaxColumns = 1000
	// maxLabels bounds the rows before the first row with a time: CloudWatch's console
	// puts some labels there.
	maxLabels = 20
)

// table is a CSV that is read.
type table struct {
	csv    *csv.Reader
	comma  rune
	clock  Clock
	header []string
	labels [][]string // all rows above the first with a time, the header last
	col    int
	n      int // rows so far
	first  Row
	last   float64 // time of the last row
	back   []Row   // newest first
	to     *bounded
	// headless: the first line holds a time, and columns are named by their places.
	headless bool
	blank    int // rows without a value
	// parted: date and time of day stand in two columns, the first two.
	parted parted
}

// readTable reads a table: a header, perhaps labels before it, and rows whose first field
// is a time.
func readTable(in *bufio.Reader, column string, to *bounded) (*Info, error) {
	t := &table{to: to}
	if err := t.dialect(in); err != nil {
		return nil, err
	}
	t.open(in)
	first, err := t.top()
	if err != nil {
		return nil, err
	}
	if t.col, err = t.column(column); err != nil {
		return nil, err
	}
	for row := first; ; {
		if err := t.row(row); err != nil {
			return nil, err
		}
		if row, err = t.next(); errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, NotTable(err)
		}
	}
	info := &Info{Format: "CSV", Times: t.clock.String(), Civil: t.clock.Civil(), Column: t.header[t.col], Unit: "line"}
	if t.headless {
		info.Notes = append(info.Notes, "no header")
	}
	info.Notes = append(info.Notes, t.parted.note()...)
	if t.blank > 0 {
		info.Notes = append(info.Notes, fmt.Sprintf("%d rows without a value are left out", t.blank))
	}
	if t.back != nil {
		info.Notes = append(info.Notes, "newest first")
		return info, to.inOrder(t.back, info.Unit)
	}
	return info, nil
}

// open begins to read rows.
func (t *table) open(in io.Reader) {
	t.csv = csv.NewReader(&lines{from: in})
	t.csv.Comma = t.comma
	t.csv.ReuseRecord = true
	t.csv.Comment = '#'
	t.csv.TrimLeadingSpace = t.comma != '\t'
	t.csv.FieldsPerRecord = -1
}

// dialect finds what separates fields: what the first line says ("sep=;", as Grafana and
// Excel write), else a semicolon or tab where the first line has more of them than commas.
func (t *table) dialect(in *bufio.Reader) error {
	text, err := in.Peek(in.Size())
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return err
	}
	if err := foreign(text); err != nil {
		return err
	}
	t.comma = ','
	for len(text) > 0 {
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		if sep, ok := bytes.CutPrefix(bytes.TrimRight(line, "\r"), []byte("sep=")); ok && len(sep) == 1 && strings.ContainsAny(string(sep), ",;\t|") {
			t.comma = rune(sep[0])
			_, err := in.Discard(len(text) - len(rest))
			return err
		}
		if len(bytes.TrimSpace(line)) > 0 && line[0] != '#' {
			for _, sep := range []byte(";\t") {
				if bytes.Count(line, []byte{sep}) > bytes.Count(line, []byte{byte(t.comma)}) {
					t.comma = rune(sep)
				}
			}
			return nil
		}
		text = rest
	}
	return nil
}

// top reads up to the first row with a time and returns it; what stands before it last is
// the header.
func (t *table) top() ([]string, error) {
	var wrong error
	var named []string // the last row that can be a header
	for range maxLabels + 1 {
		row, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, NotTable(err)
		}
		if len(row) > MaxColumns {
			return nil, fmt.Errorf("has %d columns, at most %d are possible", len(row), MaxColumns)
		}
		line, _ := t.csv.FieldPos(0)
		row = t.part(row)
		clock := Clock{}
		_, failed := clock.Read(row[0])
		switch {
		case failed == nil && t.header == nil:
			if len(row) < 2 || slices.ContainsFunc(row[1:], func(s string) bool { return !number(s) && !absent(s) }) {
				return nil, errors.New("has no header: its first line holds a time; write one above it, as time,requests")
			}
			t.header = []string{"time"}
			for k := range row[1:] {
				t.header = append(t.header, "column "+strconv.Itoa(k+2))
			}
			t.headless = true
			return row, nil
		case failed == nil && len(t.header) > 1 && len(row) > 1:
			if wrong != nil && slices.ContainsFunc(t.header[1:], number) && !consoleLabel(t.header[0]) {
				return nil, wrong // no header, but a row with a time that is none
			}
			if named != nil && !slices.ContainsFunc(t.header[1:], name) {
				t.header = named // a console leaves the last of its labels empty
			}
			if console := t.console(); console != nil {
				t.header = console
			}
			return row, nil
		case t.header != nil && wrong == nil:
			wrong = fmt.Errorf("line %d: %w", line, failed)
			if len(row) < 2 && failed == nil {
				wrong = fmt.Errorf("line %d: has one field: a time and a value are needed", line)
			}
		}
		if digit(row[0]) && t.header != nil { // no label: a time that is none
			return nil, wrong
		}
		t.header = append([]string(nil), row...)
		t.labels = append(t.labels, t.header)
		if slices.ContainsFunc(t.header[1:], name) && !slices.ContainsFunc(t.header[1:], number) {
			named = t.header
		}
	}
	switch {
	case t.header == nil:
		return nil, errors.New("is empty: it needs a header and at least two rows")
	case wrong != nil:
		return nil, wrong
	case len(t.header) < 2:
		return nil, errors.New("needs a column of times and one of values")
	}
	return nil, errors.New("needs at least two rows, to tell how long a bin is")
}

// console is the row of CloudWatch's console in which its columns have their labels; nil
// where there is none, or two have the same.
func (t *table) console() []string {
	for _, row := range t.labels {
		if at := strings.ToLower(strings.TrimSpace(row[0])); at != "label" && at != "full label" || len(row) < 2 {
			continue
		}
		seen := map[string]bool{}
		for _, text := range row[1:] {
			if text = strings.TrimSpace(text); text == "" || seen[text] {
				return nil
			}
			seen[text] = true
		}
		return row
	}
	return nil
}

// consoleLabel reports whether a row is one of those with numbers that CloudWatch's
// console puts above the first time.
func consoleLabel(text string) bool {
	return slices.Contains([]string{"period", "account id", "accountid"}, strings.ToLower(strings.TrimSpace(text)))
}

func name(text string) bool { return strings.TrimSpace(text) != "" }

func number(text string) bool {
	_, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return err == nil
}

func digit(text string) bool {
	text = strings.TrimSpace(text)
	return text != "" && text[0] >= '0' && text[0] <= '9'
}

// column finds the column of the values.
func (t *table) column(wanted string) (int, error) {
	k, err := choose("column", wanted, t.header[1:], false)
	return k + 1, err
}

// row reads a row and passes it on; the second says in which order they stand.
func (t *table) row(row []string) error {
	line, _ := t.csv.FieldPos(0)
	if t.col < len(row) && absent(row[t.col]) {
		if _, err := t.clock.Read(row[0]); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		t.blank++
		return nil
	}
	r, err := t.read(row)
	if err == nil {
		r.Place = line
		err = t.place(r, row[0])
	}
	if err != nil {
		return fmt.Errorf("line %d: %w", line, err)
	}
	return nil
}

func (t *table) place(r Row, at string) error {
	last := t.last
	t.last = r.At
	t.n++
	switch {
	case t.n == 2 && r.At < last:
		t.back = []Row{t.first, r}
		return nil
	case t.back != nil && r.At >= last:
		if r.At == last {
			return fmt.Errorf("has the time of line %d%s; leave one of the two out", t.back[len(t.back)-1].Place, Cell(at))
		}
		return fmt.Errorf("is out of order: the rows go neither forwards nor backwards in time: line %d is before line %d, but line %d is after line %d%s; sort the file by its times",
			t.back[1].Place, t.back[0].Place, r.Place, t.back[len(t.back)-1].Place, Cell(at))
	case len(t.back) == MaxBackward:
		return fmt.Errorf("stands newest first, as at most %d rows may; turn the file around", MaxBackward)
	case t.back != nil:
		t.back = append(t.back, r)
		return nil
	case t.n == 1:
		t.first = r
		return nil
	case t.n == 2:
		if err := t.to.pass(t.first); err != nil {
			return err
		}
	}
	return t.to.pass(r)
}

// read reads the time and the value of a row.
func (t *table) read(row []string) (Row, error) {
	if len(row) <= t.col {
		return Row{}, fmt.Errorf("has %d fields, the values are in field %d", len(row), t.col+1)
	}
	at, err := t.clock.Read(row[0])
	if err != nil {
		return Row{}, err
	}
	v, err := t.value(row[t.col])
	return Row{At: at, Value: v}, err
}

// value reads a number as the table writes it.
func (t *table) value(text string) (float64, error) {
	text = strings.TrimSpace(text)
	if t.comma == ';' && strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		text = strings.Replace(text, ",", ".", 1) // as many countries write it
	}
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil && formatted(text):
		return 0, fmt.Errorf("is formatted for people%s; in Grafana switch \"Formatted data\" off", Cell(text))
	case err != nil && grouped.MatchString(text):
		return 0, fmt.Errorf("is not a number%s; write it without separators between thousands", Cell(text))
	case err != nil && isDate(text):
		return 0, fmt.Errorf("is a time where a value should be%s: times stand in the first column", Cell(text))
	case err != nil:
		return 0, fmt.Errorf("is not a number%s", Cell(text))
	case math.IsNaN(v) || math.IsInf(v, 0):
		return 0, fmt.Errorf("must be a finite number, not %s", short(text))
	}
	return v, nil
}

// isDate reports whether a text is a date.
func isDate(text string) bool {
	var c Clock
	_, err := c.Read(text)
	return err == nil && c.kind == civil
}

// absent reports whether a text says that there is no value.
func absent(text string) bool {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "", "na", "n/a", "null", "none", "-":
		return true
	}
	return false
}

// grouped matches a number with separators between its thousands.
var grouped = regexp.MustCompile(`^\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?$`)

// formatted reports whether a text is a number with a unit behind it, as "1.2 K" is.
func formatted(text string) bool {
	number, unit, ok := strings.Cut(text, " ")
	_, err := strconv.ParseFloat(number, 64)
	return ok && err == nil && len(unit) < 10
}

// NotTable is what is wrong with a file that cannot be read as a table.
func NotTable(err error) error {
	if errors.As(err, new(*csv.ParseError)) {
		return fmt.Errorf("is not CSV: %w", err)
	}
	return err
}

// next reads a row, with date and time in one field.
func (t *table) next() ([]string, error) {
	row, err := t.csv.Read()
	if err != nil {
		return nil, err
	}
	return t.parted.join(row), nil
}

// part joins date and time of the first row of the values, where they stand in two
// fields, and what stands above them.
func (t *table) part(row []string) []string {
	if t.parted != whole {
		return row
	}
	if t.parted = partedAs(row); t.parted == whole {
		return row
	}
	for i, above := range t.labels {
		t.labels[i] = t.parted.heading(above)
	}
	if t.header != nil {
		t.header = t.parted.heading(t.header)
	}
	return t.parted.join(row)
}
