package world

import (
	"math"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// How many requests a stretch of a sampled run serves: all stretches together about as
// many as an exact run may, within what a percentile of a minute needs and what it has use
// for.
const (
	sampledRequests = 40e6
	fewestAStretch  = 2_500
	mostAStretch    = 40_000
	// allStretches bounds them over long runs, which then have no stretch in every minute
	// of what they know well.
	allStretches = 160e6
)

// FidelityOf is how a run of a configuration serves its requests: what it asks for, and
// sampled where that is left open, it expects more than [record.ExactRequests], and no row
// of the table of errors speaks against it.
func FidelityOf(cfg *record.Config) record.Fidelity {
	if cfg.Queue != nil {
		return record.Exact // a message waits for as long as it takes: no stretch stands for another
	}
	if cfg.Fidelity != record.Auto {
		return cfg.Fidelity
	}
	if Expected(cfg, des.Time(cfg.Duration)) > record.ExactRequests && !beyond(cfg) {
		return record.Sampled
	}
	return record.Exact
}

// beyond reports whether sampling missed what it is allowed by in the table of errors: where
// targets are drawn by chance and serve first come first served, the tail of the waiting
// needs more than stretches show.
func beyond(cfg *record.Config) bool {
	if !cfg.Balancer.Algorithm.AWS() {
		return true // not in the table
	}
	if len(cfg.Dependencies) > 0 {
		return true // all share them: no sampled plane has one
	}
	return cfg.Balancer.Algorithm == serving.WeightedRandom && cfg.Template.Discipline == serving.FIFO
}

// Expected is how many requests a run of a configuration expects by an instant of it.
func Expected(cfg *record.Config, by des.Time) float64 {
	n := 0.0
	for i := range cfg.Loads {
		n += cfg.Loads[i].Curve.Integral(0, by)
	}
	return n
}

func stretchRequests(cfg *record.Config) float64 {
	if cfg.Stretch > 0 {
		return cfg.Stretch
	}
	minutes := float64(cfg.Duration) / float64(des.Minute)
	return min(max(sampledRequests/minutes, fewestAStretch), mostAStretch)
}

// minutesAStretch is on how many minutes of a regime that is known well one stretch stands
// for.
func minutesAStretch(cfg *record.Config) int {
	minutes := min(float64(cfg.Duration)/float64(des.Minute), Expected(cfg, des.Time(cfg.Duration))/fewestAStretch)
	return int(math.Ceil(minutes * fewestAStretch / allStretches))
}

// unrest is the share of the requests that a sampled run serves besides its stretches: by
// rule of thumb, as it depends on how often the fleet changes and what befalls it.
const unrest = 0.003

// Simulated is about how many requests a sampled run of a configuration serves.
func Simulated(cfg *record.Config) float64 {
	n := Expected(cfg, des.Time(cfg.Duration))
	minutes := float64(cfg.Duration) / float64(des.Minute)
	return min(n, stretchRequests(cfg)*minutes/float64(max(minutesAStretch(cfg), 1))+unrest*n)
}

// sampling is what a sampled plane knows of its figures.
func sampling(p *serving.Sampled) *record.Sampling {
	return &record.Sampling{Skipped: p.Skipped(), Reused: p.Reused(), Bad: p.BadError(), P50: p.QuantileError(0.5), P99: p.QuantileError(0.99), P999: p.QuantileError(0.999),
		Groups: p.Groups(), Behind: p.Behind()}
}
