package scaling

import "testing"

func TestAForecastBecomesACapacity(t *testing.T) {
	honor := Predictive{Target: 50}
	increase := Predictive{Target: 50, Increase: true}
	tenth := Predictive{Target: 50, Increase: true, MaxBuffer: 0.10}
	for _, x := range []struct {
		name             string
		p                *Predictive
		load             float64
		desired, high    int
		want, most, size int
		block            Block
	}{
		{"TV-39, az-10: increase with a buffer of 10 %", &tenth, 2500, 10, 40, 50, 55, 50, NoBlock},
		{"TV-39 increase without a buffer", &increase, 2500, 10, 40, 50, 50, 50, NoBlock},
		{"TV-39 honor", &honor, 2500, 10, 40, 50, 40, 40, BlockMax},
		{"TV-22 tracking 10, predictive 8", &honor, 400, 10, 40, 8, 40, 10, NoBlock},
		{"TV-22 the other way round", &honor, 400, 6, 40, 8, 40, 8, NoBlock},
		{"a part of an instance is one", &honor, 401, 1, 40, 9, 40, 9, NoBlock},
		{"never in", &honor, 0, 7, 40, 0, 40, 7, BlockMin},
		{"close to the maximum", &tenth, 1900, 7, 40, 38, 42, 38, NoBlock},
	} {
		f, _ := x.p.Decide(0, &Snapshot{Load: x.load, Desired: x.desired, Min: 2, Max: x.high}, nil)
		result, _ := Clamp(f.Want, 2, f.Max)
		if f.Want != x.want || f.Max != x.most || max(x.desired, result) != x.size || f.Block != x.block || f.Why == "" {
			t.Errorf("%s: %+v", x.name, f)
		}
	}
}

// A forecast of the network is told in megabytes.
func TestAForecastOfTheNetworkIsTold(t *testing.T) {
	p := Predictive{Pair: ASGNetworkOut, Target: 80e6}
	d, _ := p.Decide(0, &Snapshot{Load: 160.4e6, Desired: 2, Min: 1, Max: 9}, nil)
	if got, want := d.Why, "160.4 MB out over the group forecast, 80 an instance: ceil(160.4 / 80) = 3"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// how a load becomes a number of instances.
func TestCapacityRounding(t *testing.T) {
	up, near := Predictive{Target: 50}, Predictive{Target: 50, Near: true}
	for _, x := range []struct {
		load     float64
		up, near int
	}{{0, 0, 0}, {10, 1, 1}, {400, 8, 8}, {401, 9, 8}, {424, 9, 8}, {426, 9, 9}} {
		if a, b := up.Capacity(x.load), near.Capacity(x.load); a != x.up || b != x.near {
			t.Errorf("%v: %d up, %d to the nearest, want %d and %d", x.load, a, b, x.up, x.near)
		}
	}
}
