package fault

import (
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/serving"
)

// A crash of the host ends the instance: EC2 no longer reports it running, what is in
// flight is cut, later connections find nobody. One of the process leaves the host up:
// connections are refused and EC2's status checks see nothing.
func TestCrash(t *testing.T) {
	for _, process := range []bool{false, true} {
		f := Crash{Plan: Plan{Name: "x", At: at(10), Whom: Whom{Count: 2}}, Process: process}
		s := newSite(day, f)
		list := s.adopt(5, 0, false, des.Hour)
		s.to(10)
		hit := 0
		for _, i := range list {
			if !i.Broken {
				continue
			}
			hit++
			state, mode := ec2.Failed, serving.Unreachable
			if process {
				state, mode = ec2.Running, serving.Refusing
			}
			if i.State != state || s.plane.mode[i.Plane].Kind != mode || s.plane.cut[i.Plane] != 1 || i.Impaired != des.Never {
				t.Errorf("process %v: state %v, mode %v, cut %d times", process, i.State, s.plane.mode[i.Plane].Kind, s.plane.cut[i.Plane])
			}
		}
		if hit != 2 || len(s.Log) != 2 || len(s.hits) != 2 || !s.Log[0].Scripted || s.Log[0].At != at(10)[0] || s.Log[0].Ordinal == s.Log[1].Ordinal {
			t.Errorf("process %v: %d hit, %+v", process, hit, s.Log)
		}
		same(t, f, "crash", "one instance crashes", "3 instances crash")
	}
}

// A hang accepts and never answers, shows the CPU it is said to, and fails EC2's status
// check only where the whole system hangs.
func TestHang(t *testing.T) {
	for _, impaired := range []bool{false, true} {
		f := Hang{Plan: Plan{Name: "x", At: at(10), Whom: Whom{Count: 1}}, CPU: 0.9, Impaired: impaired}
		s := newSite(day, f)
		i := s.adopt(1, 0, false, des.Hour)[0]
		s.to(10)
		since := des.Never
		if impaired {
			since = at(10)[0]
		}
		if m := s.plane.mode[i.Plane]; m.Kind != serving.Hung || m.CPU != 0.9 || i.State != ec2.Running || !i.Broken || i.Impaired != since || s.plane.cut[i.Plane] != 0 {
			t.Errorf("impaired %v: %+v, %v", impaired, m, i.Impaired)
		}
		same(t, f, "hang", "one instance hangs", "3 instances hang")
	}
}

// A launch failure turns down what it covers, for as long as it lasts, and hits no
// instance.
func TestLaunchFailure(t *testing.T) {
	for _, c := range []struct {
		f       LaunchFailure
		refused [4]bool // type 0 in zone 0 on demand; in zone 1; of type 1; Spot
	}{
		{LaunchFailure{Zone: ec2.AnyZone}, [4]bool{true, true, true, true}},
		{LaunchFailure{Zone: 0}, [4]bool{true, false, true, true}},
		{LaunchFailure{Zone: ec2.AnyZone, Type: "m5.large"}, [4]bool{true, true, false, true}},
		{LaunchFailure{Zone: ec2.AnyZone, SpotOnly: true}, [4]bool{false, false, false, true}},
	} {
		c.f.Name, c.f.At, c.f.Lasts = "x", at(60), des.Minute
		s := newSite(day, c.f)
		i := s.adopt(1, 0, false, des.Hour)[0]
		for _, when := range []struct {
			second int
			in     bool
		}{{59, false}, {60, true}, {119, true}, {120, false}} {
			s.to(when.second)
			got := [4]bool{s.refused(0, 0, false), s.refused(0, 1, false), s.refused(1, 0, false), s.refused(0, 0, true)}
			if want := c.refused; when.in && got != want || !when.in && got != [4]bool{} {
				t.Errorf("%+v at %d s: %v", c.f, when.second, got)
			}
		}
		if i.Broken || len(s.hits) != 0 || len(s.Log) != 1 || s.Log[0].Ordinal != -1 {
			t.Errorf("%+v: %+v", c.f, s.Log)
		}
		if a := c.f.About(); a.Kind != "launch_failure" || c.f.Told(1) == "" || c.f.Effect() == "" {
			t.Errorf("%+v", a)
		}
	}
}

