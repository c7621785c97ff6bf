package ec2

import (
	"testing"

	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// planeLog is a plane that only notes what is done to instances.
type planeLog struct {
	serving.Plane
	spec    []serving.Spec
	mode    map[serving.ID]serving.Mode
	cut     map[serving.ID]int
	removed map[serving.ID]int
	speed   map[serving.ID][2]float64 // and the share of a vCPU
	routed  uint64                    // to each
}

func (p *planeLog) Add(s serving.Spec) serving.ID {
	id := serving.ID(len(p.spec))
	p.spec = append(p.spec, s)
	p.mode[id] = s.Mode
	return id
}
func (p *planeLog) SetMode(id serving.ID, m serving.Mode) { p.mode[id] = m }
func (p *planeLog) Cut(id serving.ID, _ serving.Reason)   { p.cut[id]++ }
func (p *planeLog) Remove(id serving.ID)                  { p.removed[id]++ }
func (p *planeLog) SetSpeed(id serving.ID, speed, share float64) {
	p.speed[id] = [2]float64{speed, share}
}
func (p *planeLog) ReadInstance(_ serving.ID, c *serving.InstanceCounters) { c.Routed = p.routed }

// fleetOf is a fleet of one type over two zones that takes 5 s to run, 15 s to boot and
// 30 s to shut down.
func fleetOf(k *des.Kernel, s *Spot, l Listener) (*Fleet, *planeLog) {
	p := &planeLog{mode: map[serving.ID]serving.Mode{}, cut: map[serving.ID]int{}, removed: map[serving.ID]int{}, speed: map[serving.ID][2]float64{}}
	t := &Template{
		Model: *spotModel("c5.large", 0.5, 0), Pending: workload.Constant{Value: 5}, Boot: workload.Constant{Value: 15}, Spot: s,
	}
	return NewFleet(k, p, t, []string{"a", "b"}, workload.Constant{Value: 30}, 7, des.Time(des.Day), l), p
}

func second(n int) des.Time { return des.Time(n) * des.Time(des.Second) }

// until runs everything up to a second, which included.
func until(k *des.Kernel, n int) {
	for k.Next() <= second(n) {
		k.Step()
	}
}

func nobody(*Instance) {}

// An instance is pending, then running (and billed, and refuses connections while it
// boots), then its application answers.
func TestLaunch(t *testing.T) {
	var k des.Kernel
	f, p := fleetOf(&k, nil, Listener{})
	var running, up des.Time
	i := f.Launch(Pool{Model: f.models[0], Zone: 1}, func(*Instance) { running = k.Now() }, func(*Instance) { up = k.Now() })
	if i.State != Pending || i.Bills() || i.Plane != -1 || len(i.Runs()) != 0 {
		t.Errorf("%+v", i)
	}
	until(&k, 5)
	if i.State != Running || running != second(5) || i.RunningAt != second(5) || i.Up || !i.Bills() || p.mode[i.Plane].Kind != serving.Refusing || p.spec[0].Zone != 1 || p.spec[0].VCPU != 2 {
		t.Errorf("running: %+v, %+v", i, p.mode)
	}
	until(&k, 20)
	if up != second(20) || i.UpAt != second(20) || !i.Up || p.mode[i.Plane].Kind != serving.Serving || len(i.Runs()) != 1 {
		t.Errorf("up: %+v", i)
	}
}

// Whoever ends before it runs, or before it has booted, is never told to run or be up;
// nor is the application of a version that is not healthy ever up.
func TestEndedBeforeItCameUp(t *testing.T) {
	for _, at := range []int{2, 10} {
		var k des.Kernel
		f, _ := fleetOf(&k, nil, Listener{})
		told := 0
		i := f.Launch(Pool{Model: f.models[0]}, func(*Instance) { told++ }, func(*Instance) { told += 10 })
		until(&k, at)
		f.Terminate(i, func() {})
		until(&k, 100)
		if want := at / 10; told != want || i.Up || i.State != Terminated {
			t.Errorf("ended at %d s: told %d, want %d; %+v", at, told, want, i)
		}
	}
	for _, broken := range []func(f *Fleet, i *Instance){
		func(f *Fleet, i *Instance) { f.FailProcess(i) },
		func(f *Fleet, i *Instance) { i.Version = &Version{Speed: 1} },
	} {
		var k des.Kernel
		f, _ := fleetOf(&k, nil, Listener{})
		i := f.Launch(Pool{Model: f.models[0]}, nobody, nobody)
		until(&k, 10)
		broken(f, i)
		until(&k, 100)
		if i.Up || i.State != Running {
			t.Errorf("%+v", i)
		}
	}
}

// Terminating ends the bill at once; the second call for it changes nothing: neither
// the end of the bill nor that of the instance, and nobody is told twice.
func TestSecondTerminate(t *testing.T) {
	var k des.Kernel
	f, p := fleetOf(&k, nil, Listener{})
	i := f.Adopt(Pool{Model: f.models[0]}, des.Hour)
	done := 0
	k.At(second(10), des.Begin, func() { f.Terminate(i, func() { done++ }) })
	k.At(second(20), des.Begin, func() { f.Terminate(i, func() { done += 10 }) })
	until(&k, 30)
	if i.State != ShuttingDown || i.StoppedAt != second(10) || i.Bills() {
		t.Errorf("%+v", i)
	}
	k.At(second(200), des.Begin, func() { f.Terminate(i, func() { done += 100 }) })
	until(&k, 300)
	if i.State != Terminated || i.TerminatedAt != second(40) || i.StoppedAt != second(10) || done != 1 || p.removed[i.Plane] != 1 {
		t.Errorf("terminated at %v, stopped at %v, told %d, removed %d times", i.TerminatedAt, i.StoppedAt, done, p.removed[i.Plane])
	}
}

// A released instance runs on outside; a failed one is no longer billed.
func TestReleaseAndFail(t *testing.T) {
	var k des.Kernel
	changed := 0
	f, p := fleetOf(&k, nil, Listener{Changed: func(*Instance) { changed++ }})
	free, broken := f.Adopt(Pool{Model: f.models[0]}, 0), f.Adopt(Pool{Model: f.models[0]}, 0)
	f.Release(free)
	f.Fail(broken)
	if free.State != Released || free.Bills() || p.removed[free.Plane] != 1 || p.cut[free.Plane] != 0 {
		t.Errorf("%+v", free)
	}
	if broken.State != Failed || broken.Bills() || !broken.Broken || p.cut[broken.Plane] != 1 || p.mode[broken.Plane].Kind != serving.Unreachable {
		t.Errorf("%+v", broken)
	}
	if changed != 4 {
		t.Errorf("told of %d changes, want 4", changed)
	}
}

// A stop ends the bill when it begins, a hibernation when it is complete ("Instance
// lifecycle"); a start is another run, on another host, without the host's trouble.
func TestStopAndStart(t *testing.T) {
	for _, hibernate := range []bool{false, true} {
		var k des.Kernel
		f, _ := fleetOf(&k, nil, Listener{})
		i := f.Adopt(Pool{Model: f.models[0]}, des.Hour)
		stopped := des.Never
		k.At(second(100), des.Begin, func() {
			f.Stop(i, hibernate, workload.Constant{Value: 60}, func() { stopped = k.Now() })
		})
		until(&k, 159)
		if stopped != des.Never || i.Up || i.Bills() != hibernate {
			t.Errorf("hibernate %v: stopped at %v, billed %v", hibernate, stopped, i.Bills())
		}
		until(&k, 160)
		ends := second(100)
		if hibernate {
			ends = second(160)
		}
		if i.State != Stopped || stopped != second(160) || i.StoppedAt != ends {
			t.Errorf("hibernate %v: bill ends at %v, want %v", hibernate, i.StoppedAt, ends)
		}
		i.Broken, i.Impaired = true, second(1)
		f.Start(i, workload.Constant{Value: 3}, workload.Constant{Value: 4}, nobody, nobody)
		if i.Host() != 1 || i.Broken || i.Impaired != des.Never || i.State != Pending {
			t.Errorf("%+v", i)
		}
		until(&k, 167)
		if i.State != Running || i.RunningAt != second(163) || i.UpAt != second(167) || len(i.Runs()) != 2 {
			t.Errorf("%+v", i)
		}
	}
}

// Whoever is terminated while it stops is not stopped any more. Prepared instances of a
// settled pool are stopped, and never ran in this run.
func TestTerminatedWhileItStops(t *testing.T) {
	var k des.Kernel
	f, _ := fleetOf(&k, nil, Listener{})
	i := f.Adopt(Pool{Model: f.models[0]}, des.Hour)
	f.Stop(i, true, workload.Constant{Value: 60}, func() { t.Error("stopped") })
	f.Terminate(i, func() {})
	until(&k, 100)
	if i.State != Terminated || i.StoppedAt != 0 {
		t.Errorf("%v, %v", i.State, i.StoppedAt)
	}
	if s := f.AdoptStopped(Pool{Model: f.models[0]}, des.Hour); s.State != Stopped || s.Bills() || len(s.Runs()) != 0 || s.Launched != k.Now().Add(-des.Hour) {
		t.Errorf("%+v", s)
	}
}

// A new version applies to launches after it: its boot time, its speed, its errors.
func TestVersionsOfLaunches(t *testing.T) {
	var k des.Kernel
	f, p := fleetOf(&k, nil, Listener{})
	old := f.Launch(Pool{Model: f.models[0]}, nobody, nobody)
	v := &Version{Speed: 1.5, Boot: workload.Constant{Value: 40}, Errors: 0.2, Healthy: true}
	f.SetVersion(v)
	i := f.Launch(Pool{Model: f.models[0]}, nobody, nobody)
	until(&k, 44)
	if i.Up || !old.Up {
		t.Error("the new one boots for 40 s, the old one did for 15")
	}
	until(&k, 45)
	if !i.Up || f.Version() != v || p.spec[i.Plane].Speed != 1.5 || p.spec[old.Plane].Speed != 1 {
		t.Errorf("%+v", p.spec)
	}
	if m := p.mode[i.Plane]; m.Kind != serving.Failing || m.P != 0.2 || p.mode[old.Plane].Kind != serving.Serving {
		t.Errorf("%+v", p.mode)
	}
}

// A Spot Instance whose price rises above what is paid at most gets its notice then,
// and is interrupted two minutes later; those of another pool stay, and so do those on
// demand.
func TestPriceAboveTheMaximumInterrupts(t *testing.T) {
	steps := []PriceStep{{0, billing.Dollars(0.03)}, {600, billing.Dollars(0.05)}, {1200, billing.Dollars(0.06)}, {1800, billing.Dollars(0.02)}}
	s := &Spot{Period: des.Hour, MaxPrice: billing.Dollars(0.05), Prices: []PriceSeries{{Type: "c5.large", Zone: "a", Step: steps}}}
	var k des.Kernel
	var told, taken []des.Time
	f, _ := fleetOf(&k, s, Listener{
		Signalled:   func(*Instance) { told = append(told, k.Now()) },
		Interrupted: func(i *Instance) { taken = append(taken, k.Now()); mustRun(t, i) },
	})
	spot, demand, other := f.Adopt(Pool{f.models[0], 0, true}, 0), f.Adopt(Pool{f.models[0], 0, false}, 0), f.Adopt(Pool{f.models[0], 1, true}, 0)
	until(&k, 1199)
	// $0.05 is what is paid at most, not above it.
	if spot.Noticed != des.Never || len(told) != 0 {
		t.Errorf("told at %v", told)
	}
	if why, _ := f.Refusal(Pool{f.models[0], 0, true}); why != "" {
		t.Errorf("at the maximum: %q", why)
	}
	until(&k, 1200)
	if spot.Noticed != second(1200) || spot.Recommended != second(1200) || spot.State != Running {
		t.Errorf("%+v", spot)
	}
	if why, quota := f.Refusal(Pool{f.models[0], 0, true}); why == "" || quota {
		t.Error("a Spot request below the price is turned down")
	}
	until(&k, 86400)
	if len(told) != 1 || len(taken) != 1 || taken[0] != second(1320) || spot.State != Failed || !spot.Interrupted || spot.StoppedAt != second(1320) {
		t.Errorf("told %v, taken %v, %+v", told, taken, spot)
	}
	// EC2 ended it within its first hour: free.
	if !spot.Free() {
		t.Error("within the first hour nothing is charged")
	}
	if demand.State != Running || other.State != Running {
		t.Error("only the dear pool is interrupted")
	}
}

func mustRun(t *testing.T, i *Instance) {
	t.Helper()
	if i.State != Running || i.Interrupted {
		t.Errorf("told when it was over: %+v", i)
	}
}

// An interruption after the first hour is charged; whoever its owner has ended by the
// notice, or by the end of it, is not taken back, and nobody is told.
func TestInterruptionsThatComeTooLate(t *testing.T) {
	var k des.Kernel
	taken := 0
	f, _ := fleetOf(&k, &Spot{Period: des.Hour}, Listener{Interrupted: func(*Instance) { taken++ }})
	p := Pool{f.models[0], 0, true}
	old, early, late := f.Adopt(p, des.Hour), f.Adopt(p, 0), f.Adopt(p, 0)
	for _, i := range []*Instance{old, early, late} {
		f.interrupt(i, 10*des.Minute)
	}
	k.At(second(300), des.Begin, func() { f.Terminate(early, func() {}) })
	k.At(second(660), des.Begin, func() { f.Terminate(late, func() {}) })
	until(&k, 3600)
	if early.Noticed != des.Never || late.Noticed != second(600) || late.Interrupted || taken != 1 {
		t.Errorf("noticed %v and %v, %d taken", early.Noticed, late.Noticed, taken)
	}
	if !old.Interrupted || old.StoppedAt != second(720) || old.Free() {
		t.Errorf("%+v", old)
	}
}

// A shortage is lifted as it was begun, one at a time.
func TestShortagesEnd(t *testing.T) {
	var k des.Kernel
	f, _ := fleetOf(&k, nil, Listener{})
	p := Pool{Model: f.models[0], Zone: 1}
	s := Shortage{Zone: 1}
	f.SetShort(s, true)
	f.SetShort(s, true)
	f.SetShort(Shortage{Zone: 0}, false) // not in force
	for k, want := range []bool{true, true, false} {
		if why, _ := f.Refusal(p); (why != "") != want {
			t.Errorf("after %d ends: %q", k, why)
		}
		f.SetShort(s, false)
	}
}

// A pool without spare capacity turns Spot launches down, a quota those beyond it, in
// every zone.
func TestRefusals(t *testing.T) {
	var k des.Kernel
	f, _ := fleetOf(&k, &Spot{Period: des.Hour, Unavailable: 1}, Listener{})
	p := Pool{f.models[0], 0, true}
	if why, quota := f.Refusal(p); why == "" || quota {
		t.Errorf("%q, %v", why, quota)
	}
	if f.SpotPrice(p) != f.Market.Price(p, 0) || f.SpotScore(p) != f.Market.Score(p, 0) || f.SpotHazard(p) != 0 {
		t.Error("the market now")
	}
	p.Spot = false
	f.template.Quota.OnDemand = 3
	if why, _ := f.Refusal(p); why != "" {
		t.Errorf("2 of 3 vCPUs: %q", why)
	}
	f.Launch(p, nobody, nobody)
	if why, quota := f.Refusal(p); why == "" || !quota {
		t.Errorf("4 of 3 vCPUs: %q, %v", why, quota)
	}
}
