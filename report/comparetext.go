package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"asgsim/report/clean"
	"asgsim/sim"
)

// WriteComparisonJSON writes the document as one indented JSON object.
func WriteComparisonJSON(w io.Writer, d *Comparison) error {
	return encoded(w, d, "  ")
}

// WriteComparisonCSV writes the document in long format: a row a variant and
// metric.
func WriteComparisonCSV(w io.Writer, d *Comparison) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"variant", "metric", "value", "lo", "hi", "n", "difference", "difference_lo", "difference_hi", "doubt_lo", "doubt_hi"}}
	for i := range d.Variants {
		v := &d.Variants[i]
		for _, m := range sim.Metrics() {
			if m.Optional && !d.has(m) {
				continue
			}
			f, x := v.Figures[m.Key], v.Differences[m.Key]
			row := []string{clean.Cell(v.Name), m.Key, plain(f.Value), plain(f.Lo), plain(f.Hi), strconv.Itoa(f.N), plain(x.Value), plain(x.Lo), plain(x.Hi), "", ""}
			if q, ok := v.Doubt[m.Key]; ok {
				row[9], row[10] = plain(&q.Lo), plain(&q.Hi)
			}
			rows = append(rows, row)
		}
	}
	if err := c.WriteAll(rows); err != nil {
		return err
	}
	return c.Error()
}

func plain(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'g', -1, 64)
}

// shown are the metrics of the default table, and the optional ones that any
// variant has.
func shown(d *Comparison, verbose bool) []sim.Metric {
	var out []sim.Metric
	for _, m := range sim.Metrics() {
		if (verbose || m.Optional || m.Usual()) && (!m.Optional || d.has(m)) {
			out = append(out, m)
		}
	}
	return out
}

// has reports whether any variant has a value of a metric.
func (d *Comparison) has(m sim.Metric) bool {
	return slices.ContainsFunc(d.Variants, func(v Variant) bool { return v.Figures[m.Key].Value != nil })
}

// variantsABlock is how many variants stand at most beside the base in one table.
const variantsABlock = 2

// WriteComparisonText writes the comparison as people read it: gates, table, a
// sentence a variant, the best, and what weakens the evidence, in so many columns; 0:
// Columns, and some more for the table.
func WriteComparisonText(w io.Writer, d *Comparison, wallS float64, verbose bool, columns int) error {
	width := (&lines{columns: columns}).width()
	var b strings.Builder
	base := d.Variants[0].Name
	how := fmt.Sprintf("%s of %s · seed %d · against: %s · %s", Plural(d.Replications, "replication"), Plural(len(d.Variants), "variant"), d.Inputs.Seed, base, wall(wallS))
	b.WriteString(heading(width, d.Title+" · "+d.Dates, how))
	if d.Interrupted {
		fmt.Fprintf(&b, "INTERRUPTED after %s: what follows is about those\n", Plural(d.Replications, "replication"))
	}
	if columns == 0 {
		columns = Columns + 20
	}
	switch {
	case d.Changes == nil: // variants of one scenario
	case len(d.Changes) == 0:
		b.WriteString("\nNothing changes that is simulated.\n")
	default:
		b.WriteString("\nCHANGES\n")
		for _, line := range changeLines(d.Changes) {
			b.WriteString(wrapped(width, "    ", line))
		}
	}
	b.WriteString(gatesText(d.Gates, columns))
	for from := 1; from < len(d.Variants) || from == 1; {
		n := variantsABlock
		table := block(0, d, from, n, verbose)
		for n > 1 && wide(table, columns) {
			n--
			table = block(0, d, from, n, verbose)
		}
		if wide(table, columns) {
			table = block(columns, d, from, n, verbose)
		}
		b.WriteString("\n" + table)
		from += n
	}
	b.WriteString("\n")
	for _, v := range d.Variants[1:] {
		b.WriteString(wrapped(width, "  ", v.Sentence))
	}
	switch {
	case len(d.Variants) == 1: // one alone is no best
	case d.Best.Name != "":
		b.WriteString(wrapped(width, "  ", fmt.Sprintf("Best: %s, %s", d.Best.Name, d.Best.Reason)))
	default:
		b.WriteString(wrapped(width, "  ", "Best: cannot tell: "+d.Best.Reason))
	}
	b.WriteString(notes(width, d))
	b.WriteString(precision(width, d, wallS))
	_, err := io.WriteString(w, Fit(clean.Lines(b.String()), columns))
	return err
}

