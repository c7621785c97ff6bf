package series

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// sent is what of the three kinds of JSON is read; all else is let be.
type sent struct {
	MetricDataResults metricData
	NextToken         string
	Datapoints        statistics
	// Prometheus /api/v1/query_range
	Status string   `json:"status"`
	Data   *promSet `json:"data"`
	Error  string   `json:"error"`
}

// failed is the error that Prometheus answered; its words only where they are harmless.
func (s *sent) failed() error {
	if !harmless(s.Error) {
		return errors.New("is an error of Prometheus in place of its answer: look at its query")
	}
	return fmt.Errorf("is an error of Prometheus in place of its answer: %s", short(s.Error))
}

// errJSON is JSON of another kind.
var errJSON = errors.New("is JSON of no kind that is read: aws cloudwatch get-metric-data, get-metric-statistics and Prometheus' query_range are")

// readJSON reads one of the three kinds.
func readJSON(in *bufio.Reader, column string, to *bounded) (*Info, error) {
	text, err := io.ReadAll(io.LimitReader(in, MaxJSON+1))
	if err != nil {
		return nil, err
	}
	if len(text) > MaxJSON {
		return nil, fmt.Errorf("is JSON of more than %d bytes: ask for less at a time, or write a CSV", MaxJSON)
	}
	var s sent
	if err := json.Unmarshal(text, &s); err != nil {
		if errors.As(err, new(*json.SyntaxError)) {
			return nil, errors.New("is not whole JSON")
		}
		return nil, errJSON
	}
	switch {
	case s.MetricDataResults != nil:
		return s.MetricDataResults.read(s.NextToken != "", column, to)
	case s.Datapoints != nil:
		return s.Datapoints.read(column, to)
	case s.Data != nil && s.Status != "":
		return s.Data.read(s.Status, column, to)
	case s.Status == "error":
		return nil, s.failed()
	}
	return nil, errJSON
}
