package sim

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/serving"
)

func TestMeasuredFiguresComeBack(t *testing.T) {
	for _, cpu := range []float64{0.2, 0.5, 0.7, 0.8} {
		for _, p50 := range []float64{0.020, 0.040, 0.150} {
			for _, ratio := range []float64{2.5, 3, 6, 12} {
				if ratio != 3 && (p50 != 0.040 || testing.Short()) {
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
				got, _, err := m.instance(f.CPU, f.Wait).at(m.Rate, 600_000, 7) // another seed
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
