package serving

import (
	"math"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/queueing"
	"asgsim/workload"
)

// asked runs requests at a rate through one instance of c vCPUs (exponential work, mean
// seconds) and a dependency until 18,000 are expected, and returns the mean
// latency of those served and what the dependency counted, from a tenth of the run on.
func asked(t *testing.T, seed uint64, rate, mean float64, c int, discipline Discipline, d Dependency) (latency float64, n DependencyCounters, span float64) {
	t.Helper()
	end := secs(18_000 / rate)
	p := mustNew(t, Config{Seed: seed, End: end, WindowFrom: des.Time(0),
		Loads:   []workload.Load{{Name: "a", Curve: workload.ConstantRate(rate)}},
		Classes: []Class{{CPU: workload.Exponential{M: mean}}}, Dependencies: []Dependency{d}})
	id := p.Add(Spec{VCPU: c, Workers: Unlimited, Discipline: discipline, Speed: 1, CPUShare: 1})
	p.Route(oneNode(RoundRobin, id))
	p.Advance(end / 10)
	var skip, all Latencies
	var before DependencyCounters
	p.TakePeriod(&skip)
	p.ReadDependency(0, &before)
	p.Advance(end)
	p.TakePeriod(&all)
	p.ReadDependency(0, &n)
	n.Asked, n.Answered, n.Refused, n.GaveUp = n.Asked-before.Asked, n.Answered-before.Answered, n.Refused-before.Refused, n.GaveUp-before.GaveUp
	n.WorkerNanos -= before.WorkerNanos
	return all.Served.Mean(), n, (end - end/10).Sub(0).Seconds()
}

// Two stations one after another are independent in the steady state (Jackson, "Networks
// of Waiting Lines", Operations Research 5(4), 1957), a processor-sharing one as well: the
// mean time is the sum of the two. Without room to wait a station loses as Erlang's B says;
// with patience as Barrer's M/M/1 + D does ("Queuing with Impatient Customers and Ordered
// Service", Operations Research 5(5), 1957).
func TestDependenciesAreTheSecondOfTwoStations(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	if raceDetector {
		t.Skip("slow under the race detector; there is one goroutine a plane")
	}
	s := study{t: t}
	open := Dependency{Name: "db", Share: 1, Work: workload.Exponential{M: 0.012}, Workers: 3, Queue: Unlimited}
	for name, discipline := range map[string]Discipline{"M/M/2 to M/M/3": FIFO, "PS to M/M/3": ProcessorSharing} {
		c, mean := 2, 0.006
		if discipline == ProcessorSharing {
			c, mean = 1, 0.003
		}
		first, second := queueing.MMC{Lambda: 200, Mu: 1 / mean, C: c}, queueing.MMC{Lambda: 200, Mu: 1 / 0.012, C: 3}
		s.run(name, []figure{{name: "W", theory: first.W() + second.W()}, {name: "workers in use", theory: 200 * 0.012}}, func(seed uint64) []float64 {
			w, n, span := asked(t, seed, 200, mean, c, discipline, open)
			return []float64{w, float64(n.WorkerNanos) / 1e9 / span}
		})
	}
	full := open
	full.Queue, full.Share = 0, 0.5
	s.run("M/M/3/3, half ask", []figure{{name: "lost", theory: queueing.ErlangB(3, 200*0.5*0.012)}, {name: "ask", theory: 0.5}}, func(seed uint64) []float64 {
		_, n, span := asked(t, seed, 200, 0.001, 2, FIFO, full)
		return []float64{float64(n.Refused) / float64(n.Asked), float64(n.Asked) / (200 * span)}
	})
	hasty := Dependency{Name: "db", Share: 1, Work: workload.Exponential{M: 0.01}, Workers: 1, Queue: Unlimited, Timeout: 15 * ms}
	const lambda, mu, tau = 80, 100, 0.015
	gone := math.Exp(-(mu - lambda) * tau)
	empty := 1 / (1 + lambda*(1-gone)/(mu-lambda) + lambda*gone/mu)
	s.run("M/M/1 + D", []figure{{name: "give up", theory: lambda * empty * gone / mu}}, func(seed uint64) []float64 {
		_, n, _ := asked(t, seed, lambda, 0.001, 2, FIFO, hasty)
		return []float64{float64(n.GaveUp) / float64(n.Asked)}
	})
	s.judge(1)
}

