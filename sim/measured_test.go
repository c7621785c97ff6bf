package sim

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/serving"
	"asgsim/workload"
)

func TestMeasuredFiguresComeBack(t *testing.T) {
	if testing.Short() {
		t.Skip("fits")
	}
	for _, cpu := range []float64{0.2, 0.7, 0.8} {
		for _, p50 := range []float64{0.020, 0.040, 0.150} {
			for _, ratio := range []float64{2.5, 3, 12} {
				// The middle of the grid and its corners: every figure with the others' middle.
				middle := 0
				for _, at := range []bool{cpu == 0.7, p50 == 0.040, ratio == 3} {
					if at {
						middle++
					}
				}
				if middle < 2 || testing.Short() && middle < 3 {
					continue
				}
				m := Measured{VCPU: 2, Rate: 300, CPU: cpu, P50: p50, P99: p50 * ratio, Workers: serving.Unlimited}
				f, err := Fit(m)
				if err != nil {
					t.Logf("cpu %v p50 %v p99 %v: %v", cpu, p50, m.P99, err)
					if cpu <= 0.7 {
						t.Errorf("cpu %v p50 %v p99 %v must be feasible: %v", cpu, p50, m.P99, err)
					}
					continue
				}
				got, _, err := m.instance(f.CPU, f.Wait).at(m.Rate, 250_000, 7) // another seed
				if err != nil {
					t.Fatal(err)
				}
				for what, v := range map[string][2]float64{"cpu": {got.CPU, cpu}, "p50": {got.P50, p50}, "p99": {got.P99, m.P99}} {
					if math.Abs(v[0]/v[1]-1) > 0.02 {
						t.Errorf("cpu %v p50 %v p99 %v: %s comes back as %v, want %v (%v, %v)", cpu, p50, m.P99, what, v[0], v[1], f.CPU, f.Wait)
					}
				}
			}
		}
	}
}

func TestMeasuredWithWorkersComesBack(t *testing.T) {
	if testing.Short() {
		t.Skip("fits")
	}
	m := Measured{VCPU: 2, Rate: 300, CPU: 0.7, P50: 0.040, P99: 0.120, Workers: 22}
	f, err := Fit(m)
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := m.instance(f.CPU, f.Wait).at(m.Rate, 600_000, 7)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(got.P50/m.P50-1) > 0.02 || math.Abs(got.P99/m.P99-1) > 0.02 {
		t.Errorf("p50 %v, p99 %v come back as %v, %v", m.P50, m.P99, got.P50, got.P99)
	}
}

func TestInfeasibleFiguresAreRefusedWithTheArithmetic(t *testing.T) {
	if testing.Short() {
		t.Skip("fits")
	}
	for want, m := range map[string]Measured{
		"already means p99":  {VCPU: 2, Rate: 300, CPU: 0.7, P50: 0.010, P99: 0.015, Workers: serving.Unlimited},
		"already means p50":  {VCPU: 2, Rate: 300, CPU: 0.7, P50: 0.002, P99: 0.200, Workers: serving.Unlimited},
		"no steady response": {VCPU: 2, Rate: 300, CPU: 1, P50: 0.040, P99: 0.120, Workers: serving.Unlimited},
		"workers busy":       {VCPU: 2, Rate: 300, CPU: 0.7, P50: 0.040, P99: 0.120, Workers: 10},
	} {
		if _, err := Fit(m); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: got %v, want %q", m, err, want)
		}
	}
}

