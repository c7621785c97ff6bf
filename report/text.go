package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"asgsim/report/clean"
	"asgsim/report/format"
	"asgsim/sim/account"
)

// TextOptions say how the text is to look.
type TextOptions struct {
	WallS   float64 // seconds the run took on the machine; 0: not said
	Verbose bool    // tables of latency, failures, savings, incidents and the bill too
	Colour  bool    // ANSI colours for the verdict
	Columns int     // of the terminal; 0: Columns, which is the most too
}

// WriteText writes the dozen lines a person wants to read after a run.
func WriteText(w io.Writer, d *Document, o TextOptions) error {
	t := &lines{colour: o.Colour, verbose: o.Verbose, columns: o.Columns}
	t.head(d, o.WallS)
	if g := gatesText(d.Gates, t.width()); g != "" {
		t.out = append(t.out, strings.Split(strings.TrimRight(g, "\n"), "\n")...)
	}
	t.add("")
	t.users(d)
	t.fleet(d)
	t.money(d)
	t.fidelity(d)
	t.yardsticks(d)
	t.audit(d)
	t.moments(d)
	t.inactive(d)
	t.warnings(d)
	if o.Verbose {
		t.tables(d)
	}
	t.try(d)
	if len(d.Files) > 0 {
		t.add("")
		t.add("%s", WroteIn(d.Files, o.Columns))
	}
	_, err := io.WriteString(w, t.text())
	return err
}

// fidelity adds how sure a sampled run is.
func (t *lines) fidelity(d *Document) {
	if text := fidelity(&d.Summary); text != "" {
		t.wrap("  sampled  ", text)
	}
}

// text is what was collected; what could not be wrapped as it was added is now.
func (t *lines) text() string {
	text := Fit(clean.Lines(strings.Join(t.out, "\n"))+"\n", t.width())
	if t.colour {
		text = coloured(text)
	}
	return text
}

// verdicts are coloured on a terminal that wants colours.
var verdicts = [...]struct {
	begin, text string // of the line, and in it
	code        int    // of the ANSI colour
}{
	{"  users    ", "SLO met", 32},
	{"  users    ", "SLO missed", 31},
	{"  This run broke a law", "This run broke a law of its own audit", 31},
}

// coloured colours the verdicts of a text that is clean of all other escapes.
func coloured(text string) string {
	parts := strings.Split(text, "\n")
	for i := range parts {
		for _, v := range verdicts {
			if strings.HasPrefix(parts[i], v.begin) {
				parts[i] = strings.Replace(parts[i], v.text, fmt.Sprintf("\x1b[%dm%s\x1b[0m", v.code, v.text), 1)
			}
		}
	}
	return strings.Join(parts, "\n")
}

// Wrote names the files that were written, without a line's end.
func Wrote(files []string) string { return WroteIn(files, 0) }

// WroteIn is Wrote in so many columns.
func WroteIn(files []string, columns int) string {
	t := &lines{columns: columns}
	t.wrap("wrote ", strings.Join(beside(files), ", "))
	return clean.Lines(strings.Join(t.out, "\n"))
}

// beside drops the folder from names that lie in the folder of the one before.
func beside(files []string) []string {
	out := make([]string, len(files))
	last := ""
	for i, f := range files {
		cut := strings.LastIndexByte(f, '/') + 1
		out[i] = f
		if i > 0 && f[:cut] == last {
			out[i] = f[cut:]
		}
		last = f[:cut]
	}
	return out
}

// lines collects the text.
type lines struct {
	out     []string
	colour  bool
	verbose bool // all moments, not only those on the picture
	columns int  // 0: Columns
}

// width is how many columns a line may have.
func (t *lines) width() int {
	if t.columns == 0 {
		return Columns
	}
	return min(max(t.columns, leastColumns), Columns)
}

func (t *lines) add(format string, args ...any) {
	t.out = append(t.out, strings.TrimRight(fmt.Sprintf(format, args...), " "))
}