// precision says how narrow the intervals became and what more would cost: half
// the width takes four times the replications.
func precision(width int, d *Comparison, wallS float64) string {
	if d.Replications < 2 {
		return ""
	}
	cost, bad := 0.0, 0.0
	for _, v := range d.Variants {
		c, x := v.Figures["cost_per_day"], v.Figures["bad_share"]
		if h, ok := c.half(); ok && *c.Value != 0 {
			cost = math.Max(cost, h/math.Abs(*c.Value))
		}
		if h, ok := x.half(); ok {
			bad = math.Max(bad, h)
		}
	}
	if cost == 0 && bad == 0 {
		return "" // there is no chance in what matters
	}
	text := fmt.Sprintf("precision reached with %s: EC2 cost ± %s, slow or failed ± %s at the widest; half of that would take about %d",
		Plural(d.Replications, "replication"), percent1(cost), points(bad), 4*d.Replications)
	if wallS > 0 {
		text += ", four times as long"
	}
	if d.Cap > d.Replications {
		text += fmt.Sprintf("; the cap was %d", d.Cap)
	}
	return wrapped(width, "  ", text)
}

// heading is two texts on a line, or on two where they do not fit.
func heading(width int, left, right string) string {
	if line := left + " · " + right; utf8.RuneCountInString(line) <= width {
		return line + "\n"
	}
	return left + "\n" + right + "\n"
}

// wide reports whether a table is wider than so many columns.
func wide(table string, columns int) bool {
	for line := range strings.SplitSeq(table, "\n") {
		if utf8.RuneCountInString(line) > columns {
			return true
		}
	}
	return false
}

// block is the table of the base and of n variants from.. on, in so many columns; 0: as
// many as it takes.
func block(columns int, d *Comparison, from, n int, verbose bool) string {
	list := d.Variants[min(from, len(d.Variants)):min(from+n, len(d.Variants))]
	header := []string{"", d.Variants[0].Name}
	right := []int{2}
	for _, v := range list {
		header = append(header, v.Name, "")
		right = append(right, len(header)-1, len(header))
	}
	rows := [][]string{sloRow(&d.Variants[0], list)}
	for _, m := range shown(d, verbose) {
		row := []string{m.Title, value(m, d.Variants[0].Figures[m.Key])}
		for i := range list {
			row = append(row, value(m, list[i].Figures[m.Key]), difference(m, d.Variants[0].Figures[m.Key], list[i].Differences[m.Key]))
		}
		rows = append(rows, row)
	}
	if d.Variants[0].Breaking != nil {
		row := []string{"first breach at load", breaking(d.Variants[0].Breaking)}
		for i := range list {
			row = append(row, breaking(list[i].Breaking), "")
		}
		rows = append(rows, row)
	}
	return Table(columns, header, rows, right...) + "\n"
}

func sloRow(base *Variant, list []Variant) []string {
	row := []string{"SLO", sloTold(base.SLO)}
	for i := range list {
		row = append(row, sloTold(list[i].SLO), "")
	}
	return row
}

// value prints a figure with its half-width: relative for money, hours and
// latency, in points for shares. "=" marks a value without chance in it.
func value(m sim.Metric, f Figure) string {
	if f.Value == nil {
		return "none"
	}
	h, ok := f.half()
	text := amount(m.Unit, *f.Value)
	switch {
	case f.Exact:
		return text + " ="
	case !ok:
		return text
	case f.lopsided():
		return text + " (" + amount(m.Unit, *f.Lo) + " … " + amount(m.Unit, *f.Hi) + ")"
	case m.Unit == sim.Share:
		return text + " ± " + barePoints(h)
	case *f.Value == 0:
		return text + " ± " + amount(m.Unit, h)
	case m.Unit == sim.Minutes || m.Unit == sim.Number:
		return text + " ± " + trimZeros(fmt.Sprintf("%.1f", h))
	}
	return text + " ± " + percent1(h/math.Abs(*f.Value))
}

