package stories

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"asgsim/scenarios"
	"asgsim/scenarios/form"
	"asgsim/sim"
	"asgsim/sim/world"
)

// A run that is looked at by its audit alone is a small one.
const (
	smallSeconds = 0.15
	smallBytes   = 300e6
)

// judged loads a text and, if it is accepted and small, runs the plain scenario. It
// returns whether it ran; whatever is written, the answer is problems or a run that
// keeps the laws.
func judged(t *testing.T, what, text string, run bool, sets ...string) bool {
	t.Helper()
	defer func() {
		if v := recover(); v != nil {
			t.Errorf("%s: panic: %v", what, v)
		}
	}()
	s, err := scenarios.Load(scenarios.Source{Name: "x.toml", Text: []byte(text)}, scenarios.OpenShipped, scenarios.Options{Sets: sets, Only: []string{scenarios.Plain}})
	var problems scenarios.Problems
	if err != nil {
		if !errors.As(err, &problems) {
			t.Errorf("%s: %v", what, err)
		}
		return false
	}
	cfg := &s.Configs[0].World
	cfg.NeededUnasked = true
	if e := sim.EffortOf(cfg); !run || e.Seconds > smallSeconds || e.Bytes > smallBytes {
		return false
	}
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	r, err := world.Run(ctx, cfg, 1)
	switch {
	case err != nil && ctx.Err() != nil:
		t.Errorf("%s: taken for a run of %.2f s, goes on after 20", what, sim.EffortOf(cfg).Seconds)
	case err != nil:
		t.Errorf("%s: %v", what, err)
	case len(r.Violations) > 0:
		t.Errorf("%s: %v", what, r.Violations)
	}
	return err == nil
}

// paths lists the keys that a text gives, with the text of their values, in order.
func paths(t *testing.T, text string) [][2]string {
	t.Helper()
	var tree map[string]any
	if _, err := toml.Decode(text, &tree); err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	var walk func(at string, v any)
	walk = func(at string, v any) {
		if m, ok := v.(map[string]any); ok {
			for k, sub := range m {
				if at != "" {
					k = at + "." + k
				}
				walk(k, sub)
			}
			return
		}
		out = append(out, [2]string{at, fmt.Sprint(v)})
	}
	walk("", tree)
	sort.Slice(out, func(i, j int) bool { return out[i][0] < out[j][0] })
	return out
}

// matches reports whether a path is one of a key's.
func matches(pattern, path string) bool {
	p, q := strings.Split(pattern, "."), strings.Split(path, ".")
	if len(p) != len(q) {
		return false
	}
	for i := range p {
		if p[i] != q[i] && p[i] != "N" {
			return false
		}
	}
	return true
}

// extremes are the ends of a key's range, as a file would have them.
func extremes(k *scenarios.Key) []string {
	var out []string
	for _, v := range []string{k.Min, k.Max} {
		if v != "" {
			out = append(out, v)
		}
	}
	if k.Above != "" {
		switch k.Type.Name {
		case form.Duration.Name:
			out = append(out, `"1ms"`)
		case form.Share.Name:
			out = append(out, `"0.001%"`)
		case form.Rate.Name:
			out = append(out, `"0.001/s"`)
		case form.Number.Name:
			out = append(out, "0.0001")
		}
	}
	return out
}

// Both ends of every key's range, in a short run of the first shipped scenario that
// gives the key (or else could): refused with a reason, or a run that keeps all laws.
func TestEveryKeyAtItsExtremes(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of short runs")
	}
	texts := map[string]string{}
	given := map[string][][2]string{}
	for _, name := range scenarios.Names() {
		src, err := scenarios.Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name], given[name] = string(src.Text), paths(t, string(src.Text))
	}
	ran, tried := 0, 0
	keys := scenarios.Keys()
	for i := range keys {
		k := &keys[i]
		name, path := "", ""
		for _, n := range scenarios.Names() {
			for _, g := range given[n] {
				if path == "" && matches(k.Path, g[0]) {
					name, path = n, g[0]
				}
			}
		}
		if path == "" && !strings.Contains("."+k.Path+".", ".N.") {
			name, path = "day-night", k.Path
		}
		if path == "" || k.Path == "duration" || k.Path == "warm_up" {
			continue
		}
		for _, v := range extremes(k) {
			tried++
			set := path + "=" + strings.Trim(v, `"`)
			if judged(t, name+" --set "+set, texts[name], true, set, "duration=3m", "warm_up=0s") {
				ran++
			}
		}
	}
	t.Logf("%d keys' ends tried, %d ran", tried, ran)
	if ran < tried/4 {
		t.Errorf("%d of %d ran: the test shows little", ran, tried)
	}
}

