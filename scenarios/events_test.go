package scenarios

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
)

// What people do by hand, with AWS's names for it.
func TestEventsByHand(t *testing.T) {
	w := loadLifecycle(t, `
[event.a.set_desired_capacity]
at = "1h"
desired_capacity = 3
honor_cooldown = true
[event.b.update]
at = "1h"
max_size = 6
desired_capacity = 5
[event.c.terminate_instance]
at = "1h"
instance = "i-000a5651000000001"
should_decrement_desired_capacity = false
[event.d.standby]
at = "1h"
zone = "b"
count = 2
[event.e.rebalance_recommendation]
at = "1h"
[event.f.set_protection]
at = "1h"
zone = "c"
`)
	e := w.Events
	if e[0].Kind != asg.EventSetDesired || e[0].Sizes.Desired != 3 || !e[0].Honour {
		t.Errorf("%+v", e[0])
	}
	if e[1].Kind != asg.EventUpdate || e[1].Sizes != (asg.Sizes{Min: asg.Keep, Max: 6, Desired: 5}) {
		t.Errorf("%+v", e[1])
	}
	if e[2].Kind != asg.EventTerminate || e[2].Instance != "i-000a5651000000001" || e[2].Decrement || e[2].Count != 1 {
		t.Errorf("%+v", e[2])
	}
	if e[3].Kind != asg.EventStandby || e[3].Zone != "b" || e[3].Count != 2 || !e[3].Decrement {
		t.Errorf("%+v", e[3])
	}
	if e[4].Kind != asg.EventRecommend || e[4].Count != asg.All || e[5].Zone != "c" || e[5].Count != asg.All {
		t.Errorf("%+v, %+v", e[4], e[5])
	}
	got := loadError(t, base+`
[event.a.set_desired_capacity]
at = "1h"
[event.b.update]
at = "1h"
[event.c.update]
at = "1h"
min_size = 4
max_size = 3
[event.d.update]
at = "1h"
max_size = 3
desired_capacity = 4
[event.e.terminate_instance]
at = "1h"
instance = "oldest"
[event.f.detach]
at = "1h"
instance = "i-000a5651000000001"
count = 2
[event.g.standby]
at = "1h"
zone = "x"
`)
	for _, want := range []string{
		"event.a.set_desired_capacity.desired_capacity: is missing",
		"event.b.update: changes nothing; write min_size, max_size or desired_capacity",
		"event.c.update.min_size: is above max_size: 4 > 3",
		"event.d.update.desired_capacity: must be between min_size and max_size of the update: 4",
		`event.e.terminate_instance.instance: is no instance id: "oldest"; instances.csv`,
		"event.f.detach.instance: names the one instance: count and zone have no meaning beside it",
		`event.g.standby.zone: is no zone of the group: "x"; availability_zones are a, b, c`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("not said: %s\n%s", want, got)
		}
	}
	s := load(t, base+"[event.a.set_desired_capacity]\nat = \"1h\"\ndesired_capacity = 9\n[event.b.rebalance_recommendation]\nat = \"1h\"\n")
	if w := s.Warnings; len(w) != 2 || !strings.Contains(w.Error(), "above the group's max_size, 9 > 4: AWS refuses it") || !strings.Contains(w.Error(), "the group has no Spot Instances") {
		t.Errorf("warnings: %v", w)
	}
}
