package imports_test

import (
	"fmt"
	"strings"
	"testing"

	"asgsim/scenarios"
	"asgsim/scenarios/imports"
	"asgsim/scenarios/prices"
)

// A type that no list has stays what it is: its vCPUs, memory and price are guessed from
// one like it, by its size (m7i.large has 2 vCPUs and 8 GiB: twice of both), and told.
func TestUnlistedType(t *testing.T) {
	const group = `{"AutoScalingGroups":[{"AutoScalingGroupName":"web","MinSize":1,"MaxSize":4,"AvailabilityZones":["ZONEa"]%s}]}`
	const single = `,"MixedInstancesPolicy":{"LaunchTemplate":{"Overrides":[{"InstanceType":"m99i.xlarge"},{"InstanceType":"c7g.large"},{"InstanceType":"t9.large"}]}}`
	text := strings.ReplaceAll(fmt.Sprintf(group, single), "ZONE", "us-east-1")
	res, err := imports.Import([]imports.File{{Name: "asg.json", Text: []byte(text)}}, imports.Options{}, check())
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load(scenarios.Source{Name: "x.toml", Text: res.Text}, nil, scenarios.Options{})
	if err != nil {
		t.Fatalf("%v\n%s", err, res.Text)
	}
	m := s.Configs[0].World.Template.Mixed
	if len(m) != 3 || m[0].Type.Name != "m99i.xlarge" || m[0].Type.VCPU != 4 || m[0].Type.MemoryGiB != 16 || !m[0].OwnPrice || m[1].OwnPrice || !m[2].Type.Burstable {
		t.Errorf("%+v\n%s", m, res.Text)
	}
	told := ""
	for _, n := range res.Assumed {
		told += n.What + ": " + n.Effect + "\n"
	}
	if !strings.Contains(told, "m99i.xlarge: is not in the price list") || strings.Contains(told, "c7g.large") {
		t.Errorf("tells %s", told)
	}
	// Imported prices of the region know it, and others of theirs.
	text = strings.ReplaceAll(fmt.Sprintf(group, single), "ZONE", "eu-central-1")
	have := &prices.Catalogue{Region: "eu-central-1", Date: "2026-11-01", Types: []prices.Type{
		{Name: "c7g.large", VCPU: 2, MemoryGiB: 4, Terms: []prices.Terms{{Of: "linux/shared", OnDemand: 0.0824}}},
		{Name: "m99i.xlarge", VCPU: 6, MemoryGiB: 20, Terms: []prices.Terms{{Of: "linux/shared", OnDemand: 0.3}}}}}
	res, err = imports.Import([]imports.File{{Name: "asg.json", Text: []byte(text)}}, imports.Options{Prices: func(region string) *prices.Catalogue {
		if region == have.Region {
			return have
		}
		return nil
	}}, func([]byte) []imports.Fault { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(res.Text), `{ instance_type = "m99i.xlarge" },`) || !strings.Contains(string(res.Text), `{ instance_type = "c7g.large" },`) || !strings.Contains(string(res.Text), `"t9.large", vcpus = 2`) {
		t.Errorf("%s", res.Text)
	}
}
