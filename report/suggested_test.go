package report

import (
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// commands are what is suggested after a run, without the part that all have.
func commands(res *account.Result, in Inputs) string {
	var out []string
	for _, s := range suggest(res, in, nil) {
		out = append(out, strings.TrimPrefix(s.Command, "asgsim run web.toml "))
	}
	return strings.Join(out, " | ")
}

// What is worth trying follows from the run: the ceiling that hurt, or half of one that
// did not; the other health check after a hang; ten points more of a target that was met,
// ten less of one that was missed at full CPU; half a fixed fleet. Two at most, the file's
// own alternative first.
func TestSuggestionsFollowFromTheRun(t *testing.T) {
	in := Inputs{Scenario: "web.toml"}
	run := func(edit func(*account.Result)) string {
		res := sample()
		res.Config.Policies, res.Summary.Faults.Injected, res.Summary.Capacity.MinutesAtMax = nil, nil, 0
		res.Summary.Capacity.Desired.Max, res.Summary.SLO.Met = 1, true
		edit(res)
		return commands(res, in)
	}
	cpu := func(target float64) []scaling.Policy {
		return []scaling.Policy{&scaling.TargetTracking{Name: "cpu", Target: target}}
	}
	ceiling := func(size, need int, met bool) func(*account.Result) {
		return func(r *account.Result) {
			r.Summary.Capacity.MinutesAtMax, r.Summary.Capacity.MinSize, r.Summary.Capacity.MaxSize, r.Summary.SLO.Met = 5, 2, size, met
			r.Summary.Needed.SLOMax = &need
		}
	}
	for name, row := range map[string]struct {
		edit func(*account.Result)
		want string
	}{
		"nothing": {func(*account.Result) {}, ""},
		"a ceiling that hurt": {func(r *account.Result) {
			ceiling(5, 9, false)(r)
			r.Config.Policies = cpu(29)
		}, "--set auto_scaling_group.max_size=9"},
		"a fixed fleet that is too small": {ceiling(5, 9, false), "--set auto_scaling_group.min_size=9 --set auto_scaling_group.max_size=9"},
		"a ceiling that is enough":        {ceiling(5, 5, false), ""},
		"half a ceiling":                  {ceiling(9, 9, true), "--set auto_scaling_group.max_size=4"},
		"half of six":                     {ceiling(6, 9, true), "--set auto_scaling_group.max_size=3"},
		"half is the minimum":             {ceiling(4, 9, true), ""},
		"a hang, balancer's checks": {func(r *account.Result) {
			r.Summary.Faults.Injected = map[string]int{"hang": 1}
		}, "--set auto_scaling_group.health_check_type=EC2"},
		"a hang, EC2's checks": {func(r *account.Result) {
			r.Summary.Faults.Injected, r.Config.Group.HealthCheckELB = map[string]int{"hang": 1}, false
		}, "--set auto_scaling_group.health_check_type=ELB"},
		"a target that was met": {func(r *account.Result) { r.Config.Policies = cpu(80) }, "--set policy.cpu.target_tracking.target_value=90"},
		"ten more are too many": {func(r *account.Result) { r.Config.Policies = cpu(81) }, ""},
		"missed, CPU at the target": {func(r *account.Result) {
			r.Config.Policies, r.Summary.SLO.Met, r.Rows[60].CPU = cpu(30), false, 0.3
		}, "--set policy.cpu.target_tracking.target_value=20"},
		"missed, CPU below it": {func(r *account.Result) {
			r.Config.Policies, r.Summary.SLO.Met, r.Rows[60].CPU = cpu(30), false, 0.29
		}, ""},
		"ten less are too few":      {func(r *account.Result) { r.Config.Policies, r.Summary.SLO.Met = cpu(29), false }, ""},
		"half a fixed fleet":        {func(r *account.Result) { r.Summary.Capacity.Desired.Max = 7 }, "--set auto_scaling_group.min_size=3 --set auto_scaling_group.max_size=3"},
		"a fixed fleet that missed": {func(r *account.Result) { r.Summary.Capacity.Desired.Max, r.Summary.SLO.Met = 7, false }, ""},
	} {
		if got := run(row.edit); got != row.want {
			t.Errorf("%s: %q, want %q", name, got, row.want)
		}
	}
	in.Others = []string{"night", "day"}
	many := run(func(r *account.Result) {
		ceiling(9, 9, true)(r)
		r.Config.Policies = cpu(50)
	})
	if many != "--variant night | --set auto_scaling_group.max_size=4" {
		t.Errorf("two at most: %q", many)
	}
	in.Variant = "day"
	if got := run(func(r *account.Result) { r.Config.Policies = cpu(50) }); got != "--variant day --set policy.cpu.target_tracking.target_value=60" {
		t.Errorf("of a variant: %q", got)
	}
}

// Who served a scale-out, where there is a warm pool: launches that name the change, from
// the pool or cold.
func TestWhoServedAScaleOut(t *testing.T) {
	res := sample()
	x := &explainer{res: res, cal: &res.Config.Calendar}
	d := &record.Decision{At: 1800e9, Desired: 3, Result: 5}
	if got := x.served(d); got != "" {
		t.Errorf("without a pool: %q", got)
	}
	res.Config.Group.WarmPool = &asg.WarmPool{}
	cause := "At " + x.cal.RFC3339(d.At) + " a monitor alarm changing the desired capacity from 3 to 5."
	for _, row := range []struct {
		warm, cold int
		want       string
	}{
		{0, 0, " Nothing was launched for it."}, {1, 0, " The instance came from the warm pool."}, {2, 0, " The warm pool served all 2."},
		{0, 1, " The warm pool had nothing ready: 1 instance launched cold."}, {0, 2, " The warm pool had nothing ready: 2 instances launched cold."}, {1, 2, " The warm pool served 1, 2 instances launched cold."}, {1, 1, " The warm pool served 1, 1 instance launched cold."},
	} {
		// Refused, of another change, and terminations are none.
		res.Activities = []asg.Activity{{Launch: true, Instance: -1, Cause: cause}, {Launch: true, Cause: "At another time, changing the desired capacity"}, {Instance: 1, Cause: cause}}
		for range row.warm {
			res.Activities = append(res.Activities, asg.Activity{Launch: true, Instance: 4, Pool: asg.FromPool, Cause: cause})
		}
		for range row.cold {
			res.Activities = append(res.Activities, asg.Activity{Launch: true, Instance: 5, Cause: cause})
		}
		if got := x.served(d); got != row.want {
			t.Errorf("%d warm, %d cold: %q, want %q", row.warm, row.cold, got, row.want)
		}
	}
	if d.Result = 3; x.served(d) != "" {
		t.Error("nothing was asked for")
	}
}

// Amounts of a mixed group stand below each other, their last digits aligned.
func TestAmountsAreAligned(t *testing.T) {
	s := sampleSummary()
	s.Cost.Types = []account.TypeCost{{Type: "m5.large", Option: "on-demand", Launches: 3, InstanceHours: 7.5, PriceHour: 0.096, USD: 0.72}, {Type: "m5.4xlarge", Option: "spot", Launches: 12, InstanceHours: 123.4, PriceHour: 0.3, USD: 37.02}}
	var out lines
	out.types(&s)
	var ends [][]int
	for _, line := range out.out[2:] {
		var e []int
		for i, r := range []rune(line + " ") {
			if r == ' ' && i > 0 && []rune(line)[i-1] != ' ' {
				e = append(e, i)
			}
		}
		ends = append(ends, e)
	}
	if len(ends) != 3 {
		t.Fatalf("%q", out.out)
	}
	for _, column := range []int{1, 2, 3, 4} { // from the right: amount, price, hours, launches
		a, b := ends[1], ends[2]
		if a[len(a)-column] != b[len(b)-column] {
			t.Errorf("column %d from the right is not aligned:\n%s", column, strings.Join(out.out, "\n"))
		}
	}
}
