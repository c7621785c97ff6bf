package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// replayedSeries is a recording as a metric shows it: datapoints at the ends of their
// periods.
type replayedSeries struct {
	rec   *recording
	from  des.Time // where the first begins
	scale float64
}

// Len implements cloudwatch.Samples.
func (r *replayedSeries) Len() int { return r.rec.len() }

// Sample implements cloudwatch.Samples.
func (r *replayedSeries) Sample(i int) (des.Time, float64) {
	return r.from.Add(des.Seconds(r.rec.at(i) + r.rec.bin)), r.rec.rows.get(i).value * r.scale
}

// metricTrace reads [metric.N.trace].
func (d *decoder) metricTrace(path string) (cloudwatch.Recorded, bool) {
	d.Text(path + ".file")
	d.Text(path + ".column")
	var m cloudwatch.Recorded
	scale, _ := d.Number(path + ".scale")
	m.PerInstance, _ = d.Bool(path + ".per_instance")
	from, placed := d.when(path + ".start")
	m.Delay, _ = d.dur(path + ".delay")
	rec := d.recorded(path, anySign)
	if rec == nil || !d.OK(path+".scale", path+".per_instance", path+".delay") || d.Failed(path+".start") || d.duration == 0 {
		return m, false
	}
	if !placed {
		zero := 0.0
		if rec.info.Civil {
			zero = float64(d.cal.Start)
		}
		from = des.Time(des.Seconds(rec.begin() - zero))
	}
	to := from.Add(des.Seconds(rec.span()))
	switch end := des.Time(0).Add(d.duration); {
	case from >= end || to <= 0:
		d.Problem(path+".file", d.At(path+".file"), form.Wrong(`place it with start = "0s"`, "lies outside the run: the recording lasts from %s to %s", d.cal.RFC3339(from), d.cal.RFC3339(to)))
		return m, false
	case from > 0 || to < end:
		d.Warn(path+".file", "", "covers the run from %s to %s only: outside of that the metric has no datapoints", d.cal.RFC3339(max(from, 0)), d.cal.RFC3339(min(to, end)))
	}
	m.Period = des.Seconds(rec.bin)
	m.Samples = &replayedSeries{rec, from, scale}
	d.understood = append(d.understood, rec.shown(form.Parent(path), d.fileOf(path), scale))
	return m, true
}

// fileOf is the file that a table names.
func (d *decoder) fileOf(path string) string {
	file, _ := d.Find(path + ".file").Str()
	return file
}
