package behaviour

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"path"
	"slices"
	"strings"

	"asgsim/report/clean"
	"asgsim/scenarios/form"
	"asgsim/scenarios/series"
	"asgsim/sim/des"
)

// addSeveral takes the series of a file that are known by their names.
func (r *Record) addSeveral(file string, all *series.Several) error {
	if len(all.Series) == 0 {
		r.Notes = append(r.Notes, clean.Short(file, 60)+": holds no datapoint")
		return nil
	}
	if r.begun && r.relative == all.Civil {
		return errors.New("has times of another kind than the files before: of some only seconds from the start are known")
	}
	r.begun, r.relative = true, !all.Civil
	for _, n := range all.Notes {
		r.Notes = append(r.Notes, clean.Short(file, 60)+": "+n)
	}
	var unknown []string
	for k := range all.Series {
		n := &all.Series[k]
		s, why := r.meaning(file, n, all.Format, len(all.Series) == 1)
		switch {
		case why != "":
			return fmt.Errorf("series %s: %s", clean.Quoted(label(n)), why)
		case s.Metric == None:
			if !r.unwanted(n) {
				unknown = append(unknown, clean.Quoted(label(n)))
			}
			continue
		}
		r.rows += len(s.Rows)
		r.Series = append(r.Series, s)
	}
	if len(unknown) > 0 {
		note := fmt.Sprintf("%s: not known by name, and left out: %s", clean.Short(file, 60), strings.Join(unknown[:min(len(unknown), 8)], ", "))
		if len(unknown) > 8 {
			note += fmt.Sprintf(" and %d more", len(unknown)-8)
		}
		r.Notes = append(r.Notes, note+"; --name 'LABEL=CPUUtilization' says which metric one is")
	}
	return nil
}

// unwanted reports whether somebody said that a series is none of the metrics.
func (r *Record) unwanted(n *series.Named) bool {
	return slices.ContainsFunc([]string{label(n), n.ID, n.Stat}, func(key string) bool {
		return key != "" && strings.EqualFold(strings.TrimSpace(r.names[key]), "none")
	})
}

// label is what a series is called in its file.
func label(n *series.Named) string {
	for _, s := range []string{n.Name, n.Stat, n.ID} {
		if s != "" {
			return s
		}
	}
	return "value"
}

// meaning finds out what a series is and turns its values into rates a second, shares and
// seconds. why is what is wrong with it.
func (r *Record) meaning(file string, n *series.Named, format string, alone bool) (s Series, why string) {
	m := mean(n.Name, n.Stat, n.Unit)
	if m.stat == (Stat{}) {
		m.stat = percentile(n.ID)
	}
	// Two percentiles of one metric have the same label unless asked for otherwise.
	if byID := mean(n.ID, "", ""); m.metric == None && byID.metric != None {
		m.metric = byID.metric
	}
	if m.metric == None && (alone || n.Stat != "") {
		by := mean(stem(file), n.Stat, n.Unit)
		m.metric, m.wrong = by.metric, by.wrong
		if m.stat == (Stat{}) {
			m.stat = by.stat
		}
	}
	s = Series{From: clean.Short(file, 60) + " " + clean.Quoted(label(n))}
	for _, key := range []string{label(n), n.ID, n.Stat} {
		told, ok := r.names[key]
		if !ok || key == "" {
			continue
		}
		by := mean(told, "", "")
		if strings.EqualFold(strings.TrimSpace(told), "none") {
			return s, ""
		}
		if by.metric == None {
			return s, fmt.Sprintf("--name says that it is %s, which is no metric: there are %s", clean.Quoted(told), strings.Join(metricNames[1:len(metricNames)-1], ", "))
		}
		m.metric, m.wrong = by.metric, by.wrong
		if by.stat != (Stat{}) {
			m.stat = by.stat
		}
		m.rate = m.rate || by.rate
		if by.seconds > 0 {
			m.seconds = by.seconds
		}
	}
	if m.metric == None {
		return s, ""
	}
	if m.wrong != "" {
		if n.Stat != "" { // of several statistics in one answer the others may serve
			return s, ""
		}
		return s, m.wrong
	}
	s.Metric, s.Stat = m.metric, m.stat
	if m.metric != TargetResponseTime {
		s.Stat = Stat{}
	}
	for _, row := range n.Rows {
		if row.Value < 0 || row.Value > 1e12 {
			return s, fmt.Sprintf("%g is no value of %s", row.Value, m.metric)
		}
		s.Rows = append(s.Rows, Value{row.At, row.Value})
	}
	s.Period = commonStep(s.Rows)
	if format == series.QueryRange && strings.HasPrefix(n.Name, series.FromCloudWatch) {
		m.exported = true
	}
	unit := s.scale(m, format)
	r.Said = append(r.Said, said(&s, unit, format, r.relative))
	return s, ""
}

// exported is the period of cloudwatch_exporter, in seconds (its period_seconds).
const exported = 60

