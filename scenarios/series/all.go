package series

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Named is one series of a file that may hold several.
type Named struct {
	Name string // its header, its label, or its metric and labels
	ID   string // of get-metric-data; empty elsewhere
	Stat string // of get-metric-statistics: Sum, Average, p99; empty elsewhere
	Unit string // as the file says it: Percent, Seconds; may be empty
	Rows []Row  // in order of time, no time twice
}

// Several is what a file of several series holds.
type Several struct {
	Info
	Series []Named
}

// Kind is what a file seems to be by its beginning.
type Kind uint8

// The kinds.
const (
	Table Kind = iota
	JSON
	AccessLog
	LoadTest
)

// KindOf looks at the beginning of a file, past a byte order mark, which it takes off.
func KindOf(in *bufio.Reader) Kind {
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3)
	}
	begin, _ := in.Peek(in.Size())
	text := bytes.TrimLeft(begin, " \t\r\n")
	if _, ok := isLoadTest(text); ok {
		return LoadTest
	}
	switch {
	case len(text) > 0 && (text[0] == '{' || text[0] == '['):
		return JSON
	case isAccessLog(begin):
		return AccessLog
	}
	return Table
}

// FromJSON reads all series of one answer of get-metric-data, get-metric-statistics or
// query_range; ok is false where the text is none of them.
func FromJSON(text json.RawMessage, most int) (out *Several, ok bool, err error) {
	var s sent
	if json.Unmarshal(text, &s) != nil {
		s = sent{} // JSON of another kind
	}
	var label struct{ Label string }
	switch {
	case s.MetricDataResults != nil:
		out, err = s.MetricDataResults.all(s.NextToken != "")
	case s.Datapoints != nil:
		_ = json.Unmarshal(text, &label) // a label of another kind is none
		out, err = s.Datapoints.all(label.Label)
	case s.Data != nil && s.Status != "":
		out, err = s.Data.all(s.Status)
	case s.Status == "error":
		return nil, true, s.failed()
	default:
		return nil, false, nil
	}
	if err != nil {
		return nil, true, err
	}
	return out, true, out.tidy(most)
}

// all reads every series of an answer of get-metric-data.
func (m metricData) all(cut bool) (*Several, error) {
	out := &Several{Info: Info{Format: "get-metric-data", Unit: "datapoint"}}
	for _, r := range m {
		var c Clock
		if len(r.Timestamps) != len(r.Values) {
			return nil, fmt.Errorf("series %s: has %d timestamps and %d values", short(r.Label), len(r.Timestamps), len(r.Values))
		}
		if len(r.Values) == 0 {
			out.Notes = append(out.Notes, r.none())
		}
		n := Named{Name: r.Label, ID: r.ID}
		for i, v := range r.Values {
			at, err := c.Read(plain(r.Timestamps[i]))
			if err != nil {
				return nil, fmt.Errorf("series %s, datapoint %d: %w", short(r.Label), i+1, err)
			}
			n.Rows = append(n.Rows, Row{at, v, i + 1})
		}
		if cut || r.StatusCode == "PartialData" {
			out.Notes = append(out.Notes, fmt.Sprintf("CloudWatch had more to send of %s (NextToken or PartialData): it is cut off", short(r.Label)))
		}
		if out.Series = append(out.Series, n); len(n.Rows) > 0 {
			out.Times, out.Civil = c.String(), c.Civil()
		}
	}
	return out, nil
}

// all reads every statistic of an answer of get-metric-statistics.
func (m statistics) all(label string) (*Several, error) {
	out := &Several{Info: Info{Format: "get-metric-statistics", Unit: "datapoint"}}
	by := map[string]*Named{}
	var c Clock
	for i, d := range m {
		at, err := c.Read(plain(d["Timestamp"]))
		if err != nil {
			return nil, fmt.Errorf("datapoint %d: %w", i+1, err)
		}
		unit := plain(d["Unit"])
		put := func(stat string, v float64) {
			if by[stat] == nil {
				by[stat] = &Named{Name: label, Stat: stat, Unit: unit}
			}
			by[stat].Rows = append(by[stat].Rows, Row{at, v, i + 1})
		}
		for stat, text := range d {
			if v, err := strconv.ParseFloat(string(text), 64); err == nil && stat != "Timestamp" {
				put(stat, v)
			}
		}
		for p, v := range extended(d["ExtendedStatistics"]) {
			put(p, v)
		}
	}
	for _, stat := range slices.Sorted(maps.Keys(by)) {
		out.Series = append(out.Series, *by[stat])
	}
	out.Times, out.Civil = c.String(), c.Civil()
	return out, nil
}