func TestInstanceCurveRises(t *testing.T) {
	if testing.Short() {
		t.Skip("fits")
	}
	m := Measured{VCPU: 2, Rate: 300, CPU: 0.7, P50: 0.040, P99: 0.120, Workers: 40}
	f, err := Fit(m)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := InstanceCurve(m.instance(f.CPU, f.Wait), []float64{100, 200, 300, 400}, 50_000, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(curve); i++ {
		if curve[i].P99 <= curve[i-1].P99 || curve[i].CPU <= curve[i-1].CPU {
			t.Errorf("the curve must rise: %+v", curve)
		}
	}
}

// truth is an instance whose requests are known: 4.67 ms of CPU that varies, and a
// wait of 20 ms; figures are what it shows at a rate.
type truth struct{ cv, waitP95 float64 }

func (x truth) instance() Instance {
	wait, err := workload.NewLognormal(0.020, 0.95, x.waitP95)
	if err != nil {
		panic(err)
	}
	return Instance{VCPU: 2, Speed: 1, Workers: serving.Unlimited, Queue: serving.Unlimited, CPU: workLaw(0.00467, x.cv), Wait: wait}
}

func (x truth) at(t *testing.T, rate float64) CurvePoint {
	t.Helper()
	p, _, err := x.instance().at(rate, 250_000, 42)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// An instance whose truth is known is measured in one hour, and in a busier one. With
// both pairs the p99 of a third, still busier hour is foretold; with one the fit errs to
// the safe side only, and its p99 rises with the load as processor sharing says.
func TestTheTailRespondsToLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("fits twice from simulated figures")
	}
	for _, x := range []truth{{2, 0.030}, {0.5, 0.080}} { // slow requests work, or wait
		cv := x.cv
		quiet, busy, peak := x.at(t, 240), x.at(t, 340), x.at(t, 380) // 56, 79 and 89 % CPU
		m := Measured{VCPU: 2, Rate: 240, CPU: quiet.CPU, P50: quiet.P50, P99: quiet.P99, Workers: serving.Unlimited}
		one, err := Fit(m)
		if err != nil {
			t.Fatal(err)
		}
		m.Busier = Busier{Rate: 340, CPU: busy.CPU, P50: busy.P50, P99: busy.P99}
		two, err := Fit(m)
		if err != nil {
			t.Fatal(err)
		}
		alone, _, err := m.instance(one.CPU, one.Wait).at(380, 200_000, 7)
		if err != nil {
			t.Fatal(err)
		}
		both, _, err := m.instance(two.CPU, two.Wait).at(380, 200_000, 7)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("cv %v: p99 at 380/s is %.0f ms; foretold %.0f with a second pair (%v, %v), %.0f without (%v, %v; open %.3f)", cv, 1000*peak.P99, 1000*both.P99, two.CPU, two.Wait, 1000*alone.P99, one.CPU, one.Wait, one.Open)
		if math.Abs(both.P99/peak.P99-1) > 0.10 || math.Abs(both.P50/peak.P50-1) > 0.10 {
			t.Errorf("cv %v: with two pairs p50 %v and p99 %v at 380/s, in truth %v and %v", cv, both.P50, both.P99, peak.P50, peak.P99)
		}
		if alone.P99 < 0.93*peak.P99 {
			t.Errorf("cv %v: with one pair p99 %v at 380/s, in truth %v: too good", cv, alone.P99, peak.P99)
		}
		if one.Open[1] < one.Open[0] || one.Open[1] == 0 {
			t.Errorf("cv %v: open between %v", cv, one.Open)
		}
	}
}

// 58 % CPU at 250/s is 4.64 ms a request, 90 % at 300/s is 6 ms: not the same requests.
func TestPairsThatContradictEachOtherAreRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("fits")
	}
	m := Measured{VCPU: 2, Rate: 250, CPU: 0.58, P50: 0.04, P99: 0.12, Workers: serving.Unlimited, Busier: Busier{Rate: 300, CPU: 0.90, P50: 0.05, P99: 0.2}}
	if _, err := Fit(m); err == nil || !strings.Contains(err.Error(), "4.64ms of CPU at 250/s and 6ms at 300/s") {
		t.Errorf("got %v", err)
	}
	m.Busier = Busier{Rate: 370, CPU: 0.86, P50: 0.04, P99: 9}
	if _, err := Fit(m); err == nil || !strings.Contains(err.Error(), "no split of work and waiting shows both pairs") {
		t.Errorf("got %v", err)
	}
}