// wrap adds txt after lead, broken at spaces, continued below its beginning.
func (t *lines) wrap(lead, txt string) {
	used := utf8.RuneCountInString(lead)
	line, indent := lead, min(used, t.width()/2)
	for i, word := range words(txt) {
		n := visible(word)
		if i > 0 && used+1+n > t.width() {
			t.add("%s", line)
			line, used = strings.Repeat(" ", indent), indent
		} else if i > 0 {
			line += " "
			used++
		}
		line += word
		used += n
	}
	t.add("%s", line)
}

// words splits a text where a line may break: not between a number and its %.
func words(txt string) []string {
	var out []string
	for _, word := range strings.Fields(txt) {
		if n := len(out); n > 0 && strings.HasPrefix(word, "%") {
			out[n-1] += " " + word
			continue
		}
		out = append(out, word)
	}
	return out
}

func (t *lines) head(d *Document, wall float64) {
	parts := []string{d.Setup.Title, d.Setup.Dates + ", " + d.Setup.Timezone, fmt.Sprintf("seed %d", d.Inputs.Seed)}
	if d.Inputs.Variant != "" {
		parts[0] += " (variant " + d.Inputs.Variant + ")"
	}
	if wall > 0 {
		parts = append(parts, fmt.Sprintf("%.1f s", wall))
	}
	if line := strings.Join(parts, " · "); utf8.RuneCountInString(line) <= t.width() {
		t.add("%s", line)
		return
	}
	t.wrap("", parts[0])
	t.wrap("", strings.Join(parts[1:], " · "))
}

// pair adds a line with a second text set at the right.
func (t *lines) pair(left, right string) {
	const column = 76
	if pad := column - visible(left); right != "" && pad >= 2 && column+utf8.RuneCountInString(right) <= t.width() {
		t.out = append(t.out, left+strings.Repeat(" ", pad)+right)
		return
	}
	t.wrap(left[:labelled], left[labelled:])
	if right != "" {
		t.wrap(strings.Repeat(" ", labelled), right)
	}
}

// labelled is how wide the label is that begins a line of the summary.
const labelled = 11

func (t *lines) users(d *Document) {
	s := &d.Summary
	verdict := "SLO met"
	if !s.SLO.Met {
		verdict = "SLO missed"
	}
	if s.Requests.GoodShare == nil {
		if s.Requests.Offered == 0 {
			t.add("  users    no requests in the window")
		} else {
			t.add("  users    %s %s, none of them ended by then: %s", Count(s.Requests.Offered), what(d), verdict)
		}
		return
	}
	promise := Share(s.SLO.Good)
	if s.SLO.LatencyS > 0 {
		promise += " under " + Latency(s.SLO.LatencyS)
	}
	left := fmt.Sprintf("  users    %s %s, %s good: %s (%s)", Count(s.Requests.Offered), what(d), Share(*s.Requests.GoodShare), verdict, promise)
	right := ""
	if s.Latency.P50 != nil && s.Latency.P99 != nil {
		right = fmt.Sprintf("p50 %s  p99 %s", Latency(*s.Latency.P50), Latency(*s.Latency.P99))
	}
	t.pair(left, right)
	if s.SLO.BreachedMinutes > 0 {
		line := fmt.Sprintf("%s breached, %s allowed", Plural(s.SLO.BreachedMinutes, "minute"), decimal(s.SLO.AllowedMinutes))
		if w := s.WorstMinute; w != nil && w.Cause != "" {
			line += fmt.Sprintf("; in the worst %s were bad: %s", Share(w.BadShare), w.Cause)
		}
		t.wrap("           ", line)
	}
	if n := s.Requests.Denied; n > 0 {
		t.wrap("           ", fmt.Sprintf("retries: %s, and %s that the budget denied", Count(s.Requests.Retries), Count(n)))
	}
	if codes := wrong(s.Requests.HTTP); codes != "" && !s.SLO.Met {
		t.wrap("           ", codes)
	}
}

