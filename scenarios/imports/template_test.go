package imports_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"asgsim/scenarios/imports"
	"asgsim/sim/des"
)

// What testdata/stack.yaml says, its functions evaluated by eye: the stage is prod, so 6
// to 30 instances of c7g.xlarge, and no action for the night.
func TestTemplate(t *testing.T) {
	res, w := imported(t, read(t, "testdata/stack.yaml"), imports.Options{})
	golden(t, "stack.toml", res.Text)
	g := &w.Group
	for _, x := range []struct {
		what      string
		got, want any
	}{
		{"name", g.Name, "stack-prod"},
		{"sizes", []int{g.Min, g.Max, g.Desired}, []int{6, 30, 8}},
		{"zones, one a subnet", len(g.Zones), 2},
		{"cooldown", g.Cooldown, 120 * des.Second}, {"grace", g.Grace, 60 * des.Second}, {"ELB", g.HealthCheckELB, true},
		{"type", w.Template.Type.Name, "c7g.xlarge"}, {"detailed", w.Template.Detailed, true},
		{"probe", []des.Duration{w.Balancer.Check.Interval, w.Balancer.Check.Timeout}, []des.Duration{10 * des.Second, 4 * des.Second}},
		{"threshold", w.Balancer.Check.UnhealthyThreshold, 3},
		{"drain", w.Balancer.DeregistrationDelay, 45 * des.Second}, {"algorithm", w.Balancer.Algorithm.String(), "least_outstanding_requests"},
		{"idle timeout", w.Balancer.IdleTimeout, 30 * des.Second},
		{"policies", len(w.Policies), 2},
		{"actions: morning alone", len(w.Schedule), 1}, {"its size", w.Schedule[0].Min, 10},
		{"hook", g.Hooks[0].Timeout, 240 * des.Second}, {"pool", g.WarmPool.Min, 2},
	} {
		if diff := cmp.Diff(x.want, x.got); diff != "" {
			t.Errorf("%s: -want +got\n%s", x.what, diff)
		}
	}
	for _, x := range [][2]string{
		{"Transform", `the macro "Company::Tags" is not resolved`},
		{"PlacementGroup", "placement"}, // whether it has one is not known
	} {
		if !told(res.NotInIt, x[0], x[1]) {
			t.Errorf("%s, %s: not told: %q", x[0], x[1], res.NotInIt)
		}
	}
	if len(res.NotInIt) != 2 {
		t.Errorf("%d losses, want those 2: %q", len(res.NotInIt), res.NotInIt)
	}
}

// --parameter decides.
func TestParameters(t *testing.T) {
	files := read(t, "testdata/stack.yaml")
	_, w := imported(t, files, imports.Options{Parameters: map[string]string{"Stage": "test", "MaxSize": "4"}})
	if g := &w.Group; g.Name != "stack-test" || g.Min != 1 || g.Max != 4 || w.Template.Type.Name != "t4g.small" || w.Template.Detailed || len(w.Schedule) != 2 {
		t.Errorf("%s, %d to %d, %s, %d actions", g.Name, g.Min, g.Max, w.Template.Type.Name, len(w.Schedule))
	}
	_, err := imports.Import(files, imports.Options{Parameters: map[string]string{"Stag": "test"}}, check())
	if err == nil || !strings.Contains(err.Error(), "--parameter Stag: there is no such parameter; there are Alert, MaxSize, Stage, Subnets") {
		t.Errorf("%v", err)
	}
}

// Each function as CloudFormation's guide has it ("Intrinsic function reference", read
// 2026-11), in MaxSize; and what cannot be known says why.
func TestFunctions(t *testing.T) {
	for _, x := range []struct {
		yaml string
		want int
		why  string
	}{
		{"7", 7, ""},
		{`"7"`, 7, ""},
		{"!Ref Seven", 7, ""},
		{"{Ref: Seven}", 7, ""},
		{"!Sub '${Seven}'", 7, ""},
		{"!Sub ['${A}${B}', {A: 1, B: !Ref Seven}]", 17, ""},
		{"!Join ['', [1, 2]]", 12, ""},
		{"!Select [1, [5, 6]]", 6, ""},
		{"!Select ['0', !Split ['-', '8-9']]", 8, ""},
		{"!Select [2, !Ref Several]", 40, ""},
		{"!FindInMap [Map, !Ref Seven, Value]", 21, ""},
		{"!If [Yes, 3, 4]", 3, ""},
		{"!If [No, 3, 4]", 4, ""},
		{"!If [Either, 3, 4]", 3, ""}, // one side is known and decides
		{"!If [Both, 3, 4]", 4, ""},   // so here
		{"!If [Maybe, 3, 4]", 0, "condition Maybe"},
		{"!Ref Unset", 0, "give --parameter Unset=VALUE"},
		{"!Ref Stored", 0, "Parameter Store"},
		{"!Ref Nothing", 0, "neither a parameter nor a resource"},
		{"!ImportValue x", 0, "Fn::ImportValue is not resolved"},
		{"!Transform {Name: m}", 0, "Fn::Transform is not resolved"},
		{"!Select [9, [5, 6]]", 0, "fewer"},
		{"!FindInMap [Map, 8, Value]", 0, "map Map has no 8.Value"},
		{"!GetAtt Group.Nothing", 0, "only once it is deployed"},
		{"!GetAtt Gone.Arn", 0, "no resource of the template"},
		{"!If [Circle, 3, 4]", 0, "condition Circle"},
		{"!Sub '${Seven'", 0, "not a whole number"},
	} {
		text := fmt.Sprintf(`
Parameters:
  Seven: {Type: Number, Default: 7}
  Several: {Type: CommaDelimitedList, Default: "10, 30, 40"}
  Unset: {Type: String}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /a/b}
Mappings: {Map: {"7": {Value: 21}}}
Conditions:
  Yes: !Equals [!Ref Seven, "7"]
  No: !Not [!Condition Yes]
  Maybe: !Equals [!Ref Unset, "7"]
  Either: !Or [!Condition Maybe, !Condition Yes]
  Both: !And [!Condition Maybe, !Condition No]
  Circle: !Not [!Condition Circle]
Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 1, MaxSize: %s}
`, x.yaml)
		res, w := imported(t, []imports.File{{Name: "t.yaml", Text: []byte(text)}}, imports.Options{})
		if x.why == "" && w.Group.Max != x.want || x.why != "" && !told(res.NotInIt, "MaxSize", x.why) {
			t.Errorf("%s: %d, want %d or %q: %q", x.yaml, w.Group.Max, x.want, x.why, res.NotInIt)
		}
	}
}

