package billing

import (
	"math"
	"testing"
)

// TV-57 and the parts of TV-56 that are prices: m5.large costs $0.096 an hour.
func TestPerSecondPrices(t *testing.T) {
	var c Config
	price := Dollars(0.096)
	for _, row := range []struct {
		id      string
		seconds int64
		want    float64
	}{
		{"TV-57: 90 s", 90, 0.0024},
		{"TV-56: the minimum of 60 s", 60, 0.0016},
		{"TV-77: 60 s of an m5.large", 60, 0.0016},
		{"a month", 730 * 3600, 70.08},
	} {
		if got := c.Seconds(row.seconds, price).Float(); math.Abs(got-row.want) > 1e-9 {
			t.Errorf("%s: $%v, want $%v", row.id, got, row.want)
		}
	}
	c.Discount = 0.09
	if got := c.Seconds(3600, price).Float(); math.Abs(got-0.096*0.91) > 1e-9 {
		t.Errorf("a discount of 9 %%: $%v", got)
	}
}

func TestLoadBalancerCapacityUnits(t *testing.T) {
	// TV-63: 1 new connection a second lasting 120 s, 5 requests a second, 300 kB a second, 60 rules.
	c := Config{RequestsPerConnection: 5, ConnectionSeconds: 120, ResponseBytes: 60_000, Rules: 60, BalancerHour: Dollars(0.0225), LCUHour: Dollars(0.008)}
	if got := c.LCUs(5); math.Abs(got-1.08) > 1e-9 {
		t.Errorf("TV-63: %v LCU, want 1.08", got)
	}
	lines := c.Bill(Usage{Hours: 1, Requests: []uint64{5 * 3600}})
	if got := Total(lines, LoadBalancer).Float(); math.Abs(got-0.03114) > 1e-8 {
		t.Errorf("TV-63: $%v an hour, want $0.03114", got)
	}
	// TV-64: 100 new connections a second, 4 minutes each, 20 GB an hour.
	c = Config{RequestsPerConnection: 1, ConnectionSeconds: 240, ResponseBytes: 20e9 / 3600 / 100, BalancerHour: Dollars(0.0225), LCUHour: Dollars(0.008)}
	if got := c.LCUs(100); math.Abs(got-20) > 1e-9 {
		t.Errorf("TV-64: %v LCU, want 20", got)
	}
	lines = c.Bill(Usage{Hours: 1, Requests: []uint64{100 * 3600}})
	if got := Total(lines, LoadBalancer).Float(); math.Abs(got-0.1825) > 1e-8 {
		t.Errorf("TV-64: $%v an hour, want $0.1825", got)
	}
	// Each dimension can be the largest.
	for name, c := range map[string]Config{
		"connections": {RequestsPerConnection: 1},
		"active":      {RequestsPerConnection: 1, ConnectionSeconds: 600},
		"bytes":       {RequestsPerConnection: 100, ResponseBytes: 1e6},
		"rules":       {RequestsPerConnection: 100, Rules: 1010},
	} {
		want := map[string]float64{"connections": 2, "active": 10, "bytes": 180, "rules": 50}[name]
		if got := c.LCUs(50); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v LCU, want %v", name, got, want)
		}
		// whether an hour's average counts or that of each minute is the same.
		if got := (c.LCUs(20) + c.LCUs(80)) / 2; math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v LCU by parts of the hour, want %v", name, got, want)
		}
	}
}

func TestMoneyPrints(t *testing.T) {
	for v, want := range map[float64]string{0: "$0.00", 43.987: "$43.99", 0.0816: "$0.0816", -3.5: "-$3.50"} {
		if got := Dollars(v).String(); got != want {
			t.Errorf("%v prints %q, want %q", v, got, want)
		}
	}
}
