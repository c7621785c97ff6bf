package scenarios

import (
	"slices"
	"sort"

	"asgsim/scenarios/series"
)

// recording is a trace as it stands in its file. It is kept once, whoever plays it, in
// 16 bytes a row and 8 more where the lines of two rows do not follow upon each other.
type recording struct {
	info  *series.Info
	bin   float64 // length of a bin in seconds
	sign  sign
	rows  column[row]
	lines column[lineOf]
}

// sign says which values a recording may have.
type sign uint8

const (
	requests sign = iota // none below 0
	anySign
)

// row is a row of the file.
type row struct {
	at    float64 // seconds: Unix, or as written; ascending
	value float64
}

// lineOf is the line in which a row stands, whose followers stand in the lines after it.
type lineOf struct{ row, line int32 }

// add appends a row.
func (r *recording) add(at, value float64, line int) {
	if n := r.len(); n == 0 || r.line(n-1)+1 != line {
		r.lines.add(lineOf{int32(n), int32(line)})
	}
	r.rows.add(row{at, value})
}

func (r *recording) len() int { return r.rows.n }

// line returns the line in which a row stands.
func (r *recording) line(i int) int {
	last := r.lines.get(r.lines.n - 1)
	if i < int(last.row) {
		last = r.lines.get(sort.Search(r.lines.n, func(k int) bool { return int(r.lines.get(k).row) > i }) - 1)
	}
	return int(last.line) + i - int(last.row)
}

// begin returns when the first row begins, in seconds.
func (r *recording) begin() float64 { return r.rows.get(0).at }

// at returns when a row begins, in seconds after the first.
func (r *recording) at(i int) float64 { return r.rows.get(i).at - r.begin() }

// step returns how long after a row the next begins, in seconds.
func (r *recording) step(i int) float64 { return r.rows.get(i+1).at - r.rows.get(i).at }

// span returns the recorded span in seconds: from the first time to the end of the last
// bin.
func (r *recording) span() float64 {
	return r.rows.get(r.len()-1).at + r.bin - r.begin()
}

// fewSteps is how many different distances are counted one by one.
const fewSteps = 1000

// commonStep returns the most common distance between neighbours, the smaller one of a
// tie. There are two rows or more.
func (r *recording) commonStep() float64 {
	counts := map[float64]int{}
	for i := range r.len() - 1 {
		if counts[r.step(i)]++; len(counts) > fewSteps {
			return r.commonOfMany()
		}
	}
	best, most := 0.0, 0
	for step, n := range counts {
		if n > most || n == most && step < best {
			best, most = step, n
		}
	}
	return best
}

// commonOfMany is commonStep by sorting: a map of millions would be larger.
func (r *recording) commonOfMany() float64 {
	steps := make([]float64, r.len()-1)
	for i := range steps {
		steps[i] = r.step(i)
	}
	slices.Sort(steps)
	best, most := 0.0, 0
	for i := 0; i < len(steps); {
		n := i
		for n < len(steps) && steps[n] == steps[i] {
			n++
		}
		if n-i > most {
			best, most = steps[i], n-i
		}
		i = n
	}
	return best
}

// column is a long list that grows without being copied.
type column[T any] struct {
	blocks [][]T
	n      int
}

// blockSize is how many entries are allocated at a time.
const blockSize = 4096

func (c *column[T]) add(v T) {
	if c.n%blockSize == 0 {
		c.blocks = append(c.blocks, make([]T, 0, blockSize))
	}
	last := &c.blocks[len(c.blocks)-1]
	*last = append(*last, v)
	c.n++
}

func (c *column[T]) get(i int) T { return c.blocks[uint(i)/blockSize][uint(i)%blockSize] }
