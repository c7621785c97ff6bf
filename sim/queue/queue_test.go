package queue

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"

	"asgsim/sim/des"
	"asgsim/sim/queueing"
	"asgsim/sim/rng"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// flat is a constant rate, messages a second.
type flat float64

func (f flat) Integral(from, to des.Time) float64   { return float64(f) * to.Sub(from).Seconds() }
func (f flat) Stretch(des.Time) (from, to des.Time) { return -des.Never, des.Never }
func (f flat) Flat() bool                           { return true }

// burst is so many messages at instant 0.
type burst int

func (b burst) Integral(from, to des.Time) float64 {
	if from <= 0 && to > 0 {
		return float64(b)
	}
	return 0
}
func (b burst) Stretch(des.Time) (from, to des.Time) { return -des.Never, des.Never }
func (b burst) Flat() bool                           { return true }
func (b burst) CountBins(des.Time) []workload.CountBin {
	return []workload.CountBin{{From: 0, To: 1, Count: int64(b)}}
}

func secs(s float64) des.Time { return des.Time(des.Seconds(s)) }

// rig is a queue with some messages at instant 0 that work for so long, or a load.
func rig(t testing.TB, cfg Config, messages int, work float64) *Plane {
	t.Helper()
	p, err := New(serving.Config{Seed: 1, End: des.Time(des.Hour),
		Loads:   []workload.Load{{Name: "l", Curve: burst(messages), Arrivals: workload.Arrivals{Kind: workload.Counts}}},
		Classes: []serving.Class{{CPU: workload.Constant{Value: work}}}}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func usual() Config { return Config{Visibility: 30 * des.Second, Retention: 4 * des.Day} }

// serve adds an instance with so many workers and vCPUs, and lets all that are there poll.
func (p *Plane) serve(workers, vcpus int) serving.ID {
	id := p.Add(serving.Spec{VCPU: vcpus, Workers: workers, Queue: serving.Unlimited, Speed: 1, CPUShare: 1})
	r := serving.Routing{Nodes: []serving.Node{{Share: 1}}}
	for k := range p.inst {
		if !p.inst[k].removed {
			r.Nodes[0].Targets = append(r.Nodes[0].Targets, serving.Target{ID: serving.ID(k), Weight: 1})
		}
	}
	p.Route(r)
	return id
}

// counts runs a plane to an instant and compares its counters, but for ages and wasted work.
func (p *Plane) counts(t *testing.T, at float64, want Counters) {
	t.Helper()
	p.Advance(secs(at))
	var c Counters
	p.ReadQueue(&c)
	c.Oldest, c.WastedNanos = 0, 0
	if d := cmp.Diff(want, c); d != "" {
		t.Fatalf("at %vs (-want +got):\n%s", at, d)
	}
}

// One worker, messages of 10 s: they are deleted at 10, 20 and 30 s, oldest first, and their
// latencies are their ages.
func TestWorkerDrainsTheQueueInOrder(t *testing.T) {
	p := rig(t, usual(), 3, 10)
	p.serve(1, 1)
	p.counts(t, 9.9, Counters{Sent: 3, Received: 1, Visible: 2, NotVisible: 1})
	p.counts(t, 10, Counters{Sent: 3, Received: 2, Deleted: 1, Visible: 1, NotVisible: 1})
	p.counts(t, 31, Counters{Sent: 3, Received: 3, Deleted: 3})
	var l serving.Latencies
	p.TakePeriod(&l)
	if got := l.Served.Mean(); math.Abs(got-20) > 1e-6 {
		t.Errorf("mean age at the delete %v s, want (10+20+30)/3", got)
	}
	if got := l.Target.Max().Seconds(); math.Abs(got-10) > 1e-6 {
		t.Errorf("longest processing %v s, want 10", got)
	}
}

// Two workers share one vCPU: both messages of 10 s take 20 s. One after another they take
// 10 and 20.
func TestWorkersShareTheCPU(t *testing.T) {
	p := rig(t, usual(), 2, 10)
	p.serve(2, 1)
	p.counts(t, 19.9, Counters{Sent: 2, Received: 2, NotVisible: 2})
	p.counts(t, 20, Counters{Sent: 2, Received: 2, Deleted: 2})
	p = rig(t, usual(), 2, 10)
	p.Add(serving.Spec{VCPU: 1, Workers: 2, Speed: 1, CPUShare: 1, Discipline: serving.FIFO})
	p.Route(serving.Routing{Nodes: []serving.Node{{Share: 1, Targets: []serving.Target{{ID: 0, Weight: 1}}}}})
	p.counts(t, 10, Counters{Sent: 2, Received: 2, Deleted: 1, NotVisible: 1})
	p.counts(t, 20, Counters{Sent: 2, Received: 2, Deleted: 2})
}

// A worker that needs 40 s of a visibility timeout of 30 s: the other receives the message
// at 30 s, the first one's delete at 40 s comes by an old receipt handle, the second one's at
// 70 s too, since the first has it again since 60 s: it is never deleted. With 70 s allowed
// it would have been.
func TestVisibilityTimeoutShorterThanTheWork(t *testing.T) {
	p := rig(t, usual(), 1, 40)
	p.serve(2, 2)
	p.counts(t, 29.9, Counters{Sent: 1, Received: 1, NotVisible: 1})
	p.counts(t, 30, Counters{Sent: 1, Received: 2, Outlasted: 1, NotVisible: 1})
	p.counts(t, 40, Counters{Sent: 1, Received: 2, Outlasted: 1, NotVisible: 1, Wasted: 1})
	p.counts(t, 70, Counters{Sent: 1, Received: 3, Outlasted: 2, NotVisible: 1, Wasted: 2})
	cfg := usual()
	cfg.Visibility = 70 * des.Second
	p = rig(t, cfg, 1, 40)
	p.serve(2, 2)
	p.counts(t, 100, Counters{Sent: 1, Received: 1, Deleted: 1})
}

// With one worker alone the message is visible from 30 s on, but nobody receives it: the
// delete at 40 s, by the latest receipt handle, deletes it.
func TestLateDeleteByTheLatestReceiptHandle(t *testing.T) {
	p := rig(t, usual(), 1, 40)
	p.serve(1, 1)
	p.counts(t, 35, Counters{Sent: 1, Received: 1, Outlasted: 1, Visible: 1})
	p.counts(t, 40, Counters{Sent: 1, Received: 1, Outlasted: 1, Deleted: 1})
}

// An instance that ends in mid-work says nothing to the queue: its message is visible again
// when the visibility timeout ends, at 30 s, and done 10 s later by the other.
func TestTerminationInMidWork(t *testing.T) {
	p := rig(t, usual(), 1, 10)
	first := p.serve(1, 1)
	p.Advance(secs(5))
	p.Remove(first)
	p.serve(1, 1)
	p.counts(t, 29.9, Counters{Sent: 1, Received: 1, NotVisible: 1})
	p.counts(t, 30, Counters{Sent: 1, Received: 2, CutOff: 1, NotVisible: 1})
	p.counts(t, 40, Counters{Sent: 1, Received: 2, CutOff: 1, Deleted: 1})
	var i serving.InstanceCounters
	p.ReadInstance(first, &i)
	if i.Lost != uint64(5*des.Second) || i.Ended[serving.CutOff] != 1 || i.InUse != 0 {
		t.Errorf("the first lost %d ns, ended %v, uses %d", i.Lost, i.Ended, i.InUse)
	}
}

// One that is only taken out of service finishes what it has, and asks for nothing more.
func TestOutOfServiceFinishes(t *testing.T) {
	p := rig(t, usual(), 2, 10)
	id := p.serve(1, 1)
	p.Advance(secs(5))
	p.Route(serving.Routing{})
	p.Watch(id)
	at, n := p.Advance(secs(60))
	if at != secs(10) || n.Kind != serving.Idle || n.ID != id {
		t.Fatalf("%v %v, want idle at 10 s", at, n)
	}
	p.counts(t, 60, Counters{Sent: 2, Received: 1, Deleted: 1, Visible: 1})
}

// A hung instance works at nothing and asks for nothing; when it is well again its worker
// goes on where it was.
func TestHungWorker(t *testing.T) {
	p := rig(t, usual(), 1, 10)
	id := p.serve(1, 1)
	p.Advance(secs(5))
	p.SetMode(id, serving.Mode{Kind: serving.Hung})
	p.counts(t, 30, Counters{Sent: 1, Received: 1, Outlasted: 1, Visible: 1})
	p.Advance(secs(50))
	p.SetMode(id, serving.Mode{Kind: serving.Serving})
	p.counts(t, 55, Counters{Sent: 1, Received: 1, Outlasted: 1, Deleted: 1})
}

// A message whose worker fails every time is received three times, at 0, 30 and 60 s, and
// moved to the dead-letter queue when it would be received again, at 90 s.
func TestDeadLetterQueue(t *testing.T) {
	cfg := usual()
	cfg.MaxReceives = 3
	p := rig(t, cfg, 1, 10)
	id := p.serve(1, 1)
	p.SetMode(id, serving.Mode{Kind: serving.Failing, P: 1})
	p.counts(t, 60, Counters{Sent: 1, Received: 3, Errors: 2, NotVisible: 1})
	p.counts(t, 90, Counters{Sent: 1, Received: 3, Errors: 3, Dead: 1})
	var c serving.Counters
	p.Read(&c)
	if c.All.Failed[serving.DeadLetter] != 1 || c.All.InFlight != 0 || c.All.Retries != 3 {
		t.Errorf("%+v", c.All)
	}
}

// A message that nobody receives is deleted when its retention period ends.
func TestRetentionPeriod(t *testing.T) {
	cfg := usual()
	cfg.Retention = 60 * des.Second
	p := rig(t, cfg, 2, 100)
	p.serve(1, 1)
	p.counts(t, 59.9, Counters{Sent: 2, Received: 2, Outlasted: 1, Visible: 1, NotVisible: 1}.onlyOne())
	p.counts(t, 60, Counters{Sent: 2, Received: 1, Outlasted: 1, Expired: 2})
}

// onlyOne is what one worker that is busy throughout has of it.
func (c Counters) onlyOne() Counters {
	c.Received, c.Visible, c.NotVisible = 1, 2, 0
	return c
}

// A message received three times goes to the back of the queue, and the age of the oldest
// is that of the next.
func TestReceivedThreeTimesGoesToTheBack(t *testing.T) {
	p := rig(t, usual(), 1, 1)
	id := p.serve(1, 1)
	p.SetMode(id, serving.Mode{Kind: serving.Failing, P: 1})
	p.Advance(secs(59))
	var c Counters
	if p.ReadQueue(&c); c.Oldest != 59*des.Second {
		t.Errorf("age %v after two receives, want 59 s", c.Oldest)
	}
	p.Advance(secs(61))
	if p.ReadQueue(&c); c.Oldest >= 0 {
		t.Errorf("age %v after three receives, want none", c.Oldest)
	}
}

// The queue and its workers are M/M/c and M/D/1: mean waits by Erlang C and
// Pollaczek-Khinchine, over 20 independent runs, within four standard errors.
func TestQueueingTheory(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	for _, c := range []struct {
		name    string
		cpu     workload.Dist
		servers int
		rate    float64
		want    float64 // mean time in the queue and at work
	}{
		{"M/M/1", workload.Exponential{M: 1}, 1, 0.7, queueing.MMC{Lambda: 0.7, Mu: 1, C: 1}.W()},
		{"M/M/4", workload.Exponential{M: 1}, 4, 3.2, queueing.MMC{Lambda: 3.2, Mu: 1, C: 4}.W()},
		{"M/D/1", workload.Constant{Value: 1}, 1, 0.7, queueing.MG1{Lambda: 0.7, Mean: 1}.W()},
	} {
		var means []float64
		for r := range 20 {
			p, err := New(serving.Config{Seed: rng.Replication(3, r), End: secs(6000), WindowFrom: secs(600),
				Loads:   []workload.Load{{Name: "l", Curve: flat(c.rate)}},
				Classes: []serving.Class{{CPU: c.cpu}}}, Config{Visibility: des.Hour, Retention: des.Day})
			if err != nil {
				t.Fatal(err)
			}
			for range c.servers {
				p.serve(1, 1) // each on an instance of its own
			}
			p.Advance(secs(6000))
			means = append(means, p.Latencies().Served.Mean())
		}
		mean, dev := stat.MeanStdDev(means, nil)
		se := dev / math.Sqrt(float64(len(means)))
		if math.Abs(mean-c.want) > 4*se || se > 0.05*c.want {
			t.Errorf("%s: %.4f s +- %.4f, theory %.4f s", c.name, mean, se, c.want)
		}
	}
}

// Whatever is ordered, no message is lost or doubled: sent = deleted + dead + expired +
// visible + not visible; the contract's laws hold; and an extra look changes nothing.
func TestConservation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := Config{
			Visibility:  des.Duration(rapid.IntRange(1, 20).Draw(t, "visibility")) * des.Second,
			Retention:   des.Duration(rapid.IntRange(20, 300).Draw(t, "retention")) * des.Second,
			MaxReceives: rapid.IntRange(0, 4).Draw(t, "receives"),
		}
		plane := serving.Config{Seed: rapid.Uint64().Draw(t, "seed"), End: secs(300), WindowFrom: secs(60), Slow: 5 * des.Second,
			Loads:   []workload.Load{{Name: "l", Curve: flat(rapid.Float64Range(0.1, 4).Draw(t, "rate"))}},
			Classes: []serving.Class{{CPU: workload.Exponential{M: 2}, Wait: workload.Exponential{M: 1}}}}
		p, err := New(plane, cfg)
		if err != nil {
			t.Fatal(err)
		}
		watched, _ := New(plane, cfg) // looked at all the time
		planes := []*Plane{p, watched}
		now, listed := des.Time(0), map[serving.ID]bool{}
		for range rapid.IntRange(1, 30).Draw(t, "orders") {
			next := now.Add(des.Duration(rapid.IntRange(0, 20e9).Draw(t, "after")))
			watched.until(now.Add(next.Sub(now) / 3))
			for _, x := range planes {
				x.until(next)
			}
			now = next
			order(t, planes, listed)
			lawful(t, p)
		}
		for _, x := range planes {
			x.until(secs(900))
		}
		lawful(t, p)
		var a, b Counters
		p.ReadQueue(&a)
		watched.ReadQueue(&b)
		if d := cmp.Diff(a, b); d != "" {
			t.Fatalf("looking changes the run:\n%s", d)
		}
	})
}

