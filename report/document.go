package report

import (
	"cmp"
	"fmt"
	"math"

	"asgsim/report/clean"
	"asgsim/report/story"
	"asgsim/sim/account"
	"asgsim/sim/collapse"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// Schema names the shape of a [Document]. Within v1 fields are only added.
const Schema = "asgsim.run/v1"

// Document is what a run has to say, in plain values: the JSON output, and the
// only source of the text.
type Document struct {
	Schema   string          `json:"schema"`
	Tool     Tool            `json:"tool"`
	Inputs   Inputs          `json:"inputs"`
	Setup    Setup           `json:"setup"`
	Summary  account.Summary `json:"summary"`
	Moments  []Moment        `json:"moments"`
	Inactive []Inactive      `json:"inactive"` // rules that never acted
	Warnings []string        `json:"warnings"`
	Try      []Suggestion    `json:"try"`
	Bill     []Line          `json:"bill"`
	Audit    []Violation     `json:"audit"` // broken laws; empty when all hold
	Gates    []Gate          `json:"gates"`
	// Yardsticks are there when they were asked for.
	Yardsticks *Yardstick   `json:"yardsticks,omitempty"`
	Files      []string     `json:"files"`
	Fleet      []float64    `json:"-"` // mean in service by equal stretches, for the spark line
	Story      *story.Story `json:"-"`
}

// Tool is the program that made the document.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Inputs is all that is needed to get the same numbers again.
type Inputs struct {
	Scenario string   `json:"scenario"` // name of an embedded one, or path
	SHA256   string   `json:"sha256"`   // of the scenario file
	Seed     uint64   `json:"seed"`
	Variant  string   `json:"variant"` // empty: the plain scenario
	Sets     []string `json:"sets"`    // key=value from the command line
	Others   []string `json:"others"`  // further variants of the scenario
	Seeded   bool     `json:"-"`       // the seed was asked for
	Prices   string   `json:"prices"`
}

// Setup is what was simulated, in a few words.
type Setup struct {
	Title        string   `json:"title"`
	Timezone     string   `json:"timezone"`
	Start        string   `json:"start"` // RFC 3339
	End          string   `json:"end"`
	WarmUpS      float64  `json:"warm_up_s"`
	DurationS    float64  `json:"duration_s"`
	Dates        string   `json:"dates"` // "Mon 2 - Tue 3 Mar 2026"
	Group        string   `json:"group"`
	InstanceType string   `json:"instance_type"`
	Zones        []string `json:"zones"`
	HealthCheck  string   `json:"health_check_type"`
	Policies     []string `json:"policies"` // and schedules; empty: a fixed fleet
}

// Moment is one of the events worth telling, by time.
type Moment struct {
	N     int     `json:"n"`  // its number on the picture; 0: not on it
	At    string  `json:"at"` // RFC 3339
	AtS   float64 `json:"at_s"`
	Local string  `json:"local"` // "Mon 04:24"
	Label string  `json:"label"`
	Text  string  `json:"text"`
}

// Inactive is a rule that never acted, with the reason.
type Inactive struct {
	Rule string `json:"rule"`
	Why  string `json:"why"`
}

// Suggestion is a command worth trying next, and the question it answers.
type Suggestion struct {
	Command  string `json:"command"`
	Question string `json:"question"`
}

// Line is a line of the bill.
type Line struct {
	Item     string  `json:"item"`
	Quantity float64 `json:"quantity"`
	Unit     string  `json:"unit"`
	PriceUSD float64 `json:"price_usd"`
	USD      float64 `json:"usd"`
}

// Violation is a broken law of the audit: a bug of ours.
type Violation struct {
	Law    string `json:"law"`
	Detail string `json:"detail"`
}

// New makes the document of a result.
func New(res *account.Result, tool Tool, in Inputs) *Document {
	in.Seed, in.Prices = res.Seed, res.Summary.Cost.PriceSource
	in.Sets, in.Others = append([]string{}, in.Sets...), append([]string{}, in.Others...)
	cfg, told := res.Config, story.Tell(res)
	d := &Document{Schema: Schema, Tool: tool, Inputs: in, Summary: res.Summary, Setup: setup(cfg),
		Moments: []Moment{}, Inactive: []Inactive{}, Warnings: append([]string{}, told.Warnings...), Story: told,
		Bill: []Line{}, Audit: []Violation{}, Gates: []Gate{}, Files: []string{}}
	for _, m := range told.Moments {
		d.Moments = append(d.Moments, Moment{N: m.N, At: cfg.Calendar.RFC3339(m.At), AtS: m.At.Seconds(),
			Local: cfg.Calendar.Local(m.At).DayClock(), Label: m.Label, Text: m.Text})
	}
	for _, r := range res.Inactive {
		d.Inactive = append(d.Inactive, Inactive{Rule: r.Rule, Why: r.Why})
	}
	for _, l := range res.Bill {
		d.Bill = append(d.Bill, Line{Item: l.Item, Quantity: l.Quantity, Unit: l.Unit, PriceUSD: l.Price.Float(), USD: l.Amount.Float()})
	}
	for _, v := range res.Violations {
		d.Audit = append(d.Audit, Violation{Law: v.Law, Detail: v.Detail})
	}
	if w := d.Summary.WorstMinute; w != nil {
		worst := *w // the result keeps its own
		worst.Cause = told.Worst
		d.Summary.WorstMinute = &worst
	}
	d.Summary.Collapse = told.Collapse
	d.Summary.Saturation = append([]collapse.Saturated{}, d.Summary.Saturation...)
	d.Fleet = fleet(res, 24)
	d.Try = suggest(res, in, told.Remedies)
	return d
}

func setup(c *record.Config) Setup {
	end := des.Time(c.Duration)
	s := Setup{Title: clean.Line(c.Title), Timezone: c.Calendar.Zone, Start: c.Calendar.RFC3339(0), End: c.Calendar.RFC3339(end),
		WarmUpS: c.WarmUp.Seconds(), DurationS: c.Duration.Seconds(), Dates: Dates(&c.Calendar, 0, end),
		Group: c.Group.Name, InstanceType: c.Template.Type.Name, Zones: append([]string{}, c.Group.Zones...),
		HealthCheck: cmp.Or(c.Group.HealthChecks(), "EC2"), Policies: []string{}}
	for _, p := range c.Policies {
		about := p.About()
		s.Policies = append(s.Policies, about.Name+": "+about.Says)
	}
	for i := range c.Schedule {
		s.Policies = append(s.Policies, c.Schedule[i].Name+": scheduled")
	}
	return s
}

// Dates prints the days between two instants: "Mon 2 - Tue 3 Mar 2026". A run
// that ends at midnight does not touch the day that begins then.
func Dates(cal *des.Calendar, from, to des.Time) string {
	a, b := cal.Local(from), cal.Local(max(from, to-1))
	y, m, _ := b.Date()
	ya, ma, da := a.Date()
	last := fmt.Sprintf("%s %d", b.ShortDate(), y)
	switch {
	case a.Day == b.Day:
		return last
	case ya == y && ma == m:
		return fmt.Sprintf("%s %d - %s", a.WeekdayName(), da, last)
	case ya == y:
		return a.ShortDate() + " - " + last
	}
	return fmt.Sprintf("%s %d - %s", a.ShortDate(), ya, last)
}

// fleet returns the mean number of instances in service in n equal parts of the window.
func fleet(res *account.Result, n int) []float64 {
	from, to := float64(res.Config.WarmUp), float64(res.Config.Duration)
	width := (to - from) / float64(n)
	out := make([]float64, n)
	for i, c := range res.Capacity {
		end := to
		if i+1 < len(res.Capacity) {
			end = float64(res.Capacity[i+1].At)
		}
		a, b := math.Max(from, float64(c.At)), math.Min(to, end)
		for k := max(0, int((a-from)/width)); k < n && a < b; k++ {
			upto := math.Min(b, from+float64(k+1)*width)
			out[k] += float64(c.States.InService()) * (upto - a) / width
			a = upto
		}
	}
	return out
}