// A zone outage takes every instance of the zone, one that is still launching too, and
// none elsewhere; nothing can be launched there while it lasts.
func TestZoneOutage(t *testing.T) {
	f := ZoneOutage{Plan: Plan{Name: "x", At: at(60), Lasts: des.Minute}, Zone: 0}
	s := newSite(day, f)
	down, up := s.adopt(3, 0, false, des.Hour), s.adopt(2, 1, false, des.Hour)
	nothing := func(*ec2.Instance) {}
	var coming *ec2.Instance
	s.At(at(58)[0], des.Begin, func() { coming = s.fleet.Launch(ec2.Pool{Model: s.fleet.Models()[0]}, nothing, nothing) })
	s.to(60)
	for _, i := range append(down, coming) {
		if i.State != ec2.Failed {
			t.Errorf("instance %d of the zone is %v", i.Ordinal, i.State)
		}
	}
	for _, i := range up {
		if i.State != ec2.Running {
			t.Errorf("instance %d of the other zone is %v", i.Ordinal, i.State)
		}
	}
	if !s.refused(0, 0, false) || s.refused(0, 1, false) {
		t.Error("launches are turned down in that zone, and nowhere else")
	}
	s.to(120)
	if s.refused(0, 0, false) {
		t.Error("the outage is over")
	}
	// One injection; each of the three that ran is hit, and the pending one is nobody's loss.
	if len(s.Log) != 1 || s.Log[0].Ordinal != -1 || len(s.hits) != 3 {
		t.Errorf("%+v, %+v", s.Log, s.hits)
	}
	same(t, f, "zone_outage", "a zone fails with one instance in it", "a zone fails with 3 instances in it")
}

// EC2 tells a Spot Instance two minutes before it takes it back ("Spot Instance
// interruption notices"), and the recommendation comes the lead earlier. On-Demand
// Instances, and those of other zones, stay.
func TestSpotInterruption(t *testing.T) {
	f := SpotInterruption{Plan: Plan{Name: "x", At: at(60)}, Zone: 0, Share: 1, Lead: 5 * des.Minute}
	s := newSite(day, f)
	spot, demand, elsewhere := s.adopt(2, 0, true, des.Hour), s.adopt(1, 0, false, des.Hour), s.adopt(1, 1, true, des.Hour)
	s.to(60)
	for _, i := range spot {
		if i.Recommended != at(60)[0] || i.Noticed != des.Never || i.State != ec2.Running {
			t.Errorf("at the recommendation: %+v", i)
		}
	}
	s.to(60 + 300 + 119)
	if spot[0].Noticed != at(360)[0] || spot[0].State != ec2.Running || len(s.hits) != 0 {
		t.Errorf("within the notice: %+v", spot[0])
	}
	s.to(60 + 300 + 120)
	for _, i := range spot {
		if i.State != ec2.Failed || !i.Interrupted || i.ReclaimedBy != "x" || s.plane.cut[i.Plane] == 0 {
			t.Errorf("%+v", i)
		}
	}
	if demand[0].State != ec2.Running || elsewhere[0].State != ec2.Running {
		t.Error("others stay")
	}
	if len(s.Log) != 1 || s.Log[0].Skipped != "" || len(s.hits) != 2 || !s.hits[0].Scripted || s.hits[0].Name != "x" {
		t.Errorf("%+v, %+v", s.Log, s.hits)
	}
	same(t, f, "spot_interruption", "EC2 takes a Spot Instance back", "EC2 takes 3 Spot Instances back")
}

