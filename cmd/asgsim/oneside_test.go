package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"asgsim/scenarios/imports"
)

// What is assumed, or not simulated, of one side of a plan alone makes a difference that
// the plan does not: it is told. What is alike on both is not, nor what is taken over from
// before.
func TestWhatOneSideAloneAssumes(t *testing.T) {
	note := func(what string) imports.Note { return imports.Note{What: what, Effect: "why " + what} }
	s := &planSide{made: map[bool]*imports.Result{
		true:  {Assumed: []imports.Note{note("instance.type"), note("request.cpu"), note("auto_scaling_group.availability_zones")}, NotInIt: []imports.Note{note("policy up"), note("stickiness")}},
		false: {Assumed: []imports.Note{note("auto_scaling_group.availability_zones"), note("instance.monitoring")}, NotInIt: []imports.Note{note("stickiness"), note("new")}},
	}}
	s.oneSided()
	want := []string{
		"assumed of before alone, so that a change of it may be none: instance.type: why instance.type",
		"not simulated of before alone: policy up: why policy up",
		"assumed of after alone, so that a change of it may be none: instance.monitoring: why instance.monitoring",
	}
	if diff := cmp.Diff(want, s.notes); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
