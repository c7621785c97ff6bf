package ec2

import (
	"math"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// ailingFleet is a fleet of two instances, in zones a and b, that run and are up.
func ailingFleet(t *testing.T) (*des.Kernel, *Fleet, *planeLog, [2]*Instance) {
	t.Helper()
	var k des.Kernel
	f, p := fleetOf(&k, nil, Listener{})
	var all [2]*Instance
	for zone := range all {
		all[zone] = f.Launch(Pool{Model: f.models[0], Zone: zone}, nobody, nobody)
	}
	until(&k, 20)
	return &k, f, p, all
}

// Each ailment is what it says to requests and to health checks, several together are all
// of them, and healing ends them all; the other instance has nothing of it.
func TestAilments(t *testing.T) {
	_, f, p, all := ailingFleet(t)
	i := all[0]
	mode := func() serving.Mode { return p.mode[i.Plane] }
	f.Slow(i, 0.25)
	if s := p.speed[i.Plane]; !i.Ailing || s != [2]float64{f.Speed(i) * 0.25, 1} {
		t.Errorf("slow: %v", s)
	}
	f.Err(i, 0.2, false)
	if m := mode(); m.Kind != serving.Failing || m.P != 0.2 || m.Probes != 0 {
		t.Errorf("errors: %+v", m)
	}
	f.Err(i, 0.2, true)
	if m := mode(); m.Probes != 1 {
		t.Errorf("errors of health checks too: %+v", m)
	}
	f.Detach(i, Network{Lost: 0.5, Delay: des.Second})
	f.Stall(i, 0.5, false)
	if m := mode(); m.Lost != 0.75 || m.ProbesLost != 0.5 || m.Delay != des.Second || i.VolumeImpaired != second(20) {
		t.Errorf("a bad network and volume: %+v, since %v", m, i.VolumeImpaired)
	}
	f.Stall(i, 0.5, true)
	if m := mode(); m.ProbesLost != 0.75 {
		t.Errorf("checks that touch the volume: %+v", m)
	}
	f.Throttle(i, 0.1)
	if s := p.speed[i.Plane]; s != [2]float64{f.Speed(i) * 0.25, 0.1} {
		t.Errorf("without credits: %v", s)
	}
	f.Heal(i)
	if m, s := mode(), p.speed[i.Plane]; i.Ailing || m != (serving.Mode{Kind: serving.Serving}) || s != [2]float64{f.Speed(i), 0.1} || i.VolumeImpaired != des.Never {
		t.Errorf("healed: %+v, %v; credits are no fault", m, s)
	}
	if m := p.mode[all[1].Plane]; m.Kind != serving.Serving {
		t.Errorf("the other: %+v", m)
	}
}

// A zone's network is that of its instances, beside their own, and of those that come up
// later.
func TestNetworkOfAZone(t *testing.T) {
	k, f, p, all := ailingFleet(t)
	f.Detach(all[1], Network{Lost: 0.5})
	f.SetZone(1, Network{Lost: 0.5, Delay: des.Second})
	late := f.Launch(Pool{Model: f.models[0], Zone: 1}, nobody, nobody)
	until(k, 40)
	if a, b, c := p.mode[all[0].Plane], p.mode[all[1].Plane], p.mode[late.Plane]; a.Lost != 0 || b.Lost != 0.75 || b.Delay != des.Second || c.Lost != 0.5 {
		t.Errorf("zone a %+v, zone b %+v, later %+v", a, b, c)
	}
	f.SetZone(1, Network{})
	if b, c := p.mode[all[1].Plane], p.mode[late.Plane]; b.Lost != 0.5 || c.Kind != serving.Serving {
		t.Errorf("well again: %+v, %+v", b, c)
	}
}

// A deployment in place changes what the instance does at once; a hung one stays hung, and
// EC2 sees it if its operating system hangs too.
func TestDeployedAndHung(t *testing.T) {
	k, f, p, all := ailingFleet(t)
	before := f.Speed(all[0])
	f.Deploy(all[0], &Version{Speed: 0.5, Errors: 0.1, Healthy: true})
	if m, s := p.mode[all[0].Plane], p.speed[all[0].Plane]; m.P != 0.1 || s[0] != before/2 {
		t.Errorf("deployed: %+v, %v", m, s)
	}
	f.Hang(all[1], 0.3, true)
	f.Deploy(all[1], &Version{Speed: 1, Errors: 0.1, Healthy: true})
	if m := p.mode[all[1].Plane]; m.Kind != serving.Hung || m.CPU != 0.3 || !all[1].Broken || all[1].Impaired != k.Now() {
		t.Errorf("hung: %+v, impaired since %v", m, all[1].Impaired)
	}
	if len(f.Models()) != 1 || f.Models()[0] != f.models[0] {
		t.Error("a fleet of one type has one model")
	}
}

// A speed that rises over a minute from a quarter is at 62.5 % after half of it, and one that
// rises over 100 requests is there after 50.
func TestColdInstancesWarmUp(t *testing.T) {
	for what, warm := range map[string]WarmCurve{"over time": {From: 0.25, Over: des.Minute}, "over requests": {From: 0.25, Requests: 100}} {
		var k des.Kernel
		f, p := fleetOf(&k, nil, Listener{})
		f.template.Warm = warm
		i := f.Launch(Pool{Model: f.models[0]}, nobody, nobody)
		until(&k, 20)
		if s := p.speed[i.Plane][0] / f.Speed(i); s != 0.25 {
			t.Errorf("%s: up at %v of its speed", what, s)
		}
		p.routed = 50
		until(&k, 50)
		if s := p.speed[i.Plane][0] / f.Speed(i); math.Abs(s-0.625) > 0.02 || i.WarmAt != des.Never {
			t.Errorf("%s: half way at %v, warm at %v", what, s, i.WarmAt)
		}
		p.routed = 100
		until(&k, 81)
		if s := p.speed[i.Plane][0] / f.Speed(i); s != 1 || i.WarmAt == des.Never {
			t.Errorf("%s: in the end at %v, warm at %v", what, s, i.WarmAt)
		}
	}
	var k des.Kernel
	f, _ := fleetOf(&k, nil, Listener{})
	if got := f.Answered(f.create(Pool{Model: f.models[0]}, 0)); got != 0 {
		t.Errorf("answered %d before it ran", got)
	}
}

// Who is adopted idle has answered nothing: cold where requests warm it, warm where time did.
func TestAdoptedIdle(t *testing.T) {
	for want, warm := range map[float64]WarmCurve{0.25: {From: 0.25, Requests: 100}, 1: {From: 0.25, Over: des.Minute}} {
		var k des.Kernel
		f, _ := fleetOf(&k, nil, Listener{})
		f.template.Warm = warm
		if i := f.AdoptIdle(Pool{Model: f.models[0]}, des.Hour); i.warmth != want || i.State != Running {
			t.Errorf("%+v: at %v of its speed, want %v", warm, i.warmth, want)
		}
	}
}

// While EC2's API throttles launches, by two faults that overlap too, it refuses them all.
func TestThrottledLaunches(t *testing.T) {
	var k des.Kernel
	f, _ := fleetOf(&k, nil, Listener{})
	for n, throttled := range []bool{true, true, false, false} {
		f.SetThrottled(throttled)
		why, _ := f.Refusal(Pool{Model: f.models[0]})
		if want := n < 3; (why == RequestLimitExceeded) != want {
			t.Errorf("after %d changes: %q", n+1, why)
		}
	}
}

// Of 100 s on 2 vCPUs 20 s are the boot, at half of them, and a tenth of the rest runs in the
// background; requests share what is left: 0.9 of theirs.
func TestUsed(t *testing.T) {
	tpl := Template{BootCPU: 0.5, Background: 0.1}
	run := Run{RunningAt: second(0), UpAt: second(20)}
	if got, want := tpl.Used(30e9, 2, &run, 0, second(100)), 1e9*(0.9*30+0.5*2*20+0.1*2*80); math.Abs(got-want) > 1 {
		t.Errorf("%v, want %v", got, want)
	}
	if got, want := tpl.Used(0, 2, &run, second(50), second(60)), 1e9*0.1*2*10; math.Abs(got-want) > 1 {
		t.Errorf("after the boot %v, want %v", got, want)
	}
}

// The burstable families by name, and what one earns of which the baseline is known: 20 %
// of 2 vCPUs is 24 credits an hour, for a day 576 (t3.medium: 24 and 576, EC2 User Guide,
// "Key concepts and definitions for burstable performance instances", read 2023-05-31).
func TestBurstOf(t *testing.T) {
	for name, want := range map[string]bool{"t3.medium": true, "t4g.nano": true, "t2.micro": true, "trn1.2xlarge": false, "m5.large": false, "t": false} {
		if Bursts(name) != want {
			t.Errorf("%s bursts: %v", name, !want)
		}
	}
	b := BurstOf("t3.medium", 2, 0.2)
	if b.PerHour != 24*Credit || b.Max != 576*Credit || b.Default.String() != "unlimited" {
		t.Errorf("%+v", b)
	}
	if !NewAccount(b, UnlimitedCredits).KeepsBalance() || NewAccount(BurstOf("t2.medium", 2, 0.2), Standard).KeepsBalance() {
		t.Error("T3 keeps its balance over a stop, T2 does not")
	}
}
