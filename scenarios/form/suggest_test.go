package form

import "testing"

func TestNearest(t *testing.T) {
	for got, want := range map[string]string{"MinSize": "min_size", "min-size": "min_size", "mni_size": "min_size", "minsize": "min_size", "desired": "desired_capacity", "zzz": ""} {
		if near := Nearest(got, []string{"min_size", "max_size", "desired_capacity"}); near != want {
			t.Errorf("nearest to %q is %q, want %q", got, near, want)
		}
	}
}
