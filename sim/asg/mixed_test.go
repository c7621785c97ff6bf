package asg

import (
	"strconv"
	"testing"

	"asgsim/sim/testdata"
)

func TestSplit(t *testing.T) {
	for _, row := range []struct {
		id            string
		base, percent int
		onDemand      [4]int // at 10, 20, 30, 40
	}{
		{"TV-15 (10, 50)", 10, 50, [4]int{10, 15, 20, 25}},
		{"TV-15 (0, 0)", 0, 0, [4]int{0, 0, 0, 0}},
		{"TV-15 (0, 60)", 0, 60, [4]int{6, 12, 18, 24}},
		{"TV-15 (0, 100)", 0, 100, [4]int{10, 20, 30, 40}},
		{"TV-15 (12, 0)", 12, 0, [4]int{10, 12, 12, 12}},
	} {
		p := Mixed{OnDemandBase: row.base, OnDemandPercent: row.percent}
		for k, want := range row.onDemand {
			n := 10 * (k + 1)
			if got, spot := p.Split(n); got != want || got+spot != n {
				t.Errorf("%s at %d: %d on demand, %d Spot, want %d on demand", row.id, n, got, spot, want)
			}
		}
	}
	p := Mixed{OnDemandPercent: 25}
	if got, spot := p.Split(10); got != 3 || spot != 7 {
		t.Errorf("TV-16: %d on demand, %d Spot, want 3 and 7", got, spot)
	}
}

// The rows of aws_mixed_instances_split.csv.
func TestSplitVectors(t *testing.T) {
	rows := testdata.Rows(t, "aws_mixed_instances_split.csv")
	for _, row := range rows {
		n := make([]int, 6)
		for k := range n {
			v, err := strconv.Atoi(row[k+1])
			if err != nil {
				t.Fatalf("%s: %v", row[0], err)
			}
			n[k] = v
		}
		p := Mixed{OnDemandBase: n[0], OnDemandPercent: n[1]}
		if got, spot := p.Split(n[2]); got != n[3]+n[4] || spot != n[5] {
			t.Errorf("%s: %d on demand, %d Spot, want %d and %d", row[0], got, spot, n[3]+n[4], n[5])
		}
	}
	if len(rows) < 21 {
		t.Errorf("only %d rows", len(rows))
	}
}
