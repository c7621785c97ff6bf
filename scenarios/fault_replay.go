package scenarios

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"asgsim/report/clean"
	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// replayKind is [fault.N.replay]: a log of failures, each row of which is a fault.
const replayKind = "replay"

// replayKeys document it.
func replayKeys(p string) []Key {
	return []Key{{Path: p + "file", Type: Text, Required: true, Sample: `"failures.csv"`,
		Doc: "CSV with the columns time, what, which and for: when (as at), which kind of fault, whom (a count, a share such as 20%, oldest, newest, a zone or an instance type; empty: the default) and for how long (as duration; empty: none). Further columns are keys of the kinds. The faults are called NAME-1, NAME-2, by row."}}
}

// mostReplayed bounds the rows of a log.
const mostReplayed = 10_000

// replay reads the faults of a log.
func (d *decoder) replay(name string, w *record.Config, tables []faultTable) []fault.Fault {
	path := "fault." + name + "." + replayKind + ".file"
	file, ok := d.Text(path)
	if !ok {
		return nil
	}
	rows, err := d.failureRows(file)
	if err != nil {
		d.Problem(path, d.At(path), form.Wrong("", "%s: %v", clean.Short(file, clean.Quote), err))
		return nil
	}
	var out []fault.Fault
	outside := 0
	for k, row := range rows {
		// A log may be longer than the run.
		at, m := d.parseWhen(form.Literal(strconv.Quote(row.cells["time"])))
		if m == nil && (at < 0 || at >= des.Time(0).Add(w.Duration)) {
			outside++
			continue
		}
		out = append(out, d.fromRow(fmt.Sprintf("%s-%d", name, k+1), file, row, w, tables)...)
	}
	if outside > 0 {
		d.Warn(path, "", "has %d of %d rows outside the run, which do not happen", outside, len(rows))
	}
	return out
}

// failure is a row of a log: keys and cells, by column.
type failure struct {
	line  int
	cells map[string]string
	order []string // of the columns
	cut   int      // cells that there are, if not as many as columns; else 0
}

// failureRows reads a log.
func (d *decoder) failureRows(file string) ([]failure, error) {
	r, err := d.openFile(file)
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // it was only read
	c := csv.NewReader(r)
	c.TrimLeadingSpace, c.FieldsPerRecord = true, -1 // a row of another length is told with the others' problems
	head, err := c.Read()
	if err != nil {
		return nil, errors.New("has no line of column names: time,what,which,for")
	}
	for i := range head {
		head[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(head[i], "\ufeff"))) // spreadsheets begin with a byte order mark
		if slices.Contains(head[:i], head[i]) {
			return nil, fmt.Errorf("has two columns %s; each is named once", clean.Quoted(head[i]))
		}
	}
	for _, need := range [...]string{"time", "what"} {
		if !slices.Contains(head, need) {
			return nil, fmt.Errorf("has no column %s; its first line names them: time,what,which,for", need)
		}
	}
	var out []failure
	for {
		cells, err := c.Read()
		switch {
		case errors.Is(err, io.EOF) && len(out) == 0:
			return nil, errors.New("has no row")
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return nil, fmt.Errorf("is no CSV: %w", err)
		case len(out) == mostReplayed:
			return nil, fmt.Errorf("has more than %d rows", mostReplayed)
		}
		line, _ := c.FieldPos(0)
		row := failure{line: line, cells: map[string]string{}, order: head}
		if len(cells) != len(head) {
			row.cut = len(cells)
		}
		for i, cell := range cells[:min(len(cells), len(head))] {
			row.cells[head[i]] = strings.TrimSpace(cell)
		}
		out = append(out, row)
	}
}

// fromRow reads the fault of a row, as the table that it stands for.
func (d *decoder) fromRow(name, file string, row failure, w *record.Config, tables []faultTable) []fault.Fault {
	place := form.Pos{File: file, Line: row.line, Col: 1}
	wrong := func(column string, m *form.Mistake) []fault.Fault {
		d.Problem("fault."+name+"."+column, place, m)
		return nil
	}
	switch {
	case row.cut > 0:
		return wrong("time", form.Wrong("leave a cell empty rather than out, and quote one that holds a comma", "has not as many cells as there are columns: %d, not %d", row.cut, len(row.order)))
	case row.cells["time"] == "":
		return wrong("time", form.Wrong("write when: 12:10, 2026-03-03T12:10:00Z or 20m", "is empty"))
	}
	kind := row.cells["what"]
	k := slices.IndexFunc(tables, func(t faultTable) bool { return t.kind() == kind })
	if k < 0 {
		return wrong("what", form.Wrong("write one of "+strings.Join(faultKinds(tables), ", "), "is no kind of fault: %q", clean.Short(kind, clean.Quote)))
	}
	pattern := "fault.N." + kind + "."
	lines, column, m := d.rowKeys(pattern, row, w)
	if m != nil {
		return wrong(column, m)
	}
	// The problems of the table are then told by the line of the log.
	text := strings.Repeat("\n", row.line-1) + "fault." + name + "." + kind + " = { " + strings.Join(lines, ", ") + " }\n"
	root, problems := form.Parse(text, file)
	if len(problems) > 0 {
		return wrong("what", form.Wrong("", "a cell cannot be read: %s", problems[0].Rule))
	}
	sub := *d
	sub.Reader = form.NewReader(d.Schema(), root, file)
	sub.Defaults = d.Defaults
	f := tables[k].read(&sub, "fault."+name+"."+kind+".", name, w)
	for _, p := range sub.Problems {
		p.Pos.Col = 1
		d.Problem(p.Key, p.Pos, &form.Mistake{Rule: p.Rule, Remedy: p.Remedy})
	}
	if len(sub.Problems) > 0 {
		return nil
	}
	return []fault.Fault{f}
}

// rowKeys are the keys that a row gives its kind, as the file would have them, or the
// column that is wrong.
func (d *decoder) rowKeys(pattern string, row failure, w *record.Config) (out []string, column string, wrong *form.Mistake) {
	for _, column = range row.order {
		cell := row.cells[column]
		key := column
		switch {
		case cell == "" || column == "what":
			continue
		case column == "time":
			key = "at"
		case column == "for":
			key = "duration"
		case column == "which":
			key, cell = whichKey(cell, w)
		}
		k := d.Schema().Lookup(pattern + key)
		if k == nil {
			return nil, column, form.Wrong("leave the cell empty", "says %s, and %s has no such key: %q", key, row.cells["what"], clean.Short(row.cells[column], clean.Quote))
		}
		text := strconv.Quote(cell)
		if _, err := strconv.ParseFloat(cell, 64); err == nil && (k.Type == Count || k.Type == Number) || k.Type == Bool && (cell == "true" || cell == "false") {
			text = cell
		}
		out = append(out, key+" = "+text)
	}
	return out, "", nil
}

// whichKey is the key that a cell of the column which means, and its value.
func whichKey(cell string, w *record.Config) (key, value string) {
	switch {
	case strings.HasSuffix(cell, "%"):
		return "fleet_share", cell
	case cell == "random" || cell == "oldest" || cell == "newest":
		return "pick", cell
	case slices.Contains(w.Group.Zones, cell):
		return "zone", cell
	}
	if _, err := strconv.Atoi(cell); err == nil {
		return "count", cell
	}
	if strings.Contains(cell, ".") {
		return "instance_type", cell
	}
	return "zone", cell
}
