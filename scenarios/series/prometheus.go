package series

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// QueryRange is the format of what Prometheus answers.
const QueryRange = "Prometheus query_range"

// FromCloudWatch begins the names that cloudwatch_exporter gives to CloudWatch's metrics:
// their _sum is that of a period, no counter (github.com/prometheus/cloudwatch_exporter).
const FromCloudWatch = "aws_"

// promSet is the data of an answer of Prometheus ("HTTP API: Range queries",
// prometheus.io): values are text.
type promSet struct {
	ResultType string `json:"resultType"`
	Result     []struct {
		Metric map[string]string    `json:"metric"`
		Values [][2]json.RawMessage `json:"values"`
	} `json:"result"`
}

// read reads a matrix. What is not a number (NaN: nothing to divide by) is left out. A
// counter is refused: it has no rate in it.
func (p *promSet) read(status, column string, to *bounded) (*Info, error) {
	if status != "success" {
		return nil, errors.New("is an answer of Prometheus that is no success")
	}
	if p.ResultType != "matrix" {
		return nil, errors.New("is an answer of Prometheus to an instant query: ask query_range")
	}
	var names []string
	for _, r := range p.Result {
		names = append(names, labels(r.Metric))
	}
	if len(names) == 0 {
		return nil, errors.New("is an answer of Prometheus without a series")
	}
	k, err := choose("series", column, names, true)
	if err != nil {
		return nil, err
	}
	r := &p.Result[k]
	for _, end := range [...]string{"_total", "_count", "_sum", "_bucket"} {
		if name := r.Metric["__name__"]; strings.HasSuffix(name, end) && !strings.HasPrefix(name, FromCloudWatch) {
			return nil, fmt.Errorf("holds the counter %s, which only grows: query sum(rate(%s[5m])) instead", short(name), clip(name))
		}
	}
	info := &Info{Format: QueryRange, Column: names[k], Unit: "datapoint"}
	var rows []Row
	var c Clock
	missing := 0
	for i, pair := range r.Values {
		at, err := c.Read(plain(pair[0]))
		if err != nil {
			return nil, fmt.Errorf("datapoint %d: %w", i+1, err)
		}
		v, err := strconv.ParseFloat(plain(pair[1]), 64)
		switch {
		case err != nil:
			return nil, fmt.Errorf("datapoint %d: is not a number%s", i+1, Cell(plain(pair[1])))
		case math.IsNaN(v) || math.IsInf(v, 0):
			missing++
			continue
		}
		rows = append(rows, Row{at, v, i + 1})
	}
	if missing > 0 {
		info.Notes = append(info.Notes, fmt.Sprintf("datapoints that are not numbers, taken as gaps: %d", missing))
	}
	info.Times, info.Civil = c.String(), c.Civil()
	return info, to.inOrder(rows, info.Unit)
}

// labels name a series as Prometheus does, without the braces and quotes: of one alone
// nothing needs to be known.
func labels(metric map[string]string) string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(metric)) {
		if k != "__name__" {
			parts = append(parts, k+"="+metric[k])
		}
	}
	name := metric["__name__"]
	if name == "" && len(parts) == 0 {
		return "value"
	}
	if name != "" {
		parts = append([]string{name}, parts...)
	}
	return strings.Join(parts, " ")
}

// clip is a name of a metric that may be shown in a command, "NAME" for another.
func clip(name string) string {
	if !harmless(name) || strings.ContainsAny(name, " %()/") {
		return "NAME"
	}
	return name
}
