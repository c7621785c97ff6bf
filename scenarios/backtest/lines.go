package backtest

import (
	"math"

	"asgsim/scenarios/behaviour"
	"asgsim/sim/account"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// grid are the bins that record and runs are put into.
type grid struct {
	zero float64 // time of the record at which the run begins
	binS float64
	n    int
	bins []behaviour.Bin // of the record, from the first bin of the run on
	// all says that the record's requests of a target are by all instances in service: how
	// many were healthy is not recorded.
	all bool
}

// newGrid lays bins over a run of so many seconds.
func newGrid(r *behaviour.Record, zero, binS, span float64) (*grid, error) {
	g := &grid{zero: zero, binS: binS, n: int(math.Ceil(span/binS - 1e-9))}
	g.all = r.Of(behaviour.HealthyHostCount, behaviour.Stat{}) == nil && r.Of(behaviour.RequestsPerTarget, behaviour.Stat{}) == nil
	all, err := r.Bins(binS)
	if err != nil {
		return nil, err
	}
	g.bins = make([]behaviour.Bin, g.n)
	unknown := math.NaN()
	for k := range g.bins {
		g.bins[k] = behaviour.Bin{At: zero + float64(k)*binS, Rate: unknown, PerTarget: unknown, CPU: unknown, InService: unknown, Desired: unknown, Healthy: unknown, Mean: unknown,
			Tails: [4]float64{unknown, unknown, unknown, unknown}, Errors: unknown}
	}
	for _, b := range all {
		if k := int(math.Round((b.At - zero) / binS)); k >= 0 && k < g.n {
			g.bins[k] = b
		}
	}
	return g, nil
}

// figure is a line of both.
type figure struct {
	key, what, unit string
	metric          behaviour.Metric
	stat            behaviour.Stat
	recorded        func(*behaviour.Bin) float64
	simulated       func(*simulated) []float64
}

// figures are the lines, in the order in which they are told.
func figures() []figure {
	tail := func(k int) func(*behaviour.Bin) float64 {
		return func(b *behaviour.Bin) float64 { return b.Tails[k] }
	}
	p := func(v float64) behaviour.Stat { return behaviour.Stat{Percentile: v} }
	return []figure{
		{"instances", "instances in service", "instances", behaviour.InServiceInstances, p(0), func(b *behaviour.Bin) float64 { return b.InService }, func(s *simulated) []float64 { return s.inService }},
		{"desired", "desired capacity", "instances", behaviour.DesiredCapacity, p(0), func(b *behaviour.Bin) float64 { return b.Desired }, func(s *simulated) []float64 { return s.desired }},
		{"cpu", "CPU", "share", behaviour.CPUUtilization, p(0), func(b *behaviour.Bin) float64 { return b.CPU }, func(s *simulated) []float64 { return s.cpu }},
		{"requests_per_target", "requests of a target", "/s", behaviour.RequestCount, p(0), func(b *behaviour.Bin) float64 { return b.PerTarget }, func(s *simulated) []float64 { return s.perTarget }},
		{"p50", "p50", "s", behaviour.TargetResponseTime, p(50), tail(0), func(s *simulated) []float64 { return s.tails[0] }},
		{"p90", "p90", "s", behaviour.TargetResponseTime, p(90), tail(1), func(s *simulated) []float64 { return s.tails[1] }},
		{"p99", "p99", "s", behaviour.TargetResponseTime, p(99), tail(3), func(s *simulated) []float64 { return s.tails[2] }},
		{"errors", "errors", "share", behaviour.TargetErrors, p(0), func(b *behaviour.Bin) float64 {
			if b.Rate > 0 {
				return b.Errors / b.Rate
			}
			return math.NaN()
		}, func(s *simulated) []float64 { return s.errors }},
	}
}

// simulated is one run in the bins of the grid.
type simulated struct {
	inService, desired, cpu, perTarget, errors []float64
	tails                                      [3][]float64
	res                                        *account.Result
}

// of puts a run into the bins.
func (g *grid) of(res *account.Result) *simulated {
	s := &simulated{res: res}
	s.inService = g.capacity(res, func(c *record.CapacityChange) int { return c.States.InService() })
	s.desired = g.capacity(res, func(c *record.CapacityChange) int { return c.Desired })
	healthy := s.inService
	if !g.all {
		healthy = g.capacity(res, func(c *record.CapacityChange) int { return c.States.Healthy() })
	}
	attempts := g.rows(res, func(r *record.Row) float64 { return float64(ended(r)) })
	bad := g.rows(res, func(r *record.Row) float64 { return float64(wrong(r)) })
	s.cpu = g.rows(res, func(r *record.Row) float64 { return r.CPU })
	for k, f := range [...]func(r *record.Row) float64{func(r *record.Row) float64 { return r.Target50 }, func(r *record.Row) float64 { return r.Target90 }, func(r *record.Row) float64 { return r.Target99 }} {
		s.tails[k] = g.rows(res, f)
	}
	s.perTarget, s.errors = make([]float64, g.n), make([]float64, g.n)
	for k := range g.n {
		s.perTarget[k], s.errors[k] = attempts[k]/res.Interval.Seconds()/healthy[k], bad[k]/attempts[k]
		if !(healthy[k] > 0) {
			s.perTarget[k] = math.NaN()
		}
		if !(attempts[k] > 0) {
			s.errors[k] = math.NaN()
		}
	}
	return s
}

func ended(r *record.Row) (n uint64) {
	for _, v := range r.Ended {
		n += v
	}
	return n
}

// wrong are the attempts that a balancer counts as 5XX: not those whose client left.
func wrong(r *record.Row) uint64 { return ended(r) - r.Ended[serving.OK] - r.Ended[serving.TimedOut] }

// rows is the mean of a figure of the timeline in each bin, NaN where it has none.
func (g *grid) rows(res *account.Result, f func(*record.Row) float64) []float64 {
	out, hits := make([]float64, g.n), make([]float64, g.n)
	for i := range res.Rows {
		r := &res.Rows[i]
		if k, v := int(r.At.Seconds()/g.binS), f(r); k < g.n && !math.IsNaN(v) {
			out[k] += v
			hits[k]++
		}
	}
	for k := range out {
		if out[k] /= hits[k]; hits[k] == 0 {
			out[k] = math.NaN()
		}
	}
	return out
}

// capacity is the mean over time of a number of instances in each bin.
func (g *grid) capacity(res *account.Result, f func(*record.CapacityChange) int) []float64 {
	out := make([]float64, g.n)
	end := res.Config.Duration.Seconds()
	for i := range res.Capacity {
		c := &res.Capacity[i]
		from, to := c.At.Seconds(), end
		if i+1 < len(res.Capacity) {
			to = res.Capacity[i+1].At.Seconds()
		}
		v := float64(f(c))
		for k := int(from / g.binS); k < g.n && from < to; k++ {
			upto := min(to, float64(k+1)*g.binS)
			out[k] += v * (upto - from)
			from = upto
		}
	}
	for k := range out {
		out[k] /= min(g.binS, end-float64(k)*g.binS)
	}
	return out
}

// lines sets the record beside the runs.
func (g *grid) lines(r *behaviour.Record, runs []*simulated) []Line {
	var out []Line
	for _, f := range figures() {
		l := Line{Key: f.key, What: f.what, Unit: f.unit, PeriodS: g.binS}
		if s := r.Of(f.metric, f.stat); s != nil {
			l.PeriodS = max(g.binS, s.Period)
		}
		known := false
		for k := range g.bins {
			v := f.recorded(&g.bins[k])
			known = known || !math.IsNaN(v)
			l.Recorded = append(l.Recorded, v)
		}
		if !known {
			continue
		}
		for _, run := range runs {
			l.each = append(l.each, f.simulated(run))
		}
		l.band(g.n)
		out = append(out, l)
	}
	return out
}

// band is the mean, the least and the most of the runs in each bin.
func (l *Line) band(n int) {
	for k := range n {
		sum, hits, low, high := 0.0, 0.0, math.Inf(1), math.Inf(-1)
		for _, run := range l.each {
			if v := run[k]; !math.IsNaN(v) {
				sum, hits, low, high = sum+v, hits+1, min(low, v), max(high, v)
			}
		}
		if hits == 0 {
			low, high = math.NaN(), math.NaN()
		}
		l.Mean, l.Low, l.High = append(l.Mean, sum/hits), append(l.Low, low), append(l.High, high)
	}
}