// what it is that users ask for.
func what(d *Document) string {
	if d.Summary.Queue != nil {
		return "messages"
	}
	return "requests"
}

func (t *lines) fleet(d *Document) {
	c := &d.Summary.Capacity.InService
	most := Instances(c.Max)
	if d.Summary.Capacity.Unit != "" {
		most = Plural(c.Max, "unit")
	}
	size := fmt.Sprintf("%d to %s, %.1f on average", c.Min, most, c.Mean)
	if c.Min == c.Max {
		size = most + " throughout"
	}
	t.pair(fmt.Sprintf("  fleet    %s, %s instance-hours", size, format.Hours(d.Summary.InstanceHours)), Spark(d.Fleet))
	if l := d.Summary.Launch; l != nil {
		hooks := ""
		if l.HooksS > 0 {
			hooks = format.Duration(l.HooksS) + " more for launch hooks, "
		}
		line := fmt.Sprintf("a new instance is healthy after %s: %s to run, %s to boot, %s%s of health checks", format.Duration(l.TotalS),
			format.Duration(l.RunningS), format.Duration(l.BootS), hooks, format.Duration(l.ChecksS))
		if d.Summary.Queue != nil {
			line = strings.TrimSuffix(fmt.Sprintf("a new instance polls the queue after %s: %s to run, %s to boot, %s", format.Duration(l.TotalS),
				format.Duration(l.RunningS), format.Duration(l.BootS), hooks), ", ")
		}
		if l.WarmS > 0 {
			line += fmt.Sprintf("; it is at full speed %s after it has booted", format.Duration(l.WarmS))
		}
		if l.LostBooting > 0 {
			line += fmt.Sprintf("; %s on new ones before that, as the balancer failed open", format.Lost(l.LostBooting))
			switch {
			case l.LostLimited == l.LostBooting:
				line += fmt.Sprintf(" while dependency %s was the bottleneck", l.Limited)
			case l.LostLimited > 0:
				line += fmt.Sprintf(", %s of them while dependency %s was the bottleneck", Count(l.LostLimited), l.Limited)
			}
		}
		t.wrap("           ", line)
	}
	if q := d.Summary.Queue; q != nil {
		t.wrap("  queue    ", queueWords(q))
	}
	for k := range d.Summary.Dependencies {
		t.wrap("  depends  ", dependency(&d.Summary.Dependencies[k]))
	}
	if p := d.Summary.WarmPool; p != nil {
		t.wrap("  pool     ", WarmPool(p))
	}
}

func (t *lines) money(d *Document) {
	s := &d.Summary
	txt := fmt.Sprintf("%s for EC2%s, %s", Money(s.Cost.EC2), aMonth(s.Cost.EC2PerMonth), terms(&s.Cost))
	if h := Headline(s.Savings); h != nil {
		txt += "; " + saved(h, d.Setup.InstanceType)
	}
	t.wrap("  money    ", txt)
	t.spot(s)
	t.credits(s)
	t.commitments(s)
	rest := []string{}
	monitoring := "detailed monitoring"
	if slices.ContainsFunc(d.Bill, func(l Line) bool { return l.Item == "High-resolution metrics" }) {
		monitoring = "monitoring"
	}
	for _, x := range []struct {
		name string
		usd  float64
	}{{"load balancer", s.Cost.LoadBalancer}, {monitoring, s.Cost.Monitoring}, {"volumes of the warm pool", s.Cost.Storage}} {
		if x.usd > 0 {
			text := x.name + " " + Money(x.usd)
			if x.name == "load balancer" && len(s.Cost.RestsOn) > 0 {
				text += " (rests on " + strings.Join(s.Cost.RestsOn, ", ") + ": " + defaultsWord(len(s.Cost.RestsOn)) + ")"
			}
			rest = append(rest, text)
		}
	}
	if len(rest) > 0 {
		line := "besides: " + strings.Join(rest, ", ")
		if s.Cost.PerMonth != nil {
			line += fmt.Sprintf("; all together %s a month (%s)", Money(*s.Cost.PerMonth), s.Cost.MonthBasis)
		}
		t.wrap("           ", line)
	}
}

