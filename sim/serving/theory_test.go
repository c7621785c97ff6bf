package serving

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/workload"
)

// Queueing theory through the real plane. Every figure is the mean over 30
// independent replications, start-up removed for at least ten relaxation times. It
// counts as tested if its standard error is at most 2 % of theory, and must then
// lie within t x SE of theory, t being Student's at 1e-4 divided by the number of
// comparisons, plus half a histogram bucket for percentiles.
//
// The vectors are those of sim/testdata/vectors. Long rows (rho 0.95 and 0.99, most
// numbers of servers) run with ASGSIM_THEORY=full.
const replications = 30

func full() bool { return os.Getenv("ASGSIM_THEORY") == "full" }

// figure is one number of theory with its estimates.
type figure struct {
	name    string
	theory  float64
	percent bool // a percentile: half a bucket is allowed
	values  []float64
}

type study struct {
	t       *testing.T
	figures []figure
}

// run simulates a row and adds its figures; one replication returns its estimates
// in the order of the figures.
func (s *study) run(row string, figures []figure, one func(seed uint64) []float64) {
	for k := range figures {
		figures[k].name = row + " " + figures[k].name
		figures[k].values = make([]float64, replications)
	}
	var wg sync.WaitGroup
	gate := make(chan struct{}, runtime.GOMAXPROCS(0))
	for r := range replications {
		wg.Add(1)
		gate <- struct{}{}
		go func() {
			for k, v := range one(rng.Replication(7, r)) {
				figures[k].values[r] = v
			}
			<-gate
			wg.Done()
		}()
	}
	wg.Wait()
	s.figures = append(s.figures, figures...)
}

// judge compares everything and demands that at least the given share counts as
// tested.
func (s *study) judge(least float64) {
	n := 0
	worst := 0.0
	limit := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: replications - 1}.Quantile(1 - 0.5e-4/float64(len(s.figures)))
	for _, f := range s.figures {
		mean, sd := stat.MeanStdDev(f.values, nil)
		se := sd / math.Sqrt(replications)
		if !(se <= max(0.02*f.theory, 1e-9)) || se == 0 && mean == 0 && f.theory < 1e-3 && f.theory > 0 {
			s.t.Logf("%s: not tested: %.4g +- %.2g, theory %.4g", f.name, mean, se, f.theory)
			continue
		}
		n++
		slack := 1e-9 * max(f.theory, 1) // a nanosecond
		if f.percent {
			slack += 0.001 * f.theory
		}
		off := math.Abs(mean-f.theory) - slack
		if off > limit*se {
			s.t.Errorf("%s: %.6g, theory %.6g: %.1f standard errors of %.2g", f.name, mean, f.theory, off/se, se)
		}
		if se > 0 {
			worst = max(worst, off/se)
		}
	}
	s.t.Logf("%d of %d figures tested, the worst %.1f standard errors off, %.1f allowed", n, len(s.figures), worst, limit)
	if float64(n) < least*float64(len(s.figures)) {
		s.t.Errorf("only %d of %d figures were tested, %.0f %% asked", n, len(s.figures), 100*least)
	}
}

// vectors reads a table of sim/testdata/vectors.
func vectors(t *testing.T, name string) []map[string]string {
	t.Helper()
	if raceDetector {
		t.Skip("slow under the race detector; there is one goroutine a plane")
	}
	file, err := os.Open(filepath.Join("..", "testdata", "vectors", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		m := make(map[string]string)
		for k, v := range r {
			m[rows[0][k]] = v
		}
		out = append(out, m)
	}
	return out
}

func num(t *testing.T, row map[string]string, key string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(row[key], 64)
	if err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	return v
}

// system is one station in the unit of a mean service time of one second.
type system struct {
	cfg       Config
	spec      Spec
	warm, run float64 // seconds
	probe     float64 // mean gap between probes; 0: none
	work      float64 // of a probe
}

// measured is what one replication of a system yields.
type measured struct {
	latency            *Histogram
	probes             *Histogram
	late               float64 // share of probes that took longer than their work
	served, failed     float64
	time               float64
	l, busy, cpu, work float64 // mean numbers; mean work of a served request
}

func (s system) simulate(seed uint64) measured {
	s.cfg.Seed = seed
	s.cfg.End = secs(s.warm + s.run)
	p, err := New(s.cfg)
	if err != nil {
		panic(err)
	}
	id := p.Add(s.spec)
	p.Route(oneNode(RoundRobin, id))
	p.Advance(secs(s.warm))
	var c0, c1 Counters
	var i0, i1 InstanceCounters
	p.Read(&c0)
	p.ReadInstance(id, &i0)
	before := NewLatencies()
	p.TakePeriod(&before)
	m := measured{probes: new(Histogram), time: s.run}
	s.sendProbes(p, id, seed, &m)
	p.Read(&c1)
	p.ReadInstance(id, &i1)
	period := NewLatencies()
	p.TakePeriod(&period)
	m.latency = period.Served
	m.served = float64(c1.All.Served - c0.All.Served)
	m.failed = float64(c1.All.FailedAll() - c0.All.FailedAll())
	m.l = float64(c1.InFlightNanos-c0.InFlightNanos) / s.run / 1e9
	m.busy = float64(i1.WorkerNanos-i0.WorkerNanos) / s.run / 1e9
	m.cpu = float64(i1.CPUNanos-i0.CPUNanos) / s.run / 1e9
	m.work = float64(i1.Completed-i0.Completed) / m.served / 1e9
	return m
}

// sendProbes runs to the end while health checks at Poisson instants meet what an
// arrival would meet.
func (s system) sendProbes(p *EventPlane, id ID, seed uint64, m *measured) {
	r := rng.New(seed, "probes")
	sent := make(map[Token]des.Time)
	next := des.Never
	if s.probe > 0 {
		next = secs(s.warm + s.probe*r.Exp())
	}
	late := 0
	for {
		at, n := p.Advance(min(next, s.cfg.End))
		switch {
		case n.Kind == ProbeDone:
			d := at.Sub(sent[n.Token])
			delete(sent, n.Token)
			m.probes.Record(d)
			if d > des.Seconds(s.work) {
				late++
			}
		case at == next:
			sent[p.Probe(id, s.work)] = at
			next = at.Add(des.Seconds(s.probe * r.Exp()))
		default:
			m.late = float64(late) / float64(m.probes.Count())
			return
		}
	}
}

// relaxation is that of M/M/c in mean service times.
func relaxation(c int, rho float64) float64 {
	x := 1 - math.Sqrt(rho)
	return 1 / (float64(c) * x * x)
}

// fcfs is M/G/c with unit mean service.
func fcfs(c int, rho float64, loads []workload.Load, classes []Class, queue int) system {
	relax := relaxation(c, min(rho, 0.99))
	run := max(200*relax, 12000/(float64(c)*rho))
	if rho > 0.98 {
		run = 150 * relax
	}
	return system{
		cfg:  Config{Loads: loads, Classes: classes},
		spec: Spec{VCPU: c, Workers: c, Queue: queue, Discipline: FIFO, Speed: 1, CPUShare: 1},
		warm: 10*relax + 10, run: run,
	}
}

func poisson(rate float64, d workload.Dist) ([]workload.Load, []Class) {
	return []workload.Load{{Name: "jobs", Curve: flat(rate)}}, []Class{{CPU: d}}
}
