package series

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"strconv"
)

// Request is what is kept of a line of an access log: times and statuses, nothing of who
// asked for what.
type Request struct {
	At           float64 // Unix seconds: when the balancer had it
	Target       float64 // seconds that the target took; negative: it was sent to none
	Status       int     // that the client got
	TargetStatus int     // of the target; 0: none
}

// Fields of an access log, from 0.
const (
	targetTimeField   = 6
	statusField       = 8
	targetStatusField = 9
)

// ReadRequests hands on the requests of an access log in the order of its lines. Errors
// name the line.
func ReadRequests(in *bufio.Reader, each func(Request) error) error {
	var c Clock
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	n := 0
	for lines.Scan() {
		n++
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		r, err := request(&c, string(lines.Bytes()))
		if err == nil {
			err = each(r)
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("line %d: is longer than %d bytes", n+1, maxLine)
	}
	return lines.Err()
}

// request reads one line.
func request(c *Clock, line string) (r Request, err error) {
	if r.At, err = arrival(c, line); err != nil {
		return r, err
	}
	r.Target = -1
	for k, rest := 0, line; rest != "" && k <= targetStatusField; k++ {
		var field string
		field, rest = nextField(rest)
		switch k {
		case targetTimeField:
			if v, err := strconv.ParseFloat(field, 64); err == nil && v >= 0 && v < 1e6 {
				r.Target = v
			}
		case statusField:
			r.Status, _ = strconv.Atoi(field) // a dash is none
		case targetStatusField:
			r.TargetStatus, _ = strconv.Atoi(field)
		}
	}
	return r, nil
}
