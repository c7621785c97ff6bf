package sim

import (
	"reflect"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/scaling"
	"asgsim/sim/world"
)

// A fixed fleet has nothing that moves it, and a scheduled min_size below the
// group's lowers the bound.
func TestFixedMeansFixed(t *testing.T) {
	cfg := &world.Config{Autoscaler: &scaling.KubernetesHPA{}, Schedule: []asg.Schedule{{Min: asg.Keep}, {Min: 1}}}
	cfg.Group.Min, cfg.Group.Max, cfg.Group.WarmPool = 4, 9, &asg.WarmPool{Min: 3}
	// Whatever package scaling has in a configuration moves the fleet.
	kinds := 0
	moves := func(f reflect.StructField) bool {
		of := f.Type
		if of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		return of.PkgPath() == reflect.TypeFor[scaling.StepScaling]().PkgPath()
	}
	v := reflect.ValueOf(cfg).Elem()
	for i := range v.NumField() {
		if f := v.Type().Field(i); moves(f) {
			kinds++
			switch f.Type.Kind() {
			case reflect.Slice:
				v.Field(i).Set(reflect.MakeSlice(f.Type, 1, 1))
			case reflect.Pointer:
				v.Field(i).Set(reflect.New(f.Type.Elem()))
			}
			if v.Field(i).IsZero() {
				t.Fatalf("%s is not set", f.Name)
			}
		}
	}
	f := fixedFleet(cfg, 6)
	for i := range v.NumField() {
		if field := v.Type().Field(i); moves(field) && !reflect.ValueOf(f).Elem().Field(i).IsZero() {
			t.Errorf("a fixed fleet has %s", field.Name)
		}
	}
	if kinds < 5 || len(f.Schedule) != 0 || f.Group.WarmPool != nil || f.Group.Min != 6 || f.Group.Max != 6 || len(cfg.Schedule) != 2 {
		t.Errorf("%d kinds of policy; %+v", kinds, f)
	}
	if lowestMin(cfg) != 1 {
		t.Errorf("the lowest minimum is %d", lowestMin(cfg))
	}
}
