package queueing

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// vectors reads a table of sim/testdata/vectors.
func vectors(t *testing.T, name string) (header []string, rows [][]string) {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "testdata", "vectors", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[0], all[1:]
}

func num(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// near fails unless got is within rel of want.
func near(t *testing.T, what string, got, want, rel float64) {
	t.Helper()
	if math.Abs(got-want) > rel*math.Max(math.Abs(want), 1e-9) {
		t.Errorf("%s = %.10g, want %.10g", what, got, want)
	}
}

func TestMMCAgreesWithTheVectors(t *testing.T) {
	_, rows := vectors(t, "mmc.csv")
	for _, r := range rows {
		c, rho := int(num(t, r[0])), num(t, r[1])
		q := MMC{rho * float64(c), 1, c}
		name := "M/M/" + r[0] + " at " + r[1] + ": "
		near(t, name+"B", ErlangB(c, q.Lambda), num(t, r[3]), 1e-8)
		near(t, name+"C", q.Delayed(), num(t, r[4]), 1e-8)
		for i, got := range []float64{q.Wq(), q.Lq(), q.W(), q.L(), q.WaitQuantile(0.5), q.WaitQuantile(0.95), q.WaitQuantile(0.99),
			q.SojournQuantile(0.5), q.SojournQuantile(0.95), q.SojournQuantile(0.99)} {
			near(t, name+strconv.Itoa(i), got, num(t, r[5+i]), 2e-8)
		}
	}
}

func TestOneServerAgreesWithTheVectors(t *testing.T) {
	t.Run("fcfs", func(t *testing.T) {
		_, rows := vectors(t, "mg1_fcfs.csv")
		for _, r := range rows {
			q := MG1{num(t, r[2]), 1, num(t, r[1])}
			near(t, "Wq", q.Wq(), num(t, r[3]), 1e-8)
			near(t, "Lq", q.Lq(), num(t, r[4]), 1e-8)
			near(t, "W", q.W(), num(t, r[5]), 1e-8)
		}
	})
	t.Run("ps", func(t *testing.T) {
		_, rows := vectors(t, "mg1_ps.csv")
		for _, r := range rows {
			q := MG1{num(t, r[0]), 1, 1}
			near(t, "E[T]", q.SharedW(), num(t, r[1]), 1e-8)
			near(t, "Var[T]", q.SharedVar(), num(t, r[2]), 1e-8)
			near(t, "E[T|0.5]", q.SharedWOf(0.5), num(t, r[3]), 1e-8)
		}
	})
}

func TestBoundedPlacesAgreeWithTheVectors(t *testing.T) {
	_, rows := vectors(t, "mmck.csv")
	for _, r := range rows {
		q := MMCK{num(t, r[0]), num(t, r[1]), int(num(t, r[2])), int(num(t, r[3]))}
		for i, got := range []float64{q.Blocked(), q.Throughput(), q.L(), q.Lq(), q.W(), q.Wq()} {
			near(t, r[0]+" "+strconv.Itoa(i), got, num(t, r[4+i]), 1e-7)
		}
	}
}

func TestOfferedLoadAgreesWithTheVectors(t *testing.T) {
	_, rows := vectors(t, "mt_g_inf_sinusoid.csv")
	for _, r := range rows {
		mean := num(t, r[1])
		tail, horizon := func(u float64) float64 { return math.Exp(-u / mean) }, 45*mean
		if r[0] != "exp" {
			tail, horizon = func(u float64) float64 { return 1 }, mean
		}
		rate := Sinusoid(num(t, r[2]), num(t, r[3]), num(t, r[4]))
		near(t, r[0]+" at "+r[5], OfferedLoad(rate, tail, num(t, r[5]), horizon), num(t, r[7]), 1e-7)
	}
}

// What the closed forms say without a file beside the module.
func TestKnownValues(t *testing.T) {
	near(t, "C(64, 51.2)", ErlangC(64, 51.2), 0.05606, 1e-4)
	near(t, "B(1, 0.5)", ErlangB(1, 0.5), 1.0/3, 1e-12)
	near(t, "B(10000, 9900)", ErlangB(10000, 9900), bySteps(10000, 9900), 1e-10)
	near(t, "M/M/1 W", MMC{0.8, 1, 1}.W(), 5, 1e-12)
	near(t, "M/M/1 p95", MMC{0.8, 1, 1}.SojournQuantile(0.95), -math.Log(0.05)/0.2, 1e-10)
	near(t, "M/D/1 Wq", MG1{0.5, 1, 0}.Wq(), 0.5, 1e-12)
	near(t, "M/M/1 shared", MG1{0.9, 1, 1}.SharedW(), 10, 1e-12)
	near(t, "M/G/1 by M/G/c", MGC(0.7, 1, 1, 4).Wq(), MG1{0.7, 1, 4}.Wq(), 1e-12)
	near(t, "D/M/1 decay", GMC{0.5, 1, 1, 100_000, 1}.Decay(), 0.2031878, 1e-4)
	near(t, "M/M/1/15", MMCK{5, 5.714, 1, 15}.Blocked(), 0.01913442801, 1e-9)
	if w := (MMC{2, 1, 2}).W(); !math.IsInf(w, 1) {
		t.Errorf("an overloaded queue must have no mean wait, got %v", w)
	}
	if MMC := (MMC{3, 1, 4}); math.Abs(MMC.SojournTail(1)-(math.Exp(-1)*(1+MMC.Delayed()))) > 1e-9 {
		t.Error("the tail must be continuous where c mu - lambda = mu")
	}
}

// bySteps is Erlang B by its recursion over servers.
func bySteps(c int, a float64) float64 {
	b := 1.0
	for k := 1; k <= c; k++ {
		b = a * b / (float64(k) + a*b)
	}
	return b
}

// At its limits: no load blocks nobody, unless there is no server; one Erlang on one
// server blocks half; a system without room to spare makes everybody wait for ever.
func TestQueuesAtTheirLimits(t *testing.T) {
	for _, row := range []struct {
		c    int
		a, b float64
	}{{0, 0, 1}, {1, 0, 0}, {0, 1, 1}, {1, 1, 0.5}, {2, 1, 0.2}, {2, 2, 0.4}} { // 1/B = 1 + c/a x 1/B(c-1)
		if got := ErlangB(row.c, row.a); math.Abs(got-row.b) > 1e-12 {
			t.Errorf("B(%d, %v) = %v, want %v", row.c, row.a, got, row.b)
		}
	}
	full := MMC{Lambda: 2, Mu: 1, C: 2}
	if !math.IsInf(full.Wq(), 1) || !math.IsInf(full.WaitQuantile(0.1), 1) || full.SojournTail(10) != 1 {
		t.Errorf("rho 1: Wq %v, p10 %v, tail %v", full.Wq(), full.WaitQuantile(0.1), full.SojournTail(10))
	}
}
