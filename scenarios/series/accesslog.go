package series

import (
	"bufio"
	"bytes"
	"strings"
)

// schemes are the connection types that begin each line of an access log of an Application
// Load Balancer ("Access logs for your Application Load Balancer", Elastic Load Balancing
// user guide, 2026-11-28).
var schemes = [...]string{"http", "https", "h2", "grpcs", "ws", "wss"}

const (
	// createdField is the field, from 0, of request_creation_time: when the balancer had
	// the request. The second field is when it had answered.
	createdField = 21
	loggedField  = 1
)

// isAccessLog reports whether a text begins as such a log does.
func isAccessLog(text []byte) bool {
	scheme, rest, ok := bytes.Cut(text, []byte(" "))
	if !ok {
		return false
	}
	at, _, _ := bytes.Cut(rest, []byte(" "))
	known := false
	for _, s := range schemes {
		known = known || string(scheme) == s
	}
	var c Clock
	_, err := c.Read(string(at))
	return known && err == nil && c.Civil()
}

// readAccessLog counts the requests of every second, by when they came. Of a line nothing
// but its times is kept.
func readAccessLog(in *bufio.Reader, to *bounded) (*Info, error) {
	var c Clock
	counts, err := countLines(in, to.most, func(line []byte) (at, n float64, err error) {
		at, err = arrival(&c, string(line))
		return at, 1, err
	})
	if err != nil {
		return nil, err
	}
	info := &Info{Format: "an ALB access log", Times: "dates", Civil: true, Column: "requests of each second", Unit: "second"}
	return info, passCounts(counts, to)
}

// arrival reads when the request of a line came.
func arrival(c *Clock, line string) (float64, error) {
	created, logged := "", ""
	for k := 0; line != "" && k <= createdField; k++ {
		var field string
		field, line = nextField(line)
		switch k {
		case loggedField:
			logged = field
		case createdField:
			created = field
		}
	}
	if created == "" || created == "-" { // logs of before 2018 end earlier
		created = logged
	}
	return c.Read(created)
}

// nextField cuts the first field off a line: fields stand between spaces, some in quotes,
// in which a backslash comes before a quote.
func nextField(line string) (field, rest string) {
	if !strings.HasPrefix(line, `"`) {
		field, rest, _ = strings.Cut(line, " ")
		return field, rest
	}
	for k := 1; k < len(line); k++ {
		switch line[k] {
		case '\\':
			k++
		case '"':
			return line[1:k], strings.TrimPrefix(line[k+1:], " ")
		}
	}
	return line[1:], ""
}
