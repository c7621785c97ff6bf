package serving

import (
	"encoding/csv"
	"fmt"
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
// The vectors are read from ../shared/vectors beside the module and their tests
// skipped where it is absent; TestClosedForms needs nothing. Long rows (rho 0.95 and
// 0.99, most numbers of servers) run with ASGSIM_THEORY=full.
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

// vectors reads a table of ../shared/vectors.
func vectors(t *testing.T, name string) []map[string]string {
	t.Helper()
	dir, _ := os.Getwd()
	for !exists(filepath.Join(dir, "go.mod")) {
		if dir == filepath.Dir(dir) {
			t.Fatal("no module root above the test")
		}
		dir = filepath.Dir(dir)
	}
	file, err := os.Open(filepath.Join(dir, "..", "shared", "vectors", name))
	if err != nil {
		t.Skipf("no vectors: %v", err)
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

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

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
	run := max(350*relax, 20000/(float64(c)*rho))
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

// mmc studies one M/M/c row.
func (s *study) mmc(c int, rho float64, figures []figure) {
	loads, classes := poisson(float64(c)*rho, workload.Exponential{M: 1})
	sys := fcfs(c, rho, loads, classes, Unlimited)
	sys.probe = 1 / math.Min(float64(c)*rho, 4)
	if rho > 0.9 {
		sys.probe *= 8 // runs are long, and successive waits alike
	}
	s.run(fmt.Sprintf("M/M/%d rho %v", c, rho), figures, func(seed uint64) []float64 {
		m := sys.simulate(seed)
		return []float64{m.late, m.latency.Mean() - m.work, m.l - m.busy, m.latency.Mean(), m.l,
			m.probes.Quantile(0.5), m.probes.Quantile(0.95), m.probes.Quantile(0.99),
			m.latency.Quantile(0.5), m.latency.Quantile(0.95), m.latency.Quantile(0.99)}
	})
}

func TestVectorsMMC(t *testing.T) {
	s := &study{t: t}
	for _, row := range vectors(t, "mmc.csv") {
		c, rho := int(num(t, row, "c")), num(t, row, "rho")
		if !full() && (rho > 0.9 || c != 1 && c != 4 && c != 32 || rho > 0.8 && testing.Short()) {
			continue
		}
		var f []figure
		for _, name := range []string{"erlang_c=P(wait)", "Wq", "Lq", "W", "L", "wait_p50", "wait_p95", "wait_p99", "sojourn_p50", "sojourn_p95", "sojourn_p99"} {
			f = append(f, figure{name: name, theory: num(t, row, name), percent: len(f) >= 5})
		}
		s.mmc(c, rho, f)
	}
	s.judge(0.6)
}

// laws of unit mean by the names of the vectors. A hyperexponential with balanced
// means is two Poisson loads of exponential work.
func mg1(service string, rho float64) ([]workload.Load, []Class) {
	var scv float64
	switch n, _ := fmt.Sscanf(service, "H2 cs2=%f", &scv); {
	case n == 1:
		q := (1 + math.Sqrt((scv-1)/(scv+1))) / 2
		return []workload.Load{{Name: "a", Curve: flat(q * rho)}, {Name: "b", Curve: flat((1 - q) * rho), Class: 1}},
			[]Class{{CPU: workload.Exponential{M: 0.5 / q}}, {CPU: workload.Exponential{M: 0.5 / (1 - q)}}}
	case service == "D":
		return poisson(rho, workload.Constant{Value: 1})
	case service == "E4":
		return poisson(rho, workload.Gamma{M: 1, CV: 0.5})
	case service == "E2":
		return poisson(rho, workload.Gamma{M: 1, CV: math.Sqrt(0.5)})
	case service == "M":
		return poisson(rho, workload.Exponential{M: 1})
	default:
		l, _ := workload.NewLognormalMean(1, 3)
		return poisson(rho, l)
	}
}

func TestVectorsMG1(t *testing.T) {
	s := &study{t: t}
	for _, row := range vectors(t, "mg1_fcfs.csv") {
		service, rho, scv := row["service"], num(t, row, "rho"), num(t, row, "scv")
		if !full() && (rho > 0.7 || testing.Short() && rho > 0.5) {
			continue
		}
		loads, classes := mg1(service, rho)
		sys := fcfs(1, rho, loads, classes, Unlimited)
		sys.run *= 1 + scv
		sys.warm *= 1 + scv
		s.run(service+" rho "+row["rho"], []figure{{name: "Wq", theory: num(t, row, "Wq")}, {name: "Lq", theory: num(t, row, "Lq")}, {name: "W", theory: num(t, row, "W")}},
			func(seed uint64) []float64 {
				m := sys.simulate(seed)
				return []float64{m.latency.Mean() - m.work, m.l - m.busy, m.latency.Mean()}
			})
	}
	s.judge(0.8)
}

func TestVectorsMMCK(t *testing.T) {
	s := &study{t: t}
	for _, row := range vectors(t, "mmck.csv") {
		lambda, mu, c, k := num(t, row, "lambda"), num(t, row, "mu"), int(num(t, row, "c")), int(num(t, row, "K(total places)"))
		loads, classes := poisson(lambda, workload.Exponential{M: 1 / mu})
		sys := fcfs(c, min(lambda/mu/float64(c), 0.9), loads, classes, k-c)
		sys.warm /= mu
		sys.run = 60000 / lambda
		if num(t, row, "P(block)") < 1e-3 {
			sys.run *= 20
		}
		var f []figure
		for _, name := range []string{"P(block)", "throughput", "L", "Lq", "W(admitted)", "Wq(admitted)"} {
			f = append(f, figure{name: name, theory: num(t, row, name)})
		}
		s.run(fmt.Sprintf("M/M/%d/%d lambda %v mu %v", c, k, lambda, mu), f, func(seed uint64) []float64 {
			m := sys.simulate(seed)
			return []float64{m.failed / (m.failed + m.served), m.served / m.time, m.l, m.l - m.busy, m.latency.Mean(), m.latency.Mean() - m.work}
		})
	}
	s.judge(0.85)
}

// shared is one vCPU shared by all, unit mean work, with the probes' share of the
// load taken from the requests so that rho is the total.
func shared(service string, rho, probeWork float64) system {
	const probeRate = 0.02
	loads, classes := mg1(service, rho-probeRate*probeWork)
	sys := fcfs(1, rho, loads, classes, Unlimited)
	sys.spec.Discipline, sys.spec.Workers = ProcessorSharing, Unlimited
	sys.probe, sys.work = 1/probeRate, probeWork
	sys.run *= 2
	return sys
}

func variance(h *Histogram) float64 {
	mean, sum := h.Mean(), 0.0
	for b, n := range h.counts {
		if n > 0 {
			low, width := bucketRange(b)
			d := (float64(low)+float64(width)/2)/1e9 - mean
			sum += float64(n) * d * d
		}
	}
	return sum / float64(h.count)
}

// ps studies one M/G/1-PS row: the mean does not depend on the law, the time of a
// request of size x is x/(1-rho) on average.
func (s *study) ps(rho, et, variT, size1, cond1, size2, cond2, en float64) {
	for k, service := range []string{"M", "D", "H2 cs2=4", "lognormal"} {
		figures := []figure{{name: "E[T]", theory: et}, {name: "E[N]", theory: en}, {name: "E[T|size]", theory: cond1}}
		size := size1
		if k%2 == 1 {
			size, figures[2].theory = size2, cond2
		}
		if service == "M" {
			figures = append(figures, figure{name: "Var[T]", theory: variT})
		}
		plain, tagged := shared(service, rho, 0), shared(service, rho, size)
		plain.probe = 0
		s.run(fmt.Sprintf("PS %s rho %v", service, rho), figures, func(seed uint64) []float64 {
			m, n := plain.simulate(seed), tagged.simulate(seed+1)
			return []float64{m.latency.Mean(), m.l, n.probes.Mean(), variance(m.latency)}[:len(figures)]
		})
	}
}

func TestVectorsPS(t *testing.T) {
	s := &study{t: t}
	for _, row := range vectors(t, "mg1_ps.csv") {
		rho := num(t, row, "rho")
		if !full() && rho > 0.8 || testing.Short() && rho > 0.5 {
			continue
		}
		s.ps(rho, num(t, row, "E[T] (any service law, mean 1)"), num(t, row, "Var[T] exponential service only"),
			0.5, num(t, row, "E[T|size 0.5]"), 2, num(t, row, "E[T|size 2]"), num(t, row, "E[N]"))
	}
	s.judge(0.8)
}

// wave is the rate mean (1 + depth sin(2 pi t / period)).
type wave struct {
	mean, depth float64
	period      des.Duration
}

func (w wave) Integral(from, to des.Time) float64 {
	f := 2 * math.Pi / w.period.Seconds()
	a, b := from.Seconds(), to.Seconds()
	return w.mean * (b - a + w.depth/f*(math.Cos(f*a)-math.Cos(f*b)))
}
func (w wave) Kinks(des.Time) []des.Time { return nil }
func (w wave) Flat() bool                { return false }

// A minute of the vectors is a second here. Half the rows hold their vCPU, half
// wait off it.
func TestVectorsInfiniteServers(t *testing.T) {
	type system struct {
		service string
		mean    float64
	}
	points := map[system][]map[string]string{}
	var order []system
	for _, row := range vectors(t, "mt_g_inf_sinusoid.csv") {
		k := system{row["service"], num(t, row, "mean_service_min")}
		if points[k] == nil {
			order = append(order, k)
		}
		points[k] = append(points[k], row)
	}
	s := &study{t: t}
	for n, sys := range order {
		rows := points[sys]
		if testing.Short() && n > 0 {
			continue
		}
		days := 4
		if sys.mean == 1 {
			days = 18
		}
		var law workload.Dist = workload.Exponential{M: sys.mean}
		if sys.service == "det" {
			law = workload.Constant{Value: sys.mean}
		}
		class := Class{CPU: law}
		if n%2 == 0 {
			class = Class{CPU: workload.Constant{}, Wait: law}
		}
		var f []figure
		for _, row := range rows {
			f = append(f, figure{name: "N at " + row["t_min"], theory: num(t, row, "E[N(t)] (Poisson)")})
		}
		const day, warm = 1440, 2
		s.run(fmt.Sprintf("Mt/G/inf %s %v", sys.service, sys.mean), f, func(seed uint64) []float64 {
			cfg := Config{Seed: seed, End: secs(day * float64(warm+days)), Classes: []Class{class},
				Loads: []workload.Load{{Name: "jobs", Curve: wave{20, 0.5, day * des.Second}}}}
			p, _ := New(cfg)
			p.Route(oneNode(RoundRobin, p.Add(Spec{VCPU: 100000, Workers: Unlimited, Discipline: FIFO, Speed: 1, CPUShare: 1})))
			out := make([]float64, len(rows))
			var c InstanceCounters
			for d := range days {
				for k, row := range rows {
					at, _ := strconv.ParseFloat(row["t_min"], 64)
					p.Advance(secs(day*float64(warm+d) + at))
					p.ReadInstance(0, &c)
					out[k] += float64(c.InFlight) / float64(days)
				}
			}
			return out
		})
	}
	s.judge(0.95)
}

// erlangC returns the probability of waiting of M/M/c.
func erlangC(c int, rho float64) float64 {
	b := 1.0
	for k := 1; k <= c; k++ {
		a := float64(c) * rho * b
		b = a / (float64(k) + a)
	}
	return b / (1 - rho*(1-b))
}

// TestClosedForms proves something where the vectors are absent.
func TestClosedForms(t *testing.T) {
	s := &study{t: t}
	for _, r := range []struct {
		c   int
		rho float64
	}{{1, 0.5}, {1, 0.8}, {8, 0.7}, {64, 0.9}} {
		c := float64(r.c)
		pw := erlangC(r.c, r.rho)
		wq := pw / (c * (1 - r.rho))
		f := []figure{{name: "P(wait)", theory: pw}, {name: "Wq", theory: wq}, {name: "Lq", theory: c * r.rho * wq}, {name: "W", theory: 1 + wq}, {name: "L", theory: c * r.rho * (1 + wq)}}
		for _, p := range []float64{0.5, 0.95, 0.99} {
			f = append(f, figure{name: fmt.Sprintf("wait p%v", 100*p), theory: max(0, math.Log(pw/(1-p))/(c*(1-r.rho))), percent: true})
		}
		for _, p := range []float64{0.5, 0.95, 0.99} {
			f = append(f, figure{name: fmt.Sprintf("sojourn p%v", 100*p), theory: sojourn(c, r.rho, pw, p), percent: true})
		}
		s.mmc(r.c, r.rho, f)
	}
	rho := 0.6
	s.ps(rho, 1/(1-rho), (2+rho)/((1-rho)*(1-rho)*(2-rho)), 0.5, 0.5/(1-rho), 2, 2/(1-rho), rho/(1-rho))
	s.judge(0.85)
}

// sojourn returns the p-quantile of the sojourn time of M/M/c, unit mean service.
func sojourn(c, rho, pw, p float64) float64 {
	d := c * (1 - rho) // the wait, if any, is exponential of this rate
	above := func(x float64) float64 {
		if d == 1 {
			return (1-pw)*math.Exp(-x) + pw*(1+x)*math.Exp(-x)
		}
		return (1-pw)*math.Exp(-x) + pw*(d*math.Exp(-x)-math.Exp(-d*x))/(d-1)
	}
	low, high := 0.0, 1000.0
	for range 100 {
		if mid := (low + high) / 2; above(mid) > 1-p {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}