// Where there is no Spot Instance nothing is taken; what the market takes of its own
// accord is an injection that nobody scripted.
func TestSpotInterruptionOfNobody(t *testing.T) {
	s := newSite(day, SpotInterruption{Plan: Plan{Name: "x", At: at(60)}, Zone: ec2.AnyZone, Share: 1})
	i := s.adopt(1, 0, false, des.Hour)[0]
	s.to(60)
	if len(s.Log) != 1 || s.Log[0].Skipped == "" || i.Recommended != des.Never {
		t.Errorf("%+v", s.Log)
	}
	s.Interrupted(i)
	if last := s.Log[1]; last.Scripted || last.Name != "spot" || last.Kind != "spot_interruption" || last.Ordinal != 0 || len(s.hits) != 1 {
		t.Errorf("%+v", last)
	}
	if f := Named(nil, "spot"); f == nil || f.About().Kind != "spot_interruption" {
		t.Errorf("%+v", f)
	}
}

// A script hits those that serve: not the pending, not who has not come up, not the
// broken; what it cannot find it logs as skipped.
func TestOnlyServingInstancesAreStruck(t *testing.T) {
	s := newSite(day, Crash{Plan: Plan{Name: "x", At: at(60), Whom: Whom{Count: 3}}})
	list := s.adopt(4, 0, false, des.Hour)
	s.members[0].Phase = asg.PhasePending
	list[1].Up = false
	list[2].Broken = true
	s.to(60)
	if list[3].State != ec2.Failed || list[0].State != ec2.Running || list[1].State != ec2.Running {
		t.Error("only the last serves")
	}
	if len(s.Log) != 3 || s.Log[0].Ordinal != 3 || s.Log[1].Skipped == "" || s.Log[1].Ordinal != -1 || len(s.hits) != 1 {
		t.Errorf("%+v", s.Log)
	}
	for _, x := range s.Log {
		if !x.Scripted || x.At != at(60)[0] || x.Name != "x" {
			t.Errorf("%+v", x)
		}
	}
	// One that is broken already when its random age comes is hit by nobody.
	s.hit(Crash{Plan: Plan{Name: "age"}}, list[2], false)
	if x := s.Log[3]; x.Ordinal != -1 || x.Scripted || x.Skipped == "" || len(s.hits) != 1 {
		t.Errorf("%+v", x)
	}
}

// A shortage is in force before anything hits in the same instant, whatever stands
// first in the file: the group's first launch after a crash is turned down already.
func TestShortagesComeFirst(t *testing.T) {
	var s *site
	refused := false
	s = newSite(day, Crash{Plan: Plan{Name: "crash", At: at(60), Whom: Whom{Count: 1}}}, LaunchFailure{Plan: Plan{Name: "short", At: at(60), Lasts: des.Minute}, Zone: ec2.AnyZone})
	s.Parts.Hit = func(Injection) { refused = s.refused(0, 0, false) }
	s.adopt(1, 0, false, des.Hour)
	s.to(60)
	if !refused {
		t.Error("the crash came before the shortage")
	}
}

// What is asked for: every scripted hit from an instant to the end, and the random
// ones that came due.
func TestAsked(t *testing.T) {
	faults := []Fault{Crash{Plan: Plan{Name: "a", At: at(10, 100, 5000), Whom: Whom{Count: 3}}}, Hang{Plan: Plan{Name: "b", At: at(200), Whom: Whom{Count: 2}}}, ZoneOutage{Plan: Plan{Name: "c", At: at(300)}}}
	log := []Injection{{Name: "d", Kind: "hang", At: at(400)[0]}, {Name: "d", Kind: "hang", At: at(50)[0]}, {Name: "a", Kind: "crash", At: at(400)[0], Scripted: true}}
	got := Asked(faults, log, at(60)[0], at(1000)[0])
	if got["crash"] != 3 || got["hang"] != 3 || got["zone_outage"] != 1 || len(got) != 3 {
		t.Errorf("%v; want crash 3, hang 2 + 1, zone_outage 1", got)
	}
	if f := Named(faults, "b"); f == nil || f.About().Kind != "hang" {
		t.Errorf("%+v", f)
	}
	if f := Named(faults, "z"); f != nil {
		t.Errorf("%+v", f)
	}
}
