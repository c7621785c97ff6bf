package report

import (
	"bytes"
	"strings"
	"testing"

	"asgsim/sim"
)

func between(v, lo, hi float64) Figure { return Figure{Value: &v, Lo: &lo, Hi: &hi, N: 20} }

// of returns a metric by its key.
func of(t *testing.T, key string) sim.Metric {
	t.Helper()
	m, ok := sim.MetricOf(key)
	if !ok {
		t.Fatalf("no metric %s", key)
	}
	return m
}

// A figure in words: money and latency with a relative half width, shares with one in
// points, an uneven interval by its ends, "=" without chance.
func TestFiguresInWords(t *testing.T) {
	exact := between(12, 12, 12)
	exact.Exact = true
	for _, row := range []struct {
		key  string
		f    Figure
		want string
	}{
		{"cost_per_day", between(20, 19, 21), "$20.00 ± 5 %"}, {"cost_per_day", exact, "$12.00 ="}, {"cost_per_day", Figure{}, "none"}, {"cost_per_day", Figure{Value: ptr(3.0)}, "$3.00"},
		{"cost_per_day", between(0, -1, 1), "$0.00 ± $1.00"}, {"p99", between(0.2, 0.19, 0.21), "200 ms ± 5 %"}, {"bad_share", between(0.02, 0.015, 0.025), "2 % ± 0.5"},
		{"bad_share", between(0.02, 0.019, 0.05), "2 % (1.9 % … 5 %)"},
	} {
		if got := value(of(t, row.key), row.f); got != row.want {
			t.Errorf("%s %+v: %q, want %q", row.key, row.f, got, row.want)
		}
	}
}

// A difference in words: with its sign, relative to the base or in points; "~" where its
// interval holds zero, "=" where nothing differs in any replication.
func TestDifferencesInWords(t *testing.T) {
	same := between(0, 0, 0)
	same.Exact = true
	base := map[string]Figure{"cost_per_day": between(20, 19, 21), "bad_share": between(0.02, 0.01, 0.03), "none": {}}
	for _, row := range []struct {
		key  string
		f    Figure
		want string
	}{
		{"cost_per_day", between(-5, -6, -4), "−25 % ± 5"}, {"cost_per_day", between(5, 4, 6), "+25 % ± 5"}, {"cost_per_day", between(1, -1, 3), "~"}, {"cost_per_day", same, "="},
		{"cost_per_day", Figure{}, ""}, {"cost_per_day", Figure{Value: ptr(-4.0)}, "−20 %"}, {"bad_share", between(0.01, 0.005, 0.015), "+1 pp ± 0.5"},
		{"cost_per_day", between(5, 4.5, 10), "+25 % (+22.5 % … +50 %)"},
	} {
		if got := difference(of(t, row.key), base[row.key], row.f); got != row.want {
			t.Errorf("%s %+v: %q, want %q", row.key, row.f, got, row.want)
		}
	}
	if got := difference(of(t, "cost_per_day"), Figure{Value: ptr(0.0)}, between(2, 2, 2)); !strings.HasPrefix(got, "+$2.00") {
		t.Errorf("beside a base of nothing: %q", got)
	}
}

// Every column of the comparison's CSV by its name, no two values alike.
func TestComparisonColumns(t *testing.T) {
	cost, less := between(20, 18, 23), between(-5, -7, -4)
	cost.N = 31
	d := &Comparison{Variants: []Variant{{Name: "base", Figures: map[string]Figure{"cost_per_day": cost}},
		{Name: "other", Figures: map[string]Figure{"cost_per_day": cost}, Differences: map[string]Figure{"cost_per_day": less}, Doubt: map[string]Doubt{"cost_per_day": {Lo: 11, Hi: 41}}}}}
	want := map[string]string{"variant": "other", "metric": "cost_per_day", "value": "20", "lo": "18", "hi": "23", "n": "31", "difference": "-5", "difference_lo": "-7", "difference_hi": "-4", "doubt_lo": "11", "doubt_hi": "41"}
	found := 0
	for _, row := range cells(t, func(b *bytes.Buffer) error { return WriteComparisonCSV(b, d) }) {
		if row["metric"] != "cost_per_day" {
			continue
		}
		found++
		for name, v := range want {
			if row["variant"] == "base" && (name == "variant" || strings.HasPrefix(name, "d")) {
				v = map[bool]string{true: "base"}[name == "variant"] // the base differs from nothing, and has no doubt here
			}
			if row[name] != v {
				t.Errorf("%s: %s = %q, want %q", row["variant"], name, row[name], v)
			}
		}
	}
	if found != 2 {
		t.Errorf("%d rows of the cost", found)
	}
}

