package world

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// TV-30 through a run, for every metric that is divided among the instances: ten
// hold the target, half as much load again asks for fifteen.
func TestTV30OtherMetrics(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	average, sum := cloudwatch.Statistic{Kind: cloudwatch.Average}, cloudwatch.Statistic{Kind: cloudwatch.Sum}
	for _, x := range []struct {
		name   string
		metric scaling.Metric
		custom scaling.Custom
		target float64 // what 50 requests a second show
		says   string
	}{
		{"requests", scaling.ALBRequestCountPerTarget, scaling.Custom{}, 3000, "10 in the datapoint x 4500 / 3003 = 15"},
		{"received", scaling.ASGAverageNetworkIn, scaling.Custom{}, 3e6, "4.5 MB received by an instance was over 3 MB received by an instance: 10 in the datapoint x 4.5 / 3 = 15"},
		{"sent", scaling.ASGAverageNetworkOut, scaling.Custom{}, 60e3, "90 kB sent by an instance was over 60.1 kB"},
		{"own network", scaling.Customized, scaling.Custom{Metric: cloudwatch.NetworkIn, Statistic: average}, 3e6, "NetworkIn Average 4.5 MB was over NetworkIn Average 3 MB"},
		{"own requests", scaling.Customized, scaling.Custom{Metric: cloudwatch.RequestCountPerTarget, Statistic: sum}, 3000, "RequestCountPerTarget Sum 4500"},
	} {
		cfg := dense(500, 750, asg.Settled)
		cfg.Bill.RequestBytes, cfg.Bill.ResponseBytes = 1000, 20
		p := tracking(cfg, 0)
		p.Metric, p.Custom, p.Target = x.metric, x.custom, x.target*1.001 // chance must not breach
		r := run(t, cfg)
		got := changesOfDesired(r)
		if r.Capacity[0].Desired != 10 || len(got) == 0 || got[0].To != 15 || got[0].At > s(5*60) {
			t.Errorf("%s: began with %d, desired changed %v", x.name, r.Capacity[0].Desired, got)
		}
		if need := r.Rows[20].NeededTarget; need != 15 {
			t.Errorf("%s: %d needed for the target", x.name, need)
		}
		said := false
		for _, d := range r.Decisions {
			said = said || d.Want == 15 && strings.Contains(d.Why, x.says)
		}
		if !said {
			t.Errorf("%s: no decision says %q: %+v", x.name, x.says, r.Decisions[len(r.Decisions)-1])
		}
	}
}

// A metric that cannot be foretold begins without data and needs nothing known.
func TestTrackingAMetricThatCannotBeForetold(t *testing.T) {
	cfg := dense(320, 700, asg.Settled)
	cfg.Group.Min = 4
	tracking(cfg, 0).Metric, tracking(cfg, 0).Target = scaling.Customized, 85
	tracking(cfg, 0).Custom = scaling.Custom{Metric: cloudwatch.CPUUtilization, Statistic: cloudwatch.Statistic{Kind: cloudwatch.Maximum}}
	r := run(t, cfg)
	if r.Capacity[0].Desired != 4 || r.Rows[5].NeededTarget != -1 {
		t.Errorf("began with %d, needed %d", r.Capacity[0].Desired, r.Rows[5].NeededTarget)
	}
	if got := changesOfDesired(r); len(got) == 0 || got[0].To != 5 {
		t.Errorf("desired changed %v, want to 5: ceil(4 x 87.5 / 85)", got)
	}
}

// With basic monitoring a datapoint of the network holds five minutes.
func TestNetworkOfBasicMonitoring(t *testing.T) {
	cfg := dense(500, 500, asg.Settled)
	cfg.Template.Detailed = false
	cfg.Duration = 40 * des.Minute
	cfg.Bill.RequestBytes = 1000
	tracking(cfg, 0).Metric, tracking(cfg, 0).Target = scaling.ASGAverageNetworkIn, 15.1e6
	r := run(t, cfg)
	if got := changesOfDesired(r); r.Capacity[0].Desired != 10 || len(got) != 0 {
		t.Errorf("began with %d, desired changed %v", r.Capacity[0].Desired, got)
	}
}
