package cloudwatch

import (
	"math"
	"testing"

	"asgsim/sim/des"
)

func minute(k int) des.Time { return des.Time(k) * des.Time(des.Minute) }

// A datapoint is an average over samples: two periods of different size average by
// their samples, (10 * 1 + 40 * 3) / 4 = 32.5.
func TestAtWeighsBySamples(t *testing.T) {
	s := &Series{Period: des.Minute, Delay: des.Minute}
	s.Put(minute(0), 10, 1)
	s.Put(minute(1), 40, 3)
	if got, ok := s.At(minute(10), minute(0), minute(2)); !ok || got != 32.5 {
		t.Errorf("%v, %v; want 32.5", got, ok)
	}
	if got, ok := s.At(minute(10), minute(1), minute(2)); !ok || got != 40 {
		t.Errorf("[1, 2): %v, %v; want 40", got, ok)
	}
	if _, ok := s.At(minute(10), minute(2), minute(3)); ok {
		t.Error("nothing is stamped with minute 2")
	}
	// Minute 1 ends at 2 and is published at 3.
	if _, ok := s.At(minute(3)-1, minute(1), minute(2)); ok {
		t.Error("seen before it was published")
	}
	if _, ok := s.At(minute(3), minute(1), minute(2)); !ok {
		t.Error("published and not seen")
	}
}

// A period without samples has no datapoint, and nor has one without a value.
func TestNoSamplesNoDatapoint(t *testing.T) {
	s := &Series{Period: des.Minute}
	s.Put(minute(0), 5, 0)
	s.Put(minute(1), math.NaN(), 3)
	if len(s.Points()) != 0 {
		t.Errorf("%+v", s.Points())
	}
	if _, ok := s.Latest(minute(9)); ok {
		t.Error("there is no newest one")
	}
	if got := s.Recent(minute(9), des.Hour, des.Hour); got != nil {
		t.Errorf("%v", got)
	}
}

// A five-minute point is stamped with its last minute, keeps what it describes
// and is told to who listens.
func TestPointsOfFiveMinutes(t *testing.T) {
	var heard []Point
	s := &Series{Period: 5 * des.Minute, Delay: 2 * des.Minute, Each: func(p Point) { heard = append(heard, p) }}
	s.PutFor(minute(10), 7, 2, 6)
	want := Point{Start: minute(14), Known: minute(17), Value: 7, Samples: 2, Capacity: 6, End: minute(15)}
	if len(heard) != 1 || heard[0] != want || s.Points()[0] != want {
		t.Errorf("%+v, want %+v", heard, want)
	}
	if p, ok := s.Latest(minute(16)); ok {
		t.Errorf("%+v is published at 17", p)
	}
	if p, ok := s.Latest(minute(17)); !ok || p != want {
		t.Errorf("%+v", p)
	}
}

// Recent looks back from the newest point that is published, and not at all if that is
// too old.
func TestRecent(t *testing.T) {
	s := &Series{Period: des.Minute, Delay: des.Minute}
	for k := range 10 {
		s.Put(minute(k), float64(k), 1)
	}
	// At 8 the newest known is that of minute 6, which ended at 7.
	if got := s.Recent(minute(8), 3*des.Minute, des.Minute); len(got) != 3 || got[0] != 4 || got[2] != 6 {
		t.Errorf("%v, want 4, 5, 6", got)
	}
	if got := s.Recent(minute(30), 3*des.Minute, 5*des.Minute); got != nil {
		t.Errorf("the newest ended 20 minutes ago: %v", got)
	}
}

// A series forgets what no alarm can look at any more, but not if it is to keep all.
func TestSeriesForgets(t *testing.T) {
	for _, all := range []bool{false, true} {
		s := &Series{Period: des.Minute, All: all}
		const days = 6
		for k := range days * 1440 {
			s.Put(minute(k), 1, 1)
			if oldest := s.Points()[0].Start; oldest > max(0, minute(k-2*1440)) {
				t.Fatalf("at %v it begins at %v: less than two days are kept", minute(k), oldest)
			}
		}
		oldest := s.Points()[0].Start
		if all != (oldest == 0) {
			t.Errorf("all %v: begins at %v", all, oldest)
		}
		// It remembers two days, and forgets by halves: it holds at most twice as much.
		if !all && oldest < minute(days*1440-2*2*1440-1) {
			t.Errorf("begins at %v, more than twice two days ago", oldest)
		}
	}
}
