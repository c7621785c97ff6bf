package series

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// metricData are the MetricDataResults of aws cloudwatch get-metric-data.
type metricData []metricResult

// metricResult is one of them.
type metricResult struct {
	ID         string            `json:"Id"`
	Label      string            `json:"Label"`
	Timestamps []json.RawMessage `json:"Timestamps"`
	Values     []float64         `json:"Values"`
	StatusCode string            `json:"StatusCode"`
}

// statistics are the Datapoints of aws cloudwatch get-metric-statistics.
type statistics []map[string]json.RawMessage

// read reads what get-metric-data answers: several series by label, the newest
// datapoint first unless it was asked for otherwise ("GetMetricData", Amazon CloudWatch
// API Reference).
func (m metricData) read(cut bool, column string, to *bounded) (*Info, error) {
	if len(m) == 0 {
		return nil, errors.New("is an answer of get-metric-data without a series: look at its namespace, dimensions and times")
	}
	var names []string
	seen := map[string]bool{}
	for _, r := range m {
		if r.Label == "" || seen[r.Label] || r.ID == column {
			r.Label = r.ID
		}
		seen[r.Label] = true
		names = append(names, r.Label)
	}
	k, err := choose("series", column, names, true)
	if err != nil {
		return nil, err
	}
	r := &m[k]
	if len(r.Timestamps) != len(r.Values) {
		return nil, fmt.Errorf("has %d timestamps and %d values", len(r.Timestamps), len(r.Values))
	}
	if len(r.Values) == 0 {
		return nil, errors.New(r.none())
	}
	info := &Info{Format: "get-metric-data", Column: names[k], Unit: "datapoint"}
	if cut || r.StatusCode == "PartialData" {
		info.Notes = append(info.Notes, "CloudWatch had more to send (NextToken or PartialData): the series is cut off")
	}
	rows := make([]Row, len(r.Values))
	var c Clock
	for i, v := range r.Values {
		at, err := c.Read(plain(r.Timestamps[i]))
		if err != nil {
			return nil, fmt.Errorf("datapoint %d: %w", i+1, err)
		}
		rows[i] = Row{at, v, i + 1}
	}
	info.Times, info.Civil = c.String(), c.Civil()
	return info, to.inOrder(rows, info.Unit)
}

// none says that a series is empty, and what CloudWatch says of it.
func (r *metricResult) none() string {
	text := "has no datapoints of " + short(r.Label)
	if r.StatusCode != "" && r.StatusCode != "Complete" && harmless(r.StatusCode) {
		text += " (StatusCode " + short(r.StatusCode) + ")"
	}
	return text + ": look at its namespace, dimensions and times"
}

// read reads what get-metric-statistics answers: datapoints in no order
// ("GetMetricStatistics", Amazon CloudWatch API Reference), each with the statistics that
// were asked for.
func (m statistics) read(column string, to *bounded) (*Info, error) {
	if len(m) == 0 {
		return nil, errors.New("is an answer of get-metric-statistics without datapoints: look at its namespace, dimensions and times")
	}
	names := map[string]bool{}
	for _, d := range m {
		for name, text := range d {
			if _, err := strconv.ParseFloat(string(text), 64); err == nil && name != "Timestamp" {
				names[name] = true
			}
			if name == "ExtendedStatistics" {
				for p := range extended(text) {
					names[p] = true
				}
			}
		}
	}
	all := slices.Sorted(maps.Keys(names))
	k, err := choose("statistic", column, all, true)
	if err != nil {
		return nil, err
	}
	info := &Info{Format: "get-metric-statistics", Column: all[k], Unit: "datapoint"}
	rows := make([]Row, len(m))
	var c Clock
	for i, d := range m {
		at, err := c.Read(plain(d["Timestamp"]))
		if err != nil {
			return nil, fmt.Errorf("datapoint %d: %w", i+1, err)
		}
		v, err := strconv.ParseFloat(string(d[all[k]]), 64)
		if p, ok := extended(d["ExtendedStatistics"])[all[k]]; ok {
			v, err = p, nil
		}
		if err != nil {
			return nil, fmt.Errorf("datapoint %d: has no %s", i+1, short(all[k]))
		}
		rows[i] = Row{at, v, i + 1}
	}
	info.Times, info.Civil = c.String(), c.Civil()
	return info, to.inOrder(rows, info.Unit)
}

// extended are the percentiles of a datapoint.
func extended(text json.RawMessage) map[string]float64 {
	var out map[string]float64
	if len(text) == 0 || json.Unmarshal(text, &out) != nil {
		return nil
	}
	return out
}