// until runs a plane to an instant, past its notices.
func (p *Plane) until(t des.Time) {
	for _, n := p.Advance(t); n.Kind != serving.None; _, n = p.Advance(t) {
		continue
	}
}

// order gives all planes one random order.
func order(t *rapid.T, planes []*Plane, listed map[serving.ID]bool) {
	kind := rapid.IntRange(0, 6).Draw(t, "order")
	n := len(planes[0].inst)
	id := serving.ID(0)
	if n > 0 {
		id = serving.ID(rapid.IntRange(0, n-1).Draw(t, "instance"))
	}
	s := serving.Spec{VCPU: rapid.IntRange(1, 2).Draw(t, "vcpus"), Workers: rapid.IntRange(1, 4).Draw(t, "workers"), Speed: 1, CPUShare: 1,
		Discipline: serving.Discipline(rapid.IntRange(0, 1).Draw(t, "discipline"))}
	mode := serving.Mode{Kind: serving.ModeKind(rapid.IntRange(0, 4).Draw(t, "mode")), P: 0.5}
	speed := rapid.SampledFrom([]float64{0, 0.25, 1, 2}).Draw(t, "speed")
	if kind == 0 || n == 0 {
		listed[serving.ID(n)] = true
	} else if kind == 1 {
		listed[id] = !listed[id] && !planes[0].inst[id].removed
	}
	for _, p := range planes {
		switch {
		case kind == 0 || n == 0:
			p.Add(s)
		case p.inst[id].removed:
		case kind == 2:
			p.SetMode(id, mode)
		case kind == 3:
			p.SetSpeed(id, speed, 1)
		case kind == 4:
			p.Cut(id, serving.CutOff)
		case kind == 5:
			p.Remove(id)
		case kind == 6:
			p.Watch(id)
		}
		r := serving.Routing{Nodes: []serving.Node{{Share: 1}}}
		for k := range p.inst {
			if listed[serving.ID(k)] {
				r.Nodes[0].Targets = append(r.Nodes[0].Targets, serving.Target{ID: serving.ID(k), Weight: 1})
			}
		}
		p.Route(r)
	}
}

