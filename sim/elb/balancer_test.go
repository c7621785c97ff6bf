package elb

import (
	"slices"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// bench is a balancer over a real plane, with its own small loop.
type bench struct {
	kernel   des.Kernel
	plane    *serving.EventPlane
	balancer *Balancer
	changes  []change
}

type change struct {
	at des.Time
	id serving.ID
	to Health
}

// once is a load of a single request, 0.8 s after at: regular arrivals come when
// the expected count reaches a whole number.
type once struct{ at des.Time }

func (o once) Integral(from, to des.Time) float64 {
	a, b := max(from, o.at), min(to, o.at.Add(des.Second))
	return max(0, 1.25*float64(b-a)/float64(des.Second))
}
func (o once) Stretch(t des.Time) (from, to des.Time) {
	switch {
	case t < o.at:
		return -des.Never, o.at
	case t < o.at.Add(des.Second):
		return o.at, o.at.Add(des.Second)
	}
	return o.at.Add(des.Second), des.Never
}
func (once) Flat() bool { return true }

func newBench(t *testing.T, cfg *Config, work float64, end des.Duration) *bench {
	t.Helper()
	cpu, err := workload.NewConstant(work)
	if err != nil {
		t.Fatal(err)
	}
	plane, err := serving.New(serving.Config{
		Seed: 1, End: des.Time(end), Slow: des.Second, ConnectTimeout: 10 * des.Second,
		Loads:   []workload.Load{{Name: "one", Curve: once{des.Time(des.Second)}, Arrivals: workload.Arrivals{Kind: workload.Regular}}},
		Classes: []serving.Class{{Name: "request", CPU: cpu, Retry: serving.Retry{Attempts: 1}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{plane: plane}
	b.balancer = New(&b.kernel, plane, cfg, 2, 1, func(id serving.ID, h Health) {
		b.changes = append(b.changes, change{b.kernel.Now(), id, h})
	})
	return b
}

func (b *bench) add(mode serving.ModeKind) serving.ID {
	return b.plane.Add(serving.Spec{VCPU: 2, Workers: serving.Unlimited, Queue: serving.Unlimited, Speed: 1, CPUShare: 1, Mode: serving.Mode{Kind: mode}})
}

func (b *bench) run(until des.Time) {
	for {
		at, n := b.plane.Advance(min(b.kernel.Next(), until))
		switch {
		case n.Kind != serving.None:
			b.kernel.At(at, des.Finish, func() { b.balancer.Notice(n) })
		case b.kernel.Next() >= until:
			return
		}
		b.kernel.Step()
	}
}

func config() *Config {
	return &Config{CrossZone: true, DeregistrationDelay: 300 * des.Second,
		Check: HealthCheck{Interval: 30 * des.Second, Timeout: 5 * des.Second, HealthyThreshold: 5, UnhealthyThreshold: 2, Work: 0.001}}
}

const sec = des.Time(des.Second)

// TV-75: a drain ends when nothing is in flight, or is cut when the
// deregistration delay is over.
func TestTV75Drain(t *testing.T) {
	for _, row := range []struct {
		id         string
		work, done float64
		cut        uint64
	}{
		{"a 40 s request: done when it is", 40, 41.8, 0},
		{"a 400 s request: cut after 300 s", 400, 302, 1},
	} {
		b := newBench(t, config(), row.work, des.Hour)
		id := b.add(serving.Serving)
		b.balancer.Adopt(id, 0, 0)
		b.balancer.Open()
		var done des.Time
		b.kernel.At(2*sec, des.Reconcile, func() {
			b.balancer.Deregister(id, func() { done = b.kernel.Now() })
		})
		b.run(1000 * sec)
		if want := des.Time(des.Seconds(row.done)); done != want {
			t.Errorf("%s: drained at %v, want %v", row.id, done, want)
		}
		var c serving.Counters
		b.plane.Read(&c)
		if c.All.Failed[serving.CutOff] != row.cut || c.All.Served != 1-row.cut {
			t.Errorf("%s: %+v", row.id, c.All)
		}
		if _, known := b.balancer.Health(id); known {
			t.Errorf("%s: still registered", row.id)
		}
	}
}

// Who polls a queue is healthy as it registers and drained as it deregisters; nobody checks
// it, and what it has in hand, 400 s of work here, it finishes.
func TestPolledTargets(t *testing.T) {
	cfg := config()
	cfg.Polled = true
	b := newBench(t, cfg, 400, des.Hour)
	id := b.add(serving.Serving)
	b.balancer.Register(id, 0, 0)
	if h, known := b.balancer.Health(id); !known || h != Healthy {
		t.Errorf("registered as %v", h)
	}
	var done des.Time
	b.kernel.At(2*sec, des.Reconcile, func() {
		b.balancer.Deregister(id, func() { done = b.kernel.Now() })
	})
	b.run(1000 * sec)
	var c serving.Counters
	b.plane.Read(&c)
	if done != 2*sec || c.All.Served != 1 || b.balancer.Answered+b.balancer.Failed != 0 {
		t.Errorf("drained at %v, %+v, %d checks", done, c.All, b.balancer.Answered+b.balancer.Failed)
	}
}

// TV-52, ALB defaults: from the fault to unhealthy 30 to 35 s when connections
// are refused, 35 to 65 s when probes time out; back after five good probes, 120
// to 150 s.
func TestTV52DetectionAndRecovery(t *testing.T) {
	for _, row := range []struct {
		mode     serving.ModeKind
		low, top float64
	}{{serving.Refusing, 30, 60}, {serving.Unreachable, 35, 65}, {serving.Hung, 35, 65}} {
		for k := range 40 {
			b := newBench(t, config(), 0.01, des.Hour)
			sick, other := b.add(serving.Serving), b.add(serving.Serving)
			b.balancer.Adopt(sick, 0, k)
			b.balancer.Adopt(other, 1, k+1000)
			b.balancer.Open()
			b.kernel.At(100*sec, des.Begin, func() { b.plane.SetMode(sick, serving.Mode{Kind: row.mode}) })
			b.kernel.At(300*sec, des.Begin, func() { b.plane.SetMode(sick, serving.Mode{Kind: serving.Serving}) })
			b.run(600 * sec)
			var down, up des.Time
			for _, c := range b.changes {
				if c.id == sick && c.to == Unhealthy {
					down = c.at
				}
				if c.id == sick && c.to == Healthy && c.at > 300*sec {
					up = c.at
				}
			}
			if after := (down - 100*sec).Seconds(); after < row.low || after > row.top {
				t.Errorf("mode %v, phase %d: unhealthy after %.1f s, want %v to %v", row.mode, k, after, row.low, row.top)
			}
			// A probe sent while hung may be answered once it serves again.
			if after := (up - 300*sec).Seconds(); after < 115 || after > 150 {
				t.Errorf("mode %v, phase %d: healthy again after %.1f s, want 120 to 150", row.mode, k, after)
			}
		}
	}
}

func TestJudgement(t *testing.T) {
	c := &config().Check
	for _, row := range []struct {
		name   string
		start  Health
		probes string // + good, - bad
		want   Health
	}{
		{"the first good probe makes a new target healthy", Initial, "+", Healthy},
		{"one bad probe is forgiven", Initial, "-", Initial},
		{"a new target that fails twice is unhealthy", Initial, "--", Unhealthy},
		{"then it needs five in a row", Initial, "--++++", Unhealthy},
		{"and five are enough", Initial, "--+++++", Healthy},
		{"a bad one starts the count again", Unhealthy, "++++-++++", Unhealthy},
		{"a healthy target survives one bad probe", Healthy, "-+-+-", Healthy},
		{"two in a row make it unhealthy", Healthy, "+--", Unhealthy},
		{"draining is for good", Draining, "--+++++", Draining},
	} {
		j := judge{health: row.start}
		for _, p := range row.probes {
			j.probed(p == '+', c)
		}
		if j.health != row.want {
			t.Errorf("%s: %v, want %v", row.name, j.health, row.want)
		}
	}
}

// When nobody is healthy everybody gets traffic; when somebody is, only they do.
func TestFailOpen(t *testing.T) {
	b := newBench(t, config(), 0.01, des.Hour)
	sick := b.add(serving.Failing) // answers, but registered as never probed well
	b.balancer.Register(sick, 0, 0)
	b.run(10 * sec)
	var c serving.Counters
	b.plane.Read(&c)
	if c.Routed != 1 {
		t.Errorf("with nobody healthy, %d of 1 request was routed", c.Routed)
	}
	b = newBench(t, config(), 0.01, des.Hour)
	b.run(10 * sec)
	b.plane.Read(&c)
	if c.All.Failed[serving.NoTarget] != 1 {
		t.Errorf("with no target at all: %+v", c.All)
	}
}

// Without cross-zone balancing every zone gets an equal share, whatever it holds:
// TV-51's two zones of 2 and 8 targets.
func TestCrossZone(t *testing.T) {
	for _, on := range []bool{true, false} {
		cfg := config()
		cfg.CrossZone = on
		table := &tables{Plane: newBench(t, cfg, 0.01, des.Hour).plane}
		var k des.Kernel
		b := New(&k, table, cfg, 2, 1, func(serving.ID, Health) {})
		for i := range 10 {
			zone := 1
			if i < 2 {
				zone = 0
			}
			b.Adopt(serving.ID(i), zone, i)
		}
		b.Open()
		share := map[serving.ID]float64{}
		for _, n := range table.last.Nodes {
			for _, target := range n.Targets {
				share[target.ID] += n.Share / float64(len(n.Targets))
			}
		}
		wantA, wantB := 0.10, 0.10
		if !on {
			wantA, wantB = 0.25, 0.0625
		}
		if share[0] != wantA || share[9] != wantB {
			t.Errorf("TV-51, cross-zone %v: shares %v and %v, want %v and %v", on, share[0], share[9], wantA, wantB)
		}
	}
}

// tables remembers the last routing table.
type tables struct {
	serving.Plane
	last serving.Routing
}

func (t *tables) Route(r serving.Routing) { t.last = r }

// Failed health checks in a row are counted from the last good one: with checks every 30 s
// that are refused from 100 to 130 s and from 200 to 260 s, once one and once two.
func TestMissedInARow(t *testing.T) {
	b := newBench(t, config(), 0.01, des.Hour)
	sick := b.add(serving.Serving)
	b.balancer.Adopt(sick, 0, 1)
	b.balancer.Open()
	var got []int
	b.balancer.Missed = func(_ serving.ID, inRow int) { got = append(got, inRow) }
	for at, mode := range map[des.Time]serving.ModeKind{100 * sec: serving.Refusing, 130 * sec: serving.Serving, 200 * sec: serving.Refusing, 260 * sec: serving.Serving} {
		b.kernel.At(at, des.Begin, func() { b.plane.SetMode(sick, serving.Mode{Kind: mode}) })
	}
	b.run(400 * sec)
	if !slices.Equal(got, []int{1, 1, 2}) {
		t.Errorf("in a row %v, want 1, then 1 and 2", got)
	}
}
