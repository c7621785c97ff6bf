package ec2

import (
	"math"
	"testing"

	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// spotModel is a type on the Spot market.
func spotModel(name string, saving, interruption float64) *Model {
	t, ok := Lookup(name)
	if !ok {
		panic(name)
	}
	return &Model{Type: t, Speed: 1, Workers: serving.Unlimited, Price: t.Price, Spot: SpotTerms{Saving: saving, Interruption: interruption}}
}

// A pool's score is evenly spread over time, holds for its period, and is the pool's
// own; the hazard is that of the type on average.
func TestScoreAndHazard(t *testing.T) {
	m := NewMarket(&Spot{Period: 6 * des.Hour, Unavailable: 0.1}, []string{"a", "b"}, 1, des.Time(des.Day))
	p, q := Pool{spotModel("c5.large", 0.6, 0.3), 0, true}, Pool{spotModel("c5.large", 0.6, 0.3), 1, true}
	const n = 20_000
	sum, hazard, without, same, both := 0.0, 0.0, 0, 0, 0.0
	for k := range n {
		at := des.Time(k) * des.Time(6*des.Hour)
		s := m.Score(p, at)
		sum, hazard, both = sum+s, hazard+m.Hazard(p, at), both+s*m.Score(q, at)
		if !m.Available(p, at) {
			without++
		}
		if s == m.Score(p, at.Add(6*des.Hour-1)) {
			same++
		}
	}
	if math.Abs(sum/n-0.5) > 0.01 || math.Abs(both/n-0.25) > 0.01 || math.Abs(float64(without)/n-0.1) > 0.01 {
		t.Errorf("mean score %v, of two pools' product %v, unavailable %v", sum/n, both/n, float64(without)/n)
	}
	// E5: 30 % a month are 4.9e-4 an hour.
	if got := hazard / n; math.Abs(got/4.886e-4-1) > 0.02 {
		t.Errorf("hazard %v an hour, want 4.9e-4", got)
	}
	if same != 0 {
		t.Errorf("the score held for longer than its period %d times", same)
	}
	for p, want := range map[float64]float64{0.03: 4.2e-5, 0.075: 1.07e-4, 0.125: 1.83e-4, 0.175: 2.64e-4, 0.30: 4.9e-4} {
		if got := spotModel("c5.large", 0, p).hazard(); math.Abs(got/want-1) > 0.01 {
			t.Errorf("E5: %v a month is a hazard of %v, want %v", p, got, want)
		}
	}
}

// Over a long time EC2 reclaims each instance at the rate of its type, whatever share
// it takes at once; with a large share many go together.
func TestReclaimRate(t *testing.T) {
	for _, share := range []float64{0.1, 0.5, 1} {
		var k des.Kernel
		model := spotModel("c5.large", 0.6, 0.5)
		template := &Template{Model: *model, Mixed: []Model{*model}, Spot: &Spot{Period: des.Hour, Reclaimed: share, Coincide: 1}}
		end := des.Time(20 * 365 * des.Day)
		f := NewFleet(&k, nil, template, []string{"a"}, nil, 7, end, Listener{})
		pool := Pool{&template.Mixed[0], 0, true}
		const n = 50
		for range n {
			i := f.create(pool, 0)
			i.State, i.RunningAt = Running, 0
		}
		taken, events, last := 0, 0, des.Time(-1)
		f.listener.Signalled = func(i *Instance) {
			if i.Recommended != k.Now() || i.Noticed != k.Now() {
				t.Errorf("recommended %v, noticed %v at %v", i.Recommended, i.Noticed, k.Now())
			}
			if taken++; k.Now() != last {
				events, last = events+1, k.Now()
			}
			i.Recommended, i.claimed = des.Never, false // another takes its place
			i.State = Pending
			k.After(NoticeTime+1, des.Begin, func() { i.State, i.Noticed = Running, des.Never })
		}
		for k.Next() < end {
			k.Step()
		}
		want := model.hazard() * n * float64(end) / float64(des.Hour)
		// Instances go in batches: the error is that of the batches.
		if got := float64(taken); math.Abs(got/want-1) > 5/math.Sqrt(float64(events)) {
			t.Errorf("share %v: %v taken in %d batches, want %.0f", share, got, events, want)
		}
		if per := float64(taken) / float64(events); math.Abs(per/max(1, share*n)-1) > 0.1 {
			t.Errorf("share %v: %.1f at a time of %d", share, per, n)
		}
	}
}

// Prices: constant, walking about the mean and never above the price on demand, or
// recorded; their integral is exact.
func TestSpotPrices(t *testing.T) {
	zones := []string{"a"}
	p := Pool{spotModel("m5.large", 0.69, 0.1), 0, true}
	flat := NewMarket(&Spot{Period: des.Hour}, zones, 1, des.Time(des.Day))
	if got := flat.Price(p, des.Time(5*des.Hour)); got != billing.Dollars(0.096*0.31) {
		t.Errorf("constant: %v", got)
	}
	year := NewMarket(&Spot{Period: des.Hour, Swing: 0.2}, zones, 1, des.Time(20*365*des.Day))
	hours := len(year.steps(p))
	mean := year.PriceSeconds(p, 0, int64(hours)*3600) / float64(hours) / 3600 / 1e9
	if math.Abs(mean/(0.096*0.31)-1) > 0.05 {
		t.Errorf("walking: mean %v, want %v", mean, 0.096*0.31)
	}
	wild := NewMarket(&Spot{Period: des.Hour, Swing: 1}, zones, 1, des.Time(365*des.Day))
	for _, s := range wild.steps(p) {
		if s.Price > p.Model.Price || s.Price <= 0 {
			t.Fatalf("a Spot price of %v, on demand %v", s.Price, p.Model.Price)
		}
	}
	recorded := NewMarket(&Spot{Period: des.Hour, Prices: []PriceSeries{{Type: "m5.large", Step: []PriceStep{{-3600, billing.Dollars(0.02)}, {600, billing.Dollars(0.03)}, {1200, billing.Dollars(0.5)}}}}}, zones, 1, des.Time(des.Day))
	for at, want := range map[int]float64{0: 0.02, 599: 0.02, 600: 0.03, 1200: 0.096} {
		if got := recorded.Price(p, des.Time(at)*des.Time(des.Second)); got != billing.Dollars(want) {
			t.Errorf("recorded at %d: %v, want %v", at, got, want)
		}
	}
	if got := recorded.PriceSeconds(p, 500, 1300); got != 1e9*(100*0.02+600*0.03)+100*float64(billing.Dollars(0.096)) {
		t.Errorf("integral %v", got)
	}
	for cut := int64(500); cut <= 1300; cut += 50 {
		if a, b := recorded.PriceSeconds(p, 500, cut)+recorded.PriceSeconds(p, cut, 1300), recorded.PriceSeconds(p, 500, 1300); a != b {
			t.Errorf("split at %d: %v, whole %v", cut, a, b)
		}
	}
}

// Savings and interruption rates by family, as seen in 2025.
func TestDefaultSpotTerms(t *testing.T) {
	for name, want := range map[string]SpotTerms{"c6g.large": {0.71, 0.045}, "r6i.large": {0.705, 0.30}, "t3.micro": {0.65, 0.0636}, "x1e.large": {0.66, 0.18}} {
		got := DefaultSpotTerms(name)
		if got.Saving != want.Saving || math.Abs(got.Interruption-want.Interruption) > 0.002 {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

// The bands count a family's types: as many as EC2 has sizes of it, metal ones included,
// and 894 in all on the day of the data.
func TestSpotBandsCountTheTypes(t *testing.T) {
	sizes := map[string]int{"": 894, "t3": 7, "t4g": 7, "m5": 9, "m6i": 10, "m6g": 9, "m7i": 11, "m7g": 9, "c5": 9, "c6i": 10, "c6g": 9, "c7i": 11, "c7g": 9, "r5": 9, "r6i": 10, "r6g": 9}
	for name, f := range spotFamilies() {
		n := 0
		for _, k := range f.bands {
			n += k
		}
		if n != sizes[name] || f.saving < 0.5 || f.saving > 0.9 {
			t.Errorf("%s: %d types, want %d; a saving of %v", name, n, sizes[name], f.saving)
		}
	}
}
