package scenarios

import (
	"strings"
	"testing"
)

// A key of a table that a variant removes can be set for the others; one that asks for
// that variant alone is told that the table is not there whole, and a wrong value is wrong.
func TestASetWithinWhatAVariantRemoves(t *testing.T) {
	src, err := Shipped("zonal-shift")
	if err != nil {
		t.Fatal(err)
	}
	with := func(value string, only ...string) error {
		_, err := Load(src, OpenShipped, Options{Sets: []string{"event.away.zonal_shift.duration=" + value}, Only: only, Unadvised: true})
		return err
	}
	if err := with("20m"); err != nil {
		t.Errorf("all variants: %v", err)
	}
	if err := with("20m", "nobody-acts"); err == nil || !strings.Contains(err.Error(), "event.away.zonal_shift") {
		t.Errorf("the variant without it: %v", err)
	}
	if err := with("4d"); err == nil || strings.Contains(err.Error(), "is missing") {
		t.Errorf("four days: %v", err)
	}
}
