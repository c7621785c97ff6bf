package report

import (
	"fmt"
	"math"

	"asgsim/report/clean"
	"asgsim/sim"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/estimate"
	"asgsim/sim/record"
)

// CompareSchema names the shape of a [Comparison]. Within v1 fields are only added.
const CompareSchema = "asgsim.compare/v1"

// Comparison is what a comparison has to say, in plain values: the JSON output,
// and the only source of text, Markdown and CSV.
type Comparison struct {
	Schema       string     `json:"schema"`
	Tool         Tool       `json:"tool"`
	Inputs       Inputs     `json:"inputs"`
	Title        string     `json:"title"`
	Dates        string     `json:"dates"`
	Replications int        `json:"replications"`
	Cap          int        `json:"cap"`        // the most replications that were allowed
	Confidence   float64    `json:"confidence"` // of every interval
	Looks        []int      `json:"looks"`      // at which a growing sample was looked at; empty when n was fixed
	Interrupted  bool       `json:"interrupted"`
	Gates        []Gate     `json:"gates"`
	Variants     []Variant  `json:"variants"` // the first is the base
	Best         Best       `json:"best"`
	Weak         []string   `json:"weak_evidence"`
	Excluded     []Excluded `json:"excluded"`
	Flips        []string   `json:"doubt_over"` // the assumptions flipped; empty without --doubt
	// Margins are the smallest differences that matter, by metric: the larger of a share
	// of the base's value and of one in base units.
	Margins    map[string]SmallestDifference `json:"smallest_differences"`
	Yardsticks *Yardstick                    `json:"yardsticks"`
	// Changes are the values that differ between two scenarios or the two sides of a plan;
	// null where variants of one scenario are compared.
	Changes  []Change `json:"changes"`
	Warnings []string `json:"warnings"`
	Files    []string `json:"files"`
}

// SmallestDifference is the smallest difference of a metric that matters.
type SmallestDifference struct {
	Relative float64 `json:"relative"`
	Absolute float64 `json:"absolute"`
}

// Figure is a number with its interval; null where nothing can be claimed.
type Figure struct {
	Value *float64 `json:"value"`
	Lo    *float64 `json:"lo"`
	Hi    *float64 `json:"hi"`
	N     int      `json:"n"`
	Exact bool     `json:"exact"` // every replication gave the same value
	Weak  bool     `json:"weak"`  // the interval may miss more often than it says
}

// Variant is one compared case.
type Variant struct {
	Name        string            `json:"name"`
	SLO         string            `json:"slo"` // pass, fail, inconclusive
	Figures     map[string]Figure `json:"figures"`
	Differences map[string]Figure `json:"differences"`  // against the base, paired; empty for the base
	PairingGain *float64          `json:"pairing_gain"` // independent replications one pair is worth, on EC2 cost
	// SimulatedShare is the part of the requests that was simulated; absent where all were.
	SimulatedShare *float64 `json:"simulated_share,omitempty"`
	// ReusedShare is the part in minutes that rest on others of the same regime.
	ReusedShare *float64 `json:"reused_share,omitempty"`
	Sentence    string   `json:"sentence"`
	Worst       *Worst   `json:"worst_minute"` // of all replications; null: none was bad beyond chance
	// Effects are what the differences come to: exactly_the_same, the_same (within the
	// smallest difference that matters), less, more, unclear, unknown (no interval, or
	// not comparable).
	Effects    map[string]string `json:"effects"`
	Comparable string            `json:"not_comparable"` // why the base is about something else; empty: it is not
	Inactive   []Inactive        `json:"inactive"`
	Doubt      map[string]Doubt  `json:"doubt"`
	Breaking   *Breaking         `json:"first_breach_at_load"`
}

// Doubt is how far a figure moves when assumptions are flipped one at a time.
type Doubt struct {
	Lo     float64 `json:"lo"`
	Hi     float64 `json:"hi"`
	LoBy   string  `json:"lo_by"`
	HiBy   string  `json:"hi_by"`
	DiffLo float64 `json:"difference_lo"`
	DiffHi float64 `json:"difference_hi"`
}

// Breaking is the factor of load at which the SLO is first missed.
type Breaking struct {
	Holds  float64  `json:"holds"`
	Breaks *float64 `json:"breaks"` // null: the largest factor tried still holds
}

