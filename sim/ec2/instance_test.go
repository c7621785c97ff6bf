package ec2

import (
	"testing"

	"asgsim/sim/des"
)

// TV-56: per second, at least 60 s from each entry into running.
func TestBilledTime(t *testing.T) {
	sec := func(s int) des.Time { return des.Time(s) * des.Time(des.Second) }
	billed := func(i *Run, now des.Time) int {
		from, to, ok := i.Billed(now)
		if !ok {
			return 0
		}
		return int(to.Sub(from) / des.Second)
	}
	for _, row := range []struct {
		name             string
		running, stopped des.Time
		now              des.Time
		want             int
	}{
		{"20 s running are 60 s billed", sec(100), sec(120), sec(1000), 60},
		{"61 s are 61 s", sec(100), sec(161), sec(1000), 61},
		{"an hour is an hour", sec(100), sec(3700), sec(9999), 3600},
		{"still running: to now", sec(100), des.Never, sec(130), 30},
		{"it never ran", des.Never, des.Never, sec(1000), 0},
	} {
		if got := billed(&Run{RunningAt: row.running, StoppedAt: row.stopped}, row.now); got != row.want {
			t.Errorf("%s: %d, want %d", row.name, got, row.want)
		}
	}
	// Twice 10 s, as two entries into running, are 120 s.
	twice := billed(&Run{RunningAt: sec(0), StoppedAt: sec(10)}, sec(1000)) + billed(&Run{RunningAt: sec(50), StoppedAt: sec(60)}, sec(1000))
	if twice != 120 {
		t.Errorf("twice 10 s: %d, want 120", twice)
	}
}

func TestPriceList(t *testing.T) {
	types := Types()
	if len(types) != 139 {
		t.Errorf("%d types, want 139", len(types))
	}
	seen := map[string]bool{}
	for _, x := range types {
		if seen[x.Name] || x.VCPU < 1 || x.MemoryGiB <= 0 || x.Price <= 0 {
			t.Errorf("%+v", x)
		}
		seen[x.Name] = true
	}
	if m5, ok := Lookup("m5.large"); !ok || m5.VCPU != 2 || m5.Price.Float() != 0.096 || m5.Burstable {
		t.Errorf("m5.large: %+v", m5)
	}
	if t3, _ := Lookup("t3.nano"); !t3.Burstable {
		t.Errorf("t3.nano: %+v", t3)
	}
	if _, ok := Lookup("m5.lagre"); ok {
		t.Error("an unknown type was found")
	}
}
