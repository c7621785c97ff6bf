package report

import (
	"encoding/csv"
	"io"
	"strconv"

	"asgsim/report/clean"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// InstanceRow is the life of one instance, for programs. Times are seconds since the
// start of the run, null for what never happened; those the run began with were
// launched before 0.
type InstanceRow struct {
	ID           string   `json:"id"`
	Type         string   `json:"type"`
	Zone         string   `json:"zone"`
	Purchase     string   `json:"purchase"` // "on-demand" or "spot"
	LaunchedS    *float64 `json:"launched_s"`
	RunningS     *float64 `json:"running_s"`    // EC2 begins to charge
	InServiceS   *float64 `json:"in_service_s"` // first, for the group
	HealthyS     *float64 `json:"healthy_s"`    // first good health check
	RoutedS      *float64 `json:"routed_s"`     // the balancer first sends it requests
	UnhealthyS   *float64 `json:"unhealthy_s"`  // first found unhealthy, by the balancer after it was healthy, or marked by the group
	DrainingS    *float64 `json:"draining_s"`
	TerminatingS *float64 `json:"terminating_s"` // EC2 ceases to charge
	GoneS        *float64 `json:"gone_s"`        // terminated, or detached
	Why          string   `json:"why"`           // it left the group; empty: it did not
	Fault        string   `json:"fault"`         // that struck it; empty: none
	Requests     uint64   `json:"requests"`      // attempts sent to it
	Served       uint64   `json:"served"`        // of those, answered well
	Failed       uint64   `json:"failed"`        // of those, ended otherwise
	CPUS         float64  `json:"cpu_s"`         // vCPU-seconds busy
	CPU          float64  `json:"cpu_utilization"`
	BilledS      int64    `json:"billed_s"` // in the window
	USD          float64  `json:"usd"`      // EC2, in the window, before commitments
}

// InstanceRows returns every instance of a run by order of launch.
func InstanceRows(res *account.Result) []InstanceRow {
	out := make([]InstanceRow, 0, len(res.Instances))
	for i := range res.Instances {
		x := &res.Instances[i]
		row := InstanceRow{ID: x.ID, Type: x.Type, Zone: x.Zone, Purchase: "on-demand", LaunchedS: at(x.Launched), RunningS: at(x.Running), InServiceS: at(x.Registered),
			HealthyS: at(x.FirstGood), RoutedS: at(x.Routed), TerminatingS: at(x.Ended), Fault: x.Struck, Requests: x.Sent, Served: x.Served, Failed: x.Failed,
			CPUS: x.CPUS, CPU: x.CPU, BilledS: x.BilledS, USD: x.USD}
		if x.Spot {
			row.Purchase = "spot"
		}
		unhealthy := x.Marked
		for _, c := range x.Changes {
			switch c.State {
			case record.Unhealthy:
				unhealthy = min(unhealthy, c.At)
			case record.Draining:
				row.DrainingS = first(row.DrainingS, c.At)
			case record.Gone:
				row.GoneS = first(row.GoneS, c.At)
			}
		}
		row.UnhealthyS = at(unhealthy)
		if row.GoneS != nil || row.DrainingS != nil || row.TerminatingS != nil {
			row.Why = x.End.String()
		}
		out = append(out, row)
	}
	return out
}

// at is an instant in seconds, nil for never.
func at(t des.Time) *float64 {
	if t == des.Never {
		return nil
	}
	v := t.Seconds()
	return &v
}

func first(known *float64, t des.Time) *float64 {
	if known != nil {
		return known
	}
	return at(t)
}

// instanceColumns are those of instances.csv, in the order of [InstanceRow].
var instanceColumns = [...]string{"id", "type", "zone", "purchase", "launched_s", "running_s", "in_service_s", "healthy_s", "routed_s", "unhealthy_s", "draining_s",
	"terminating_s", "gone_s", "why", "fault", "requests", "served", "failed", "cpu_s", "cpu_utilization", "billed_s", "usd"}

// WriteInstances writes a row an instance as CSV; an empty cell is what never
// happened.
func WriteInstances(w io.Writer, res *account.Result) error {
	out := csv.NewWriter(w)
	rows := [][]string{instanceColumns[:]}
	when := func(t *float64) string {
		if t == nil {
			return ""
		}
		return number(*t, 3)
	}
	count := func(n uint64) string { return strconv.FormatUint(n, 10) }
	for _, x := range InstanceRows(res) {
		rows = append(rows, []string{clean.Cell(x.ID), clean.Cell(x.Type), clean.Cell(x.Zone), x.Purchase, when(x.LaunchedS), when(x.RunningS), when(x.InServiceS), when(x.HealthyS), when(x.RoutedS), when(x.UnhealthyS),
			when(x.DrainingS), when(x.TerminatingS), when(x.GoneS), clean.Cell(x.Why), clean.Cell(x.Fault), count(x.Requests), count(x.Served), count(x.Failed), number(x.CPUS, 3), number(x.CPU, 4),
			strconv.FormatInt(x.BilledS, 10), number(x.USD, 6)})
	}
	return out.WriteAll(rows)
}
