package world

import (
	"testing"

	"asgsim/sim/des"
)

// Every alarm acts at a second of the minute of its own, the same for as long as it
// lives and in every run of the seed; the two alarms of a policy, and other seeds, have
// others. Fixed, all act at that second.
func TestAnAlarmHasItsSecond(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a second or more")
	}
	seconds := func(seed uint64, drawn bool) (out, in map[des.Duration]int) {
		cfg := timeline(100, 100, 2)
		cfg.Watch.Drawn, cfg.Watch.Phase = drawn, 7*des.Second
		cfg.Loads[0].Curve = waves{}
		cfg.Duration = 12 * des.Hour
		r, err := Run(t.Context(), cfg, seed)
		if err != nil {
			t.Fatal(err)
		}
		out, in = map[des.Duration]int{}, map[des.Duration]int{}
		for i := range r.Decisions {
			d := &r.Decisions[i]
			second := des.Duration(int64(d.At) % int64(des.Minute))
			if d.Result > d.Desired {
				out[second]++
			} else if d.Result < d.Desired {
				in[second]++
			}
		}
		return out, in
	}
	seen := map[des.Duration]bool{}
	for seed := range uint64(4) {
		out, in := seconds(seed+1, true)
		if len(out) != 1 || len(in) != 1 {
			t.Fatalf("seed %d: scale-outs at seconds %v, scale-ins at %v, want one second each", seed+1, out, in)
		}
		for s := range out {
			seen[s] = true
		}
		for s := range in {
			seen[s] = true
		}
	}
	if len(seen) < 5 {
		t.Errorf("eight alarms act at %d different seconds", len(seen))
	}
	out, in := seconds(1, false)
	if out[7*des.Second] == 0 || in[7*des.Second] == 0 || len(out) != 1 || len(in) != 1 {
		t.Errorf("fixed at second 7: %v, %v", out, in)
	}
}

// waves is an eighth of a load of 100/s that is 500/s in every other hour, as timeline
// has it.
type waves struct{}

func (waves) Integral(from, to des.Time) float64 {
	total := 0.0
	for at := from; at < to; {
		hour := int64(at) / int64(des.Hour)
		end := min(to, des.Time((hour+1)*int64(des.Hour)))
		rate := 100.0 / 8
		if hour%2 == 1 {
			rate = 500.0 / 8
		}
		total += rate * end.Sub(at).Seconds()
		at = end
	}
	return total
}

func (waves) Stretch(t des.Time) (from, to des.Time) {
	from = t - t%des.Time(des.Hour)
	return from, from.Add(des.Hour)
}

func (waves) Flat() bool { return true }
