package fault

import (
	"slices"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/serving"
)

// A slow instance works at a share of its speed and serves all the while; after the
// duration, or never without one, it is as fast as before.
func TestSlow(t *testing.T) {
	for _, lasts := range []des.Duration{0, des.Minute} {
		f := Slow{Plan: Plan{Name: "x", At: at(10), Lasts: lasts, Whom: Whom{Count: 1}}, Speed: 0.25}
		s := newSite(day, f)
		i := s.adopt(1, 0, false, des.Hour)[0]
		s.to(69)
		if s.plane.speed[i.Plane] != 0.25 || s.plane.mode[i.Plane].Kind != serving.Serving || i.State != ec2.Running || i.Broken || !i.Ailing || s.plane.cut[i.Plane] != 0 {
			t.Errorf("for %v: speed %v, mode %v, %+v", lasts, s.plane.speed[i.Plane], s.plane.mode[i.Plane], i)
		}
		s.to(70)
		want, over := 0.25, 0
		if lasts > 0 {
			want, over = 1, 1
		}
		if s.plane.speed[i.Plane] != want || i.Ailing != (over == 0) || len(s.over) != over || over > 0 && s.over[0] != s.hits[0] {
			t.Errorf("for %v: speed %v afterwards, over %+v", lasts, s.plane.speed[i.Plane], s.over)
		}
		same(t, f, "slow", "one instance slows to 25 % of its speed", "3 instances slow to 25 % of their speed")
	}
}

// An instance that errs answers a share of requests wrongly, and health checks as it is
// told; afterwards it serves.
func TestErrors(t *testing.T) {
	for _, fail := range []bool{false, true} {
		f := Errors{Plan: Plan{Name: "x", At: at(10), Lasts: des.Minute, Whom: Whom{Count: 2}}, Share: 0.5, ChecksFail: fail}
		s := newSite(day, f)
		list := s.adopt(2, 0, false, des.Hour)
		s.to(10)
		want := serving.Mode{Kind: serving.Failing, P: 0.5}
		if fail {
			want.Probes = 1
		}
		for _, i := range list {
			if got := s.plane.mode[i.Plane]; got != want || i.Broken || !i.Ailing || s.plane.speed[i.Plane] != 1 {
				t.Errorf("checks fail %v: %+v, want %+v", fail, got, want)
			}
		}
		s.to(70)
		if got := s.plane.mode[list[0].Plane]; got.Kind != serving.Serving || len(s.over) != 2 {
			t.Errorf("afterwards: %+v, over %+v", got, s.over)
		}
		same(t, f, "errors", "one instance answers 50 % of requests with errors", "3 instances answer 50 % of requests with errors")
	}
}

// What ails an instance does not keep it from breaking, and a second ailment passes it
// by. The broken stay broken when the ailment would have been over.
func TestAilingInstancesBreak(t *testing.T) {
	s := newSite(day,
		Errors{Plan: Plan{Name: "err", At: at(10), Lasts: des.Minute, Whom: Whom{Count: 1}}, Share: 1},
		Slow{Plan: Plan{Name: "slow", At: at(20), Whom: Whom{Count: 1}}, Speed: 0.5},
		Hang{Plan: Plan{Name: "hang", At: at(30), Whom: Whom{Count: 1}}})
	i := s.adopt(1, 0, false, des.Hour)[0]
	s.to(100)
	if m := s.plane.mode[i.Plane]; m.Kind != serving.Hung || !i.Broken || s.plane.speed[i.Plane] != 1 || len(s.over) != 0 {
		t.Errorf("%+v, over %+v", m, s.over)
	}
	if len(s.hits) != 2 || s.hits[0].Name != "err" || s.hits[1].Name != "hang" || len(s.Log) != 3 || s.Log[1].Skipped == "" {
		t.Errorf("hits %+v, log %+v", s.hits, s.Log)
	}
	// By age it is passed by too, and says so.
	j := newSite(day, Slow{Plan: Plan{Name: "slow", At: at(10), Whom: Whom{Count: 1}}, Speed: 0.5})
	k := j.adopt(1, 0, false, des.Hour)[0]
	j.to(10)
	j.hit(Slow{Plan: Plan{Name: "age"}, Speed: 0.1}, k, false)
	if x := j.Log[1]; x.Ordinal != -1 || x.Skipped == "" || j.plane.speed[k.Plane] != 0.5 {
		t.Errorf("%+v", x)
	}
}

// A version that answers a tenth of requests and health checks wrongly, and a fault half
// of what is left: 1 - 0.9 x 0.5 of the requests, and the version's tenth of the checks.
func TestErrorsOfABadVersion(t *testing.T) {
	s := newSite(day, Errors{Plan: Plan{Name: "x", At: at(60), Lasts: des.Minute, Whom: Whom{Count: 1}}, Share: 0.5})
	s.fleet.SetVersion(&ec2.Version{Speed: 1, Healthy: true, Errors: 0.1})
	i := s.adopt(1, 0, false, des.Hour)[0]
	s.to(60)
	if m := s.plane.mode[i.Plane]; m.P != 0.1+0.9*0.5 || m.Probes != 0.1 {
		t.Errorf("%+v", m)
	}
	s.to(120)
	if m := s.plane.mode[i.Plane]; m != (serving.Mode{Kind: serving.Failing, P: 0.1, Probes: 0.1}) {
		t.Errorf("afterwards %+v", m)
	}
}

// A fault that is passed over says whether nobody serves, or those that do are struck already.
func TestWhyNobodyIsStruck(t *testing.T) {
	slow := Slow{Plan: Plan{Name: "x", At: at(60, 120), Whom: Whom{Count: 3}}, Speed: 0.5}
	elsewhere := Slow{Plan: Plan{Name: "y", At: at(180), Whom: Whom{Count: 1, Among: &Among{Zone: 1}}}, Speed: 0.5}
	s := newSite(day, slow, elsewhere)
	s.adopt(2, 0, false, des.Hour)
	s.to(200)
	const struck, none = "all instances it could strike are struck already", "no serving instance to strike"
	var got []string
	for _, i := range s.Log {
		got = append(got, i.Skipped)
	}
	if want := []string{"", "", struck, struck, struck, struck, none}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
