package series

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math"
)

const (
	// maxLine bounds a line of a log, in bytes: a request line may have 16 kB.
	maxLine = 1 << 16
	// maxSilence bounds the seconds without a request that stand in a log: a day. A line
	// of another year is a mistake, and would be filled up with zeros.
	maxSilence = 86400
)

// countLines adds up, a second, what read finds in each line: when, and how many; none is
// no count. There are at most so many seconds. Errors name the line.
func countLines(in *bufio.Reader, most int, read func(line []byte) (at, n float64, err error)) (map[int64]float64, error) {
	counts := map[int64]float64{}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	line := 0
	for lines.Scan() {
		line++
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		at, n, err := read(lines.Bytes())
		if n != 0 && err == nil {
			if counts[int64(math.Floor(at))] += n; len(counts) > most {
				err = errTooMany
			}
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, fmt.Errorf("line %d: is longer than %d bytes", line+1, maxLine)
	}
	return counts, lines.Err()
}

// passCounts passes on every second from the first to the last, in which nobody came too.
func passCounts(counts map[int64]float64, to *bounded) error {
	var seconds []Row
	for at, n := range counts {
		seconds = append(seconds, Row{At: float64(at), Value: n})
	}
	sortRows(seconds)
	place := 0
	for k, r := range seconds {
		if k > 0 {
			if silent := r.At - seconds[k-1].At; silent > maxSilence {
				return fmt.Errorf("has nothing for %.0f days: is a line from another time in it?", silent/86400)
			}
			for at := seconds[k-1].At + 1; at < r.At; at++ {
				place++
				if err := to.pass(Row{At: at, Place: place}); err != nil {
					return err
				}
			}
		}
		place++
		r.Place = place
		if err := to.pass(r); err != nil {
			return err
		}
	}
	return nil
}