// Best is the variant to choose, or why none is named.
type Best struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// Excluded is a replication with a broken audit.
type Excluded struct {
	Variant     string      `json:"variant"`
	Replication int         `json:"replication"`
	Seed        uint64      `json:"seed"`
	Audit       []Violation `json:"audit"`
}

// Gate is a gate judged.
type Gate struct {
	Name    string  `json:"name"`
	Text    string  `json:"text"`
	Variant string  `json:"variant"`
	Metric  string  `json:"metric"`
	Limit   float64 `json:"limit"`
	Value   Figure  `json:"value"`
	Verdict string  `json:"verdict"`
	Needs   int     `json:"needs_replications"` // to settle an inconclusive gate; 0: none is known to
	// Breach is the local time of the first breached minute beside a gate that
	// failed, the median over the Breaching replications that have one; empty: none.
	Breach    string `json:"first_breach"`
	Breaching int    `json:"breaching_replications"`
}

// Yardstick is the simulated fixed fleets and the provable bound.
type Yardstick struct {
	FixedMinimum      Fixed   `json:"fixed_minimum"`
	FixedSameHeadroom Fixed   `json:"fixed_same_headroom"`
	LowerBoundUSD     float64 `json:"lower_bound_usd"`
	Days              float64 `json:"days"` // of the window, which the dollars are about
}

// Fixed is a fixed fleet; no instances where none meets the SLO.
type Fixed struct {
	Instances int     `json:"instances"`
	EC2USD    float64 `json:"ec2_usd"`
}

// CompareInputs is what surrounds a comparison.
type CompareInputs struct {
	Tool       Tool
	Inputs     Inputs
	Gates      []sim.GateResult
	Doubt      *sim.Doubt
	Yardsticks *sim.Yardsticks
	Breaking   []Breaking // by case; empty when not asked for
	Warnings   []string
	Changes    []Change
}

// NewComparison makes the document of a comparison.
func NewComparison(c *sim.Comparison, in CompareInputs) *Comparison {
	cfg := c.Cases[0].Config
	d := &Comparison{
		Schema: CompareSchema, Tool: in.Tool, Inputs: in.Inputs, Title: clean.Line(cfg.Title), Dates: Dates(&cfg.Calendar, 0, timeOf(cfg.Duration)),
		Replications: c.N, Cap: c.Plan.Replications, Confidence: 1 - c.Alpha, Looks: append([]int{}, c.Looks.Sizes...), Interrupted: c.Interrupted,
		Best: Best(c.Best), Weak: append([]string{}, c.Weak...), Warnings: append([]string{}, in.Warnings...),
		Margins: map[string]SmallestDifference{}, Gates: []Gate{}, Excluded: []Excluded{}, Flips: []string{}, Files: []string{},
	}
	d.Inputs.Seed, d.Changes = c.Plan.Seed, in.Changes
	for _, g := range in.Gates {
		d.Gates = append(d.Gates, NewGate(g, &cfg.Calendar))
	}
	for _, e := range c.Excluded {
		x := Excluded{Variant: e.Case, Replication: e.Replication, Seed: e.Seed}
		for _, v := range e.Violations {
			x.Audit = append(x.Audit, Violation{Law: v.Law, Detail: v.Detail})
		}
		d.Excluded = append(d.Excluded, x)
	}
	for _, m := range sim.Metrics() {
		if !m.Optional || d.has(m) || m.Key == c.Money().Key {
			x := c.Plan.Margin(&m)
			d.Margins[m.Key] = SmallestDifference{x.Relative, x.Absolute}
		}
	}
	for i := range c.Cases {
		d.Variants = append(d.Variants, variant(c, i, in))
	}
	if in.Doubt != nil {
		d.Flips = append(d.Flips, in.Doubt.Flips...)
	}
	d.Yardsticks = NewYardstick(in.Yardsticks, cfg)
	return d
}

