package world

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// formula is a policy of one's own, every minute, without warm-up and cooldowns.
func formula(text string) *record.Config {
	cfg := dense(320, 640, 4)
	cfg.Policies = nil
	cfg.Policies = append(cfg.Policies, &scaling.Expression{Name: "own", Text: text, Every: des.Minute, Warmup: 0})
	return cfg
}

// The load doubles at 0. The minute is over at 60 and published at 120: only then
// does the formula know, as an alarm would.
func TestAFormulaSeesWhatIsPublished(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	got := changesOfDesired(run(t, formula("requests_per_second / 80")))
	if len(got) != 1 || got[0] != (changeOf{s(120), 8}) {
		t.Errorf("desired changed %v, want 8 at 120", got)
	}
	cfg := formula("requests_per_second / 80")
	cfg.Watch.BalancerDelay = 5 * des.Minute
	if got := changesOfDesired(run(t, cfg)); len(got) != 1 || got[0].At != s(360) {
		t.Errorf("desired changed %v, want at 360", got)
	}
	cfg = formula("requests_per_second / 80")
	cfg.Policies[0].(*scaling.Expression).Every = 5 * des.Minute
	if got := changesOfDesired(run(t, cfg)); len(got) != 1 || got[0].At != s(300) {
		t.Errorf("desired changed %v, want at 300", got)
	}
}

// A settled run begins with what the formula leaves alone.
func TestAFormulaSettles(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("half a second or more")
	}
	for _, c := range []struct {
		text string
		want int
	}{{"requests_per_second / 80 + 1", 5}, {"cpu > 30 ? desired + 1 : desired", 6}, {"response_time * 100", 2}, {"50", 20}} {
		cfg := formula(c.text)
		cfg.Group.Desired = asg.Settled
		r := run(t, cfg)
		if got := r.Capacity[0].Desired; got != c.want {
			t.Errorf("%s: begins with %d, want %d", c.text, got, c.want)
		}
	}
}

// A formula that fails changes nothing, and it is said how often.
func TestAFormulaThatFailsIsSaid(t *testing.T) {
	r := run(t, formula("known('UnHealthyHostCount', 'Maximum') ? desired / metric('UnHealthyHostCount', 'Maximum') : desired"))
	if got := changesOfDesired(r); len(got) != 0 {
		t.Errorf("desired changed %v", got)
	}
	if w := strings.Join(r.Warnings, "\n"); !strings.Contains(w, "policy own: its formula failed in 38 of 40 evaluations") || !strings.Contains(w, "not a number but +Inf") {
		t.Errorf("warnings %q", w)
	}
	if d := r.Decisions[len(r.Decisions)-1]; d.Block != scaling.BlockFormula || d.Source != record.FromExpression {
		t.Errorf("%+v", d)
	}
}

// Of a formula and a tracking policy the larger capacity counts, and a formula is
// not stopped with the alarms.
func TestAFormulaBesideTracking(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	cfg := formula("12")
	cfg.Policies = append(cfg.Policies, dense(0, 0, 0).Policies...)
	r := run(t, cfg)
	if got := changesOfDesired(r); len(got) != 0 || r.Capacity[0].Desired != 12 {
		t.Errorf("desired changed %v, want 12 from the first look on", got)
	}
	cfg = formula("requests_per_second / 80")
	cfg.Policies = append(cfg.Policies, dense(0, 0, 0).Policies...)
	cfg.Group.Suspended = []asg.Process{asg.AlarmNotification}
	r = run(t, cfg)
	if got := changesOfDesired(r); len(got) != 1 || got[0] != (changeOf{s(120), 8}) {
		t.Errorf("desired changed %v, want 8 at 120", got)
	}
	for _, a := range r.Activities {
		// AWS's sentences in the cause, the arithmetic, which it does not tell, apart.
		if a.Launch && (!strings.Contains(a.Cause, "policy own asked for it changing the desired capacity from") || strings.Contains(a.Cause, "=") || !strings.HasPrefix(a.Note, "requests_per_second / 80 = 8")) {
			t.Errorf("cause %q, note %q", a.Cause, a.Note)
		}
	}
}
