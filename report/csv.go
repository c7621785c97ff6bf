package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// columns are those of timeline.csv; units stand in the names, shares are 0 to 1,
// an empty cell is no value.
func columns() []column {
	count := func(name string, f func(*record.Row) int) column {
		return column{name, func(_ *account.Result, r *record.Row) string { return strconv.Itoa(f(r)) }}
	}
	total := func(name string, f func(*record.Row) uint64) column {
		return column{name, func(_ *account.Result, r *record.Row) string { return strconv.FormatUint(f(r), 10) }}
	}
	decimal := func(name string, digits int, f func(*record.Row) float64) column {
		return column{name, func(_ *account.Result, r *record.Row) string { return number(f(r), digits) }}
	}
	known := func(name string, f func(*record.Row) int) column {
		return column{name, func(_ *account.Result, r *record.Row) string {
			if n := f(r); n >= 0 {
				return strconv.Itoa(n)
			}
			return ""
		}}
	}
	return []column{
		{"time", func(res *account.Result, r *record.Row) string { t, _ := stamp(res, r.At); return t }},
		{"utc_offset", func(res *account.Result, r *record.Row) string { _, off := stamp(res, r.At); return off }},
		decimal("at_s", 0, func(r *record.Row) float64 { return r.At.Seconds() }),
		decimal("expected_per_s", 3, func(r *record.Row) float64 { return r.Expected }),
		total("offered", func(r *record.Row) uint64 { return r.Offered }),
		total("served", func(r *record.Row) uint64 { return r.Served }),
		total("slow", func(r *record.Row) uint64 { return r.Slow }),
		total("failed", func(r *record.Row) uint64 { return r.Fail }),
		total("attempts", func(r *record.Row) uint64 { return r.Sent }),
		total("retries", func(r *record.Row) uint64 { return r.Retries }),
		total("http_target_5xx", func(r *record.Row) uint64 { return record.HTTPOf(&r.Ended, 0).Target5XX }),
		total("http_elb_4xx", func(r *record.Row) uint64 { return record.HTTPOf(&r.Ended, 0).ELB4XX }),
		total("http_elb_502", func(r *record.Row) uint64 { return record.HTTPOf(&r.Ended, 0).ELB502 }),
		total("http_elb_503", func(r *record.Row) uint64 { return record.HTTPOf(&r.Ended, 0).ELB503 }),
		total("http_elb_504", func(r *record.Row) uint64 { return record.HTTPOf(&r.Ended, 0).ELB504 }),
		total("target_connection_errors", func(r *record.Row) uint64 { return r.Unconnected }),
		{"breached", func(_ *account.Result, r *record.Row) string { return strconv.FormatBool(r.Breached) }},
		decimal("p50_s", 6, func(r *record.Row) float64 { return r.P50 }),
		decimal("p90_s", 6, func(r *record.Row) float64 { return r.P90 }),
		decimal("p99_s", 6, func(r *record.Row) float64 { return r.P99 }),
		decimal("p99_9_s", 6, func(r *record.Row) float64 { return r.P999 }),
		count("pending", func(r *record.Row) int { return r.States.Pending }),
		count("booting", func(r *record.Row) int { return r.States.Booting }),
		count("unhealthy", func(r *record.Row) int { return r.States.Unhealthy }),
		count("warming", func(r *record.Row) int { return r.States.Warming }),
		count("ready", func(r *record.Row) int { return r.States.Ready }),
		count("draining", func(r *record.Row) int { return r.States.Draining }),
		count("terminating", func(r *record.Row) int { return r.States.Terminating }),
		count("standby", func(r *record.Row) int { return r.States.Standby }),
		count("warmed_pending", func(r *record.Row) int { return r.States.WarmedPending }),
		count("warmed_stopped", func(r *record.Row) int { return r.States.WarmedStopped }),
		count("warmed_running", func(r *record.Row) int { return r.States.WarmedRunning }),
		count("warmed_hibernated", func(r *record.Row) int { return r.States.WarmedHibernated }),
		count("warmed_terminating", func(r *record.Row) int { return r.States.WarmedTerminating }),
		count("in_service", func(r *record.Row) int { return r.States.InService() }),
		count("routed", func(r *record.Row) int { return r.Routed }),
		count("marked_unhealthy", func(r *record.Row) int { return r.Marked }),
		count("slow_start", func(r *record.Row) int { return r.SlowStart }),
		count("running", func(r *record.Row) int { return r.Running }),
		count("spot", func(r *record.Row) int { return r.Spot }),
		count("desired", func(r *record.Row) int { return r.Desired }),
		known("needed_slo", func(r *record.Row) int { return r.NeededSLO }),
		known("needed_target", func(r *record.Row) int { return r.NeededTarget }),
		known("forecast_capacity", func(r *record.Row) int { return r.ForecastCapacity }),
		decimal("cpu_utilization", 4, func(r *record.Row) float64 { return r.CPU }),
		decimal("cpu_hottest", 4, func(r *record.Row) float64 { return r.Hottest }),
		decimal("worker_utilization", 4, func(r *record.Row) float64 { return r.Workers }),
		decimal("ec2_usd_per_h", 6, func(r *record.Row) float64 { return r.CostPerHour }),
		decimal("spot_usd_per_h", 6, func(r *record.Row) float64 { return r.SpotPerHour }),
		decimal("ec2_usd_total", 6, func(r *record.Row) float64 { return r.Cost }),
		decimal("ec2_cash_usd_per_h", 6, func(r *record.Row) float64 { return r.CashPerHour }),
		decimal("load_balancer_usd_per_h", 6, func(r *record.Row) float64 { return r.BalancerPerHour }),
		decimal("monitoring_usd_per_h", 6, func(r *record.Row) float64 { return r.MonitoringPerHour }),
	}
}

// stamp is an instant as spreadsheets take it for one, on the local clocks, and the
// offset of those from UTC.
func stamp(res *account.Result, t des.Time) (clock, offset string) {
	s := res.Config.Calendar.RFC3339(t)
	clock, offset = strings.Replace(s[:19], "T", " ", 1), s[19:]
	if offset == "Z" {
		offset = "+00:00"
	}
	return clock, offset
}

// WriteTimeline writes the timeline as CSV: a header, then a row an interval.
func WriteTimeline(w io.Writer, res *account.Result) error {
	out := csv.NewWriter(w)
	cols := append(columns(), messageColumns()...)
	cells := make([]string, len(cols))
	for i, c := range cols {
		cells[i] = c.name
	}
	if err := out.Write(cells); err != nil {
		return err
	}
	for k := range res.Rows {
		for i, c := range cols {
			cells[i] = c.value(res, &res.Rows[k])
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
