package imports_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"asgsim/scenarios/imports"
)

// plan has a group that changes, with and without its prior state, one that is created and
// one that is destroyed.
func plan(prior string) string {
	const group = `{"name":"web","min_size":2,"max_size":MAX,"availability_zones":["us-east-1a"],"health_check_type":"EC2"}`
	was, is := strings.Replace(group, "MAX", "4", 1), strings.Replace(group, "MAX", "8", 1)
	change := func(address, actions, before, after string) string {
		name := strings.TrimPrefix(address, "aws_autoscaling_group.")
		return `{"address":"` + address + `","mode":"managed","type":"aws_autoscaling_group","name":"` + name + `","change":{"actions":[` + actions + `],"before":` + before + `,"after":` + after + `,"after_unknown":{}}}`
	}
	return `{"format_version":"1.2","terraform_version":"1.9.0",` + strings.ReplaceAll(prior, "GROUP", was) +
		`"planned_values":{"root_module":{"resources":[{"address":"aws_autoscaling_group.web","mode":"managed","type":"aws_autoscaling_group","name":"web","values":` + is + `}]}},
"resource_changes":[` + change("aws_autoscaling_group.web", `"delete","create"`, was, is) + "," + change("aws_autoscaling_group.new", `"create"`, "null", is) + "," +
		change("aws_autoscaling_group.old", `"delete"`, was, "null") + `]}`
}

const priorState = `"prior_state":{"format_version":"1.0","terraform_version":"1.9.0","values":{"root_module":{"resources":[{"address":"aws_autoscaling_group.web","mode":"managed","type":"aws_autoscaling_group","name":"web","values":GROUP}]}}},`

// A plan names its groups, and import reads either side of them: 4 instances at most
// before, 8 afterwards; where a plan has no prior state its changes say what there was.
func TestBothSidesOfAPlan(t *testing.T) {
	for _, prior := range []string{priorState, "", `"prior_state":null,`} {
		text := []byte(plan(prior))
		got, err := imports.PlannedGroups("plan.json", text)
		if err != nil {
			t.Fatal(err)
		}
		want := []imports.PlannedGroup{{Address: "aws_autoscaling_group.web", Names: []string{"web"}, Before: true, After: true}, {Address: "aws_autoscaling_group.new", Names: []string{"web"}, After: true}, {Address: "aws_autoscaling_group.old", Names: []string{"web"}, Before: true}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
		for before, most := range map[bool]string{true: "max_size = 4", false: "max_size = 8"} {
			res, err := imports.Import([]imports.File{{Name: "plan.json", Text: text}}, imports.Options{Group: "aws_autoscaling_group.web", Before: before}, check())
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(strings.Join(strings.Fields(string(res.Text)), " "), most) {
				t.Errorf("before %v, with %.20q: lacks %s\n%s", before, prior, most, res.Text)
			}
		}
	}
	for text, want := range map[string]string{"": "", "{}": "is not what terraform show -json prints of a plan", `{"format_version":"1.0","values":{}}`: "is not what terraform show -json prints of a plan",
		`{"format_version":"1.2","planned_values":{},"errored":true}`: "could not finish",
		`{"format_version":7,"planned_values":{}}`:                    "cannot be read", "nonsense": ""} {
		if _, err := imports.PlannedGroups("x", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A group is asked for by its address, the end or a module of it, or its name before or
// after the plan renames it.
func TestPlannedGroupIsNamed(t *testing.T) {
	g := imports.PlannedGroup{Address: "module.api.aws_autoscaling_group.this", Names: []string{"api-v1", "api-v2"}}
	for text, want := range map[string]bool{"module.api.aws_autoscaling_group.this": true, "this": true, "module.api": true, "api-v1": true, "api-v2": true, "api": false, "module.ap": false, "": false} {
		if g.Is(text) != want {
			t.Errorf("%q: %v, want %v", text, !want, want)
		}
	}
}

// Whatever a plan holds, both sides have an answer.
func FuzzPlan(f *testing.F) {
	f.Add(plan(priorState))
	f.Add(plan(""))
	f.Fuzz(func(t *testing.T, text string) {
		groups, err := imports.PlannedGroups("plan.json", []byte(text))
		if err != nil {
			return
		}
		for _, g := range groups[:min(len(groups), 2)] {
			for _, before := range []bool{true, false} {
				res, err := imports.Import([]imports.File{{Name: "plan.json", Text: []byte(text)}}, imports.Options{Group: g.Address, Before: before}, check("duration=1m"))
				if err != nil {
					continue
				}
				if _, err := load(res.Text, "duration=1m"); err != nil {
					t.Fatalf("%v\n%s", err, res.Text)
				}
			}
		}
	})
}