func defaultsWord(n int) string {
	if n == 1 {
		return "a default"
	}
	return "defaults"
}

// aMonth is a monthly amount behind one of the window, where one is claimed.
func aMonth(v *float64) string {
	if v == nil {
		return ""
	}
	return " (" + Money(*v) + " a month)"
}

// saved says what a baseline would cost and what is saved against it.
func saved(h *account.Saving, kind string) string {
	name, _, _ := strings.Cut(BaselineName(h), " (")
	fleet := fmt.Sprintf("%s (%d × %s) would cost %s", name, h.Instances, kind, Money(h.BaselineUS))
	if h.Instances == 0 {
		fleet = fmt.Sprintf("%s they would cost %s", name, Money(h.BaselineUS))
	}
	switch {
	case h.Estimate:
		return fleet + "; no saving is claimed against an estimate"
	case !h.Comparable:
		return fmt.Sprintf("%s, but no saving is claimed: %s", fleet, h.Reason)
	case same(h.Share):
		return fleet + ": the same"
	case h.Share < 0:
		return fleet + ": " + Percent(-h.Share) + " more spent"
	}
	return fleet + ": " + Percent(h.Share) + " saved"
}

func (t *lines) audit(d *Document) {
	if len(d.Audit) == 0 {
		return
	}
	t.add("")
	t.wrap("  ", "This run broke a law of its own audit: a bug of asgsim. Do not trust its figures.")
	for _, v := range d.Audit {
		t.wrap("  ! ", v.Law+": "+v.Detail)
	}
	t.add("  seed %d reproduces it", d.Inputs.Seed)
}

func (t *lines) moments(d *Document) {
	if len(d.Moments) == 0 {
		return
	}
	width, more := 9, 0
	for _, m := range d.Moments {
		if m.N == 0 && !t.verbose {
			more++
			continue
		}
		width = max(width, utf8.RuneCountInString(m.Label))
	}
	t.add("")
	t.add("  What happened (numbers are on the picture)")
	for _, m := range d.Moments {
		number := "-"
		if m.N > 0 {
			number = fmt.Sprint(m.N)
		} else if !t.verbose {
			continue
		}
		t.wrap(fmt.Sprintf("  %s  %s  %-*s   ", number, m.Local, width, m.Label), m.Text)
	}
	if more > 0 {
		t.add("  and %d more: --verbose lists them, result.json holds them", more)
	}
}

func (t *lines) inactive(d *Document) {
	if len(d.Inactive) == 0 {
		return
	}
	t.add("")
	t.add("  Rules that never acted")
	for _, r := range d.Inactive {
		t.wrap("  -  ", r.Rule+": "+r.Why)
	}
}

func (t *lines) warnings(d *Document) {
	if len(d.Warnings) == 0 {
		return
	}
	t.add("")
	for _, w := range d.Warnings {
		t.wrap("  warning  ", w)
	}
}

// Spark draws values from zero to their highest as a line of blocks.
func Spark(values []float64) string {
	top := 0.0
	for _, v := range values {
		top = max(top, v)
	}
	if top == 0 {
		return ""
	}
	blocks := []rune("▁▂▃▄▅▆▇█")
	var b strings.Builder
	for _, v := range values {
		b.WriteRune(blocks[min(len(blocks)-1, int(v/top*float64(len(blocks))))])
	}
	return b.String()
}

// yardsticks tells of simulated fixed fleets, when they were asked for.
func (t *lines) yardsticks(d *Document) {
	if d.Yardsticks != nil {
		t.wrap("           ", d.Yardsticks.text(d.Yardsticks.Days, ""))
	}
}
