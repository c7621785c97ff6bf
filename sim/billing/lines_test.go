package billing

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// A bill by hand: 10 hours of Spot at $0.03 and half an hour free, high-resolution
// metrics at $0.002 and detailed monitoring at $0.003 an instance-hour, 5 GiB-months at
// $0.08 in the pool, 2 vCPU-hours of surplus credits at $0.05, 3 hours of a load
// balancer at $0.02 with an LCU-hour of $0.008 at 25 requests a second.
func TestEveryLineByHand(t *testing.T) {
	c := Config{BalancerHour: Dollars(0.02), LCUHour: Dollars(0.008), RequestsPerConnection: 1, MonitoringHour: Dollars(0.003), FineHour: Dollars(0.002), VolumeMonth: Dollars(0.08)}
	u := Usage{
		Instances: []InstanceUse{{Type: "m7g.large", Spot: true, Seconds: 36_000, Exact: 0.03e9 * 36_000, Free: 1800, Surplus: 2 * 3_600_000_000_000, SurplusHour: Dollars(0.05)}},
		Hours:     3, Requests: []uint64{25 * 3600, 0, 0}, Pool: true, Stored: 5,
	}
	lines := c.Bill(u)
	for g, want := range map[Group]float64{EC2: 0.30 + 0.10, LoadBalancer: 0.06 + 0.008, Monitoring: 0.03 + 0.02, Storage: 0.40, Commitments: 0} {
		if got := Total(lines, g).Float(); math.Abs(got-want) > 1e-9 {
			t.Errorf("group %d: $%v, want $%v", g, got, want)
		}
	}
	free := 0
	for _, l := range lines {
		if l.Amount == 0 && l.Quantity == 0.5 {
			free++
		}
	}
	if free != 1 {
		t.Errorf("the free half hour is on %d lines: %+v", free, lines)
	}
	c.NoBalancer = true
	if got := Total(c.Bill(u), LoadBalancer); got != 0 {
		t.Errorf("no load balancer, and %v for it", got)
	}
}

// Surplus credits by hand: 1 vCPU-hour costs its price, and amounts are rounded to the
// nearest nano-dollar, half up.
func TestSurplusByHand(t *testing.T) {
	const hour = 3_600_000_000_000
	for _, row := range []struct {
		nanos int64
		price USD
		want  USD
	}{{hour, 50_000_000, 50_000_000}, {2 * hour, 7, 14}, {hour / 2, 1, 1}, {hour / 4, 1, 0}, {3 * hour / 4, 1, 1}} {
		if got := Surplus(row.nanos, row.price); got != row.want {
			t.Errorf("%d vCPU-ns at %d: %d, want %d", row.nanos, row.price, got, row.want)
		}
	}
}

// What has no price has no line; what has one has, even if nothing was used.
func TestLinesOfWhatIsPriced(t *testing.T) {
	names := func(c *Config) (out []string) {
		for _, l := range c.Bill(Usage{Hours: 1, Instances: []InstanceUse{{Type: "m5.large", Price: Dollars(0.096)}}}) {
			out = append(out, l.Item)
		}
		return out
	}
	if got := names(&Config{}); slices.Contains(got, "High-resolution metrics") || slices.Contains(got, "Surplus CPU credits") || slices.Contains(got, "EBS volumes of the warm pool") {
		t.Errorf("%q", got)
	}
	if got := names(&Config{FineHour: Dollars(0.01)}); !slices.Contains(got, "High-resolution metrics") {
		t.Errorf("%q", got)
	}
}

// The surplus of two types has a line each, which say whose it is; of one type it needs
// no name.
func TestSurplusOfTwoTypes(t *testing.T) {
	items := func(types ...string) (out []string) {
		var u Usage
		for _, name := range types {
			u.Instances = append(u.Instances, InstanceUse{Type: name, Seconds: 60, SurplusHour: Dollars(0.05)})
		}
		for _, l := range (&Config{}).Bill(u) {
			if strings.HasPrefix(l.Item, "Surplus") {
				out = append(out, l.Item)
			}
		}
		return out
	}
	if one := items("t3.large"); len(one) != 1 || one[0] != "Surplus CPU credits" {
		t.Errorf("%q", one)
	}
	if two := items("t3.large", "t3.small"); len(two) != 2 || !strings.Contains(two[0], "t3.large") || !strings.Contains(two[1], "t3.small") {
		t.Errorf("%q", two)
	}
}
