package report

import (
	"strings"
	"testing"

	"asgsim/sim/account"
)

// An exact run says nothing of fidelity; a sampled one its share and its intervals, an
// interval whose ends look the same as one figure.
func TestFidelityInWords(t *testing.T) {
	s := &account.Summary{}
	if fidelity(s) != "" || Fidelity(s) != "" {
		t.Error("an exact run speaks of fidelity")
	}
	s.Fidelity = &account.Fidelity{SimulatedShare: 0.042, GoodShare: &[2]float64{0.9951, 0.9962}, P99: &[2]float64{0.2101, 0.2102}, BreachedMinutes: [2]float64{1.6, 4.4}}
	for _, text := range []string{fidelity(s), Fidelity(s)} {
		for _, want := range []string{"4.2 %", "good 99.51 % to 99.62 %", "p99 210 ms", "2 to 4 breached minutes"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q lacks %q", text, want)
			}
		}
	}
}
