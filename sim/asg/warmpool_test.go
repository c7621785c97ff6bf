package asg

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"
)

func TestWarmPoolSize(t *testing.T) {
	check := func(id string, desired, maximum, prepared, minimum, want int) {
		p := WarmPool{Min: minimum, Prepared: prepared}
		if got := p.Size(desired, maximum); got != want {
			t.Errorf("%s: %d, want %d", id, got, want)
		}
	}
	check("TV-12", 6, 10, Unlimited, 0, 4)
	check("TV-13", 6, 10, 8, 0, 2)
	check("TV-14", 9, 10, 8, 3, 3)
	check("prepared below desired", 9, 10, 8, 0, 0)
	f, err := os.Open("../testdata/vectors/aws_warm_pool_size.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := func(s string, absent int) int {
		if s == "" {
			return absent
		}
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, r := range rows[1:] {
		check(r[0], number(r[1], 0), number(r[2], 0), number(r[3], Unlimited), number(r[4], 0), number(r[5], 0))
	}
}
