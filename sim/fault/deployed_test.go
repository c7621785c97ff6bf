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