// difference prints a paired difference: "~" when its interval holds zero, "="
// when it has no variance.
func difference(m sim.Metric, base, f Figure) string {
	h, ok := f.half()
	switch {
	case f.Exact && *f.Value == 0:
		return "="
	case !ok:
		if f.Value == nil {
			return ""
		}
		return signed(m, base, *f.Value)
	case !f.resolved():
		return "~"
	case f.lopsided():
		return signed(m, base, *f.Value) + " (" + signed(m, base, *f.Lo) + " … " + signed(m, base, *f.Hi) + ")"
	}
	return signed(m, base, *f.Value) + " ± " + strings.TrimRight(strings.TrimPrefix(signed(m, base, h), "+"), " %p")
}

func signed(m sim.Metric, base Figure, v float64) string {
	sign := "+"
	if v < 0 {
		sign, v = "−", -v
	}
	switch {
	case m.Unit == sim.Share:
		return sign + points(v)
	case m.Unit == sim.Minutes || m.Unit == sim.Number:
		return sign + decimal(v)
	case base.Value != nil && *base.Value != 0:
		return sign + percent1(v/math.Abs(*base.Value))
	}
	return sign + amount(m.Unit, v)
}

// amount prints a value in the metric's unit.
func amount(u sim.Unit, v float64) string {
	switch u {
	case sim.USD:
		return Money(v)
	case sim.Share:
		return Share(v)
	case sim.Seconds:
		return Latency(v)
	case sim.Minutes:
		return decimal(v) + " min"
	case sim.Hours:
		return decimal(v) + " h"
	default:
		return decimal(v)
	}
}

func breaking(b *Breaking) string {
	switch {
	case b == nil:
		return ""
	case b.Breaks == nil:
		return fmt.Sprintf("over x%.2f", b.Holds)
	default:
		return fmt.Sprintf("x%.2f", *b.Breaks)
	}
}

// notes are what the reader must know beside the table.
func notes(width int, d *Comparison) string {
	var b strings.Builder
	if y := d.Yardsticks; y != nil {
		b.WriteString(wrapped(width, "  ", y.text(1, " a day")))
	}
	b.WriteString(doubtText(width, d))
	for _, v := range d.Variants {
		for _, x := range v.Inactive {
			b.WriteString(wrapped(width, "  ", fmt.Sprintf("never acted in %s: %s, %s", v.Name, x.Rule, x.Why)))
		}
	}
	for _, x := range d.Excluded {
		b.WriteString(wrapped(width, "  ", fmt.Sprintf("EXCLUDED: %s, replication %d (seed %d) broke the audit: %s: %s", x.Variant, x.Replication, x.Seed, x.Audit[0].Law, x.Audit[0].Detail)))
	}
	for _, x := range d.Weak {
		b.WriteString(wrapped(width, "  ", "weak evidence: "+x))
	}
	for _, x := range d.Warnings {
		b.WriteString(wrapped(width, "  ", "warning: "+x))
	}
	if g := gains(d); g != "" {
		b.WriteString(wrapped(width, "  ", g))
	}
	if f := sampledVariants(d); f != "" {
		b.WriteString(wrapped(width, "  ", f))
	}
	confidence := trimZeros(fmt.Sprintf("%.1f", 100*d.Confidence))
	foot := fmt.Sprintf("± is half a %s %% interval over replications, (a … b) one that is not even; differences are paired by seed; ~ holds zero, = no chance in it", confidence)
	b.WriteString(wrapped(width, "  ", foot))
	b.WriteString(wrapped(width, "  ", marginsText(d.Margins)))
	return b.String()
}

