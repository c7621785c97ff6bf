package behaviour

import (
	"strings"
	"testing"
)

// Of a series that somebody said is none, nobody is told that it is left out.
func TestWhatIsUnwantedIsNotMissed(t *testing.T) {
	const text = "time,cpu,depth\n0,20,80\n60,21,90\n"
	for told, noted := range map[string]bool{"": true, "none": false, "None": false} {
		names := map[string]string{}
		if told != "" {
			names["depth"] = told
		}
		_, r, err := read(t, "m.csv", text, names)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(strings.Join(r.Notes, "\n"), `"depth"`); got != noted {
			t.Errorf("%q: %q", told, r.Notes)
		}
	}
}

// The timeline of a run is a record as it stands: what was offered are the requests, what
// was routed to are the healthy hosts, and the hottest instance is no part of the mean.
func TestTimelineOfARunIsARecord(t *testing.T) {
	for name, want := range map[string]Metric{"offered": RequestCount, "routed": HealthyHostCount, "in_service": InServiceInstances, "desired": DesiredCapacity,
		"cpu_utilization": CPUUtilization, "cpu_hottest": None, "p99_s": TargetResponseTime, "requests routed": RequestCount} {
		if got := mean(name, "", "").metric; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
