package series

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
)

// sample is a line of what a load test wrote: of vegeta (vegeta encode --to json), one a
// request, or of k6 (k6 run --out json=FILE), one a measurement.
type sample struct {
	Timestamp string   `json:"timestamp"` // vegeta: when it was sent
	Latency   *float64 `json:"latency"`
	Type      string   `json:"type"` // k6: Metric or Point
	Metric    string   `json:"metric"`
	Data      struct {
		Time  string  `json:"time"`
		Value float64 `json:"value"`
	} `json:"data"`
}

// requests returns when a line says that requests were sent, and how many.
func (s *sample) requests() (at string, n float64) {
	switch {
	case s.Latency != nil && s.Timestamp != "":
		return s.Timestamp, 1
	case s.Type == "Point" && s.Metric == "http_reqs":
		return s.Data.Time, s.Data.Value
	}
	return "", 0
}

// isLoadTest reports whether a text begins as the lines of a load test do, and of which.
func isLoadTest(text []byte) (tool string, ok bool) {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	var s sample
	switch {
	case json.Unmarshal(first, &s) != nil:
		return "", false
	case s.Latency != nil && s.Timestamp != "":
		return "vegeta's JSON lines", true
	case s.Metric != "" && (s.Type == "Metric" || s.Type == "Point"):
		return "k6's JSON lines", true
	}
	return "", false
}

// readLoadTest counts the requests of every second, by when they were sent.
func readLoadTest(in *bufio.Reader, tool string, to *bounded) (*Info, error) {
	var c Clock
	counts, err := countLines(in, to.most, func(line []byte) (at, n float64, err error) {
		var s sample
		if json.Unmarshal(line, &s) != nil {
			return 0, 0, errors.New("is no JSON of a load test")
		}
		text, n := s.requests()
		if text == "" {
			return 0, 0, nil
		}
		if at, err = c.Read(text); err == nil && !(n >= 0 && n <= 1e12) {
			err = errors.New("counts no requests")
		}
		return at, n, err
	})
	if err != nil {
		return nil, err
	}
	if len(counts) == 0 {
		return nil, errors.New("is of a load test without requests: k6 counts them as http_reqs")
	}
	info := &Info{Format: tool, Times: c.String(), Civil: true, Column: "requests of each second", Unit: "second"}
	return info, passCounts(counts, to)
}
