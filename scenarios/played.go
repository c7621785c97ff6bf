package scenarios

import (
	"fmt"
	"math"

	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/workload"
)

// gapAt is the share of a bin beyond which a distance is a gap.
const gapAt = 1.5

// gap is what a missing bin means.
type gap uint8

const (
	gapError gap = iota // a problem to be told about
	gapHold             // the bin before it goes on
	gapZero             // silence
)

var gapNames = [...]string{"error", "hold", "zero"}

func (g gap) String() string { return gapNames[g] }

// played is a recording as a load plays it: bins, made when they are asked for.
type played struct {
	rec    *recording
	bin    float64  // length of a bin in seconds
	from   des.Time // where the first begins
	counts bool     // values are requests, not requests a second
	scale  float64
	gaps   gap
}

// playing is a recording as a load of a run of some length plays it.
type playing struct {
	played
	repeat, duration des.Duration
}

// Len returns how many bins there are.
func (p *played) Len() int { return p.rec.len() }

// Bin returns one of them.
func (p *played) Bin(i int) workload.Bin {
	width, held, _ := p.width(i)
	rate := p.rec.rows.get(i).value * p.scale
	if p.counts {
		rate /= width
	}
	at := p.rec.at(i)
	return workload.Bin{From: p.from.Add(des.Seconds(at)), To: p.from.Add(des.Seconds(at + held)), Rate: rate}
}

// width returns how long a bin was recorded and how long it is played, in seconds, and
// whether a gap follows.
func (p *played) width(i int) (width, held float64, missing bool) {
	width = p.bin
	if i+1 < p.rec.len() {
		width = p.rec.step(i)
	}
	if width <= gapAt*p.bin {
		return width, width, false
	}
	if p.gaps == gapHold {
		return p.bin, width, true
	}
	return p.bin, p.bin, true
}

// span returns how long it takes to play once, in seconds.
func (p *played) span() float64 { return p.rec.span() - p.rec.bin + p.bin }

// complete returns an error where bins are missing and nothing is said about it.
func (p *played) complete() error {
	if p.gaps != gapError {
		return nil
	}
	missing, first := 0, 0
	for i := range p.Len() - 1 {
		if _, _, gap := p.width(i); gap {
			if missing == 0 {
				first = p.rec.line(i)
			}
			missing += int(math.Round(p.rec.step(i)/p.bin)) - 1
		}
	}
	if missing == 0 {
		return nil
	}
	return fmt.Errorf("has gaps: %d bins of %s are missing, the first after %s %d", missing, des.Seconds(p.bin), p.rec.info.Unit, first)
}

// possible returns an error where a bin has more requests than are possible.
func (p *played) possible() error {
	for i := range p.Len() {
		if r := p.Bin(i).Rate; r > maxRate {
			return fmt.Errorf("%s %d means %s requests a second; at most 10000000 are possible", p.rec.info.Unit, p.rec.line(i), form.FormatNumber(r))
		}
	}
	return nil
}
