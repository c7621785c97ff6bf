package scenarios

import (
	"io"
	"io/fs"
	"math"
	"strings"
	"testing"

	"asgsim/sim/billing"
)

// frankfurt are imported prices of eu-central-1.
const frankfurtPrices = `{"schema":"asgsim.prices/v1","region":"eu-central-1","date":"2026-11-01","sources":[],"types":[
{"name":"c7g.large","vcpu":2,"memory_gib":4,"terms":[
 {"of":"linux/shared","on_demand":0.0824,"committed":{"reserved/1y/no_upfront":0.0577,"compute/3y/all_upfront":0.0412},"spot_saving":0.6,"interruption":0.125},
 {"of":"windows/dedicated","on_demand":0.2}]},
{"name":"m9x.large","vcpu":2,"memory_gib":8,"terms":[{"of":"linux/shared","on_demand":0.11}]},
{"name":"t3.large","vcpu":2,"memory_gib":8,"terms":[{"of":"linux/shared","on_demand":0.096}]}],
"balancer_hour":0.027,"lcu_hour":0.0081,"metric_month":0.365,"volumes":{"gp3":0.0952},"credits":{"linux/t3":0.055}}`

// imported opens the prices of Frankfurt, and of no other region.
func imported(region string) (io.ReadCloser, string, error) {
	if region != "eu-central-1" {
		return nil, "", fs.ErrNotExist
	}
	return io.NopCloser(strings.NewReader(frankfurtPrices)), "eu-central-1.json", nil
}

// priced loads fixed-fleet with imported prices.
func priced(t *testing.T, sets ...string) (*Scenario, error) {
	t.Helper()
	src, err := Shipped("fixed-fleet")
	if err != nil {
		t.Fatal(err)
	}
	return Load(src, OpenShipped, Options{Sets: append(sets, "policies=[]"), Only: []string{"fourteen"}, Prices: imported})
}

const inFrankfurt = `auto_scaling_group.availability_zones=["eu-central-1a", "eu-central-1b"]`

// Imported prices are those of everything on the bill: arithmetic on the list above.
func TestImportedPrices(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	s, err := priced(t, inFrankfurt)
	if err != nil {
		t.Fatal(err)
	}
	w := &s.Configs[0].World
	for what, row := range map[string][2]billing.USD{
		"an instance":         {w.Template.Price, billing.Dollars(0.0824)},
		"a balancer":          {w.Bill.BalancerHour, billing.Dollars(0.027)},
		"a capacity unit":     {w.Bill.LCUHour, billing.Dollars(0.0081)},
		"detailed monitoring": {w.Bill.MonitoringHour, billing.Dollars(7 * 0.365 / 730)},
	} {
		if row[0] != row[1] {
			t.Errorf("%s costs %v, want %v", what, row[0], row[1])
		}
	}
	if got := w.BillBasis(); got != "on demand, eu-central-1, Linux, 2026-11-01" {
		t.Errorf("the bill says %q", got)
	}
	if got := s.Warnings.Error(); strings.Contains(got, "eu-central-1") {
		t.Errorf("everything has a price: %s", got)
	}
}

// What is asked of prices, and what they do not have.
func TestWhosePrices(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	for sets, want := range map[string]string{
		"prices.region=eu-central-1": "",
		inFrankfurt + ";prices.operating_system=windows;prices.tenancy=dedicated": "",
		inFrankfurt + ";prices.operating_system=rhel":                             "has no price in the catalogue of eu-central-1, 2026-11-01, for rhel, shared: c7g.large",
		inFrankfurt + ";prices.catalogue=shipped":                                 "are in eu-central-1, and the price of c7g.large is known for us-east-1 only",
		inFrankfurt + ";prices.region=eu-west-1":                                  "is eu-west-1, and the zones of the group are in eu-central-1",
		"prices.region=Frankfurt":                                                 "is not the name of a region",
		"prices.region=eu-west-1":                                                 "are in eu-west-1, and the price of c7g.large is known for us-east-1 only",
		"prices.operating_system=windows":                                         "asks for windows, shared, and the shipped prices are those of Linux, shared",
		inFrankfurt + ";instance.type=m9x.large":                                  "",
		"instance.type=m9x.large":                                                 "is not a known instance type",
		inFrankfurt + ";instance.type=c7i.large":                                  "has no price in the catalogue of eu-central-1, 2026-11-01, for linux, shared: c7i.large",
		inFrankfurt + ";instance.type=c7i.large;instance.price=$0.1/h":            "",
		"prices.catalogue=nowhere.json":                                           "prices.catalogue: ",
	} {
		_, err := priced(t, strings.Split(sets, ";")...)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: got %v, want %q", sets, err, want)
		}
	}
}

