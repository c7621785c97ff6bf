package scenarios

import (
	"strings"
	"testing"

	"asgsim/sim/ec2"
)

// Another type than the instance's own has its own price, from the list (us-east-1, on
// demand: m7g.large $0.0816 an hour, t4g.large $0.0672), and its own credits; what is said of
// the instance holds for its own type alone.
func TestTypesOfAMixedGroup(t *testing.T) {
	text := strings.Replace(base, "type = \"c7g.large\"", "type = \"c7g.large\"\nprice = \"$0.05/h\"", 1) + `[auto_scaling_group.mixed_instances_policy]
overrides = [{ instance_type = "c7g.large" }, { instance_type = "m7g.large" }, { instance_type = "t4g.large" }, { instance_type = "c7g.xlarge", price = "$0.01/h" }]
`
	want := []struct {
		name    string
		price   float64
		own     bool
		credits ec2.CreditMode
	}{{"c7g.large", 0.05, true, ec2.NoCredits}, {"m7g.large", 0.0816, false, ec2.NoCredits}, {"t4g.large", 0.0672, false, ec2.UnlimitedCredits}, {"c7g.xlarge", 0.01, true, ec2.NoCredits}}
	got := load(t, text).Configs[0].World.Template.Mixed
	if len(got) != len(want) {
		t.Fatalf("%d types, want %d", len(got), len(want))
	}
	for i, w := range want {
		if m := got[i]; m.Type.Name != w.name || m.Price.Float() != w.price || m.OwnPrice != w.own || m.Credits != w.credits {
			t.Errorf("%s: $%v, own price %v, credits %v, want %+v", m.Type.Name, m.Price.Float(), m.OwnPrice, m.Credits, w)
		}
	}
}
