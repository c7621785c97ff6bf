package scenarios

import (
	"strings"
	"testing"
)

// A word of help means a table, else a path, else an inner table, else a key's name.
func TestKeysOfAWord(t *testing.T) {
	for word, want := range map[string]struct{ holds, lacks string }{
		"hook":                      {"hook.N.duration", "event."},
		"target_tracking":           {"policy.N.target_tracking.target_value", "step_scaling"},
		"policy.cpu.expression":     {"policy.N.expression.desired", "target_tracking"},
		"policy.N.step_scaling":     {"policy.N.step_scaling.alarm", "simple_scaling"},
		"min_size":                  {"schedule.N.min_size", "max_size"},
		"target_group.health_check": {"target_group.health_check.interval", "slow_start"},
	} {
		keys, err := KeysOf(word)
		var paths []string
		for _, k := range keys {
			paths = append(paths, k.Path)
		}
		all := strings.Join(paths, "\n")
		if err != nil || !strings.Contains(all, want.holds) || strings.Contains(all, want.lacks) {
			t.Errorf("%s: %v\n%s", word, err, all)
		}
	}
	if _, err := KeysOf("hok"); err == nil || !strings.Contains(err.Error(), `did you mean "hook"?`) {
		t.Error(err)
	}
	n := 0
	for _, x := range Tables() {
		if n += x.Keys; x.Doc == "" {
			t.Errorf("[%s] is not described", x.Name)
		}
	}
	built := 0
	for _, k := range Keys() {
		if !k.Planned {
			built++
		}
	}
	if n != built {
		t.Errorf("tables hold %d keys of %d", n, built)
	}
}
