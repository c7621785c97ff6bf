package fault

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/workload"
)

// In place an instance gets a version, or the one before, whether it runs, is pending or is
// stopped: those that do not run have it as they enter running.
func TestBadDeployOfThoseThatDoNotRun(t *testing.T) {
	bad := &ec2.Version{Speed: 0.5, Healthy: true}
	s := newSite(day, BadDeploy{Plan: Plan{Name: "x", At: at(60), Lasts: des.Minute}, Version: bad, InPlace: true})
	stopped, ended := s.adopt(1, 0, false, des.Hour)[0], s.adopt(1, 0, false, des.Hour)[0]
	nothing, took := func(*ec2.Instance) {}, workload.Constant{Value: 5}
	var early, late *ec2.Instance
	launch := func(i **ec2.Instance) func() {
		return func() { *i = s.fleet.Launch(ec2.Pool{Model: s.fleet.Models()[0]}, s.Running, nothing) }
	}
	s.At(at(58)[0], des.Begin, launch(&early)) // pending for 5 s
	s.At(at(90)[0], des.Begin, func() {
		s.fleet.Stop(stopped, false, took, func() {})
		s.fleet.Terminate(ended, func() {})
	})
	s.At(at(118)[0], des.Begin, launch(&late))
	s.At(at(130)[0], des.Begin, func() { s.fleet.Start(stopped, took, took, s.Running, nothing) })
	s.to(100)
	if s.plane.speed[early.Plane] != 0.5 {
		t.Errorf("pending as it began: speed %v, want 0.5", s.plane.speed[early.Plane])
	}
	s.to(200)
	for name, i := range map[string]*ec2.Instance{"pending as it began": early, "stopped": stopped, "pending as it ended": late} {
		if i.Version != nil || s.plane.speed[i.Plane] != 1 {
			t.Errorf("%s, after the rollback: version %v, speed %v; want the first and 1", name, i.Version, s.plane.speed[i.Plane])
		}
	}
}

// Each of two versions is out from its deployment to its rollback, whichever ends first: of
// those in force the one deployed last is what runs and what is launched, and none after.
func TestBadDeploysOverlap(t *testing.T) {
	one, two := &ec2.Version{Speed: 0.5, Healthy: true}, &ec2.Version{Speed: 0.25, Healthy: true}
	for _, row := range []struct {
		name             string
		first, second    []des.Time
		lasts, lastsThen des.Duration
		want             map[int]*ec2.Version // at so many seconds
	}{
		{"the second ends later", at(60), at(90), des.Minute, des.Minute, map[int]*ec2.Version{59: nil, 60: one, 90: two, 120: two, 149: two, 150: nil}},
		{"the second ends first", at(60), at(70), des.Minute, 20 * des.Second, map[int]*ec2.Version{60: one, 70: two, 90: one, 119: one, 120: nil}},
		{"both end at once", at(60), at(90), des.Minute, 30 * des.Second, map[int]*ec2.Version{60: one, 90: two, 119: two, 120: nil}},
		{"the first again while it is out", at(60, 90), at(300), des.Minute, des.Minute, map[int]*ec2.Version{60: one, 120: one, 149: one, 150: nil, 300: two, 360: nil}},
	} {
		s := newSite(day,
			BadDeploy{Plan: Plan{Name: "x", At: row.first, Lasts: row.lasts}, Version: one, InPlace: true},
			BadDeploy{Plan: Plan{Name: "y", At: row.second, Lasts: row.lastsThen}, Version: two, InPlace: true})
		old := s.adopt(1, 0, false, des.Hour)[0]
		for k := range 40 {
			s.to(10 * k)
			s.compare(t, row.name, 10*k, old, row.want)
			s.to(10*k + 9)
			s.compare(t, row.name, 10*k+9, old, row.want)
		}
	}
}

func (s *site) compare(t *testing.T, name string, at int, i *ec2.Instance, want map[int]*ec2.Version) {
	t.Helper()
	if v, asked := want[at]; asked && (i.Version != v || s.fleet.Version() != v) {
		t.Errorf("%s: at %d s version %+v runs and %+v is launched, want %+v", name, at, i.Version, s.fleet.Version(), v)
	}
}
