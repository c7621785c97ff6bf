package scenarios

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"asgsim/report/clean"
	"asgsim/report/format"
	"asgsim/scenarios/form"
	"asgsim/scenarios/series"
	"asgsim/sim/des"
)

// understood says what was read of the recording of a load: what kind of file it is, how
// long its bins are, when they lie, what is missing, and how much it comes to.
func (p *played) understood(load, file string) string {
	info := p.rec.info
	total, peak, missing := 0.0, 0.0, 0
	for i := range p.Len() {
		b := p.Bin(i)
		total += b.Rate * b.To.Sub(b.From).Seconds()
		peak = max(peak, b.Rate)
		if _, _, gap := p.width(i); gap {
			missing += int(math.Round(p.rec.step(i)/p.bin)) - 1
		}
	}
	parts := []string{
		fmt.Sprintf("%s is %s, column %s, times are %s", clean.Short(file, 60), info.Format, clean.Short(info.Column, 40), info.Times),
		fmt.Sprintf("%s bins of %s, %s", format.Count(uint64(p.Len())), des.Seconds(p.bin), p.rec.when()),
		fmt.Sprintf("%s requests, at most %s/s", format.Count(uint64(math.Round(total))), form.FormatNumber(math.Round(peak*100)/100)),
	}
	if missing > 0 {
		parts = append(parts, fmt.Sprintf("%s bins are missing (gaps = %q)", format.Count(uint64(missing)), p.gaps))
	}
	said := strings.Join(append(parts, info.Notes...), "; ")
	if load != "" {
		said = "load " + load + ": " + said
	}
	return said
}

// when says from when to when a recording goes.
func (r *recording) when() string {
	from, to := r.begin(), r.begin()+r.span()
	if !r.info.Civil {
		return fmt.Sprintf("%s to %s from the start", des.Seconds(from), des.Seconds(to))
	}
	return series.Stamp(from) + " to " + series.Stamp(to)
}

// understand notes what was read of a load's recording, once a file, column and load.
func (s *Scenario) understand(said []string) {
	for _, text := range said {
		if !slices.Contains(s.Understood, text) {
			s.Understood = append(s.Understood, text)
		}
	}
}

// shown says what was read of the recording of a metric.
func (r *recording) shown(metric, file string, scale float64) string {
	low, high, missing := math.Inf(1), math.Inf(-1), 0
	for i := range r.len() {
		v := r.rows.get(i).value * scale
		low, high = min(low, v), max(high, v)
		if i+1 < r.len() && r.step(i) > gapAt*r.bin {
			missing += int(math.Round(r.step(i)/r.bin)) - 1
		}
	}
	info := r.info
	parts := []string{
		fmt.Sprintf("%s is %s, column %s, times are %s", clean.Short(file, 60), info.Format, clean.Short(info.Column, 40), info.Times),
		fmt.Sprintf("%s datapoints of %s, %s", format.Count(uint64(r.len())), des.Seconds(r.bin), r.when()),
		fmt.Sprintf("%s to %s", form.FormatNumber(roundTo(low, 4)), form.FormatNumber(roundTo(high, 4))),
	}
	if missing > 0 {
		parts = append(parts, format.Count(uint64(missing))+" datapoints are missing")
	}
	said := strings.Join(append(parts, info.Notes...), "; ")
	if metric != "" {
		said = strings.Replace(metric, ".", " ", 1) + ": " + said
	}
	return said
}