// all reads every series of an answer of Prometheus; counters are refused, as read does.
func (p *promSet) all(status string) (*Several, error) {
	out := &Several{Info: Info{Format: QueryRange, Unit: "datapoint"}}
	for k := range p.Result {
		name := labels(p.Result[k].Metric)
		one := promSet{ResultType: p.ResultType, Result: p.Result[k : k+1]}
		n := Named{Name: name}
		info, err := one.read(status, "", &bounded{most: math.MaxInt, add: func(r Row) error { n.Rows = append(n.Rows, r); return nil }})
		if err != nil {
			return nil, err
		}
		out.Times, out.Civil = info.Times, info.Civil
		out.Notes = append(out.Notes, info.Notes...)
		out.Series = append(out.Series, n)
	}
	if len(p.Result) == 0 {
		_, err := p.read(status, "", nil)
		return nil, err
	}
	return out, nil
}

// ReadColumns reads every column of a table whose first holds times. Empty cells, NaN and
// null are gaps; a column with other text in its first rows is left out by name.
func ReadColumns(in *bufio.Reader, most int) (*Several, error) {
	t := &table{}
	if err := t.dialect(in); err != nil {
		return nil, err
	}
	t.open(in)
	row, err := t.top()
	if err != nil {
		return nil, err
	}
	out := &Several{Info: Info{Format: "CSV", Unit: "line"}}
	for k := range t.header[1:] {
		out.Series = append(out.Series, Named{Name: t.labelled(k + 1)})
	}
	words := make([]bool, len(out.Series))
	for n := 0; ; n++ {
		line, _ := t.csv.FieldPos(0)
		if n >= most {
			return nil, fmt.Errorf("line %d: %w", line, errTooMany)
		}
		if err := t.cells(row, line, out, words); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		if row, err = t.next(); errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, NotTable(err)
		}
	}
	for k := len(words) - 1; k >= 0; k-- {
		if words[k] {
			out.Series = slices.Delete(out.Series, k, k+1)
		}
	}
	out.Times, out.Civil = t.clock.String(), t.clock.Civil()
	out.Notes = append(out.Notes, t.parted.note()...)
	return out, out.tidy(most)
}

// labelled is what all labels say of a column, numbers apart: a console's name it in one
// row and its statistic in another.
func (t *table) labelled(k int) string {
	var words []string
	for _, row := range t.labels {
		if k < len(row) && name(row[k]) && !number(row[k]) && !slices.Contains(words, strings.TrimSpace(row[k])) {
			words = append(words, strings.TrimSpace(row[k]))
		}
	}
	if len(words) == 0 {
		return strings.TrimSpace(t.header[k])
	}
	return strings.Join(words, " ")
}

// cells takes the values of one row; words are the columns that hold text.
func (t *table) cells(row []string, line int, out *Several, words []bool) error {
	at, err := t.clock.Read(row[0])
	if err != nil {
		return err
	}
	for k, text := range row[1:] {
		if k >= len(out.Series) || words[k] {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(text)) {
		case "", "nan", "null", "undefined", "-", "+inf", "-inf", "inf":
			continue
		}
		v, err := t.value(text)
		if err != nil {
			if len(out.Series[k].Rows) > 0 || formatted(strings.TrimSpace(text)) {
				return fmt.Errorf("column %s %w", short(out.Series[k].Name), err)
			}
			words[k] = true
			continue
		}
		out.Series[k].Rows = append(out.Series[k].Rows, Row{at, v, line})
	}
	return nil
}

// tidy puts every series in order, drops those without a row, and of rows of the same
// time all but the last, which it notes.
func (s *Several) tidy(most int) error {
	total := 0
	for k := range s.Series {
		n := &s.Series[k]
		if total += len(n.Rows); total > most {
			return errTooMany
		}
		sortRows(n.Rows)
		kept, differ := n.Rows[:0], 0
		for _, r := range n.Rows {
			if math.IsNaN(r.Value) || math.IsInf(r.Value, 0) {
				continue
			}
			if last := len(kept) - 1; last >= 0 && kept[last].At == r.At {
				if kept[last].Value != r.Value {
					differ++
				}
				kept[last] = r
				continue
			}
			kept = append(kept, r)
		}
		if n.Rows = kept; differ > 0 {
			s.Notes = append(s.Notes, fmt.Sprintf("%s has %d times more than once, with other values: the last counts", short(n.Name), differ))
		}
	}
	s.Series = slices.DeleteFunc(s.Series, func(n Named) bool { return len(n.Rows) == 0 })
	return nil
}