// Commitments take the discount of their term: 1 - 0.0577/0.0824 and 1 - 0.0412/0.0824.
func TestDiscountOfATerm(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	s, err := priced(t, inFrankfurt, "commitment.a.reserved_instances.count=2", "commitment.a.reserved_instances.term=1y",
		"commitment.b.compute_savings_plan.per_hour=$1", "commitment.b.compute_savings_plan.term=3y", "commitment.b.compute_savings_plan.payment=all_upfront")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{1 - 0.0577/0.0824, 0.5} {
		if got := float64(s.Configs[0].World.Commitments[i].Discount) / 1e6; math.Abs(got-want) > 1e-6 {
			t.Errorf("commitment %d takes %v off, want %v", i, got, want)
		}
	}
	for sets, want := range map[string]string{
		"commitment.a.reserved_instances.count=2;commitment.a.reserved_instances.term=1y":                                                                       "needs imported prices",
		inFrankfurt + ";commitment.a.reserved_instances.count=2;commitment.a.reserved_instances.term=3y":                                                        "they have no reserved 3y no_upfront of c7g.large",
		inFrankfurt + ";commitment.a.reserved_instances.count=2;commitment.a.reserved_instances.term=1y;commitment.a.reserved_instances.discount=3%":            "both say what it takes off",
		inFrankfurt + ";commitment.a.reserved_instances.count=2":                                                                                                `write for example discount = "34%", or term`,
		inFrankfurt + ";commitment.a.reserved_instances.count=2;commitment.a.reserved_instances.term=1y;commitment.a.reserved_instances.instance_type=m5.large": "which the group does not launch",
	} {
		if _, err := priced(t, strings.Split(sets, ";")...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", sets, err, want)
		}
	}
}

// Surplus credits, volumes and Spot have imported prices too.
func TestImportedPricesOfTheRest(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	s, err := priced(t, inFrankfurt, "instance.type=t3.large", "auto_scaling_group.warm_pool.min_size=1")
	if err != nil {
		t.Fatal(err)
	}
	w := &s.Configs[0].World
	if w.Template.Type.Burst.Surplus != billing.Dollars(0.055) || w.Bill.VolumeMonth != billing.Dollars(0.0952) || w.Template.Price != billing.Dollars(0.096) {
		t.Errorf("surplus %v, volumes %v, an hour %v", w.Template.Type.Burst.Surplus, w.Bill.VolumeMonth, w.Template.Price)
	}
	s, err = priced(t, inFrankfurt, `auto_scaling_group.mixed_instances_policy.overrides=[{ instance_type = "c7g.large" }, { instance_type = "m9x.large" }]`)
	if err != nil {
		t.Fatal(err)
	}
	m := s.Configs[0].World.Template.Mixed
	if m[0].Spot.Saving != 0.6 || m[0].Spot.Interruption != 0.125 || m[1].Price != billing.Dollars(0.11) || m[1].Spot.Saving == 0 {
		t.Errorf("%+v", m)
	}
}

// A type that no list has is what the scenario says of it; a known one stays what it is.
func TestTypesInPlace(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	own := "instance.type=m9x.xlarge;instance.vcpus=4;instance.memory_size=16GiB;instance.price=$0.22/h"
	s, err := priced(t, strings.Split(own, ";")...)
	if err != nil {
		t.Fatal(err)
	}
	if m := s.Configs[0].World.Template; m.Type.Name != "m9x.xlarge" || m.Type.VCPU != 4 || m.Type.MemoryGiB != 16 || m.Price != billing.Dollars(0.22) {
		t.Errorf("%+v", m.Model)
	}
	// A t9.large of 30 % earns 0.3 x 2 x 60 = 36 credits an hour, and holds 864.
	s, err = priced(t, "instance.type=t9.large", "instance.vcpus=2", "instance.memory_size=8GiB", "instance.baseline=30%", "instance.price=$0.1/h")
	if err != nil {
		t.Fatal(err)
	}
	if b := s.Configs[0].World.Template.Type.Burst; b.PerHour.Float() != 36 || b.Max.Float() != 864 || b.Baseline != 0.3 {
		t.Errorf("%+v", b)
	}
	s, err = priced(t, `auto_scaling_group.mixed_instances_policy.overrides=[{ instance_type = "c7g.large" }, { instance_type = "c9x.large", vcpus = 2, memory_size = "4GiB", price = "$0.09/h" }]`)
	if err != nil {
		t.Fatal(err)
	}
	if m := s.Configs[0].World.Template.Mixed[1]; m.Type.Name != "c9x.large" || m.Type.VCPU != 2 || m.Price != billing.Dollars(0.09) {
		t.Errorf("%+v", m)
	}
	for sets, want := range map[string]string{
		"instance.type=m9x.xlarge;instance.vcpus=4":                            "vcpus and memory_size do not both say",
		"instance.type=m9x.xlarge;instance.vcpus=4;instance.memory_size=16GiB": "has no price: m9x.xlarge",
		"instance.vcpus=4":           "has 2 vCPUs, not 4",
		"instance.memory_size=64GiB": "GiB of memory, not 64",
		"instance.baseline=10%":      "is known, and so is what it earns",
		"instance.type=t9.large":     "nothing is known of the CPU credits",
		"instance.type=t9.large;instance.vcpus=2;instance.memory_size=8GiB":                                                                       "say baseline of T types",
		"instance.type=m9x.xlarge;instance.vcpus=4;instance.memory_size=16GiB;instance.baseline=10%":                                              "say baseline of T types",
		`auto_scaling_group.mixed_instances_policy.overrides=[{ instance_type = "c9x.large", vcpus = 0 }]`:                                        "must be 1 to 4096",
		`auto_scaling_group.mixed_instances_policy.overrides=[{ instance_type = "c9x.large", vcpus = 2, memory_size = 4 }]`:                       "has no unit",
		`auto_scaling_group.mixed_instances_policy.overrides=[{ instance_type = "c9x.large", vcpus = 2, memory_size = "4GiB", baseline = "0%" }]`: "must be above 0%",
	} {
		if _, err := priced(t, strings.Split(sets, ";")...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", sets, err, want)
		}
	}
}