// What aws cloudformation get-template prints, as JSON or with the YAML in a text; AWS's
// command line's answers as YAML.
func TestTemplateWrapped(t *testing.T) {
	for _, text := range []string{
		`{"TemplateBody": {"Resources": {"G": {"Type": "AWS::AutoScaling::AutoScalingGroup", "Properties": {"MinSize": "2", "MaxSize": "5"}}}}}`,
		`{"TemplateBody": "Resources:\n  G:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties: {MinSize: 2, MaxSize: 5}\n", "StagesAvailable": ["Original"]}`,
		"AutoScalingGroups:\n- AutoScalingGroupName: G\n  MinSize: 2\n  MaxSize: 5\n",
	} {
		_, w := imported(t, []imports.File{{Name: "t", Text: []byte(text)}}, imports.Options{})
		if w.Group.Min != 2 || w.Group.Max != 5 {
			t.Errorf("%s: %d to %d", text, w.Group.Min, w.Group.Max)
		}
	}
}

// What sets the group's capacity from outside of it is told.
func TestScaledFromOutside(t *testing.T) {
	const text = "Resources:\n  G: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 0, MaxSize: 9}}\n  P: {Type: AWS::ECS::CapacityProvider}\n"
	res, _ := imported(t, []imports.File{{Name: "t.yaml", Text: []byte(text)}}, imports.Options{})
	if !told(res.NotInIt, "t.yaml P", "managed scaling") {
		t.Errorf("%q", res.NotInIt)
	}
}

// Templates that would grow without end are stopped.
func TestTemplatesThatGrow(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	var bomb, chain strings.Builder
	bomb.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	bomb.WriteString("Resources: {}\n")
	for name, text := range map[string]string{"aliases": bomb.String(), "an alias of itself": "Resources: &a\n  x: *a\n"} {
		if _, err := imports.Import([]imports.File{{Name: "t", Text: []byte(text)}}, imports.Options{}, check()); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	chain.WriteString("Mappings:\n  M:\n    a:\n      v0: " + strings.Repeat("x", 1000) + "\n")
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&chain, "      v%d: !Join ['', [!FindInMap [M, a, v%d], !FindInMap [M, a, v%d]]]\n", i, i-1, i-1)
	}
	chain.WriteString("Resources:\n  G:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties: {MinSize: 1, MaxSize: 2, AutoScalingGroupName: !FindInMap [M, a, v29]}\n")
	res, _ := imported(t, []imports.File{{Name: "t", Text: []byte(chain.String())}}, imports.Options{})
	if len(res.Text) > 100_000 {
		t.Errorf("%d bytes", len(res.Text))
	}
}

// FuzzTemplate: never a panic; what is accepted makes a valid scenario.
func FuzzTemplate(f *testing.F) {
	f.Add("Resources:\n  G:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties: {MinSize: !Ref A, MaxSize: !Sub '${AWS::Region}'}\n")
	f.Add("Parameters: {A: {Default: 1}}\nConditions: {C: !Or [!Condition C, !Equals [1, !Ref A]]}\nResources:\n  G:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Condition: C\n    Properties: {MinSize: !If [C, 1, !Select [0, !Split [',', 'a,b']]], MaxSize: 2}\n")
	f.Add("Resources:\n  T: &t\n    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n    Properties: {TargetGroupAttributes: [{Key: a, Value: !GetAtt T.Arn}]}\n  P:\n    Type: AWS::AutoScaling::ScalingPolicy\n    Properties: {TargetTrackingConfiguration: {TargetValue: 5}}\n")
	f.Fuzz(func(t *testing.T, text string) { answered(t, "f.yaml", text) })
}
