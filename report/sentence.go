package report

import (
	"fmt"
	"math"
	"strings"

	"asgsim/sim"
)

// sentence says in one line how a variant differs from the base: money first, then
// service. Every clause follows from its row by the rule of sim.EffectOf.
func sentence(c *sim.Comparison, i int) string {
	base, r := c.Cases[0].Name, &c.Cases[i]
	if r.Unlike != "" {
		return fmt.Sprintf("%s %s: no verdict against %s", r.Name, r.Unlike, base)
	}
	if c.N < 2 {
		return fmt.Sprintf("%s: one replication gives no verdict", r.Name)
	}
	money := c.Money()
	text := fmt.Sprintf("%s %s", r.Name, costs(c, i, money, base))
	if money.Key == "cash_per_day" {
		list, _ := sim.MetricOf("cost_per_day")
		text += " in cash (commitments paid); at list price it " + costs(c, i, &list, "it")
	}
	parts := []string{text, quality(c, i)}
	for _, key := range []string{"p50", "p99"} {
		if p := slower(c, i, key); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "; ")
}

// costs says how an amount of money differs from the base's.
func costs(c *sim.Comparison, i int, m *sim.Metric, base string) string {
	d, from := figure(c.Cases[i].Diffs[m.Key]), c.Cases[0].Values[m.Key].Value
	switch e := c.Effect(i, m.Key); e {
	case sim.Exactly:
		return "costs exactly as much as " + base
	case sim.Same:
		return fmt.Sprintf("costs as much as %s, to within %s", base, within(c, m, from))
	case sim.Less, sim.More:
		word := map[sim.Effect]string{sim.Less: "less", sim.More: "more"}[e]
		return fmt.Sprintf("costs %s %s than %s", byHowMuch(m, d, turnOf(e), from), word, base)
	case sim.Unclear:
		return fmt.Sprintf("costs more or less than %s, which cannot be told yet (%s)", base, unclear(m, d, from))
	}
	return "has no cost to compare"
}

// quality says how the share of slow and failed requests differs from the base's.
func quality(c *sim.Comparison, i int) string {
	m, _ := sim.MetricOf("bad_share")
	d, from := figure(c.Cases[i].Diffs[m.Key]), c.Cases[0].Values[m.Key].Value
	switch e := c.Effect(i, m.Key); e {
	case sim.Exactly:
		return "exactly as many requests are slow or failed"
	case sim.Same:
		return "as many requests are slow or failed, to within " + within(c, &m, from)
	case sim.Less, sim.More:
		word := map[sim.Effect]string{sim.Less: "fewer", sim.More: "more"}[e]
		return fmt.Sprintf("%s %s requests are slow or failed", byHowMuch(&m, d, turnOf(e), from), word)
	case sim.Unclear:
		return fmt.Sprintf("whether more requests are slow or failed cannot be told yet (%s)", unclear(&m, d, from))
	}
	return "no requests to compare"
}

// slower says by how much a latency differs, where it does by more than matters.
func slower(c *sim.Comparison, i int, key string) string {
	m, _ := sim.MetricOf(key)
	e := c.Effect(i, key)
	if e != sim.Less && e != sim.More {
		return ""
	}
	d, from := figure(c.Cases[i].Diffs[key]), c.Cases[0].Values[key].Value
	word := map[sim.Effect]string{sim.Less: "lower", sim.More: "higher"}[e]
	return fmt.Sprintf("%s %s %s", m.Title, byHowMuch(&m, d, turnOf(e), from), word)
}

// byHowMuch prints a difference with its interval: turned so that it is positive where
// sign is -1. One that is not even is printed by its ends, as in the table.
func byHowMuch(m *sim.Metric, d Figure, turn, from float64) string {
	h, _ := d.half()
	if !d.lopsided() || d.Lo == nil || d.Hi == nil {
		return spread(m, math.Abs(*d.Value), h, from)
	}
	lo, hi := turn**d.Lo, turn**d.Hi
	if lo > hi {
		lo, hi = hi, lo
	}
	show := func(v float64) string {
		switch {
		case m.Unit == sim.Share:
			return sign(v) + points(math.Abs(v))
		case from != 0 && !math.IsNaN(from):
			return sign(v) + percent1(math.Abs(v/from))
		}
		return sign(v) + amount(m.Unit, math.Abs(v))
	}
	value := show(turn * *d.Value)
	return fmt.Sprintf("%s (%s … %s)", strings.TrimPrefix(value, "+"), show(lo), show(hi))
}

// turnOf is -1 for what is less: its size is told.
func turnOf(e sim.Effect) float64 {
	if e == sim.Less {
		return -1
	}
	return 1
}

// unclear prints a difference that cannot be told yet: signed, with its interval.
func unclear(m *sim.Metric, d Figure, from float64) string {
	if d.lopsided() {
		text := byHowMuch(m, d, 1, from)
		if *d.Value > 0 {
			return "+" + text
		}
		return text
	}
	return sign(*d.Value) + byHowMuch(m, d, 1, from)
}

// spread prints the size of a difference and its half-width: in points for shares,
// else in percent of the base's value, or in the metric's unit where that is zero.
func spread(m *sim.Metric, v, half, from float64) string {
	switch {
	case m.Unit == sim.Share:
		return barePoints(v) + " ± " + points(half)
	case from != 0 && !math.IsNaN(from):
		return percent1(v/math.Abs(from)) + " ± " + percent1(half/math.Abs(from))
	}
	return amount(m.Unit, v) + " ± " + amount(m.Unit, half)
}

// within prints the smallest difference that matters.
func within(c *sim.Comparison, m *sim.Metric, from float64) string {
	margin := c.Plan.Margin(m)
	v := margin.Of(from)
	switch {
	case m.Unit == sim.Share:
		return points(v)
	case margin.Relative > 0 && margin.Absolute == 0:
		return percent1(margin.Relative)
	}
	return amount(m.Unit, v)
}

// sign is that of a value; none for zero.
func sign(v float64) string {
	switch {
	case v < 0:
		return "−"
	case v > 0:
		return "+"
	}
	return ""
}

// marginsText names the smallest differences that matter of the metrics that
// sentences speak of.
func marginsText(list map[string]SmallestDifference) string {
	var parts []string
	for _, key := range []string{"cost_per_day", "cash_per_day", "bad_share", "p50", "p99"} {
		m, _ := sim.MetricOf(key)
		if x, ok := list[key]; ok {
			text := amount(m.Unit, x.Absolute)
			if m.Unit == sim.Share {
				text = points(x.Absolute)
			}
			if x.Relative > 0 {
				text = percent1(x.Relative)
			}
			parts = append(parts, m.Title+" "+text)
		}
	}
	return "the smallest differences that matter, set by --matters: " + strings.Join(parts, ", ")
}
