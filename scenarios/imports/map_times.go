package imports

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"asgsim/report/clean"
)

// mapSchedules writes [schedule.N].
func (m *mapper) mapSchedules() {
	for _, r := range m.found.mine(Schedule, m.group) {
		m.schedule(r)
		m.tell(r)
	}
	m.twice(Schedule)
}

func (m *mapper) schedule(r *Resource) {
	v := r.Value
	name := m.entryName("schedule", r.title())
	path := "schedule." + name
	t := m.named(path, r)
	m.fill(r, path)
	start, end := v.Get("StartTime"), v.Get("EndTime")
	if start == nil {
		start = v.Get("Time")
	}
	recurs := m.has(path + ".recurrence")
	for _, at := range []*Value{start, end} {
		if at == nil || at.Kind == Text && at.Text == "" {
			continue
		}
		when, ok := moment(at)
		key := path + ".start_time"
		if at == end {
			key = path + ".end_time"
		}
		if !ok {
			m.lose(at.Place(), "is "+clean.Quoted(at.shown())+", no time that can be read")
			continue
		}
		e := m.put(key, when.UTC().Format("2006-01-02T15:04:05Z"), at, "")
		if recurs {
			e.off = "so that it recurs in the whole run"
		}
	}
	switch {
	case !recurs && start == nil:
		t.off = "it has no time"
		m.lose(v.Place(), "the scheduled action "+clean.Quoted(r.title())+" has no time that is known: it is commented out")
	case !recurs:
		t.off = "it runs once, which must be within the run: set start to that day"
		m.lose(v.Place(), "the scheduled action "+clean.Quoted(r.title())+" runs once: it is commented out until start and duration of the run include that time")
	case !m.has(path+".min_size") && !m.has(path+".max_size") && !m.has(path+".desired_capacity"):
		t.off = "it changes nothing"
	}
}

// moment reads a time as AWS's tools write it: RFC 3339, epoch seconds as a number, or
// the parts of a date as some recorders do.
func moment(v *Value) (time.Time, bool) {
	if n, ok := v.number(); ok && v.Kind == Number || ok && len(v.Text) >= 9 {
		if n < 0 || n > 1e11 {
			return time.Time{}, false
		}
		return time.Unix(int64(n), 0), true
	}
	if v.Kind != Text {
		return time.Time{}, false
	}
	for _, form := range [...]string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02"} {
		if t, err := time.Parse(form, strings.TrimSpace(v.Text)); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// mapHooks writes [hook.N].
func (m *mapper) mapHooks() {
	for _, r := range m.found.mine(Hook, m.group) {
		name := m.entryName("hook", r.title())
		path := "hook." + name
		m.named(path, r)
		m.fill(r, path)
		took := 60
		if e := m.find(path + ".heartbeat_timeout"); e != nil {
			if n, ok := r.Value.Get("HeartbeatTimeout").number(); ok && int(n) < 2*took {
				took = int(n) / 2
			}
		}
		m.put(path+".duration", quoted(strconv.Itoa(took)+"s"), nil, "assumed")
		m.assume(path+".duration", fmt.Sprintf("how long the hook's worker takes is not in the files: %d s, and it always answers", took))
		m.tell(r)
	}
	m.twice(Hook)
}

// mapRefresh writes the preferences of the last instance refresh, for an event that is
// commented out.
func (m *mapper) mapRefresh() {
	var last *Resource
	var begun time.Time
	for _, r := range m.found.mine(Refresh, m.group) {
		at, ok := time.Time{}, false
		if v := r.Value.Get("StartTime"); v != nil {
			at, ok = moment(v)
		}
		if last == nil || ok && at.After(begun) {
			last, begun = r, at
		}
	}
	if last == nil {
		return
	}
	const path = "event.refresh.instance_refresh"
	t := m.table(path)
	t.from = last.Value
	t.off = "a refresh as the last one was: give it a time"
	m.put(path+".at", `"12:00"`, nil, "")
	m.fill(last, "event.refresh")
	v := last.Value.Get("Preferences", "CheckpointPercentages")
	var shares []string
	for _, c := range last.Value.list("Preferences", "CheckpointPercentages") {
		if n, err := whole(c); err == nil {
			shares = append(shares, n+"%")
		}
	}
	if len(shares) > 0 {
		m.put(path+".checkpoint_percentages", nameList(shares), v, "")
	}
	m.tell(last)
}
