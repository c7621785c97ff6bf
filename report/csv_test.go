package report

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// cells reads CSV as rows by column name.
func cells(t *testing.T, write func(*bytes.Buffer) error) []map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		out = append(out, m)
	}
	return out
}

// Every column shows its own field, in the unit of its name: a row in which no two
// values are alike, worked out by hand.
func TestTimelineColumns(t *testing.T) {
	res := sample()
	res.Rows = res.Rows[:1]
	res.Rows[0] = record.Row{At: des.Time(90 * des.Second), Expected: 12.5, Offered: 1001, Served: 1002, Slow: 1003, Fail: 1004, Sent: 1005, Retries: 1006, Unconnected: 1007, Ended: [serving.Reasons]uint64{1, 2, 4, 8, 16, 32, 64, 128}, Breached: true,
		P50: 0.051, P90: 0.091, P99: 0.991, P999: 0.999, States: record.States{Pending: 1, Booting: 2, Unhealthy: 3, Warming: 4, Ready: 5, Draining: 6, Terminating: 7, Standby: 8,
			WarmedPending: 9, WarmedStopped: 10, WarmedRunning: 11, WarmedHibernated: 12, WarmedTerminating: 13},
		Desired: 21, Running: 22, Spot: 23, SlowStart: 24, Routed: 25, Marked: 26, CPU: 0.31, Hottest: 0.32, Workers: 0.33, NeededSLO: 41, NeededTarget: 42, ForecastCapacity: 43,
		CostPerHour: 1.5, SpotPerHour: 1.25, Cost: 2.5, CashPerHour: 1.75, BalancerPerHour: 0.03, MonitoringPerHour: 0.04,
		Messages: &record.Messages{Visible: 61, NotVisible: 62, Oldest: 1500 * des.Millisecond, Received: 63, Deleted: 64, Outlasted: 1, Cut: 2, Errors: 4, Dead: 65}}
	got := cells(t, func(b *bytes.Buffer) error { return WriteTimeline(b, res) })[0]
	want := map[string]string{
		"time": "2026-03-02 12:01:30", "utc_offset": "+01:00", "at_s": "90", "expected_per_s": "12.5", "offered": "1001", "served": "1002", "slow": "1003", "failed": "1004", "attempts": "1005", "retries": "1006",
		// no_target 2, queue_full 4, refused 8, cut_off 16, timed_out 32, error 64, gateway_timeout 128
		"http_target_5xx": "68", "http_elb_4xx": "32", "http_elb_502": "24", "http_elb_503": "2", "http_elb_504": "128", "target_connection_errors": "1007", "breached": "true",
		"p50_s": "0.051", "p90_s": "0.091", "p99_s": "0.991", "p99_9_s": "0.999",
		"pending": "1", "booting": "2", "unhealthy": "3", "warming": "4", "ready": "5", "draining": "6", "terminating": "7", "standby": "8",
		"warmed_pending": "9", "warmed_stopped": "10", "warmed_running": "11", "warmed_hibernated": "12", "warmed_terminating": "13",
		"in_service": "14", // booting, unhealthy, warming and ready
		"slow_start": "24", "routed": "25", "marked_unhealthy": "26", "running": "22", "spot": "23", "desired": "21", "needed_slo": "41", "needed_target": "42", "forecast_capacity": "43",
		"cpu_utilization": "0.31", "cpu_hottest": "0.32", "worker_utilization": "0.33", // shares, not percent
		"ec2_usd_per_h": "1.5", "spot_usd_per_h": "1.25", "ec2_usd_total": "2.5", "ec2_cash_usd_per_h": "1.75", "load_balancer_usd_per_h": "0.03", "monitoring_usd_per_h": "0.04",
		"messages_visible": "61", "messages_not_visible": "62", "oldest_message_s": "1.5", "messages_received": "63", "messages_deleted": "64", "messages_redelivered": "7", "dead_letters": "65",
	}
	for name, v := range want {
		if got[name] != v {
			t.Errorf("%s = %q, want %q", name, got[name], v)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("column %s is not tested", name)
		}
	}
	res.Rows[0].CPU, res.Rows[0].NeededSLO, res.Rows[0].Messages = math.NaN(), -1, nil
	if got = cells(t, func(b *bytes.Buffer) error { return WriteTimeline(b, res) })[0]; got["cpu_utilization"] != "" || got["needed_slo"] != "" || got["messages_visible"] != "" || got["oldest_message_s"] != "" {
		t.Errorf("what has no value is an empty cell: %q, %q", got["cpu_utilization"], got["needed_slo"])
	}
}

