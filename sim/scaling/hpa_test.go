package scaling

import (
	"strconv"
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/testdata"
)

// parts splits a cell: by semicolons where a part may be empty, else by spaces.
func parts(cell string) []string {
	if strings.Contains(cell, ";") {
		return strings.Split(cell, ";")
	}
	return strings.Fields(cell)
}

func integer(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// pods builds the pods of a row of the replica calculator.
func pods(t *testing.T, row []string) (out []Pod, ready int) {
	t.Helper()
	samples, requests := parts(row[3]), parts(row[4])
	past, phase := parts(row[6]), parts(row[7])
	for i, r := range parts(row[5]) {
		p := Pod{Ready: r == "1", Past: past[i] == "1", Pending: phase[i] == "pending", Ignored: phase[i] == "failed" || phase[i] == "deleting"}
		if i < len(samples) && samples[i] != "" {
			p.Usage, p.Known = int64(integer(t, samples[i])), true
		}
		if i < len(requests) {
			p.Request = int64(integer(t, requests[i]))
		}
		if p.Ready && !p.Pending && !p.Ignored {
			ready++
		}
		out = append(out, p)
	}
	return out, ready
}

func TestHPAReplicaCalculator(t *testing.T) {
	for _, row := range testdata.Rows(t, "k8s_hpa_replica_calculator.csv") {
		all, ready := pods(t, row)
		current, target := integer(t, row[2]), int64(integer(t, row[8]))
		var got int
		var metric int64
		var err error
		switch row[1] {
		case "utilisation_percent", "per_pod_average":
			h := HPATarget{Value: target, Utilization: row[1] == "utilisation_percent", Tolerance: 0.1}
			got, metric, err = h.Replicas(current, all)
		case "object_value", "external_value":
			metric = int64(integer(t, row[3]))
			got = ObjectReplicas(current, ready, metric, target, 0.1)
		case "object_value_per_pod", "external_value_per_pod":
			got, metric = PerPodReplicas(current, int64(integer(t, row[3])), target, 0.1)
		default:
			t.Fatalf("%s: kind %s", row[0], row[1])
		}
		if err != nil || got != integer(t, row[9]) || metric != int64(integer(t, row[10])) {
			t.Errorf("%s: %d replicas at %d, want %s at %s (%v)", row[0], got, metric, row[9], row[10], err)
		}
	}
}

// Without any replica an object's value asks for its ratio to the target, rounded up, ready
// pods or not (Kubernetes, replica_calculator.go, getUsageRatioReplicaCount, read 2026-11).
func TestObjectReplicasFromNothing(t *testing.T) {
	for value, want := range map[int64]int{0: 0, 1: 1, 10: 1, 25: 3, 30: 3} {
		if got := ObjectReplicas(0, 0, value, 10, 0.1); got != want {
			t.Errorf("%d of a target of 10: %d, want %d", value, got, want)
		}
	}
}

// rules builds the rate rules of a row: pods and period, percent and period.
func rules(t *testing.T, cells []string, otherwise Behavior) Behavior {
	t.Helper()
	var b Behavior
	for i := 0; i < len(cells); i += 2 {
		if cells[i] != "" {
			b.Rules = append(b.Rules, RateRule{Percent: i == 2, Value: integer(t, cells[i]), Period: des.Duration(integer(t, cells[i+1])) * des.Second})
		}
	}
	if b.Rules == nil {
		return otherwise
	}
	return b
}

// events reads "1 5 9 @120s": changes in the middle of the last 120 seconds.
func events(t *testing.T, cell string) (out []Change) {
	t.Helper()
	counts, period, _ := strings.Cut(cell, "@")
	for _, c := range strings.Fields(counts) {
		half := integer(t, strings.TrimSuffix(period, "s")) / 2
		out = append(out, Change{now.Add(-des.Duration(half) * des.Second), integer(t, c)})
	}
	return out
}

func TestHPARateRules(t *testing.T) {
	for _, row := range testdata.Rows(t, "k8s_hpa_rate_rules.csv") {
		p := Pace{Min: integer(t, row[3]), Max: integer(t, row[4]), Up: rules(t, row[5:9], DefaultUp()), Down: rules(t, row[9:13], DefaultDown()),
			Ups: events(t, row[13]), Downs: events(t, row[14])}
		got, why := p.Bound(now, integer(t, row[1]), integer(t, row[2]))
		if got != integer(t, row[15]) || why.String() != row[16] {
			t.Errorf("%s: %d, %v; want %s, %s", row[0], got, why, row[15], row[16])
		}
	}
}

func TestHPAStabilization(t *testing.T) {
	for _, row := range testdata.Rows(t, "k8s_hpa_stabilization.csv") {
		var past []Recommendation
		for _, r := range strings.Fields(row[2]) {
			n, ago, _ := strings.Cut(r, "@")
			past = append(past, Recommendation{now.Add(-des.Duration(integer(t, ago)) * des.Second), integer(t, n)})
		}
		got := Stabilize(now, 100, integer(t, row[3]), past, 0, des.Duration(integer(t, row[1]))*des.Second)
		if got != integer(t, row[4]) {
			t.Errorf("%s: %d, want %s", row[0], got, row[4])
		}
	}
}

// TV-65 and TV-67: the ratio, and the tolerance around it.
func TestTV65And67Ratio(t *testing.T) {
	for _, x := range []struct {
		n             int
		usage, target int64
		want          int
	}{{3, 200, 100, 6}, {4, 50, 100, 2}, {10, 54, 50, 10}, {10, 56, 50, 12}} {
		all := make([]Pod, x.n)
		for i := range all {
			all[i] = Pod{Usage: x.usage, Known: true, Ready: true, Past: true}
		}
		got, _, err := HPATarget{Value: x.target, Tolerance: 0.1}.Replicas(x.n, all)
		if err != nil || got != x.want {
			t.Errorf("%d pods of %d at %d: %d, want %d (%v)", x.n, x.usage, x.target, got, x.want, err)
		}
	}
	if _, _, err := (HPATarget{Value: 1}).Replicas(1, []Pod{{Pending: true}}); err == nil {
		t.Error("without a sample nothing is known")
	}
}

// TV-66: from 80 to 10, by the greater of 4 pods and 10 % a minute.
func TestTV66RateDown(t *testing.T) {
	p := Pace{Min: 1, Max: 100, Down: Behavior{Rules: []RateRule{{Value: 4, Period: des.Minute}, {Percent: true, Value: 10, Period: des.Minute}}}}
	at, n := now, 80
	var seen []int
	for n > 10 && len(seen) < 30 {
		got, _ := p.Bound(at, n, 10)
		p.Downs = append(p.Downs, Change{at, n - got})
		n, at = got, at.Add(des.Minute)
		seen = append(seen, n)
	}
	want := []int{72, 64, 57, 51, 45, 40, 36, 32, 28, 24, 20, 16, 12, 10}
	if len(seen) != len(want) {
		t.Fatalf("%v, want %v", seen, want)
	}
	for i := range want {
		if seen[i] != want[i] {
			t.Fatalf("%v, want %v", seen, want)
		}
	}
	p.Down.Select = SelectMin
	if got, why := p.Bound(at.Add(des.Hour), 80, 10); got != 76 || why != DownRate {
		t.Errorf("the least of both: %d, %v", got, why)
	}
	p.Down.Select, p.Up = SelectDisabled, DefaultUp()
	if got, _ := p.Bound(at.Add(des.Hour), 80, 10); got != 80 {
		t.Errorf("disabled: %d", got)
	}
	if got, _ := p.Bound(at.Add(des.Hour), 10, 90); got != 20 {
		t.Errorf("up: %d", got)
	}
}

// The tolerance holds downwards too ("Horizontal Pod Autoscaling", kubernetes.io: no
// action while the ratio is within 0.1 of 1): 46 % of 50 % is a ratio of 0.92 and 20
// pods stay, though ceil(20 x 0.92) = 19; 44 % is 0.88, and 18 do.
func TestHPAToleranceDownwards(t *testing.T) {
	for _, x := range []struct {
		usage int64
		want  int
	}{{46, 20}, {44, 18}, {54, 20}, {56, 23}} {
		var all []Pod
		for range 20 {
			all = append(all, Pod{Usage: 10 * x.usage, Request: 1000, Known: true, Ready: true, Past: true})
		}
		h := HPATarget{Value: 50, Utilization: true, Tolerance: 0.1}
		if got, _, err := h.Replicas(20, all); err != nil || got != x.want {
			t.Errorf("20 pods at %d %% of a target of 50 %%: %d (%v), want %d", x.usage, got, err, x.want)
		}
	}
}
