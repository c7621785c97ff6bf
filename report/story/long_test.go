package story

import (
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/record"
)

// A run whose rows are longer than a minute says so; others have nothing to say.
func TestLongRunsSaySo(t *testing.T) {
	for each, want := range map[des.Duration]bool{des.Minute: false, 5 * des.Minute: true} {
		r := result()
		r.Rows = []record.Row{{At: 0}, {At: des.Time(0).Add(each)}}
		said := strings.Contains(strings.Join(Tell(r).Warnings, "\n"), "rows of timeline.csv and metrics.csv are 5 min long")
		if said != want {
			t.Errorf("rows of %v: %v", each, Tell(r).Warnings)
		}
	}
}
