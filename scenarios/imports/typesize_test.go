package imports

import (
	"strings"
	"testing"

	"asgsim/scenarios/prices"
)

const dedicatedGroup = `{"AutoScalingGroups":[{"AutoScalingGroupName":"web","MinSize":1,"MaxSize":4,"AvailabilityZones":["eu-central-1a"],"LaunchTemplate":{"LaunchTemplateName":"web","Version":"1"},
 "TargetGroupARNs":["arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/web/1","arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/admin/2"]}],
"TargetGroups":[{"TargetGroupArn":"arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/web/1","TargetGroupName":"web","Protocol":"HTTP","HealthCheckIntervalSeconds":10}],
"LaunchTemplateVersions":[{"LaunchTemplateName":"web","VersionNumber":1,"LaunchTemplateData":{"InstanceType":"TYPE","Placement":{"Tenancy":"dedicated"}}}]}`

// imported is what is made of a group whose instances are of a type and on machines of
// their own.
func importedDedicated(t *testing.T, kind string, o Options, more ...File) *Result {
	t.Helper()
	files := append([]File{{Name: "cli.json", Text: []byte(strings.Replace(dedicatedGroup, "TYPE", kind, 1))}}, more...)
	res, err := Import(files, o, func([]byte) []Fault { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// What describe-instance-types says of a type that no list has stands in the scenario; the
// price alone is guessed, by the vCPUs: m7i.large has 2 at $0.1008 an hour.
func TestDescribeInstanceTypes(t *testing.T) {
	text := strings.Replace(dedicatedGroup, "eu-central-1a", "us-east-1a", 1)
	files := []File{{Name: "cli.json", Text: []byte(strings.Replace(text, "TYPE", "zz9.weird", 1))},
		{Name: "types.json", Text: []byte(`{"InstanceTypes":[{"InstanceType":"zz9.weird","VCpuInfo":{"DefaultVCpus":6},"MemoryInfo":{"SizeInMiB":12288}},{"InstanceType":"c7g.large","VCpuInfo":{"DefaultVCpus":2},"MemoryInfo":{"SizeInMiB":4096}}]}`)}}
	res, err := Import(files, Options{}, func([]byte) []Fault { return nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"vcpus = 6 # describe-instance-types", `memory_size = "12GiB" # describe-instance-types`, `price = "$0.3024/h" # assumed`} {
		if !strings.Contains(spaced(res.Text), want) {
			t.Errorf("lacks %s:\n%s", want, res.Text)
		}
	}
	if said := told(res.Assumed); !strings.Contains(said, "its price is guessed from m7i.large, by the vCPUs") {
		t.Errorf("assumes %s", said)
	}
}

// Dedicated tenancy is that of [prices] where its price is known, and told where it is not.
func TestTenancy(t *testing.T) {
	res := importedDedicated(t, "c7g.large", Options{})
	if lost := told(res.NotInIt); strings.Contains(string(res.Text), "tenancy =") || !strings.Contains(lost, "Placement.Tenancy: dedicated tenancy costs more than what is written") {
		t.Errorf("%s\n%s", lost, res.Text)
	}
	known := &prices.Catalogue{Region: "eu-central-1", Types: []prices.Type{{Name: "c7g.large", VCPU: 2, MemoryGiB: 4,
		Terms: []prices.Terms{{Of: "linux/shared", OnDemand: 0.08}, {Of: "linux/dedicated", OnDemand: 0.09}}}}}
	res = importedDedicated(t, "c7g.large", Options{Prices: func(string) *prices.Catalogue { return known }})
	if lost := told(res.NotInIt); !strings.Contains(spaced(res.Text), `tenancy = "dedicated"`) || strings.Contains(lost, "enancy") {
		t.Errorf("%s\n%s", lost, res.Text)
	}
}