// A row of metrics.csv is a datapoint: when it began, was published, what it showed.
func TestMetricsColumns(t *testing.T) {
	res := sample()
	res.Metrics = []record.Published{{Metric: cloudwatch.CPUUtilization, Statistic: cloudwatch.Statistic{Kind: cloudwatch.Maximum}, Period: 5 * des.Minute,
		Points: []cloudwatch.Point{{Start: des.Time(9 * des.Minute), Known: des.Time(12 * des.Minute), Value: 55.5, Samples: 3}}}} // stamped with its last minute: it began at minute 5
	got := cells(t, func(b *bytes.Buffer) error { return WriteMetrics(b, res) })[0]
	for name, v := range map[string]string{"metric": "CPUUtilization", "statistic": "Maximum", "period_s": "300", "time": "2026-03-02 12:05:00", "utc_offset": "+01:00", "at_s": "300",
		"published_s": "720", "value": "55.5", "samples": "3"} {
		if got[name] != v {
			t.Errorf("%s = %q, want %q", name, got[name], v)
		}
	}
}

// A row of instances.csv is a life; the same values stand in result.json.
func TestInstanceColumns(t *testing.T) {
	res := sample()
	s := func(n int) des.Time { return des.Time(n) * des.Time(des.Second) }
	res.Instances = []record.Instance{{ID: "i-1", Type: "c7g.large", Zone: "b", Spot: true, Launched: s(-10), Running: s(20), Registered: s(30), FirstGood: s(40), Routed: s(41), Marked: s(90),
		Ended: s(120), Struck: "frozen", Sent: 100, Served: 90, Failed: 8, CPUS: 12.5, CPU: 0.25, BilledS: 101, USD: 0.002,
		Changes: []record.StateChange{{At: s(80), State: record.Unhealthy}, {At: s(95), State: record.Draining}, {At: s(120), State: record.Terminating}, {At: s(150), State: record.Gone}}},
		{ID: "i-2", Type: "c7g.large", Zone: "a", Launched: s(5), Running: des.Never, Registered: des.Never, FirstGood: des.Never, Routed: des.Never, Marked: des.Never, Ended: des.Never}}
	rows := cells(t, func(b *bytes.Buffer) error { return WriteInstances(b, res) })
	want := map[string]string{"id": "i-1", "type": "c7g.large", "zone": "b", "purchase": "spot", "launched_s": "-10", "running_s": "20", "in_service_s": "30", "healthy_s": "40", "routed_s": "41",
		"unhealthy_s": "80", "draining_s": "95", "terminating_s": "120", "gone_s": "150", "why": "", "fault": "frozen", "requests": "100", "served": "90", "failed": "8",
		"cpu_s": "12.5", "cpu_utilization": "0.25", "billed_s": "101", "usd": "0.002"}
	for name, v := range want {
		if rows[0][name] != v {
			t.Errorf("%s = %q, want %q", name, rows[0][name], v)
		}
	}
	if len(rows[0]) != len(want) {
		t.Errorf("%d columns, %d tested", len(rows[0]), len(want))
	}
	for _, name := range []string{"running_s", "in_service_s", "healthy_s", "routed_s", "unhealthy_s", "draining_s", "terminating_s", "gone_s"} {
		if rows[1][name] != "" {
			t.Errorf("what never happened is an empty cell: %s = %q", name, rows[1][name])
		}
	}
	for i, x := range InstanceRows(res) {
		if x.ID != rows[i]["id"] || strconv.FormatUint(x.Requests, 10) != rows[i]["requests"] || x.Purchase != rows[i]["purchase"] {
			t.Errorf("JSON and CSV differ: %+v, %v", x, rows[i])
		}
	}
}
