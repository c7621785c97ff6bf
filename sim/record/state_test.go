package record

import (
	"strings"
	"testing"
)

// Every state of an instance's life: whether it is in service, may have requests, and is in
// the warm pool; those of the pool have AWS's names for them.
func TestStates(t *testing.T) {
	all := map[State]struct{ inService, serves, pooled bool }{
		Pending: {}, Booting: {inService: true}, Warming: {inService: true, serves: true}, Ready: {inService: true, serves: true}, Unhealthy: {inService: true, serves: true},
		Standby: {}, Draining: {serves: true}, Terminating: {}, Gone: {},
		WarmedPending: {pooled: true}, WarmedStopped: {pooled: true}, WarmedRunning: {pooled: true}, WarmedHibernated: {pooled: true}, WarmedTerminating: {pooled: true},
	}
	if len(all) != len(stateNames) {
		t.Fatalf("%d states and %d names", len(all), len(stateNames))
	}
	seen := map[string]bool{}
	for s, want := range all {
		if s.InService() != want.inService || s.Serves() != want.serves || s.Pooled() != want.pooled {
			t.Errorf("%v: in service %v, serves %v, in the pool %v, want %+v", s, s.InService(), s.Serves(), s.Pooled(), want)
		}
		if seen[s.String()] || strings.HasPrefix(s.String(), "warmed:") != want.pooled {
			t.Errorf("%d is named %q", s, s)
		}
		seen[s.String()] = true
	}
}
