package scenarios

import (
	"io"
	"strings"
	"testing"

	"asgsim/sim/des"
)

// One bin of five is missing: that is an error unless it is said what to do about it,
// held at the value before it, or zero. In no case is its neighbour spread over both.
func TestOneMissingBin(t *testing.T) {
	const text = "at,requests\n0,600\n60,1200\n180,600\n240,600\n"
	rec, err := readTrace(io.NopCloser(strings.NewReader(text)), "", MaxRows, requests)
	if err != nil {
		t.Fatal(err)
	}
	p := played{rec: rec, bin: rec.bin, counts: true, scale: 1}
	if err := p.complete(); err == nil || !strings.Contains(err.Error(), "1 bins of 1m are missing, the first after line 3") {
		t.Errorf("error %v, want one bin after line 3", err)
	}
	for gaps, to := range map[gap]des.Duration{1: 180 * des.Second, 2: 120 * des.Second} {
		p.gaps = gaps
		if err := p.complete(); err != nil || p.Len() != 4 {
			t.Fatalf("%v, %v", p.Len(), err)
		}
		// 1,200 requests in the minute from 60: 20 a second, for one minute or held for two.
		if b := p.Bin(1); b.Rate != 20 || b.From != des.Time(60*des.Second) || b.To != des.Time(to) {
			t.Errorf("gaps %d: %+v, want 20/s until %v", gaps, b, to)
		}
	}
}
