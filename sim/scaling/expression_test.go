package scaling

import (
	"errors"
	"strings"
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// seen is a sight with datapoints by metric name, oldest first.
func seen(points map[string][]float64) *Inputs {
	return &Inputs{Hour: 8, Minute: 30, Weekday: 3, Points: func(r MetricRef, stretch des.Duration) []float64 {
		all := points[r.Metric.String()+" "+r.Statistic.String()]
		return all[max(0, len(all)-int(stretch/r.Period)):]
	}}
}

func TestFormulas(t *testing.T) {
	points := map[string][]float64{
		"CPUUtilization Average": {40, 90, 60}, "RequestCount Sum": {60000, 72000}, "CPUUtilization p99": {99}, "RequestCountPerTarget Sum": {0},
	}
	for _, c := range []struct {
		text string
		want float64
		fail string // what the error says; empty: none
		with string // what the words hold
	}{
		{"desired", 4, "", "desired = 4"},
		{"ceil(requests_per_second / 200) + 1", 7, "", "requests_per_second = 1200"},
		{"cpu > 50 ? desired + 2 : desired", 6, "", "cpu = 60"},
		{"weekday >= 1 and weekday <= 5 and hour >= 8 ? max(desired, 10) : min_size", 10, "", "hour = 8"},
		{"max(datapoints('CPUUtilization', 'Average', '2m'))", 90, "", "2 of CPUUtilization Average from 60 to 90"},
		{"mean(datapoints('CPUUtilization', 'Average', '10m')) * 3", 190, "", "3 of"},
		{"metric('CPUUtilization', 'p99')", 99, "", "CPUUtilization p99 = 99"},
		{"known('TargetResponseTime', 'p99') ? metric('TargetResponseTime', 'p99') : 3", 3, "", ""},
		{"in_service + pending + max_size + minute", 2 + 1 + 20 + 30, "", "pending = 1"},
		{"response_time * 10", 0, "no datapoint is known of TargetResponseTime, which response_time is", ""},
		{"metric('HealthyHostCount', 'Average')", 0, "no datapoint is known of HealthyHostCount Average", ""},
		{"60 / requests_per_target", 0, "not a number but +Inf", "requests_per_target = 0"},
		{"requests_per_target / requests_per_target", 0, "not a number but NaN", ""},
		{"desired % (desired - 4)", 0, "at character 9", ""},
		{"[1, 2][desired]", 0, "out of range", ""},
	} {
		f, err := Compile(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		s := seen(points)
		s.Desired, s.InService, s.Pending, s.Min, s.Max = 4, 2, 1, 2, 20
		got, with, err := f.Evaluate(s)
		switch {
		case c.fail == "" && (err != nil || got != c.want):
			t.Errorf("%s: %v, %v, want %v", c.text, got, err, c.want)
		case c.fail != "" && (err == nil || !strings.Contains(err.Error(), c.fail)):
			t.Errorf("%s: %v, want %q", c.text, err, c.fail)
		case !strings.Contains(with, c.with):
			t.Errorf("%s: with %q, want %q", c.text, with, c.with)
		}
	}
}

// Which metrics a formula needs is known before the run.
func TestAFormulaNamesItsMetrics(t *testing.T) {
	f, err := Compile("max(cpu, metric('TargetResponseTime', 'p99', '5m'), max(datapoints('CPUUtilization', 'Average', '30m')))")
	if err != nil {
		t.Fatal(err)
	}
	want := []MetricRef{
		{cloudwatch.CPUUtilization, cloudwatch.Statistic{}, des.Minute},
		{cloudwatch.TargetResponseTime, cloudwatch.Statistic{Kind: cloudwatch.Percentile, P: 0.99}, 5 * des.Minute},
	}
	if len(f.Refs) != len(want) || f.Refs[0] != want[0] || f.Refs[1] != want[1] {
		t.Errorf("%v", f.Refs)
	}
}

func TestWrongFormulasSayWhere(t *testing.T) {
	for _, c := range []struct {
		text string
		at   int
		says string
	}{
		{"1 + cpus", 5, "unknown name"}, {"cpu > 1", 1, "must be a number, but is bool"}, {"1 +", 3, "ends too early"}, {"now()", 1, "unknown name"},
		{"1 + metric('CPU', 'Sum')", 12, "unknown metric"}, {"datapoints('CPUUtilization', 'Sum', '90s')", 37, "whole minutes"},
	} {
		_, err := Compile(c.text)
		var e *FormulaError
		if !errors.As(err, &e) || e.At != c.at || !strings.Contains(e.Text, c.says) {
			t.Errorf("%s: %v, want %q at %d", c.text, err, c.says, c.at)
		}
	}
}

func TestExpressionDecides(t *testing.T) {
	minute := func(k int) des.Time { return des.Time(k) * des.Time(des.Minute) }
	warm := func(n int) *Snapshot {
		s := &Snapshot{Desired: n, Min: 1, Max: 20, DefaultWarmup: Unset, DefaultCooldown: 300 * des.Second}
		for range n {
			s.InService = append(s.InService, minute(-60))
		}
		return s
	}
	young := warm(6)
	young.InService[5] = minute(9)
	acted := warm(4)
	acted.Acted, acted.LastAct = true, minute(8)
	for _, c := range []struct {
		name, text string
		s          *Snapshot
		p          Expression
		side       Side
		want       int
		block      Block
	}{
		{"out", "6.2", warm(4), Expression{Warmup: Unset}, Out, 7, NoBlock},
		{"a whole number stays whole", "0.1 + 0.2 + 5.7", warm(4), Expression{Warmup: Unset}, Out, 6, NoBlock},
		{"in", "desired - 1", warm(4), Expression{Warmup: Unset}, In, 3, NoBlock},
		{"no change", "warm", warm(4), Expression{Warmup: Unset}, Hold, 0, NoBlock},
		{"below zero is zero", "-5", warm(4), Expression{Warmup: Unset}, In, 0, NoBlock},
		{"out within its cooldown", "9", acted, Expression{OutCooldown: 3 * des.Minute}, Stay, 0, BlockCooldown},
		{"out after it", "9", acted, Expression{OutCooldown: 2 * des.Minute}, Out, 9, NoBlock},
		{"in within its cooldown", "1", acted, Expression{InCooldown: 3 * des.Minute}, Stay, 0, BlockCooldown},
		{"in while an instance warms up", "1", young, Expression{Warmup: 5 * des.Minute}, Stay, 0, BlockWarmup},
		{"warm ones only", "warm * 2", young, Expression{Warmup: 5 * des.Minute}, Out, 10, NoBlock},
		{"a formula that fails", "1 / (desired - 4)", warm(4), Expression{Warmup: Unset}, Stay, 0, BlockFormula},
		{"no data", "cpu", warm(4), Expression{Warmup: Unset}, Hold, 0, BlockData},
	} {
		c.p.Text, c.s.Seen = c.text, seen(nil)
		d, _ := c.p.Decide(minute(10), c.s, nil)
		if d.Side != c.side || d.Want != c.want || d.Block != c.block || (d.Failed != nil) != (c.block == BlockFormula) {
			t.Errorf("%s: %+v", c.name, d)
		}
	}
}

// Whose turn it is not may agree, and is not overruled.
func TestCombineWaitsForATurn(t *testing.T) {
	in, out := Decision{Side: In, Want: 5}, Decision{Side: Out, Want: 9}
	quiet := func(d Decision) Decision { d.Quiet = true; return d }
	for _, c := range []struct {
		name   string
		ds     []Decision
		want   int
		winner int
	}{
		{"nobody's turn", []Decision{quiet(in), quiet(in)}, 0, -1},
		{"the larger capacity, whoever's turn", []Decision{in, {Side: In, Want: 7, Quiet: true}}, 7, 1},
		{"out at its turn only", []Decision{quiet(out), {Side: Out, Want: 8}}, 8, 1},
		{"no way in while another wants out", []Decision{quiet(out), in}, 0, -1},
	} {
		if want, winner := Combine(c.ds); want != c.want || winner != c.winner {
			t.Errorf("%s: %d by %d", c.name, want, winner)
		}
	}
}