// mutants is how many mutated scenarios are read; every tenth is run too, if it is still a small one.
// ASGSIM_MUTANTS=10000 is a night's work.
func mutants() int {
	if n, err := strconv.Atoi(os.Getenv("ASGSIM_MUTANTS")); err == nil && n > 0 {
		return n
	}
	return 100
}

// Whatever becomes of a shipped scenario, it is refused with its problems or runs and
// keeps the laws: lines lost, doubled and swapped, numbers blown up, units and words
// exchanged, characters of all kinds put in.
func TestMutantsOfTheShippedScenarios(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of mutants")
	}
	r := rand.New(rand.NewPCG(3, 4))
	names := scenarios.Names()
	texts := make([]string, len(names))
	for i, name := range names {
		src, err := scenarios.Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = string(src.Text)
	}
	ran := 0
	for k := range mutants() {
		i := r.IntN(len(names))
		text := texts[i]
		for range 1 + r.IntN(3) {
			text = mutated(text, texts[r.IntN(len(texts))], r)
		}
		var sets []string
		if k%10 == 0 {
			sets = []string{"duration=1h", "warm_up=0s"}
		}
		if judged(t, fmt.Sprintf("mutant %d of %s", k, names[i]), text, k%10 == 0, sets...) {
			ran++
		}
	}
	t.Logf("%d mutants read, %d ran", mutants(), ran)
}

// mutated is a text with one change.
func mutated(text, other string, r *rand.Rand) string {
	lines, others := strings.Split(text, "\n"), strings.Split(other, "\n")
	at := r.IntN(len(lines))
	number := regexp.MustCompile(`[0-9]+(\.[0-9]+)?`)
	switch r.IntN(7) {
	case 0: // a line is lost
		lines = append(lines[:at:at], lines[at+1:]...)
	case 1: // a line of another file
		lines = append(lines[:at:at], append([]string{others[r.IntN(len(others))]}, lines[at:]...)...)
	case 2: // two lines change places
		to := r.IntN(len(lines))
		lines[at], lines[to] = lines[to], lines[at]
	case 3: // a number is another
		huge := []string{"0", "-1", "1e308", "999999999999", "0.0000001", "NaN", "00", "1_000", "3650"}
		lines[at] = number.ReplaceAllString(lines[at], huge[r.IntN(len(huge))])
	case 4: // a unit is another
		units := []string{"s", "ms", "h", "d", "%", "/s", "/min", "kB", "pp", ""}
		lines[at] = regexp.MustCompile(`([0-9])[a-zA-Z%/]+"`).ReplaceAllString(lines[at], "${1}"+units[r.IntN(len(units))]+`"`)
	case 5: // a character comes in
		odd := []string{"\x1b[31m", "\u202e", "\x00", "\"", "[", "{", "=", "#", ".", "\n", "\u00e9", "\xff"}
		p := r.IntN(len(lines[at]) + 1)
		lines[at] = lines[at][:p] + odd[r.IntN(len(odd))] + lines[at][p:]
	case 6: // the value of another line
		if a := strings.Index(lines[at], "= "); a > 0 {
			o := others[r.IntN(len(others))]
			if c := strings.Index(o, "= "); c > 0 {
				lines[at] = lines[at][:a] + o[c:]
			}
		}
	}
	return strings.Join(lines, "\n")
}
