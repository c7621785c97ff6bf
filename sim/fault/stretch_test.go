package fault

import (
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/serving"
)

// EC2's API throttles launches of every type in every zone, and lets them through after.
func TestAPIThrottling(t *testing.T) {
	f := APIThrottling{Plan{Name: "x", At: at(60), Lasts: des.Minute}}
	s := newSite(day, f)
	for _, row := range []struct {
		at   int
		want bool
	}{{59, false}, {60, true}, {119, true}, {120, false}} {
		s.to(row.at)
		for zone := range 2 {
			if s.refused(0, zone, false) != row.want || s.refused(1, zone, true) != row.want {
				t.Errorf("at %d s in zone %d: want refused %v", row.at, zone, row.want)
			}
		}
	}
	if len(s.Log) != 1 || s.Log[0].Ordinal != -1 || len(s.hits) != 0 || f.About().Kind != "api_throttling" {
		t.Errorf("%+v", s.Log)
	}
}

// A datapoint of a period that ends in a delay is known that much later; one that ends in
// a gap never; those of other namespaces, before and after are as ever.
func TestMetricsLateAndSilent(t *testing.T) {
	s := newSite(day,
		MetricDelay{Plan: Plan{Name: "late", At: at(120), Lasts: 2 * des.Minute}, Namespace: "AWS/EC2", Delay: 10 * des.Minute},
		MetricGap{Plan: Plan{Name: "silent", At: at(360), Lasts: des.Minute}})
	series := &cloudwatch.Series{Period: des.Minute, Delay: des.Minute, Namespace: "AWS/EC2", Troubles: s.Troubles, All: true}
	other := &cloudwatch.Series{Period: des.Minute, Delay: des.Minute, Namespace: "AWS/ApplicationELB", Troubles: s.Troubles, All: true}
	for end := 60; end <= 480; end += 60 {
		s.to(end)
		series.Put(at(end - 60)[0], 1, 1)
		other.Put(at(end - 60)[0], 1, 1)
	}
	known := map[des.Time]des.Time{}
	for _, p := range series.Points() {
		known[p.End] = p.Known
	}
	for end, want := range map[int]int{60: 120, 120: 120 + 60 + 600, 180: 180 + 60 + 600, 240: 300, 300: 360, 420: 480, 480: 540} {
		if known[at(end)[0]] != at(want)[0] {
			t.Errorf("the period that ends at %d s is known at %v, want %d s", end, known[at(end)[0]], want)
		}
	}
	if _, ok := known[at(360)[0]]; ok || len(known) != 7 || len(other.Points()) != 7 || other.Points()[1].Known != at(180)[0] {
		t.Errorf("a gap at 360 s: %v; others %v", known, other.Points())
	}
}

// While a bad version is out it is launched; instances launched with it keep it after the
// rollback.
func TestBadDeployOfLaunches(t *testing.T) {
	bad := &ec2.Version{Speed: 0.5, Healthy: true, Errors: 0.2, Checks: ec2.ChecksFail}
	f := BadDeploy{Plan: Plan{Name: "x", At: at(60), Lasts: des.Minute}, Version: bad}
	s := newSite(day, f)
	old := s.adopt(1, 0, false, des.Hour)[0]
	nothing := func(*ec2.Instance) {}
	var early, late *ec2.Instance
	s.At(at(70)[0], des.Begin, func() { early = s.fleet.Launch(ec2.Pool{Model: s.fleet.Models()[0]}, s.Running, nothing) })
	s.At(at(130)[0], des.Begin, func() { late = s.fleet.Launch(ec2.Pool{Model: s.fleet.Models()[0]}, s.Running, nothing) })
	s.to(200)
	want := serving.Mode{Kind: serving.Failing, P: 0.2, Probes: 1}
	if got := s.plane.mode[early.Plane]; got != want || s.plane.speed[early.Plane] != 0.5 {
		t.Errorf("launched with it: %+v, want %+v; speed %v", got, want, s.plane.speed[early.Plane])
	}
	for _, i := range []*ec2.Instance{old, late} {
		if s.plane.mode[i.Plane].Kind != serving.Serving || s.plane.speed[i.Plane] != 1 {
			t.Errorf("another: %+v", s.plane.mode[i.Plane])
		}
	}
	// It hits the one instance as that enters running, 5 s after its launch, and is not
	// over for it with the rollback.
	if len(s.hits) != 1 || s.hits[0].Ordinal != early.Ordinal || s.hits[0].At != at(75)[0] || len(s.over) != 0 || len(s.Log) != 1 {
		t.Errorf("hits %+v, over %+v, log %+v", s.hits, s.over, s.Log)
	}
	same(t, f, "bad_deploy", "one instance gets a bad version", "3 instances get a bad version")
}

