package chart

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// Where every request failed there are no percentiles: those windows are marked, and
// only those.
func TestSilences(t *testing.T) {
	ws := []window{{at: 30, served: 5}, {at: 90, failed: 7}, {at: 150, failed: 2}, {at: 210}, {at: 270, failed: 3}, {at: 330, served: 1, failed: 9}}
	got := silences(ws)
	want := []span{{60, 180}, {240, 300}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(span{})); diff != "" {
		t.Error(diff)
	}
}

// A zone's name is cut to what tells it from the others of its region.
func TestShortZone(t *testing.T) {
	for name, want := range map[string]string{"a": "a", "eu-central-1a": "a", "us-gov-west-1b": "b", "us-west-2-lax-1a": "us-west-2-lax-1a", "rack-7": "rack-7"} {
		if got := shortZone(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// The instances that a zone's failure struck are marked, each at its instant.
func TestInstancesOfADeadZoneAreMarked(t *testing.T) {
	res := fixture(1, 2)
	a, b := &res.Instances[0], &res.Instances[1]
	at := des.Time(des.Hour)
	res.Faults = []record.Injection{{Name: "dark", Kind: "zone_outage", At: at, Ordinal: -1}}
	res.Summary.Incidents = []account.Incident{{Fault: "dark", Kind: "zone_outage", AtS: 3600, Instance: a.ID}, {Fault: "dark", Kind: "zone_outage", AtS: 3600, Instance: b.ID}}
	f := &figure{document(res), res}
	p := &panel{x: f.timeAxis()}
	for _, in := range []*record.Instance{a, b} {
		if got := f.injections(in, p); len(got) != 1 || got[0].Kind != "zone_outage" || got[0].At != at {
			t.Errorf("%s: %+v", in.ID, got)
		}
	}
	if got := f.injections(&res.Instances[2], p); len(got) != 0 {
		t.Errorf("another is marked: %+v", got)
	}
}
