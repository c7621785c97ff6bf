package behaviour

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"asgsim/report/clean"
	"asgsim/scenarios/series"
)

const (
	// MaxText is the largest JSON or text of activities, in bytes: it is held as a whole.
	MaxText = 32 << 20
	// mostActivities bounds those.
	mostActivities = 200_000
)

// ErrNothing is a file in which nothing is of use.
var ErrNothing = errors.New("is nothing that is read here: metrics (aws cloudwatch get-metric-data or get-metric-statistics, CSV with a header and times first, " +
	"Prometheus' query_range), access logs of an Application Load Balancer, or aws autoscaling describe-scaling-activities")

// Read reads one file, which is not packed.
func (r *Record) Read(name string, from io.Reader) error {
	in := bufio.NewReaderSize(from, 1<<16)
	switch series.KindOf(in) {
	case series.AccessLog:
		return r.readLog(in)
	case series.LoadTest:
		return errors.New("is what a load test wrote: it tells of clients, not of the group; --load of import reads it")
	case series.JSON:
		text, err := whole(in)
		if err != nil {
			return err
		}
		return r.readJSON(name, text)
	}
	begin, _ := in.Peek(in.Size())
	if activityWord.Match(begin) || bytes.Contains(begin, []byte("ActivityId")) || bytes.HasPrefix(begin, []byte("ACTIVITIES")) {
		text, err := whole(in)
		if err != nil {
			return err
		}
		if list, skipped, ok := activityRows(string(text)); ok {
			return r.addActivities(name, list, skipped)
		}
		return errors.New("seems to hold scaling activities, but none with a description and a time that is read; aws autoscaling describe-scaling-activities --output json writes them")
	}
	all, err := series.ReadColumns(in, MaxRows-r.rows)
	if err != nil {
		return err
	}
	return r.addSeveral(name, all)
}

func whole(in io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(in, MaxText+1))
	if err == nil && len(text) > MaxText {
		err = fmt.Errorf("is more than %d bytes of text: ask for less at a time", MaxText)
	}
	return text, err
}

// readJSON reads JSON values, one after another: answers of several calls may follow upon
// each other or stand in a list.
func (r *Record) readJSON(name string, text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	var list []Activity
	found := false
	for {
		var v json.RawMessage
		err := d.Decode(&v)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			line := 1 + bytes.Count(text[:min(int(d.InputOffset()), len(text))], []byte("\n"))
			return fmt.Errorf("line %d: is not whole JSON", line)
		}
		ok, err := r.value(name, v, &list, 0)
		if err != nil {
			return err
		}
		found = found || ok
	}
	if len(list) > 0 {
		return r.addActivities(name, list, 0)
	}
	if !found {
		return ErrNothing
	}
	return nil
}

// deepest is how far answers may be nested in lists and objects.
const deepest = 8

// value reads one value of JSON: an answer, a list of them, or of parts that --query cut
// out of them. found is false where it is none.
func (r *Record) value(name string, v json.RawMessage, list *[]Activity, depth int) (found bool, err error) {
	if all, ok, err := series.FromJSON(v, MaxRows-r.rows); ok || err != nil {
		if err == nil {
			err = r.addSeveral(name, all)
		}
		return true, err
	}
	if a, ok := activityOf(v); ok {
		*list = append(*list, a)
		if len(*list) > mostActivities {
			return true, fmt.Errorf("holds more than %d activities", mostActivities)
		}
		return true, nil
	}
	var object struct{ Activities []json.RawMessage }
	if json.Unmarshal(v, &object) == nil && object.Activities != nil {
		for _, e := range object.Activities {
			if _, err := r.value(name, e, list, deepest); err != nil {
				return true, err
			}
		}
		if len(*list) == 0 {
			r.Notes = append(r.Notes, clean.Short(name, 60)+": holds no scaling activity")
		}
		return true, nil
	}
	if depth >= deepest {
		return false, nil
	}
	if inside := members(v); inside != nil { // an answer may be wrapped in something else
		return r.values(name, inside, list, depth)
	}
	array := elements(v)
	if len(array) == 0 {
		return false, nil
	}
	if cut, ok := cutOut(array[0]); ok {
		wrapped, err := json.Marshal(map[string]json.RawMessage{cut: v})
		if err != nil {
			return false, err
		}
		return r.value(name, wrapped, list, deepest)
	}
	return r.values(name, array, list, depth)
}

// values reads several.
func (r *Record) values(name string, all []json.RawMessage, list *[]Activity, depth int) (found bool, err error) {
	for _, e := range all {
		ok, err := r.value(name, e, list, depth+1)
		if err != nil {
			return true, err
		}
		found = found || ok
	}
	return found, nil
}

// elements are those of a list, none of other JSON.
func elements(v json.RawMessage) []json.RawMessage {
	var out []json.RawMessage
	if json.Unmarshal(v, &out) != nil {
		return nil
	}
	return out
}

// members are the values of an object, by their keys, none of other JSON.
func members(v json.RawMessage) []json.RawMessage {
	var object map[string]json.RawMessage
	if json.Unmarshal(v, &object) != nil {
		return nil
	}
	var out []json.RawMessage
	for _, k := range slices.Sorted(maps.Keys(object)) {
		out = append(out, object[k])
	}
	return out
}

// cutOut names the list that a first element belongs to, of which --query took the rest
// away.
func cutOut(first json.RawMessage) (string, bool) {
	var e struct {
		Timestamps, Timestamp, Values json.RawMessage
	}
	if json.Unmarshal(first, &e) != nil {
		return "", false
	}
	switch {
	case e.Timestamps != nil && e.Values != nil:
		return "MetricDataResults", true
	case e.Timestamp != nil:
		return "Datapoints", true
	}
	return "", false
}

// addActivities takes activities, each once.
func (r *Record) addActivities(name string, list []Activity, skipped int) error {
	before := len(r.Activities)
	for _, a := range list {
		if id := fmt.Sprint(a.Start, a.Group, a.Text); !r.seen[id] {
			r.seen[id] = true
			r.Activities = append(r.Activities, a)
		}
	}
	slices.SortStableFunc(r.Activities, func(a, b Activity) int { return cmp.Compare(a.Start, b.Start) })
	n := len(r.Activities) - before
	if n == 0 {
		return nil
	}
	launches, terminations := 0, 0
	first, last := math.Inf(1), math.Inf(-1)
	for _, a := range list {
		first, last = min(first, a.Start), max(last, a.Start)
		switch {
		case a.Pool || !a.OK:
		case a.Launch:
			launches++
		case a.Terminate:
			terminations++
		}
	}
	said := fmt.Sprintf("%s: %d scaling activities, %d launches and %d terminations that came to an end, %s to %s", clean.Short(name, 60), n, launches, terminations, series.Stamp(first), series.Stamp(last))
	if skipped > 0 {
		said += fmt.Sprintf("; %d without a time were left out", skipped)
	}
	r.Said = append(r.Said, said)
	return nil
}

// Done makes the series of what was read by the request, and checks the whole.
func (r *Record) Done() error {
	r.fromLog()
	r.combine()
	if len(r.Series) == 0 && len(r.Activities) == 0 {
		return errors.New("the files hold no metric that is known by its name")
	}
	return nil
}
