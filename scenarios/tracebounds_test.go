package scenarios

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"asgsim/scenarios/series"
)

// replayed is a scenario of a trace.
const replayed = "duration = \"1d\"\n[load.r.trace]\nfile = \"in.csv\"\nvalues = \"count\"\n[request]\ncpu = \"5ms\"\n[instance]\ntype = \"c7g.large\"\nboot = \"30s\"\n[auto_scaling_group]\nmin_size = 1\nmax_size = 3\n"

// shelf has one file, and counts how often it is opened.
type shelf struct {
	text   string
	opened int
}

func (s *shelf) open(string) (io.ReadCloser, error) {
	s.opened++
	return io.NopCloser(strings.NewReader(s.text)), nil
}

// seconds is a trace of so many bins of a second.
func secondsOf(n int) string {
	var b strings.Builder
	b.WriteString("t,n\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,%d\n", i, 10+i%7)
	}
	return b.String()
}

// holding loads a scenario and returns the bytes that it holds afterwards.
func holding(t *testing.T, text string, open Opener) int64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	s, err := Load(Source{Name: "web.toml", Text: []byte(text)}, open, Options{})
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(s)
	return int64(after.HeapAlloc) - int64(before.HeapAlloc)
}

// A trace is kept in two numbers of 8 bytes a row and a sum every eight rows, once: a
// variant that plays it differently has sums of its own, one that plays it alike has
// nothing.
func TestATraceIsKeptOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	const rows = 200_000
	file := &shelf{text: secondsOf(rows)}
	one := holding(t, replayed, file.open)
	if one > 17*rows+400_000 {
		t.Errorf("%d rows take %d bytes, want 17 a row and 400,000", rows, one)
	}
	for name, c := range map[string]struct {
		table string
		each  int64 // bytes of a variant: some 20 kB are its own
	}{
		"alike":       {"[variant.v#.auto_scaling_group]\nmax_size = 1#\n", 40_000},
		"differently": {"[variant.v#.load.r.trace]\nscale = 1.#1\n", 40_000 + rows},
	} {
		file.opened = 0
		all := holding(t, replayed+many(30, c.table), file.open)
		if each := (all - one) / 30; each > c.each {
			t.Errorf("%s: a variant takes %d bytes, want %d at most", name, each, c.each)
		}
		if file.opened != 1 {
			t.Errorf("%s: opened %d times", name, file.opened)
		}
	}
}

// Recorded prices are read once for all variants.
func TestPricesAreReadOnce(t *testing.T) {
	file := &shelf{text: "Timestamp,InstanceType,SpotPrice\n0,c7g.large,0.03\n3600,c7g.large,0.04\n"}
	text := strings.Replace(small, "max_size = 3\n", "max_size = 3\n[auto_scaling_group.mixed_instances_policy]\noverrides = [{ instance_type = \"c7g.large\" }]\n"+
		"[auto_scaling_group.mixed_instances_policy.instances_distribution]\non_demand_percentage_above_base_capacity = 50\n[spot]\nprice_file = \"in.csv\"\n", 1)
	s, err := Load(Source{Name: "web.toml", Text: []byte(text + many(20, "[variant.v#.auto_scaling_group]\nmax_size = 1#\n"))}, file.open, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if file.opened != 1 || len(s.Configs) != 21 || len(s.Configs[20].World.Template.Spot.Prices[0].Step) != 2 {
		t.Errorf("opened %d times for %d configurations", file.opened, len(s.Configs))
	}
}

// What is beyond a bound of files is refused as soon as it is, with the flag that raises
// the bound, and read where it is raised.
func TestFilesAreBounded(t *testing.T) {
	wide := "t," + strings.Repeat("n,", series.MaxColumns) + "n\n"
	const rows, bytes = 30_000, 2_000_000 // instead of millions and 96 MiB
	line := "#" + strings.Repeat("x", 9999) + "\n"
	for name, c := range map[string]struct {
		text, table, want string
		read              int // bytes, at most
	}{
		"rows":           {secondsOf(rows + 20_000), "", "line 30002: is beyond the rows that all traces together may have; --max-trace-rows", 10 * rows},
		"rows of two":    {secondsOf(rows/2 + 1), "[load.s.trace]\nfile = \"other.csv\"\nvalues = \"count\"\n", "is beyond the rows", 10 * rows},
		"columns":        {wide, "", "has 1002 columns, at most 1000", 20_000},
		"bytes":          {"t,n\n" + strings.Repeat(line, bytes/10_000+10), "", "is beyond the bytes that all files a scenario names may have; --max-file-size", bytes + 1},
		"bytes of a set": {"t,n\n" + strings.Repeat(line, bytes/20_000+10) + "0,1\n1,1\n", "[load.s.trace]\nfile = \"other.csv\"\nvalues = \"count\"\n", "is beyond the bytes", bytes + 1},
	} {
		taken := 0
		open := func(string) (io.ReadCloser, error) {
			return io.NopCloser(counting{strings.NewReader(c.text), &taken}), nil
		}
		spent := newSpent(0, fit)
		spent.mostRows, spent.left = rows, bytes
		_, err := loadWithin(Source{Name: "web.toml", Text: []byte(replayed + c.table)}, open, Options{}, spent)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if taken > c.read {
			t.Errorf("%s: %d bytes were read, want %d at most", name, taken, c.read)
		}
	}
	for raised, want := range map[int]bool{0: false, rows + 1: true} {
		file := &shelf{text: secondsOf(rows + 1)}
		spent := newSpent(0, fit)
		spent.mostRows = rows
		spent.raise(raised, 0)
		if _, err := loadWithin(Source{Name: "web.toml", Text: []byte(replayed)}, file.open, Options{}, spent); (err == nil) != want {
			t.Errorf("one row more than the bound, raised to %d: %v", raised, err)
		}
	}
}

// counting counts the bytes that are read.
type counting struct {
	io.Reader
	n *int
}

func (c counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	*c.n += n
	return n, err
}

// Variants that play traces each in their own way are bounded together.
func TestPlaysAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	file := &shelf{text: secondsOf(1_000_000)}
	_, err := Load(Source{Name: "web.toml", Text: []byte(replayed + many(40, "[variant.v#.load.r.trace]\nscale = 1.#1\n"))}, file.open, Options{})
	if err == nil || !strings.Contains(err.Error(), "makes more than 30000000 rows played, of all loads of all variants together") {
		t.Errorf("%.500v", err)
	}
}

// Noise that variants share is bounded once: 100 variants of a year of minutes are 526,000
// steps, 30 loads of it are 16 million.
func TestSharedNoiseCountsOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	year := strings.Replace(strings.Replace(small, "1h", "365d", 1), "rate = \"10/s\"", "rate = \"10/s\"\nnoise = \"10%\"", 1)
	if _, err := Load(Source{Name: "web.toml", Text: []byte(year + many(100, "[variant.v#.auto_scaling_group]\nmax_size = 1#\n"))}, nil, Options{}); err != nil {
		t.Errorf("%.300v", err)
	}
	_, err := Load(Source{Name: "web.toml", Text: []byte(year + many(29, "[load.l#.constant]\nrate = \"10/s\"\nnoise = \"10%\"\n"))}, nil, Options{})
	if err == nil || !strings.Contains(err.Error(), "makes more than 12000000 steps, of all loads of all variants together") {
		t.Errorf("%.300v", err)
	}
}
