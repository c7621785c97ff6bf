package story

import (
	"fmt"
	"math"

	"asgsim/report/format"
	"asgsim/sim/des"
)

// turn is a local extreme of the desired capacity.
type turn struct {
	at      des.Time
	desired int
	load    float64 // expected requests a second in the ten minutes before it
}

// How many cycles make a saw-tooth, and how long half of one may take: what is slower
// is a fleet that follows its day.
const (
	sawCycles = 4
	sawHalf   = 3 * des.Hour
)

// oscillation finds the longest saw-tooth: desired goes up and down although the load
// changes by less than half as much.
func (t *teller) oscillation() []Moment {
	turns := t.turns()
	begin, bestFrom, bestTo := 0, 0, 0
	for i := 1; i <= len(turns); i++ {
		if i < len(turns) && sawtooth(turns[i-1], turns[i]) {
			if i-begin > bestTo-bestFrom {
				bestFrom, bestTo = begin, i
			}
			continue
		}
		begin = i
	}
	if bestTo-bestFrom < 2*sawCycles {
		return nil
	}
	saw := turns[bestFrom : bestTo+1]
	low, high := math.MaxInt, 0
	for _, x := range saw {
		low, high = min(low, x.desired), max(high, x.desired)
	}
	cycles := (len(saw) - 1) / 2
	period := saw[2*cycles].at.Sub(saw[0].at).Seconds() / float64(cycles)
	text := fmt.Sprintf("oscillates: desired goes between %d and %d, %d cycles of about %s, while the load hardly changes", low, high, cycles, format.Duration(period))
	return []Moment{{At: saw[0].at, Label: "oscillates", Text: text + t.sawWhy(saw)}}
}

// sawtooth reports whether the way from one turn to the next is not the load's doing.
func sawtooth(a, b turn) bool {
	step := math.Abs(float64(b.desired-a.desired)) / math.Max(float64(min(a.desired, b.desired)), 1)
	load := math.Abs(b.load-a.load) / math.Max(math.Min(a.load, b.load), 1e-9)
	return b.at.Sub(a.at) < sawHalf && load < step/2
}

// turns are the extremes of the desired capacity in the window.
func (t *teller) turns() []turn {
	var out []turn
	h, way := t.r.Capacity, 0
	for i := 1; i < len(h); i++ {
		d := h[i].Desired - h[i-1].Desired
		if d == 0 || h[i].At < t.from {
			continue
		}
		sign := 1
		if d < 0 {
			sign = -1
		}
		x := turn{h[i].At, h[i].Desired, 0}
		if sign == way {
			out[len(out)-1] = x
		} else {
			out = append(out, x)
		}
		way = sign
	}
	for i := range out {
		out[i].load = t.load(out[i].at)
	}
	return out
}

// load is the expected rate in the ten minutes before an instant.
func (t *teller) load(at des.Time) float64 {
	sum, n := 0.0, 0
	for k := min(int(at/des.Time(t.r.Interval)), len(t.r.Rows)-1); k >= 0; k-- {
		if n > 0 && at.Sub(t.r.Rows[k].At) > 10*des.Minute {
			break
		}
		sum, n = sum+t.r.Rows[k].Expected, n+1
	}
	return sum / math.Max(float64(n), 1)
}

// sawWhy quotes what asked for the way up and the way down of a saw-tooth at its end.
func (t *teller) sawWhy(saw []turn) string {
	up, down := "", ""
	for i := range t.r.Decisions {
		d := &t.r.Decisions[i]
		if d.At < saw[0].at || d.At > saw[len(saw)-1].at || !d.Won {
			continue
		}
		switch {
		case d.Result > d.Desired:
			up = d.Policy + " scales out (" + d.Why + ")"
		case d.Result < d.Desired:
			down = d.Policy + " scales in (" + d.Why + ")"
		}
	}
	if up == "" || down == "" {
		return ""
	}
	return "; " + up + ", then " + down
}