// One worker of 2 s, one that waits, for 1 s at most. Of those who have come to it by
// 1, 1.5, 2, 2.9 and 6 s the first is served until 3; the second gives up at 2.5, at
// which there is room again: the third, refused at 2, is lost, and the fourth waits until
// 3 and is served until 5.
func TestADependencyByHand(t *testing.T) {
	cfg := Config{End: secs(20), Dependencies: []Dependency{{Name: "db", Share: 1, Work: workload.Constant{Value: 2}, Workers: 1, Queue: 1, Timeout: des.Second}}}
	scripted(&cfg, "a", at{secs(0.5), secs(1), secs(1.5), secs(2.4), secs(5.5)}, work(0.5))
	p := mustNew(t, cfg)
	id := p.Add(Spec{VCPU: 1, Workers: Unlimited, Discipline: FIFO, Speed: 1, CPUShare: 1})
	p.Route(oneNode(RoundRobin, id))
	// Slowed by half from 7 s on, what began at 6 and had a second left takes two.
	var c Counters
	var n DependencyCounters
	for s, want := range map[float64]uint64{3: 1, 5: 2, 9: 3} {
		q := mustNew(t, cfg)
		q.Route(oneNode(RoundRobin, q.Add(Spec{VCPU: 1, Workers: Unlimited, Discipline: FIFO, Speed: 1, CPUShare: 1})))
		if s > 7 {
			q.Advance(secs(7))
			q.SetDependency(0, 2)
		}
		q.Advance(secs(s) - 1)
		if q.Read(&c); c.All.Served != want-1 {
			t.Errorf("just before %v s: %d served, want %d", s, c.All.Served, want-1)
		}
		q.Advance(secs(s))
		if q.Read(&c); c.All.Served != want {
			t.Errorf("at %v s: %d served, want %d", s, c.All.Served, want)
		}
	}
	p.Advance(secs(7))
	p.SetDependency(0, 2)
	p.Advance(secs(20))
	p.Read(&c)
	if p.ReadDependency(0, &n); n.Asked != 5 || n.Answered != 3 || n.Refused != 1 || n.GaveUp != 1 || c.All.Failed[DependencyFailed] != 2 || c.All.Served != 3 {
		t.Errorf("%+v, %+v: want five asked, three answered, one refused, one given up", n, c.All)
	}
	// In service from 1 to 5 and from 6 to 9; in line from 1.5 to 2.5 and 2.9 to 3.
	if n.WorkerNanos != 7e9 || n.WaitingNanos != 1.1e9 {
		t.Errorf("%+v: want 7 s of work and 1.1 s of waiting", n)
	}
	var i InstanceCounters
	if p.ReadInstance(id, &i); i.InUse != 0 || i.Completed != 2.5e9 || i.WorkNanos != 2.5e9 {
		t.Errorf("%+v: want all of the five half seconds done", i)
	}
}

// Whose instance dies hangs up, and the next is served.
func TestWhoDiesHangsUp(t *testing.T) {
	cfg := Config{End: secs(20), Dependencies: []Dependency{{Name: "db", Share: 1, Work: workload.Constant{Value: 4}, Workers: 1, Queue: Unlimited}}}
	scripted(&cfg, "a", at{secs(1), secs(2), secs(3)}, work(0.5))
	p := mustNew(t, cfg)
	one := p.Add(Spec{VCPU: 1, Workers: Unlimited, Discipline: FIFO, Speed: 1, CPUShare: 1})
	two := p.Add(Spec{VCPU: 1, Workers: Unlimited, Discipline: FIFO, Speed: 1, CPUShare: 1})
	p.Route(oneNode(RoundRobin, one, two))
	p.Advance(secs(4))
	p.Cut(one, CutOff) // the first and the third
	var c Counters
	p.Advance(secs(8) - 1)
	if p.Read(&c); c.All.Served != 0 {
		t.Errorf("%d served before 8 s, want none", c.All.Served)
	}
	p.Advance(secs(8))
	if p.Read(&c); c.All.Served != 1 {
		t.Errorf("%d served at 8 s, want the second", c.All.Served)
	}
	var n DependencyCounters
	if p.ReadDependency(0, &n); n.Asked != 3 || n.Answered != 1 || n.HungUp != 2 {
		t.Errorf("%+v: want two who hung up", n)
	}
}

func TestDependenciesAreRefused(t *testing.T) {
	good := Dependency{Name: "db", Share: 1, Work: workload.Constant{Value: 1}, Workers: 1}
	for name, edit := range map[string]func(*Config, *Dependency){
		"no work":     func(_ *Config, d *Dependency) { d.Work = workload.Constant{} },
		"nobody asks": func(_ *Config, d *Dependency) { d.Share = 0 },
		"no worker":   func(_ *Config, d *Dependency) { d.Workers = 0 },
		"nine": func(c *Config, _ *Dependency) {
			for range 8 {
				c.Dependencies = append(c.Dependencies, good)
			}
		},
	} {
		cfg := Config{End: secs(1)}
		d := good
		edit(&cfg, &d)
		cfg.Dependencies = append(cfg.Dependencies, d)
		if _, err := New(cfg); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := NewSampled(Config{End: secs(1), Dependencies: []Dependency{good}}, Sampling{Requests: 1}); err == nil {
		t.Error("a sampled plane with a dependency: no error")
	}
}

// What it carries by arithmetic: 4 workers of 20 ms for a quarter of the requests.
func TestWhatADependencyCarries(t *testing.T) {
	db := Dependency{Share: 0.25, Work: workload.Exponential{M: 0.02}, Workers: 4}
	cache := Dependency{Share: 1, Work: workload.Exponential{M: 0.001}, Workers: 1}
	if rate, first := Carry([]Dependency{cache, db}); rate != 800 || first != 1 {
		t.Errorf("%v by %d, want 800/s by the second", rate, first)
	}
	if s := Asking([]Dependency{cache, db}); math.Abs(s-0.006) > 1e-15 {
		t.Errorf("%v s, want 6 ms", s)
	}
}
