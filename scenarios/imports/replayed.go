package imports

import (
	"strings"

	"asgsim/report/clean"
)

// replayed writes [metric.N] of a recorded metric and returns its name, the same one to all
// that watch it alike; empty where there is no recording.
func (m *mapper) replayed(o observed, stat string) string {
	if o.stat != nil {
		stat = o.stat.Text
	}
	r := recordingOf(m.found.recorded, o.metric.Text, stat)
	if r == nil {
		return ""
	}
	key := strings.Join([]string{o.metric.Text, r.File, r.Column}, "\x00")
	if o.perInstance {
		key += "\x00each"
	}
	if name, ok := m.replays[key]; ok {
		return name
	}
	from := o.metric.Text
	if o.perInstance {
		from += "-per-instance"
	}
	name := m.entryName("metric", from)
	path := "metric." + name
	if name != o.metric.Text {
		m.put(path+".metric_name", quoted(clean.Short(o.metric.Text, 255)), o.metric, "")
	}
	if o.space != nil && o.space.Kind == Text && o.space.Text != "" {
		m.put(path+".namespace", quoted(clean.Short(o.space.Text, 255)), o.space, "")
	}
	var pairs []string
	for _, d := range o.dimensions {
		if n, v := d.text("Name"), d.text("Value"); n != "" && v != "" {
			pairs = append(pairs, quoted(clean.Short(n, 255))+" = "+quoted(clean.Short(v, 255)))
		}
	}
	if len(pairs) > 0 {
		m.put(path+".dimensions", "{ "+strings.Join(pairs, ", ")+" }", o.dimensions[0].above, "")
	}
	m.put(path+".trace.file", quoted(r.File), nil, r.Said)
	if r.Column != "" {
		m.put(path+".trace.column", quoted(r.Column), nil, "")
	}
	if o.perInstance {
		m.put(path+".trace.per_instance", "true", nil, "divided by "+inService)
	}
	if r.Far {
		m.assume(path+".trace.file", "it does not lie in the scenario's folder: run needs --allow-path and its folder")
	}
	m.assume("["+path+"]", "it is replayed as it was recorded, however the simulated group scales")
	m.replays[key] = name
	m.found.replayed = append(m.found.replayed, *r)
	return name
}
