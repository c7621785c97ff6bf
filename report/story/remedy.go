package story

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"asgsim/sim/collapse"
	"asgsim/sim/record"
)

// Remedy is a setting of the scenario file, as --set takes it, and what a reader may ask
// of it.
type Remedy struct{ Key, Value, Question string }

// String is the remedy as key=value.
func (r Remedy) String() string { return r.Key + "=" + r.Value }

// The settings that take away what a collapse feeds on.
var (
	byEC2Checks = Remedy{"auto_scaling_group.health_check_type", "EC2", "would the instances have lived?"}
	byOneTry    = Remedy{"request.retry.attempts", "1", "and without retries?"}
	byBudget    = Remedy{"request.retry.budget", "10%", "and with a budget of retries?"}
	byDropping  = Remedy{"request.abandoned", "drop", "and if servers stopped when clients leave?"}
)

// remedies are those for what a run collapsed by, the one that ends most first; empty for
// one that did not.
func remedies(c *collapse.Findings, cfg *record.Config) []Remedy {
	if c == nil {
		return nil
	}
	var out []Remedy
	add := func(x Remedy) {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	for k := range c.Limits {
		add(relieve(cfg, &c.Limits[k]))
	}
	for k := range c.Stuck {
		add(unstick(cfg, &c.Stuck[k]))
	}
	if len(c.Spirals) > 0 {
		add(byEC2Checks)
	}
	if len(c.Storms) > 0 {
		add(fewerRetries(cfg))
	}
	return out
}

// withRemedies is how a run collapsed, with what would have prevented each part; nil for
// one that did not.
func withRemedies(c *collapse.Findings, cfg *record.Config) *collapse.Findings {
	if c == nil {
		return nil
	}
	out := collapse.Findings{Spirals: slices.Clone(c.Spirals), Storms: slices.Clone(c.Storms), Stuck: slices.Clone(c.Stuck), Limits: slices.Clone(c.Limits)}
	for k := range out.Spirals {
		out.Spirals[k].Remedy = byEC2Checks.String()
	}
	for k := range out.Storms {
		out.Storms[k].Remedy = fewerRetries(cfg).String()
	}
	for k := range out.Stuck {
		out.Stuck[k].Remedy = unstick(cfg, &out.Stuck[k]).String()
	}
	for k := range out.Limits {
		out.Limits[k].Remedy = relieve(cfg, &out.Limits[k]).String()
	}
	return &out
}

// unstick is what ends a metastable state: the first thing that holds it, taken away.
func unstick(cfg *record.Config, s *collapse.Stuck) Remedy {
	switch s.HeldBy[0] {
	case collapse.HeldByChecks:
		return byEC2Checks
	case collapse.HeldByRetries:
		return fewerRetries(cfg)
	case collapse.HeldByAbandoned:
		return byDropping
	}
	return Remedy{"instance.queue", fmt.Sprint(shortQueue(cfg)), "and with a queue that is served in time?"}
}

// fewerRetries is a budget of retries where there is none, else none of them.
func fewerRetries(cfg *record.Config) Remedy {
	for _, c := range cfg.Classes {
		if c.Retry.Budget.Share > 0 {
			return byOneTry
		}
	}
	return byBudget
}

// shortQueue is how many requests an instance works off within the latency that the SLO
// allows: those behind them are slow anyhow.
func shortQueue(cfg *record.Config) int {
	if len(cfg.Classes) == 0 || cfg.Classes[0].CPU == nil || cfg.Classes[0].CPU.Mean() == 0 {
		return 0
	}
	m, c := &cfg.Template.Model, &cfg.Classes[0]
	each := c.CPU.Mean() / m.Speed
	rate := float64(m.Type.VCPU) / each
	if c.Wait != nil {
		each += c.Wait.Mean()
	}
	if m.Workers > 0 {
		rate = min(rate, float64(m.Workers)/each)
	}
	return int(math.Max(1, math.Floor(rate*cfg.SLO.Latency.Seconds())))
}

// relieve is what makes a dependency carry the load: workers enough, or a queue.
func relieve(cfg *record.Config, l *collapse.Limit) Remedy {
	key := "dependency." + l.Dependency
	r := l.Relief(cfg.Dependencies, 1-cfg.SLO.Good)
	for k := range cfg.Dependencies {
		if d := &cfg.Dependencies[k]; d.Name == l.Dependency && r.Queue != d.Queue {
			return Remedy{key + ".queue", strconv.Itoa(r.Queue), "and if the dependency let more wait?"}
		}
	}
	return Remedy{key + ".workers", strconv.Itoa(r.Workers), "and if the dependency served more at a time?"}
}
