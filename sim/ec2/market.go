package ec2

import (
	"math"
	"sort"

	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/workload"
)

// Spot is what the Spot market is like. AWS publishes neither how full a pool is
// nor when it reclaims; these are our choices.
type Spot struct {
	// Period is how long a pool's capacity score holds before it is drawn anew;
	// Unavailable the share of time in which a pool has nothing to launch.
	Period      des.Duration
	Unavailable float64
	// Reclaimed is the share of a pool's instances that one reclaim takes: 1 takes
	// all at once, a small one nearly each for itself.
	Reclaimed float64
	// Lead is the time from the rebalance recommendation to the two-minute notice;
	// Coincide the share of reclaims in which both come together.
	Lead     workload.Dist
	Coincide float64
	// Swing is the standard deviation of the logarithm of a price about its mean,
	// which an hourly walk takes days to go through; 0: constant prices.
	Swing float64
	// MaxPrice is what is paid at most for a unit of capacity an hour; 0: the price
	// on demand. An instance whose price rises above it is interrupted.
	MaxPrice billing.USD
	// Prices are recorded prices, by pool; they replace mean and swing.
	Prices []PriceSeries
}

// PriceSeries is a recorded price of a pool.
type PriceSeries struct {
	Type string
	Zone string // empty: of every zone
	Step []PriceStep
}

// PriceStep is a price that holds from a second of the run on. The first holds
// before it, too.
type PriceStep struct {
	At    int64
	Price billing.USD
}

// SpotTerms is how a type fares on the Spot market.
type SpotTerms struct {
	Saving       float64 // mean share of the on-demand price that Spot saves
	Interruption float64 // share of instances reclaimed in a month
}

// hoursPerMonth turns a monthly share into an hourly hazard.
const hoursPerMonth = 730

// Market is the Spot market: exogenous, the same for every group and policy.
type Market struct {
	cfg    *Spot
	zones  []string
	seed   uint64
	hours  int // of the run
	prices map[Pool][]PriceStep
}

// NewMarket returns the market of zones over a run: a function of its arguments.
func NewMarket(cfg *Spot, zones []string, seed uint64, end des.Time) *Market {
	return &Market{cfg: cfg, zones: zones, seed: seed, hours: int(int64(end)/int64(des.Hour)) + 1, prices: map[Pool][]PriceStep{}}
}

// purpose is that of a pool's own draws.
func (m *Market) purpose(what string, p Pool) uint64 {
	return rng.Purpose("spot/" + what + "/" + p.Model.Type.Name + "/" + m.zones[p.Zone])
}

// Score is how much spare capacity a pool has at t, from 0 to 1, evenly spread
// over time. It is drawn anew every period, at a phase of the pool's own.
func (m *Market) Score(p Pool, t des.Time) float64 {
	purpose := m.purpose("score", p)
	phase := rng.Key(m.seed, purpose, math.MaxUint64)
	k := uint64((int64(t) + int64(phase.Float64()*float64(m.cfg.Period))) / int64(m.cfg.Period))
	s := rng.Key(m.seed, purpose, k)
	return s.Float64()
}

// Available reports whether a Spot Instance of the pool can be launched at t.
func (m *Market) Available(p Pool, t des.Time) bool { return m.Score(p, t) >= m.cfg.Unavailable }

// Hazard is the rate an hour at which an instance of the pool is reclaimed: that
// of its type on average, twice as high in a pool without spare capacity, none in
// the fullest.
func (m *Market) Hazard(p Pool, t des.Time) float64 {
	return p.Model.hazard() * 2 * (1 - m.Score(p, t))
}

// hazard is the mean rate an hour of a type, from the share reclaimed in a month.
func (m *Model) hazard() float64 { return -math.Log(1-m.Spot.Interruption) / hoursPerMonth }

// Price is that of an instance-hour in a Spot pool at t.
func (m *Market) Price(p Pool, t des.Time) billing.USD {
	steps := m.steps(p)
	at := int64(t) / int64(des.Second)
	k := sort.Search(len(steps), func(i int) bool { return steps[i].At > at })
	return steps[max(0, k-1)].Price
}

// PriceSeconds is the integral of a pool's price from one second to another, in
// nano-dollars an hour times seconds.
func (m *Market) PriceSeconds(p Pool, from, to int64) float64 {
	steps := m.steps(p)
	sum := 0.0
	next := sort.Search(len(steps), func(i int) bool { return steps[i].At > from })
	for k := max(0, next-1); k < len(steps) && (k == 0 || steps[k].At < to); k++ {
		a, b := from, to
		if k > 0 {
			a = max(a, steps[k].At)
		}
		if k+1 < len(steps) {
			b = min(b, steps[k+1].At)
		}
		if a < b {
			sum += float64(b-a) * float64(steps[k].Price)
		}
	}
	return sum
}

// steps is the price history of a pool, never above the price on demand.
func (m *Market) steps(p Pool) []PriceStep {
	p.Spot = true
	if s, ok := m.prices[p]; ok {
		return s
	}
	s := m.recorded(p)
	if s == nil {
		s = m.walk(p)
	}
	for k := range s {
		s[k].Price = min(s[k].Price, p.Model.Price)
	}
	m.prices[p] = s
	return s
}

func (m *Market) recorded(p Pool) []PriceStep {
	for _, s := range m.cfg.Prices {
		if s.Type == p.Model.Type.Name && (s.Zone == "" || s.Zone == m.zones[p.Zone]) {
			return append([]PriceStep(nil), s.Step...)
		}
	}
	return nil
}

// walkMemory is what a price keeps of its deviation from one hour to the next:
// half is left after about a day and a half.
const walkMemory = 0.98

// walk is a stationary walk of the price's logarithm, a step an hour.
func (m *Market) walk(p Pool) []PriceStep {
	average := float64(p.Model.Price) * (1 - p.Model.Spot.Saving)
	if m.cfg.Swing == 0 {
		return []PriceStep{{Price: billing.USD(math.Round(average))}}
	}
	purpose := m.purpose("price", p)
	out := make([]PriceStep, m.hours)
	at := 0.0
	for k := range out {
		s := rng.Key(m.seed, purpose, uint64(k))
		if z := s.Norm(); k == 0 {
			at = z
		} else {
			at = walkMemory*at + math.Sqrt(1-walkMemory*walkMemory)*z
		}
		// The mean of a lognormal is above its median: correct for it.
		out[k] = PriceStep{At: int64(k) * 3600, Price: billing.USD(math.Round(average * math.Exp(m.cfg.Swing*at-m.cfg.Swing*m.cfg.Swing/2)))}
	}
	return out
}

// SpotPrice is that of an instance-hour in a Spot pool now.
func (f *Fleet) SpotPrice(p Pool) billing.USD { return f.Market.Price(p, f.kernel.Now()) }

// SpotScore is how much spare capacity a Spot pool has now, from 0 to 1.
func (f *Fleet) SpotScore(p Pool) float64 { return f.Market.Score(p, f.kernel.Now()) }

// SpotHazard is the rate an hour at which an instance of a Spot pool is reclaimed now.
func (f *Fleet) SpotHazard(p Pool) float64 { return f.Market.Hazard(p, f.kernel.Now()) }