// scale turns the values into rates a second, shares and seconds, and says which unit
// they were in, and what that was taken from.
func (s *Series) scale(m meaning, format string) (unit string) {
	factor := 1.0
	aws := strings.HasPrefix(format, "get-metric")
	switch {
	case s.Metric.counted() && m.exported:
		factor, unit = 1.0/exported, fmt.Sprintf("counts of %d s, the period that cloudwatch_exporter asks for unless told otherwise", exported)
	case s.Metric.counted() && (m.rate || format == series.QueryRange):
		unit = "a second"
	case s.Metric.counted():
		factor, unit = 1/s.Period, fmt.Sprintf("counts of %s", des.Seconds(s.Period))
	case s.Metric == CPUUtilization && m.percent == 0 && !aws && s.most() <= 1:
		unit = "shares, for none is above 1"
	case s.Metric == CPUUtilization:
		factor, unit = 0.01, "percent"
	case s.Metric == TargetResponseTime && m.seconds > 0:
		factor = m.seconds
		unit = map[float64]string{1: "seconds", 1e-3: "milliseconds", 1e-6: "microseconds"}[m.seconds]
	case s.Metric == TargetResponseTime && !aws && s.typical() > 5:
		factor, unit = 1e-3, "milliseconds, for most are above 5"
	case s.Metric == TargetResponseTime:
		unit = "seconds"
	default:
		unit = "instances"
	}
	for k := range s.Rows {
		s.Rows[k].V *= factor
	}
	return unit
}

func (s *Series) most() float64 {
	most := 0.0
	for _, r := range s.Rows {
		most = max(most, r.V)
	}
	return most
}

// typical is the median.
func (s *Series) typical() float64 {
	v := make([]float64, len(s.Rows))
	for k, r := range s.Rows {
		v[k] = r.V
	}
	slices.Sort(v)
	if len(v) == 0 {
		return 0
	}
	return v[len(v)/2]
}

// onlyPeriod is taken to be the period of a series with one row.
const onlyPeriod = 60

// commonStep is the median distance of rows, in seconds.
func commonStep(rows []Value) float64 {
	if len(rows) < 2 {
		return onlyPeriod
	}
	steps := make([]float64, len(rows)-1)
	for k := range steps {
		steps[k] = rows[k+1].At - rows[k].At
	}
	slices.Sort(steps)
	return max(steps[len(steps)/2], 1e-3)
}

// said tells what was understood of a series.
func said(s *Series, unit, format string, relative bool) string {
	from, to := s.Rows[0].At, s.Rows[len(s.Rows)-1].At+s.Period
	span := series.Stamp(from) + " to " + series.Stamp(to)
	if relative {
		span = fmt.Sprintf("%s to %s from the start", des.Seconds(from), des.Seconds(to))
	}
	what := s.Metric.String()
	if s.Metric == TargetResponseTime {
		what += " " + s.Stat.String()
	}
	missing := int(math.Round((to-from)/s.Period)) - len(s.Rows)
	text := fmt.Sprintf("%s (%s): %s, %s; %d bins of %s, %s", s.From, format, what, unit, len(s.Rows), des.Seconds(s.Period), span)
	if missing > 0 {
		text += fmt.Sprintf(", %d missing", missing)
	}
	return text + fmt.Sprintf("; at most %s", s.shown(s.most()))
}

// shown prints a value of the series.
func (s *Series) shown(v float64) string {
	switch {
	case s.Metric.counted():
		return form.FormatNumber(round(v)) + "/s"
	case s.Metric == CPUUtilization:
		return form.FormatNumber(round(100*v)) + " %"
	case s.Metric == TargetResponseTime:
		return des.Seconds(round(v)).String()
	}
	return form.FormatNumber(round(v))
}

// round keeps three digits.
func round(v float64) float64 {
	if v == 0 {
		return 0
	}
	unit := math.Pow(10, 3-math.Ceil(math.Log10(math.Abs(v))))
	return math.Round(v*unit) / unit
}

// combine makes one series of those that tell of the same: pieces of time follow upon
// each other; CPU utilization of several instances is averaged.
func (r *Record) combine() {
	var out []Series
	for _, s := range r.Series {
		if slices.ContainsFunc(out, func(o Series) bool { return o.Metric == s.Metric && o.Stat == s.Stat }) {
			continue
		}
		var same []Series
		for _, o := range r.Series {
			if o.Metric == s.Metric && o.Stat == s.Stat {
				same = append(same, o)
			}
		}
		average := s.Metric == CPUUtilization
		var differ bool
		if s.Rows, differ = join(same, average); differ {
			what := fmt.Sprintf("%d series are %s and differ where both have a value", len(same), s.Metric)
			if average {
				r.Notes = append(r.Notes, what+": averaged")
			} else {
				r.Notes = append(r.Notes, fmt.Sprintf("%s: %s counts; --name 'LABEL=none' leaves one out", what, s.From))
			}
		}
		out = append(out, s)
	}
	r.Series = out
}

// join merges the rows of series by time; of several at the same time the first stays, or
// their mean. differ reports whether their values did.
func join(same []Series, average bool) (out []Value, differ bool) {
	var all []Value
	for _, s := range same {
		all = append(all, s.Rows...)
	}
	slices.SortStableFunc(all, func(x, y Value) int { return cmp.Compare(x.At, y.At) })
	n := 1.0
	for _, v := range all {
		last := len(out) - 1
		if last < 0 || out[last].At != v.At {
			out, n = append(out, v), 1
			continue
		}
		differ = differ || out[last].V != v.V
		if average {
			out[last].V = (out[last].V*n + v.V) / (n + 1)
			n++
		}
	}
	return out, differ
}

// stem is a file's name without folder and extensions.
func stem(name string) string {
	name, _, _ = strings.Cut(path.Base(strings.ReplaceAll(name, `\`, "/")), ".")
	return name
}
