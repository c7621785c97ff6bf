package world

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// No number depends on a sentence: a record whose every sentence is another one gives
// the same account, figure by figure.
func TestNoNumberDependsOnASentence(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	cfg := busy()
	var accounts [2][]byte
	for k := range accounts {
		r := recordOf(t, cfg)
		if k == 1 && reword(r) < 100 {
			t.Fatal("hardly anything to reword")
		}
		out := account.Of(r)
		for i := range out.Inactive {
			out.Inactive[i].Why = ""
		}
		figures, err := json.Marshal(map[string]any{"summary": &out.Summary, "rows": len(out.Rows), "bill": out.Bill, "inactive": out.Inactive, "violations": len(out.Violations)})
		if err != nil {
			t.Fatal(err)
		}
		accounts[k] = figures
	}
	if !bytes.Equal(accounts[0], accounts[1]) {
		t.Errorf("the figures follow the words:\n%s\n%s", accounts[0], accounts[1])
	}
}

func recordOf(t *testing.T, cfg *record.Config) *record.Record {
	t.Helper()
	plane, err := serving.New(planeConfig(cfg, 1))
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(cfg, 1, plane, wiring())
	if err := w.loop(context.Background()); err != nil {
		t.Fatal(err)
	}
	return w.record()
}

// reword replaces every sentence of a record, and counts them.
func reword(r *record.Record) int {
	const other = "unhealthy. It is a schedule; event, forecast, max_size, cooldown: 42"
	n := 0
	put := func(s *string) { *s, n = other, n+1 }
	for i := range r.Decisions {
		put(&r.Decisions[i].Alarm)
		put(&r.Decisions[i].Why)
	}
	for i := range r.Activities {
		a := &r.Activities[i]
		put(&a.Description)
		put(&a.Cause)
		put(&a.Note)
		put(&a.Message)
	}
	for i := range r.Warnings {
		put(&r.Warnings[i])
	}
	for i := range r.Broken {
		put(&r.Broken[i].Detail)
	}
	for i := range r.Idle {
		put(&r.Idle[i].Why)
	}
	return n
}
