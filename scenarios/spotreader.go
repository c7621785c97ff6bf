package scenarios

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"asgsim/scenarios/series"
	"asgsim/sim/billing"
	"asgsim/sim/ec2"
)

// maxPrices bounds the lines of a price file: three months of a region have half of it.
const maxPrices = 1_000_000

// maxPools bounds the pools of a price file, each a type in a zone: a region has a
// thousand types.
const maxPools = 20_000

// spotReader puts recorded Spot prices together, in any order, by pool.
type spotReader struct {
	start    int64 // of the run, Unix time
	zones    []string
	products []string // that count, where a file names any
	out      []ec2.PriceSeries
	pools    map[[2]string]int // index in out, by type and zone
}

// spotProducts are AWS's names of an operating system's Spot Instances
// (DescribeSpotPriceHistory, EC2 API, 2026-08).
func spotProducts(system string) []string {
	name := map[string]string{"windows": "Windows", "rhel": "Red Hat Enterprise Linux", "suse": "SUSE Linux"}[system]
	if name == "" {
		name = "Linux/UNIX"
	}
	return []string{name, name + " (Amazon VPC)"}
}

// add keeps one price; a zone or product that the group does not use is left out.
func (s *spotReader) add(when, kind, dollars string, in, product *string) error {
	var clock series.Clock // each by itself: recorded prices may be put together by hand
	sec, err := clock.Read(when)
	if err != nil {
		return err
	}
	if clock.Civil() {
		sec -= float64(s.start)
	}
	price, err := strconv.ParseFloat(strings.TrimPrefix(dollars, "$"), 64)
	if err != nil || math.IsNaN(price) || price <= 0 || price > 1e6 {
		return fmt.Errorf("is not a price%s", series.Cell(dollars))
	}
	zone := ""
	if in != nil {
		if zone = zoneOf(*in, s.zones); zone == "" {
			return nil
		}
	}
	if product != nil && *product != "" && !slices.Contains(s.products, *product) {
		return nil
	}
	pool := [2]string{kind, zone}
	k, known := s.pools[pool]
	if !known {
		if len(s.out) >= maxPools {
			return fmt.Errorf("is beyond %d types in zones", maxPools)
		}
		pool[0] = strings.Clone(pool[0]) // without the rest of its line
		k, s.out = len(s.out), append(s.out, ec2.PriceSeries{Type: pool[0], Zone: zone})
		s.pools[pool] = k
	}
	s.out[k].Step = append(s.out[k].Step, ec2.PriceStep{At: int64(math.Floor(sec)), Price: billing.Dollars(price)})
	return nil
}

// zoneOf is the zone of the group that a file means: "a" for us-east-1a.
func zoneOf(name string, zones []string) string {
	for _, z := range zones {
		if name == z || strings.HasSuffix(name, z) {
			return z
		}
	}
	return ""
}
