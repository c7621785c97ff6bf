package scenarios

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
)

// An update sets one of the sizes or several; where it sets two they are in order
// ("UpdateAutoScalingGroup", EC2 Auto Scaling API reference).
func TestSizesOfAnUpdate(t *testing.T) {
	event := func(sizes string) string { return base + "[event.u.update]\nat = \"1h\"\n" + sizes + "\n" }
	for sizes, want := range map[string][3]int{
		"min_size = 2":                   {2, asg.Keep, asg.Keep},
		"max_size = 3":                   {asg.Keep, 3, asg.Keep},
		"min_size = 2\nmax_size = 3":     {2, 3, asg.Keep},
		"min_size = 3\nmax_size = 3":     {3, 3, asg.Keep},
		"desired_capacity = 2":           {asg.Keep, asg.Keep, 2},
		"min_size=2\ndesired_capacity=2": {2, asg.Keep, 2},
		"max_size=2\ndesired_capacity=2": {asg.Keep, 2, 2},
	} {
		if s := load(t, event(sizes)).Configs[0].World.Events[0].Sizes; s.Min != want[0] || s.Max != want[1] || s.Desired != want[2] {
			t.Errorf("%q: %+v, want %v", sizes, s, want)
		}
	}
	for sizes, want := range map[string]string{
		"":                               "changes nothing",
		"min_size = 3\nmax_size = 2":     "min_size: is above max_size: 3 > 2",
		"max_size=2\ndesired_capacity=3": "desired_capacity: must be between min_size and max_size of the update: 3",
		"min_size=2\ndesired_capacity=1": "desired_capacity: must be between min_size and max_size of the update: 1",
	} {
		if got := strings.Join(strings.Fields(loadError(t, event(sizes))), " "); !strings.Contains(got, want) {
			t.Errorf("%q: %s\nwant %q", sizes, got, want)
		}
	}
}

// One half of instance.memory that is missing or wrong is one mistake: no workers are counted
// of what is not known.
func TestHalfOfAMemory(t *testing.T) {
	for memory, want := range map[string]string{
		`{ reserved = "1GiB" }`:                      "per_worker: is missing",
		`{ reserved = "1GiB", per_worker = "much" }`: "per_worker",
		`{ reserved = "much", per_worker = "1GiB" }`: "reserved",
	} {
		got := loadError(t, strings.Replace(base, "type = \"c7g.large\"", "type = \"c7g.large\"\nmemory = "+memory, 1))
		if !strings.Contains(got, want) || strings.Contains(got, "leaves no room") {
			t.Errorf("memory = %s: %s", memory, got)
		}
	}
}