func variant(c *sim.Comparison, i int, in CompareInputs) Variant {
	r := &c.Cases[i]
	v := Variant{Name: r.Name, SLO: r.SLO.String(), Figures: map[string]Figure{}, Differences: map[string]Figure{}, Effects: map[string]string{}, Inactive: []Inactive{}, Doubt: map[string]Doubt{}, Worst: worstOf(r)}
	for key, x := range r.Values {
		v.Figures[key] = figure(x)
	}
	for key, x := range r.Diffs {
		v.Differences[key] = figure(x)
	}
	v.SimulatedShare, v.ReusedShare = sampledShares(r.Outcomes)
	if i > 0 {
		v.PairingGain = finite(r.Gain)
		v.Sentence, v.Comparable = sentence(c, i), r.Unlike
		for key := range r.Diffs {
			v.Effects[key] = c.Effect(i, key).String()
		}
	}
	for _, x := range r.Inactive {
		v.Inactive = append(v.Inactive, Inactive{Rule: x.Rule, Why: x.Why})
	}
	if in.Doubt != nil {
		for key, x := range in.Doubt.Cases[i] {
			if !math.IsNaN(x.Lo) && !math.IsNaN(x.Hi) {
				v.Doubt[key] = Doubt{x.Lo, x.Hi, x.LoBy, x.HiBy, x.DiffLo, x.DiffHi}
			}
		}
	}
	if i < len(in.Breaking) {
		v.Breaking = &in.Breaking[i]
	}
	return v
}

// NewYardstick makes the document of yardsticks of a configuration; nil of nil.
func NewYardstick(y *sim.Yardsticks, cfg *record.Config) *Yardstick {
	if y == nil {
		return nil
	}
	return &Yardstick{Fixed{y.Minimum.Instances, y.Minimum.EC2}, Fixed{y.Headroom.Instances, y.Headroom.EC2}, y.LowerBound, (cfg.Duration - cfg.WarmUp).Hours() / 24}
}

// JudgeRun judges gates on a single run and puts them into its document.
func JudgeRun(d *Document, res *account.Result, gates []sim.Gate) {
	if len(gates) == 0 {
		return
	}
	o, t := sim.OutcomeOf(res)
	for _, g := range gates {
		d.Gates = append(d.Gates, NewGate(g.JudgeRun(o, t), &res.Config.Calendar))
	}
}

// NewGate makes the document of a judged gate, with the first breached minute
// beside one that failed.
func NewGate(g sim.GateResult, cal *des.Calendar) Gate {
	name := g.Gate.Name
	if name == "" {
		name = g.Gate.Text
	}
	out := Gate{Name: name, Text: g.Gate.Text, Variant: g.Case, Metric: g.Gate.Metric.Key, Limit: g.Gate.Limit, Value: figure(g.Value), Verdict: g.Verdict.String(), Needs: g.Needs}
	if g.Verdict == estimate.Fail && g.First != des.Never {
		out.Breach, out.Breaching = cal.Local(g.First).DayClock(), g.Breaching
	}
	return out
}

func figure(i estimate.Interval) Figure {
	return Figure{Value: finite(i.Value), Lo: finite(i.Lo), Hi: finite(i.Hi), N: i.N, Exact: i.Exact, Weak: i.Weak}
}

// finite returns v, or nil where JSON has no number for it.
func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// lopsided reports whether an interval reaches much farther to one side than to the
// other: a half-width would say what is not so.
func (f Figure) lopsided() bool {
	if _, ok := f.half(); !ok {
		return false
	}
	up, down := *f.Hi-*f.Value, *f.Value-*f.Lo
	return math.Max(up, down) > 1.5*math.Min(up, down)
}

// half is half the width of a figure's interval, and whether there is one.
func (f Figure) half() (float64, bool) {
	if f.Value == nil || f.Lo == nil || f.Hi == nil {
		return 0, false
	}
	return (*f.Hi - *f.Lo) / 2, true
}

// resolved reports whether a difference is told apart from zero.
func (f Figure) resolved() bool {
	_, ok := f.half()
	return ok && (*f.Lo > 0 || *f.Hi < 0)
}

// percent1 prints a share as a percentage with a useful digit: "8.2 %".
func percent1(v float64) string { return bare(v) + " %" }

// bare prints a share as a percentage without its sign.
func bare(v float64) string {
	switch {
	case v == 0:
		return "0"
	case v < 0.00005:
		return "<0.01"
	case v < 0.001:
		return trimZeros(fmt.Sprintf("%.2f", 100*v))
	}
	return trimZeros(fmt.Sprintf("%.1f", 100*v))
}

// points prints a difference of shares in percentage points.
func points(v float64) string { return barePoints(v) + " pp" }

func barePoints(v float64) string {
	digits := 2
	for small := 0.0001; v != 0 && v < small && digits < 7; small /= 10 {
		digits++
	}
	return trimZeros(fmt.Sprintf("%.*f", digits, 100*v))
}

func timeOf(d des.Duration) des.Time { return des.Time(d) }
