package scenarios

import (
	"strings"
	"testing"
)

// Zone names as AWS writes them say their region; others say none.
func TestRegionOfAZone(t *testing.T) {
	for zone, want := range map[string]string{
		"us-east-1a": "us-east-1", "eu-central-1b": "eu-central-1", "us-gov-west-1a": "us-gov-west-1", "ap-southeast-2c": "ap-southeast-2",
		"us-west-2-lax-1a": "us-west-2", "us-east-1-wl1-bos-wlz-1": "us-east-1", "a": "", "zone-1": "", "use1-az1": "",
	} {
		if got := regionOf(zone); got != want {
			t.Errorf("%s is of %q, want %q", zone, got, want)
		}
	}
}

// The prices of us-east-1 are never used for another region in silence.
func TestPricesOfAnotherRegion(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	load := func(sets ...string) (*Scenario, error) {
		src, err := Shipped("fixed-fleet")
		if err != nil {
			t.Fatal(err)
		}
		return Load(src, OpenShipped, Options{Sets: append(sets, "policies=[]"), Only: []string{"fourteen"}})
	}
	frankfurt := `auto_scaling_group.availability_zones=["eu-central-1a", "eu-central-1b"]`
	if _, err := load(frankfurt); err == nil || !strings.Contains(err.Error(), "are in eu-central-1, and the price of c7g.large is known for us-east-1 only") {
		t.Errorf("got %v", err)
	}
	s, err := load(frankfurt, "instance.price=$0.0824/h")
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Warnings.Error(); !strings.Contains(got, "load_balancer.price, load_balancer.lcu_price") || !strings.Contains(got, "billed at us-east-1's prices, Linux, for want of others: detailed monitoring") {
		t.Errorf("warns %s", got)
	}
	s, err = load(frankfurt, "instance.price=$0.0824/h", "load_balancer.price=$0.027/h", "load_balancer.lcu_price=$0.008/h", "instance.monitoring=basic")
	if err != nil || strings.Contains(s.Warnings.Error(), "eu-central-1") {
		t.Errorf("everything has a price: %v, %v", s.Warnings, err)
	}
	if _, err = load(`auto_scaling_group.availability_zones=["us-east-1a", "us-east-1b"]`); err != nil {
		t.Error(err)
	}
	if _, err = load(`auto_scaling_group.availability_zones=["us-east-1a", "us-east-2b"]`); err == nil || !strings.Contains(err.Error(), "two regions") {
		t.Errorf("got %v", err)
	}
}