// A block has the base and the variants that were asked for, of those there are.
func TestBlocksOfVariants(t *testing.T) {
	d := &Comparison{}
	for _, name := range []string{"base", "one", "two", "three"} {
		d.Variants = append(d.Variants, Variant{Name: name, SLO: "pass"})
	}
	for _, row := range []struct {
		from, n int
		want    string
	}{{1, 2, "base one two"}, {3, 2, "base three"}, {2, 1, "base two"}, {4, 2, "base"}} {
		head, _, _ := strings.Cut(block(0, d, row.from, row.n, false), "\n")
		if got := strings.Join(strings.Fields(head), " "); got != row.want {
			t.Errorf("%d from %d on: %q, want %q", row.n, row.from, got, row.want)
		}
	}
}

// Half the width takes four times the replications; the widest relative interval of cost
// and the widest of the share of bad requests are told.
func TestPrecisionInWords(t *testing.T) {
	d := &Comparison{Replications: 20, Cap: 50, Variants: []Variant{
		{Figures: map[string]Figure{"cost_per_day": between(10, 9, 11), "bad_share": between(0.02, 0.015, 0.025)}}, // 10 %, 0.5 points
		{Figures: map[string]Figure{"cost_per_day": between(100, 96, 104), "bad_share": between(0.1, 0.08, 0.12)}}, // 4 %, 2 points
	}}
	got := strings.Join(strings.Fields(precision(500, d, 3)), " ")
	want := "precision reached with 20 replications: EC2 cost ± 10 %, slow or failed ± 2 pp at the widest; half of that would take about 80, four times as long; the cap was 50"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
	d.Cap = 20
	if got := precision(500, d, 0); strings.Contains(got, "as long") || strings.Contains(got, "cap") {
		t.Errorf("%q", got)
	}
	d.Replications = 1
	if got := precision(500, d, 0); got != "" {
		t.Errorf("of one replication: %q", got)
	}
	d.Replications, d.Variants = 20, []Variant{{Figures: map[string]Figure{"cost_per_day": between(10, 10, 10), "bad_share": between(0, 0, 0)}}}
	if got := precision(500, d, 0); got != "" {
		t.Errorf("without chance: %q", got)
	}
}

// The foot says how sure the intervals are.
func TestConfidenceInWords(t *testing.T) {
	for c, want := range map[float64]string{0.95: "half a 95 % interval", 0.983: "half a 98.3 % interval"} {
		if got := strings.Join(strings.Fields(notes(200, &Comparison{Confidence: c, Variants: []Variant{{}}})), " "); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Of doubt by assumptions and by chance the wider comes first.
func TestWiderDoubtFirst(t *testing.T) {
	v := &Variant{Figures: map[string]Figure{"cost_per_day": between(20, 18, 22)}, Doubt: map[string]Doubt{"cost_per_day": {Lo: 19, Hi: 22.5, HiBy: "X-1 high"}}}
	if got := widerFirst(v, "cost_per_day"); got != "$18.00 … $22.00 by chance, $19.00 … $22.50 by assumptions (highest: X-1 high)" {
		t.Error(got)
	}
	v.Doubt["cost_per_day"] = Doubt{Lo: 15, Hi: 22.5}
	if got := widerFirst(v, "cost_per_day"); got != "$15.00 … $22.50 by assumptions, $18.00 … $22.00 by chance" {
		t.Error(got)
	}
	v.Figures["cost_per_day"] = Figure{Value: ptr(20.0)}
	if got := widerFirst(v, "cost_per_day"); got != "$15.00 … $22.50 by assumptions, by chance unknown" {
		t.Error(got)
	}
}

// A table is wide if a line of it has more characters, not bytes, than there are columns.
func TestWideTables(t *testing.T) {
	for _, row := range []struct {
		table   string
		columns int
		want    bool
	}{{"ab\nabcd\nabc", 4, false}, {"ab\nabcd\nabc", 3, true}, {"±±±", 3, false}, {"", 0, false}} {
		if got := wide(row.table, row.columns); got != row.want {
			t.Errorf("%q in %d: %v", row.table, row.columns, got)
		}
	}
	if got := heading(9, "abcd", "ef"); got != "abcd · ef\n" {
		t.Errorf("%q", got)
	}
	if got := heading(8, "abcd", "ef"); got != "abcd\nef\n" {
		t.Errorf("%q", got)
	}
}
