package fault

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// instants are those at which a plan strikes, in seconds.
func instants(p Plan, end des.Time) []float64 {
	var out []float64
	for _, o := range p.occurrences(7, end) {
		out = append(out, o.At.Sub(0).Seconds())
	}
	return out
}

// Every comes after the last instant of at, or after the start, until the end.
func TestEvery(t *testing.T) {
	for _, row := range []struct {
		plan Plan
		want []float64
	}{
		{Plan{Name: "x", Every: 100 * des.Second}, []float64{100, 200, 300}},
		{Plan{Name: "x", At: at(10, 50), Every: 100 * des.Second}, []float64{10, 50, 150, 250, 350}},
		{Plan{Name: "x", At: at(10, 500)}, []float64{10}},
	} {
		got := instants(row.plan, at(400)[0])
		if len(got) != len(row.want) {
			t.Fatalf("%+v: %v, want %v", row.plan, got, row.want)
		}
		for k := range got {
			if got[k] != row.want[k] {
				t.Errorf("%+v: %v, want %v", row.plan, got, row.want)
			}
		}
	}
}

// Random occurrences are a renewal process: from the end of one to the next it takes the
// mean asked for, with the coefficient of variation of its law (exponential 1, Weibull of
// shape 2 sqrt(4/pi - 1)). Four standard errors of 4,000 gaps.
func TestGaps(t *testing.T) {
	const n, mean, lasts = 4000, 100.0, 60.0
	weibull, err := workload.NewWeibullMean(mean, 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		law workload.Dist
		cv  float64
	}{{workload.Exponential{M: mean}, 1}, {weibull, math.Sqrt(4/math.Pi - 1)}} {
		at := instants(Plan{Name: "x", Gap: row.law, Lasts: des.Seconds(lasts)}, des.Time(des.Seconds(1.1*n*(mean+lasts))))
		if len(at) < n {
			t.Fatalf("%d occurrences", len(at))
		}
		sum, square, last := 0.0, 0.0, -lasts
		for _, a := range at[:n] {
			gap := a - last - lasts
			sum, square, last = sum+gap, square+gap*gap, a
		}
		m := sum / n
		cv := math.Sqrt(square/n-m*m) / m
		if math.Abs(m/mean-1) > 4*row.cv/math.Sqrt(n) || math.Abs(cv-row.cv) > 4/math.Sqrt(n) {
			t.Errorf("mean %v, cv %v; want %v, %v", m, cv, mean, row.cv)
		}
	}
}

// Whom an occurrence strikes: of those in a zone or of a type the oldest, the newest, a
// share of them rounded up.
func TestWhom(t *testing.T) {
	for _, row := range []struct {
		name string
		whom Whom
		want []int // ordinals of the struck, of 0 to 4 in zone a and 5 to 7 in zone b
	}{
		{"the oldest two", Whom{Count: 2, Pick: PickOldest}, []int{0, 1}},
		{"the newest", Whom{Count: 1, Pick: PickNewest}, []int{7}},
		{"the newest in zone a", Whom{Count: 1, Pick: PickNewest, Among: &Among{Zone: 0}}, []int{4}},
		{"all of zone b", Whom{Fraction: 1, Among: &Among{Zone: 1}}, []int{5, 6, 7}},
		{"half of zone b, rounded up", Whom{Fraction: 0.5, Pick: PickOldest, Among: &Among{Zone: 1}}, []int{5, 6}},
		{"a quarter of all", Whom{Fraction: 0.25, Pick: PickOldest}, []int{0, 1}},
		{"none of another type", Whom{Count: 1, Among: &Among{Zone: ec2.AnyZone, Type: "c5.large"}}, nil},
	} {
		s := newSite(day, Crash{Plan: Plan{Name: "x", At: at(10), Whom: row.whom}})
		s.adopt(5, 0, false, des.Hour)
		s.adopt(3, 1, false, des.Hour)
		s.to(10)
		var got []int
		for _, i := range s.fleet.Instances {
			if i.State == ec2.Failed {
				got = append(got, i.Ordinal)
			}
		}
		if len(got) != len(row.want) {
			t.Errorf("%s: %v, want %v", row.name, got, row.want)
			continue
		}
		for k := range got {
			if got[k] != row.want[k] {
				t.Errorf("%s: %v, want %v", row.name, got, row.want)
			}
		}
		if row.want == nil && (len(s.Log) != 1 || s.Log[0].Skipped == "") {
			t.Errorf("%s: %+v", row.name, s.Log)
		}
	}
}

// Random ages, too, keep to the zone.
func TestAgesOfAZone(t *testing.T) {
	s := newSite(day, Crash{Plan: Plan{Name: "x", Life: workload.Constant{Value: 100}, Whom: Whom{Among: &Among{Zone: 1}}}})
	a, b := s.adopt(2, 0, false, 0), s.adopt(2, 1, false, 0)
	s.to(101)
	for k := range 2 {
		if a[k].State != ec2.Running || b[k].State != ec2.Failed {
			t.Errorf("%v in zone a, %v in zone b", a[k].State, b[k].State)
		}
	}
}

// endless is a kind that could be told to last, and would not end.
type endless struct{ Crash }

func (f endless) About() About { return About{Plan: f.Plan, Kind: "endless"} }

// idle is a kind that nothing happens with.
type idle struct{ Plan }

func (f idle) About() About  { return About{Plan: f.Plan, Kind: "idle"} }
func (idle) Told(int) string { return "" }
func (idle) Effect() string  { return "" }

// unplanned is a kind that leaves out its plan.
type unplanned struct{ Crash }

func (unplanned) About() About { return About{Kind: "unplanned"} }

// A kind that breaks a rule of its registration is refused by name, with the rule.
func TestRegistration(t *testing.T) {
	for want, f := range map[string]Fault{
		"Lasts would never end it": endless{Crash{Plan: Plan{Name: "x", At: at(1), Lasts: des.Minute}}},
		"a Stretch or an Injecter": idle{Plan{Name: "x", At: at(1)}},
		"About has the plan":       unplanned{Crash{Plan: Plan{Name: "x", At: at(1)}}},
		"Life would be idle":       APIThrottling{Plan{Name: "x", Life: workload.Constant{Value: 1}}},
		"At, Every, Gap or Life":   Crash{Plan: Plan{Name: "x"}},
	} {
		func() {
			defer func() {
				if said, ok := recover().(string); !ok || !strings.Contains(said, want) {
					t.Errorf("%T: %v, want %q", f, said, want)
				}
			}()
			newSite(day, f)
		}()
	}
}

// The members of a group that a fault may hit serve.
func TestCandidates(t *testing.T) {
	s := newSite(day)
	s.adopt(3, 0, false, des.Hour)
	s.members[1].Phase = asg.PhaseStandby
	s.fleet.Slow(s.members[2].Instance, 0.5)
	p := Plan{}
	if got := p.candidates(s.members, true); len(got) != 1 || got[0].Ordinal != 0 {
		t.Errorf("%+v", got)
	}
	if got := p.candidates(s.members, false); len(got) != 2 || s.plane.mode[0].Kind != serving.Serving {
		t.Errorf("%+v", got)
	}
}
