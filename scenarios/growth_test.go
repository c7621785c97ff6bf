package scenarios

import (
	"strings"
	"testing"
)

// A growth is so much a period: what is wrong of it is said, and how it is written.
func TestGrowthsThatAreNone(t *testing.T) {
	const remedy = `write "2%/week"; per day, week, month or year`
	for growth, want := range map[string][]string{
		`2`:              {"must be a growth in quotes, not 2", remedy},
		`"2%"`:           {`is not a growth: "2%"`, remedy},
		`"x/week"`:       {`is not a growth: "x/week"`, remedy},
		`"2%/fortnight"`: {`is not a growth: "2%/fortnight"`, remedy},
		`"-100%/day"`:    {"must be above -100%"},
		`"1001%/day"`:    {"at most 1000% a period"},
	} {
		got := loadError(t, base+"[load.extra.constant]\nrate = \"1/s\"\ngrowth = "+growth+"\n")
		for _, w := range append(want, "growth: ") {
			if !strings.Contains(strings.Join(strings.Fields(got), " "), w) {
				t.Errorf("growth = %s: %s\nwant %q", growth, got, w)
			}
		}
	}
}
