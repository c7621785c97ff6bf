package serving

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/workload"
)

// A class may have up to 255 attempts and, where there is more than one, no negative
// back-off.
func TestRetriesThatMakeNoSense(t *testing.T) {
	for _, row := range []struct {
		retry Retry
		ok    bool
	}{{Retry{Attempts: 1, Backoff: -1}, true}, {Retry{Attempts: 2, Backoff: -1}, false}, {Retry{Attempts: 2}, true}, {Retry{Attempts: 255, Backoff: des.Second}, true}, {Retry{Attempts: 256}, false}, {Retry{Attempts: -1}, false}} {
		_, err := New(Config{Loads: []workload.Load{{Name: "a", Curve: workload.ConstantRate(1)}}, Classes: []Class{{Name: "a", CPU: workload.Constant{Value: 1}, Retry: row.retry}}, End: des.Time(des.Second)})
		if (err == nil) != row.ok {
			t.Errorf("%+v: %v", row.retry, err)
		}
	}
	if _, err := New(Config{Loads: []workload.Load{{Name: "a", Curve: workload.ConstantRate(1)}}, Classes: []Class{{Name: "a"}}, End: des.Time(des.Second)}); err == nil {
		t.Error("a class without work")
	}
}