// In place the version is on all that run, at once, and off all of them with the rollback.
func TestBadDeployAllAtOnce(t *testing.T) {
	bad := &ec2.Version{Speed: 1, Healthy: true, Errors: 0.5, Checks: ec2.ChecksPass}
	f := BadDeploy{Plan: Plan{Name: "x", At: at(60), Lasts: des.Minute}, Version: bad, InPlace: true}
	s := newSite(day, f)
	s.adopt(2, 0, false, des.Hour)
	s.At(at(70)[0], des.Begin, func() {
		s.fleet.Launch(ec2.Pool{Model: s.fleet.Models()[0]}, s.Running, func(*ec2.Instance) {})
	})
	s.to(119)
	for _, i := range s.fleet.Instances {
		if got := s.plane.mode[i.Plane]; got != (serving.Mode{Kind: serving.Failing, P: 0.5}) {
			t.Errorf("instance %d: %+v", i.Ordinal, got)
		}
	}
	s.to(120)
	for _, i := range s.fleet.Instances {
		if got := s.plane.mode[i.Plane]; got.Kind != serving.Serving || i.Version != nil {
			t.Errorf("instance %d after the rollback: %+v", i.Ordinal, got)
		}
	}
	if len(s.hits) != 3 || len(s.over) != 3 || s.fleet.Version() != nil {
		t.Errorf("hits %+v, over %+v", s.hits, s.over)
	}
}

// The network of a zone is bad to those that are there and those that come, and to no
// other; then it is well.
func TestZoneImpairment(t *testing.T) {
	f := ZoneImpairment{Plan: Plan{Name: "x", At: at(60), Lasts: des.Minute}, Zone: 0, Network: ec2.Network{Lost: 0.1, Delay: des.Second}}
	s := newSite(day, f)
	in, out := s.adopt(1, 0, false, des.Hour)[0], s.adopt(1, 1, false, des.Hour)[0]
	var coming *ec2.Instance
	s.At(at(70)[0], des.Begin, func() {
		coming = s.fleet.Launch(ec2.Pool{Model: s.fleet.Models()[0]}, s.Running, func(*ec2.Instance) {})
	})
	s.to(100)
	want := serving.Mode{Kind: serving.Failing, Lost: 0.1, ProbesLost: 0.1, Delay: des.Second}
	if s.plane.mode[in.Plane] != want || s.plane.mode[coming.Plane] != want || s.plane.mode[out.Plane].Kind != serving.Serving {
		t.Errorf("%+v, %+v, %+v; want %+v twice", s.plane.mode[in.Plane], s.plane.mode[coming.Plane], s.plane.mode[out.Plane], want)
	}
	if s.refused(0, 0, false) {
		t.Error("launches in the zone go on")
	}
	s.to(120)
	if s.plane.mode[in.Plane].Kind != serving.Serving || s.plane.mode[coming.Plane].Kind != serving.Serving || len(s.hits) != 2 || len(s.over) != 2 {
		t.Errorf("afterwards %+v; hits %+v, over %+v", s.plane.mode[in.Plane], s.hits, s.over)
	}
	same(t, f, "zone_impairment", "the network of a zone with one instance in it loses 10 % of requests and health checks and adds 1 s",
		"the network of a zone with 3 instances in it loses 10 % of requests and health checks and adds 1 s")
}

