package world

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// What was saved is what is restored, to the last bit: with policies, faults, holds,
// a refresh, an act by hand.
func TestRestoredRunsAreWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	cfg := timeline(320, 1600, 4)
	cfg.Explain, cfg.Duration = true, 90*des.Minute
	cfg.Group.HealthCheckELB, cfg.Group.Grace = true, 2*des.Minute
	cfg.Group.Hooks = []asg.Hook{{Name: "setup", Launching: true, Timeout: 300 * des.Second, Took: seconds64(20), Success: 1}}
	cfg.Faults = []fault.Fault{fault.Hang{Plan: fault.Plan{Name: "hang", At: []des.Time{s(300)}, Whom: fault.Whom{Count: 1}}}, fault.Crash{Plan: fault.Plan{Name: "crash", At: []des.Time{s(900)}, Whom: fault.Whom{Count: 1}}}}
	cfg.Events = []asg.Event{{Name: "mine", Kind: asg.EventSetDesired, At: []des.Time{s(1200)}, Count: asg.All, Sizes: asg.Sizes{Desired: 9}}}
	r := run(t, cfg)
	var b bytes.Buffer
	if err := r.Save(&b); err != nil {
		t.Fatal(err)
	}
	again, err := account.Restore(&b, cfg)
	if err != nil {
		t.Fatal(err)
	}
	all := cmp.Exporter(func(reflect.Type) bool { return true })
	if d := cmp.Diff(r, again, all, cmpopts.EquateNaNs(), cmpopts.EquateEmpty(), cmpopts.IgnoreTypes(&record.Config{}), cmpopts.IgnoreTypes(&serving.Histogram{})); d != "" {
		t.Error(d)
	}
	if _, err := account.Restore(bytes.NewReader([]byte("no")), cfg); err == nil {
		t.Error("rubbish is restored")
	}
}
