package series

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
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

// loadTest is a file that a load test wrote, by its first lines.
type loadTest struct {
	tool string
	// sent returns when a line says that requests were sent, and how many; no time: it says
	// nothing of the kind.
	sent func(line []byte) (at string, n float64, err error)
}

// k6Header begins the CSV of k6 (k6 run --out csv=FILE).
const k6Header = "metric_name,timestamp,metric_value"

// isLoadTest reports whether a text begins as the lines of a load test do, and of which.
func isLoadTest(text []byte) (test loadTest, ok bool) {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	var s sample
	switch {
	case bytes.HasPrefix(first, []byte(k6Header)):
		return loadTest{"k6's CSV", sentInK6}, true
	case isVegetaCSV(first):
		return loadTest{"vegeta's CSV", sentInVegeta}, true
	case json.Unmarshal(first, &s) != nil:
		return test, false
	case s.Latency != nil && s.Timestamp != "":
		return loadTest{"vegeta's JSON lines", sentInJSON}, true
	case s.Metric != "" && (s.Type == "Metric" || s.Type == "Point"):
		return loadTest{"k6's JSON lines", sentInJSON}, true
	}
	return test, false
}

func sentInJSON(line []byte) (at string, n float64, err error) {
	var s sample
	if json.Unmarshal(line, &s) != nil {
		return "", 0, errors.New("is no JSON of a load test")
	}
	at, n = s.requests()
	return at, n, nil
}

func sentInK6(line []byte) (at string, n float64, err error) {
	f := bytes.SplitN(line, []byte(","), 4)
	if len(f) < 3 || string(f[0]) != "http_reqs" {
		return "", 0, nil
	}
	if n, err = strconv.ParseFloat(string(bytes.TrimSpace(f[2])), 64); err != nil {
		return "", 0, errors.New("has no number of requests as metric_value")
	}
	return string(f[1]), n, nil
}

// isVegetaCSV reports whether a line is one of vegeta encode --to csv: no header, but the
// nanosecond at which a request was sent, its status, latency, bytes out and in, its error
// and more, twelve in all.
func isVegetaCSV(line []byte) bool {
	f := bytes.Split(line, []byte(","))
	if len(f) < 12 || len(f[0]) != 19 || len(f[1]) > 3 {
		return false
	}
	for _, number := range f[:5] {
		if _, err := strconv.ParseUint(string(number), 10, 64); err != nil {
			return false
		}
	}
	return true
}

func sentInVegeta(line []byte) (at string, n float64, err error) {
	first, _, ok := bytes.Cut(line, []byte(","))
	if !ok {
		return "", 0, errors.New("is no line of vegeta's CSV")
	}
	return string(first), 1, nil
}

// isVegetaBinary reports whether a text is what vegeta attack itself writes.
func isVegetaBinary(text []byte) bool {
	return bytes.IndexByte(text, 0) >= 0 && bytes.Contains(text, []byte("Attack")) && bytes.Contains(text, []byte("Latency"))
}

var errVegetaBinary = errors.New("is what vegeta attack writes, in an encoding of its own: vegeta encode --to csv FILE makes lines of it")

// readLoadTest counts the requests of every second, by when they were sent.
func readLoadTest(in *bufio.Reader, test loadTest, to *bounded) (*Info, error) {
	var c Clock
	counts, err := countLines(in, to.most, func(line []byte) (at, n float64, err error) {
		text, n, err := test.sent(line)
		if err != nil || text == "" {
			return 0, 0, err
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
	info := &Info{Format: test.tool, Times: c.String(), Civil: true, Column: "requests of each second", Unit: "second"}
	return info, passCounts(counts, to)
}