// Two networks one after the other: of what the first lets through the second loses its
// share, and their delays add up.
func TestLossOnALossyZone(t *testing.T) {
	s := newSite(day,
		ZoneImpairment{Plan: Plan{Name: "zone", At: at(10), Lasts: des.Hour}, Zone: 0, Network: ec2.Network{Lost: 0.5, Delay: des.Second}},
		NetworkLoss{Plan: Plan{Name: "own", At: at(20), Lasts: des.Minute, Whom: Whom{Count: 1}}, Network: ec2.Network{Lost: 0.5, Delay: des.Second}})
	i := s.adopt(1, 0, false, des.Hour)[0]
	s.to(20)
	if got, want := s.plane.mode[i.Plane], (serving.Mode{Kind: serving.Failing, Lost: 0.75, ProbesLost: 0.75, Delay: 2 * des.Second}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	s.to(80)
	if got := s.plane.mode[i.Plane].Lost; got != 0.5 || i.Ailing {
		t.Errorf("%v lost, with its own network well again", got)
	}
}

// A volume that stands still: its share of requests, and of health checks only if they
// need it, is never answered; the status check is impaired meanwhile.
func TestEBSImpaired(t *testing.T) {
	for _, fail := range []bool{false, true} {
		f := EBSImpaired{Plan: Plan{Name: "x", At: at(10), Lasts: des.Minute, Whom: Whom{Count: 1}}, Share: 0.6, ChecksFail: fail}
		s := newSite(day, f)
		i := s.adopt(1, 0, false, des.Hour)[0]
		s.to(10)
		want := serving.Mode{Kind: serving.Failing, Lost: 0.6}
		if fail {
			want.ProbesLost = 0.6
		}
		if got := s.plane.mode[i.Plane]; got != want || i.VolumeImpaired != at(10)[0] || i.Impaired != des.Never {
			t.Errorf("%+v, want %+v", got, want)
		}
		s.to(70)
		if s.plane.mode[i.Plane].Kind != serving.Serving || i.VolumeImpaired != des.Never || len(s.over) != 1 {
			t.Errorf("afterwards %+v", s.plane.mode[i.Plane])
		}
		same(t, f, "ebs_impaired", "the EBS volume of one instance stands still", "the EBS volumes of 3 instances stand still")
	}
}

// A leak slows a process down evenly and kills it: half way to 20 % of its speed it is at
// 60 %, at the end it refuses connections on a host that runs.
func TestMemoryLeak(t *testing.T) {
	f := MemoryLeak{Plan: Plan{Name: "x", At: at(100), Whom: Whom{Count: 1}}, Speed: 0.2, Dies: 1000 * des.Second}
	s := newSite(day, f)
	i := s.adopt(1, 0, false, des.Hour)[0]
	s.to(100 + 450)
	if got := s.plane.speed[i.Plane]; got < 0.6-1e-9 || got > 0.6+1e-9 || !i.Ailing {
		t.Errorf("half way at %v of its speed", got)
	}
	s.to(100 + 999)
	if got := s.plane.speed[i.Plane]; got < 0.2-1e-9 || got > 0.2+1e-9 || i.Broken {
		t.Errorf("just before the end at %v of its speed", got)
	}
	s.to(100 + 1000)
	if s.plane.mode[i.Plane].Kind != serving.Refusing || i.State != ec2.Running || !i.Broken || s.plane.cut[i.Plane] != 1 || len(s.hits) != 1 {
		t.Errorf("at the end %+v, %+v", s.plane.mode[i.Plane], s.hits)
	}
	same(t, f, "memory_leak", "one instance runs out of memory", "3 instances run out of memory")
}

// By requests it begins at the first look at which an instance was sent that many.
func TestMemoryLeakByRequests(t *testing.T) {
	s := newSite(day, MemoryLeak{Plan: Plan{Name: "x"}, Requests: 1000, Speed: 0.2, Dies: des.Hour})
	i := s.adopt(2, 0, false, des.Hour)[0]
	s.plane.routed = map[serving.ID]uint64{0: 999, 1: 5}
	s.to(100)
	if len(s.hits) != 0 {
		t.Errorf("%+v", s.hits)
	}
	s.plane.routed[0] = 1000
	s.to(110)
	if len(s.hits) != 1 || s.hits[0].Ordinal != i.Ordinal || s.hits[0].Scripted || s.hits[0].At != at(110)[0] {
		t.Errorf("%+v", s.hits)
	}
}
