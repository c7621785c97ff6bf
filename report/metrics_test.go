package report

import (
	"reflect"
	"strings"
	"testing"

	"asgsim/sim/account"
)

// Every name of the summary has a meaning, its own or that of its parent, and
// nothing is explained that is not there.
func TestEveryNumberIsExplained(t *testing.T) {
	meant := map[string]bool{}
	for _, m := range Metrics() {
		meant[m.Name] = false
	}
	summary := reflect.TypeFor[account.Summary]()
	for i := range summary.NumField() {
		f := summary.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if _, ok := meant[name]; ok {
			meant[name] = true
			continue
		}
		if f.Type.Kind() != reflect.Struct {
			t.Errorf("%s has no meaning", name)
			continue
		}
		for k := range f.Type.NumField() {
			full := name + "." + strings.Split(f.Type.Field(k).Tag.Get("json"), ",")[0]
			if _, ok := meant[full]; !ok {
				t.Errorf("%s has no meaning", full)
			}
			meant[full] = true
		}
	}
	for name, used := range meant {
		if !used {
			t.Errorf("%s is explained but not in the summary", name)
		}
	}
	for _, line := range strings.Split(MetricsText(), "\n") {
		if len([]rune(line)) > Columns {
			t.Errorf("too wide: %s", line)
		}
	}
}
