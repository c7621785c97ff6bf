package fault

import (
	"math"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/workload"
)

// hours is the ages, in hours, at which n new instances are hit by a random fault.
func hours(n int, life workload.Dist) []float64 {
	s := newSite(des.Time(1e5*des.Hour), Hang{Plan: Plan{Name: "x", Life: life}})
	for range n {
		s.fleet.Launch(ec2.Pool{Model: s.fleet.Models()[0]}, func(i *ec2.Instance) { s.Running(i) }, func(*ec2.Instance) {})
	}
	for s.Next() < s.end {
		s.Step()
	}
	var out []float64
	for _, i := range s.Log {
		out = append(out, i.At.Sub(s.fleet.Instances[max(0, i.Ordinal)].RunningAt).Seconds()/3600)
	}
	return out
}

// Ages at random faults are exponential with the mean asked for, counted from running:
// the mean and the standard deviation are that mean, and a share e^-1 outlives it. A
// Weibull of shape 2 has the mean asked for, too, and a standard deviation of
// sqrt(4/pi - 1) of it.
func TestLawOfRandomAges(t *testing.T) {
	const n, mean = 4000, 100.0
	weibull, err := workload.NewWeibullMean(mean*3600, 2)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		life      workload.Dist
		cv, above float64
	}{
		"exponential": {workload.Exponential{M: mean * 3600}, 1, math.Exp(-1)},
		"Weibull 2":   {weibull, math.Sqrt(4/math.Pi - 1), math.Exp(-math.Pi / 4)},
	} {
		ages := hours(n, c.life)
		if len(ages) != n {
			t.Fatalf("%s: %d of %d hit", name, len(ages), n)
		}
		sum, square, above := 0.0, 0.0, 0.0
		for _, a := range ages {
			sum, square = sum+a, square+a*a
			if a > mean {
				above++
			}
		}
		m := sum / n
		cv := math.Sqrt(square/n-m*m) / m
		// Four standard errors: of the mean cv/sqrt(n), of a share sqrt(p(1-p)/n); the
		// exponential's coefficient of variation has one of 1/sqrt(n).
		if math.Abs(m/mean-1) > 4*c.cv/math.Sqrt(n) || math.Abs(cv-c.cv) > 4/math.Sqrt(n) || math.Abs(above/n-c.above) > 4*math.Sqrt(c.above*(1-c.above)/n) {
			t.Errorf("%s: mean %.1f h, coefficient of variation %.3f, %.3f outlive the mean; want %v, %.3f, %.3f", name, m, cv, above/n, mean, c.cv, c.above)
		}
	}
}

// An instance that the run begins with has lived so far: with a Weibull of shape 2 and
// scale L, of those of age a a share exp(-((a+t)/L)^2 + (a/L)^2) lives t longer.
func TestAgesOfTheSettled(t *testing.T) {
	const n, scale, age, later = 4000, 100.0, 80, 30.0
	s := newSite(des.Time(later*float64(des.Hour)), Crash{Plan: Plan{Name: "x", Life: workload.Weibull{Scale: scale * 3600, Shape: 2}}})
	s.adopt(n, 0, false, age*des.Hour)
	for s.Next() < s.end {
		s.Step()
	}
	want := math.Exp(-(age+later)*(age+later)/scale/scale + age*age/scale/scale)
	got := 1 - float64(len(s.Log))/n
	if math.Abs(got-want) > 4*math.Sqrt(want*(1-want)/n) {
		t.Errorf("%.3f live on, want %.3f", got, want)
	}
}

// A random fault hits who still runs as it did then: not who has stopped, not who
// runs again on another host, and who is broken already is logged as skipped.
func TestWhoEscapes(t *testing.T) {
	life := workload.Constant{Value: 100}
	s := newSite(day, Crash{Plan: Plan{Name: "x", Life: life}})
	var list []*ec2.Instance
	for range 3 {
		list = append(list, s.fleet.Launch(ec2.Pool{Model: s.fleet.Models()[0]}, func(i *ec2.Instance) { s.Running(i) }, func(*ec2.Instance) {}))
	}
	s.to(50) // running since 5, due at 105
	s.fleet.Terminate(list[0], func() {})
	list[1].Broken = true
	s.to(104)
	if len(s.Log) != 0 {
		t.Errorf("too early: %+v", s.Log)
	}
	s.to(105)
	if len(s.Log) != 2 || s.Log[0].Skipped == "" || s.Log[1].Skipped != "" || s.Log[1].Ordinal != 2 || s.Log[1].Scripted || list[2].State != ec2.Failed {
		t.Errorf("%+v", s.Log)
	}
	// No life is that long: nothing is ever due.
	s = newSite(day, Crash{Plan: Plan{Name: "x", Life: workload.Constant{Value: 1e18}}})
	s.adopt(1, 0, false, des.Hour)
	if s.Next() < day {
		t.Errorf("something is due at %v", s.Next())
	}
}

// A member of the warm pool that starts again is on another host, with a fate of its own.
func TestAnotherHostAnotherFate(t *testing.T) {
	s := newSite(des.Time(1000*des.Hour), Hang{Plan: Plan{Name: "x", Life: workload.Exponential{M: 3600}}})
	nothing := func(*ec2.Instance) {}
	i := s.fleet.Launch(ec2.Pool{Model: s.fleet.Models()[0]}, func(i *ec2.Instance) { s.Running(i) }, nothing)
	s.to(6)
	first := s.Next()
	s.fleet.Stop(i, false, workload.Constant{Value: 1}, func() {})
	s.to(30)
	if i.State != ec2.Stopped {
		t.Fatalf("%v", i.State)
	}
	s.fleet.Start(i, workload.Constant{Value: 1}, workload.Constant{Value: 1}, func(i *ec2.Instance) { s.Running(i) }, nothing)
	again := i.RunningAt
	for s.Next() < s.end && len(s.Log) == 0 {
		s.Step()
	}
	if len(s.Log) != 1 || s.Log[0].At == first {
		t.Errorf("first due at %v, running again at %v: %+v", first, again, s.Log)
	}
}

// Of an instance that has outlived by far what its law allows, the rest of its life is
// drawn as a new one: at a mean of a millisecond it is hit at once, at a constant of 100 s
// after 100 s.
func TestAgesBeyondTheLaw(t *testing.T) {
	for name, row := range map[string]struct {
		life   workload.Dist
		before float64 // seconds
	}{"exponential": {workload.Exponential{M: 0.001}, 0.1}, "constant": {workload.Constant{Value: 100}, 100.5}} {
		s := newSite(des.Time(des.Hour), Crash{Plan: Plan{Name: "x", Life: row.life}})
		s.adopt(3, 0, false, 30*des.Day)
		for s.Next() < s.end {
			s.Step()
		}
		if len(s.Log) != 3 {
			t.Fatalf("%s: %d hit of 3", name, len(s.Log))
		}
		for _, hit := range s.Log {
			if hit.At.Seconds() > row.before {
				t.Errorf("%s: hit at %v s, want by %v s", name, hit.At.Seconds(), row.before)
			}
		}
	}
}
