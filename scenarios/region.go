package scenarios

import (
	"regexp"
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// zoneName is a zone as AWS names it: its region, then a letter, or the city of a
// Local or Wavelength Zone and a letter ("Regions and Zones", EC2 User Guide, 2026-08).
var zoneName = regexp.MustCompile(`^([a-z]{2}(?:-[a-z]+)+-[0-9])(?:[a-z]|(?:-[a-z0-9]+)+)$`)

// regionOf is the region that a zone names; empty for a short name such as "a".
func regionOf(zone string) string {
	if m := zoneName.FindStringSubmatch(zone); m != nil {
		return m[1]
	}
	return ""
}

// region refuses a group in another region than the price list's until it has a
// price, and warns of the other prices that stay those of the list.
func (d *decoder) region(w *record.Config) {
	const zones = "auto_scaling_group.availability_zones"
	region := ""
	for _, z := range w.Group.Zones {
		r := regionOf(z)
		if r == "" {
			continue
		}
		if region != "" && r != region {
			d.Problem(zones, d.At(zones), form.Wrong("a group lives in one region", "are of two regions, %s and %s", region, r))
			return
		}
		region = r
	}
	if region == "" || region == ec2.PricesRegion {
		return
	}
	var unpriced []string
	for _, m := range w.Template.Models() {
		if !m.OwnPrice && m.Type.Name != "" && !slices.Contains(unpriced, m.Type.Name) {
			unpriced = append(unpriced, m.Type.Name)
		}
	}
	if len(unpriced) > 0 {
		remedy := `write instance.price = "$0.10/h" with the price there`
		if w.Template.Mixed != nil {
			remedy = `write price = "$0.10/h" with the price there beside each instance_type of overrides`
		}
		d.Problem(zones, d.At(zones), form.Wrong(remedy+", or short zone names (\"a\") to use "+ec2.PricesRegion+"'s",
			"are in %s, and the price of %s is known for %s only", region, strings.Join(unpriced, ", "), ec2.PricesRegion))
		return
	}
	d.otherPrices(w, region)
}

// otherPrices warns of what is billed at another region's prices.
func (d *decoder) otherPrices(w *record.Config, region string) {
	var keys, fixed []string
	if !w.Bill.NoBalancer && w.Bill.BalancerHour > 0 && !d.IsGiven("load_balancer.price") {
		keys = append(keys, "load_balancer.price")
	}
	if !w.Bill.NoBalancer && w.Bill.LCUHour > 0 && !d.IsGiven("load_balancer.lcu_price") {
		keys = append(keys, "load_balancer.lcu_price")
	}
	if w.Group.WarmPool != nil && !d.IsGiven(warmPoolTable+".volume_price") {
		keys = append(keys, warmPoolTable+".volume_price")
	}
	if w.Bill.MonitoringHour > 0 {
		fixed = append(fixed, "detailed monitoring")
	}
	if w.Bill.FineHour > 0 {
		fixed = append(fixed, "high-resolution metrics")
	}
	if w.Template.Credits == ec2.UnlimitedCredits {
		fixed = append(fixed, "surplus CPU credits")
	}
	const zones = "auto_scaling_group.availability_zones"
	if len(keys) > 0 {
		d.Warn(zones, "give them", "are in %s; billed at %s's prices, for want of others: %s", region, ec2.PricesRegion, strings.Join(keys, ", "))
	}
	if len(fixed) > 0 {
		d.Warn(zones, "", "are in %s; always billed at %s's prices: %s", region, ec2.PricesRegion, strings.Join(fixed, ", "))
	}
}
