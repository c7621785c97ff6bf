package stories

import (
	"cmp"
	"context"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"asgsim/scenarios"
	"asgsim/sim/account"
	"asgsim/sim/world"
)

// A story is told of one seed, that of the file. Its thresholds are no record of what
// that seed showed: ASGSIM_STORY_SEEDS=8 tells every story of seeds 1 to 8, and all
// of them must hold. Who changes a threshold or a scenario runs that.
func seeds() int {
	if n, err := strconv.Atoi(os.Getenv("ASGSIM_STORY_SEEDS")); err == nil && n > 0 {
		return n
	}
	return 1
}

// needed are the scenarios whose runs find how many instances the SLO needs, which some
// moments speak of and no threshold of a story does.
var needed = map[string]bool{"flash-crowd": true, "retry-storm": true, "health-check-death-spiral": true}

// runs gives a story the runs it speaks of.
type runs struct{ seed uint64 }

// simulated are the results of the shipped scenarios, each simulated once whatever
// number of stories speak of it.
var simulated sync.Map // of key to func() outcome

type key struct {
	name, variant string
	seed          uint64
	sets          string // KEY=VALUE, between spaces
}

type outcome struct {
	result *account.Result
	err    error
}

// result returns the run of a variant of a shipped scenario, "" being the plain one, with
// some keys set.
func (r runs) result(t *testing.T, name, variant string, sets ...string) *account.Result {
	t.Helper()
	k := key{name, variant, r.seed, strings.Join(sets, " ")}
	once, _ := simulated.LoadOrStore(k, sync.OnceValue(k.simulate))
	o := once.(func() outcome)()
	if o.err != nil {
		t.Fatalf("%s %s: %v", name, variant, o.err)
	}
	if len(o.result.Violations) > 0 {
		t.Errorf("%s %s breaks the audit: %v", name, variant, o.result.Violations)
	}
	return o.result
}

// summary returns the figures of a run.
func (r runs) summary(t *testing.T, name, variant string, sets ...string) *account.Summary {
	t.Helper()
	return &r.result(t, name, variant, sets...).Summary
}

func (k key) simulate() outcome {
	opts := scenarios.Options{Sets: strings.Fields(k.sets), Unadvised: true}
	if k.variant != "" {
		opts.Only = []string{k.variant}
	}
	src, err := scenarios.Shipped(k.name)
	if err != nil {
		return outcome{err: err}
	}
	s, err := scenarios.Load(src, scenarios.OpenShipped, opts)
	if err != nil {
		return outcome{err: err}
	}
	cfg := &s.Configs[0].World
	if !exact[k.name] && !exact[k.name+" "+k.variant] {
		dilate(cfg, cmp.Or(gentle[k.name], dilation))
	}
	cfg.NeededUnasked = !needed[k.name]
	r, err := world.Run(context.Background(), cfg, k.seed)
	return outcome{r, err}
}

// tell runs a story for every seed, beside the others.
func tell(t *testing.T, name string, story func(t *testing.T, r runs)) {
	t.Helper()
	if testing.Short() {
		t.Skip("runs shipped scenarios")
	}
	for seed := 1; seed <= seeds(); seed++ {
		title := name
		if seed > 1 {
			title += ", seed " + strconv.Itoa(seed)
		}
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			story(t, runs{uint64(seed)})
		})
	}
}

// mean is the mean of a figure over three seeds.
func (r runs) mean(t *testing.T, name, variant string, of func(*account.Summary) float64) float64 {
	t.Helper()
	sum := 0.0
	for k := range uint64(3) {
		sum += of(runs{r.seed + 1000*k}.summary(t, name, variant))
	}
	return sum / 3
}

// good returns the share of good requests.
func good(s *account.Summary) float64 { return *s.Requests.GoodShare }