// lawful checks the laws of the queue and those that the audit of a run checks.
func lawful(t *rapid.T, p *Plane) {
	var q Counters
	p.ReadQueue(&q)
	if got := q.Deleted + q.Dead + q.Expired + uint64(q.Visible+q.NotVisible); got != q.Sent || q.Visible < 0 || q.NotVisible < 0 {
		t.Fatalf("%d sent, %d accounted for: %+v", q.Sent, got, q)
	}
	var c serving.Counters
	p.Read(&c)
	for _, x := range []serving.Totals{c.All, c.Window} {
		if x.Offered != x.Served+x.FailedAll()+x.InFlight {
			t.Fatalf("offered: %+v", x)
		}
	}
	ended := uint64(0)
	for _, n := range c.AttemptsBy {
		ended += n
	}
	if c.Attempts != ended+c.AttemptsInFlight || c.InFlightNanos != c.AttemptNanos || c.All.Retries != q.Redelivered() || c.All.Served != q.Deleted {
		t.Fatalf("attempts: %+v, %+v", c, q)
	}
	receives, busy, waiting := uint64(0), 0, 0
	for k := range p.inst {
		var i serving.InstanceCounters
		p.ReadInstance(serving.ID(k), &i)
		receives += i.Routed
		busy += i.InUse
		if p.inst[k].polls {
			waiting += p.inst[k].spec.Workers - i.InUse
		}
		gap := int64(i.WorkNanos) - int64(i.Completed) - int64(i.Lost) - int64(i.Running)
		if slack := int64(2*i.Routed) + 100; gap > slack || gap < -slack {
			t.Fatalf("work of instance %d: %+v", k, i)
		}
	}
	if receives != q.Received || waiting != len(p.idle) {
		t.Fatalf("%d receives of %d, %d workers wait, %d are listed", receives, q.Received, waiting, len(p.idle))
	}
	if p.handOut(); q.Visible > 0 && len(p.idle) > 0 && p.store.count.Visible > 0 {
		t.Fatalf("%d visible beside %d waiting workers", p.store.count.Visible, len(p.idle))
	}
}
