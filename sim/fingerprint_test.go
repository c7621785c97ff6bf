package sim

import (
	"testing"

	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/world"
	"asgsim/workload"
)

func print(t *testing.T, values ...any) string {
	t.Helper()
	s, err := Fingerprint(values...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Whatever changes a run changes the fingerprint of its configuration; running it
// does not.
func TestFingerprintOfAConfiguration(t *testing.T) {
	base := print(t, small(50))
	if print(t, small(50)) != base {
		t.Error("equal configurations differ")
	}
	cfg := small(50)
	if _, err := world.Run(t.Context(), cfg, 1); err != nil {
		t.Fatal(err)
	}
	if print(t, cfg) != base {
		t.Error("a run changed its configuration")
	}
	for name, change := range map[string]func(*record.Config){
		"a target":          func(c *record.Config) { c.Policies[0].(*scaling.TargetTracking).Target++ },
		"a zone":            func(c *record.Config) { c.Group.Zones = append(c.Group.Zones, "c") },
		"an unexported one": func(c *record.Config) { c.Template.Boot = exponential(31) },
		"another kind":      func(c *record.Config) { c.Template.Boot = constant(30) },
		"the load":          func(c *record.Config) { c.Loads[0].Curve = workload.ScaleCurve(c.Loads[0].Curve, 1.01) },
		"a pointer":         func(c *record.Config) { c.Policies = nil; c.Group.Maintenance = nil; c.Group.Min = 2 },
	} {
		c := small(50)
		change(c)
		if print(t, c) == base {
			t.Errorf("%s changed, the fingerprint did not", name)
		}
	}
}

func TestFingerprintOfValues(t *testing.T) {
	type pair struct {
		a, b string
		m    map[string]int
		p    *int
		f    func()
	}
	one, two := 1, 1
	x := pair{"ab", "c", map[string]int{"x": 1, "y": 2}, &one, nil}
	if print(t, x) != print(t, pair{"ab", "c", map[string]int{"y": 2, "x": 1}, &two, nil}) {
		t.Error("equal values differ")
	}
	for _, y := range []pair{{"a", "bc", x.m, &one, nil}, {"ab", "c", map[string]int{"x": 1}, &one, nil}, {"ab", "c", x.m, nil, nil}} {
		if print(t, x) == print(t, y) {
			t.Errorf("%+v and %+v have one fingerprint", x, y)
		}
	}
	if print(t, x, 1) == print(t, x, 2) {
		t.Error("the second value does not count")
	}
	for _, v := range []any{pair{f: func() {}}, make(chan int), complex(1, 2)} {
		if _, err := Fingerprint(v); err == nil {
			t.Errorf("%T has a fingerprint", v)
		}
	}
}