// sampledVariants says which variants were sampled, and what that does to the intervals.
func sampledVariants(d *Comparison) string {
	text := ""
	for _, v := range d.Variants {
		text += sampledPart(v.Name, v.SimulatedShare, v.ReusedShare)
	}
	if text == "" {
		return ""
	}
	return "sampled: simulated were " + text[2:] + "; every replication samples anew, so the intervals hold the error of that too"
}

// gains says what the pairing saved.
func gains(d *Comparison) string {
	var parts, sure []string
	for _, v := range d.Variants[1:] {
		switch {
		case v.Differences["cost_per_day"].Exact && d.Replications > 1:
			sure = append(sure, v.Name)
		case v.PairingGain != nil && *v.PairingGain > 0:
			parts = append(parts, fmt.Sprintf("%s %.1f", v.Name, *v.PairingGain))
		}
	}
	var out []string
	if len(parts) > 0 {
		out = append(out, "one pair is worth so many independent replications, on EC2 cost: "+strings.Join(parts, ", "))
	}
	if len(sure) > 0 {
		out = append(out, "no chance is in the difference of EC2 cost of "+strings.Join(sure, ", "))
	}
	return strings.Join(out, "; ")
}

func doubtText(width int, d *Comparison) string {
	if len(d.Flips) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(wrapped(width, "  ", "doubt: assumptions flipped one at a time ("+strings.Join(d.Flips, ", ")+"):"))
	for _, v := range d.Variants {
		text := fmt.Sprintf("%s: EC2 a day %s; slow or failed %s", v.Name, widerFirst(&v, "cost_per_day"), widerFirst(&v, "bad_share"))
		b.WriteString(wrapped(width, "    ", text))
	}
	return b.String()
}

// widerFirst words how sure a figure is: by assumptions and by chance, the wider
// range first.
func widerFirst(v *Variant, key string) string {
	m, _ := sim.MetricOf(key)
	q := v.Doubt[key]
	doubt := amount(m.Unit, q.Lo) + " … " + amount(m.Unit, q.Hi) + " by assumptions"
	if q.HiBy != "" {
		doubt += " (highest: " + q.HiBy + ")"
	}
	f := v.Figures[key]
	h, ok := f.half()
	switch {
	case !ok:
		return doubt + ", by chance unknown"
	case f.Exact:
		return doubt + ", none by chance"
	}
	chance := amount(m.Unit, *f.Lo) + " … " + amount(m.Unit, *f.Hi) + " by chance"
	if 2*h > q.Hi-q.Lo {
		return chance + ", " + doubt
	}
	return doubt + ", " + chance
}

func wall(s float64) string {
	return trimZeros(fmt.Sprintf("%.1f", s)) + " s"
}

// wrapped breaks a text at so many columns, indented.
func wrapped(width int, indent, s string) string {
	var b strings.Builder
	line := indent
	for _, word := range words(s) {
		if len([]rune(line))+1+len([]rune(word)) > width && strings.TrimSpace(line) != "" {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line = indent + "  "
		}
		if strings.TrimSpace(line) != "" {
			line += " "
		}
		line += word
	}
	b.WriteString(strings.TrimRight(line, " ") + "\n")
	return b.String()
}

// text words the yardsticks, in dollars of so many days.
func (y *Yardstick) text(days float64, unit string) string {
	if y.FixedMinimum.Instances == 0 {
		return "yardsticks: no fixed fleet was found that meets the SLO (of up to 1,000 instances, or until more did not help)"
	}
	money := func(v float64) string { return Money(v * days / y.Days) }
	meet := "meet"
	if y.FixedMinimum.Instances == 1 {
		meet = "meets"
	}
	out := fmt.Sprintf("yardsticks, simulated on the same requests: %s always on just %s the SLO (%s of EC2%s; nobody runs this), %d still would with one zone lost (%s)",
		Instances(y.FixedMinimum.Instances), meet, money(y.FixedMinimum.EC2USD), unit, y.FixedSameHeadroom.Instances, money(y.FixedSameHeadroom.EC2USD))
	if y.LowerBoundUSD > 0 {
		out += fmt.Sprintf("; the CPU work of the good requests alone costs %s: no fleet of these types serves them for less", money(y.LowerBoundUSD))
	}
	return out
}
