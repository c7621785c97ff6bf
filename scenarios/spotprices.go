package scenarios

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/scenarios/series"
	"asgsim/sim/billing"
	"asgsim/sim/ec2"
)

// pricesRead is what was read of a file of prices: once, be it what is wrong with it.
type pricesRead struct {
	series []ec2.PriceSeries
	wrong  *form.Mistake
}

// maxPrices bounds the lines of a price file: three months of a region have half of it.
const maxPrices = 1_000_000

// maxPools bounds the pools of a price file, each a type in a zone: a region has a
// thousand types.
const maxPools = 20_000

// spotColumns are the columns of a price file, as plainName has them.
var spotColumns = [...]string{"timestamp", "instancetype", "spotprice", "availabilityzone"}

// readSpotPrices reads a CSV of prices, in any order. Times are RFC 3339 or seconds
// since the start, which is Unix time.
func readSpotPrices(r io.Reader, start int64, zones []string) ([]ec2.PriceSeries, error) {
	c := csv.NewReader(series.Lines(r))
	c.ReuseRecord = true
	c.Comment = '#'
	c.TrimLeadingSpace = true
	header, err := c.Read()
	if err != nil {
		return nil, fmt.Errorf("is not CSV with a header: %w", err)
	}
	if len(header) > series.MaxColumns {
		return nil, fmt.Errorf("has %d columns, at most %d are possible", len(header), series.MaxColumns)
	}
	var at [len(spotColumns)]int
	for k, want := range spotColumns {
		at[k] = slices.IndexFunc(header, func(h string) bool { return form.Plain(h) == want })
		if at[k] < 0 && k < 3 {
			return nil, fmt.Errorf("needs the columns Timestamp, InstanceType and SpotPrice%s", series.Header(header))
		}
	}
	var out []ec2.PriceSeries
	pools := map[[2]string]int{} // index in out, by type and zone
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, series.NotTable(err)
		}
		line, _ := c.FieldPos(0)
		if line > maxPrices {
			return nil, fmt.Errorf("has more than %d lines", maxPrices)
		}
		var clock series.Clock // each by itself: recorded prices may be put together by hand
		sec, err := clock.Read(row[at[0]])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		if clock.Civil() {
			sec -= float64(start)
		}
		price, err := strconv.ParseFloat(strings.TrimPrefix(row[at[2]], "$"), 64)
		if err != nil || math.IsNaN(price) || price <= 0 || price > 1e6 {
			return nil, fmt.Errorf("line %d: is not a price%s", line, series.Cell(row[at[2]]))
		}
		zone := ""
		if at[3] >= 0 {
			if zone = zoneOf(row[at[3]], zones); zone == "" {
				continue // a zone the group does not use
			}
		}
		pool := [2]string{row[at[1]], zone}
		k, known := pools[pool]
		if !known {
			if len(out) >= maxPools {
				return nil, fmt.Errorf("line %d: is beyond %d types in zones", line, maxPools)
			}
			pool[0] = strings.Clone(pool[0]) // without the rest of its line
			k, out = len(out), append(out, ec2.PriceSeries{Type: pool[0], Zone: zone})
			pools[pool] = k
		}
		out[k].Step = append(out[k].Step, ec2.PriceStep{At: int64(math.Floor(sec)), Price: billing.Dollars(price)})
	}
	for k := range out {
		slices.SortStableFunc(out[k].Step, func(a, b ec2.PriceStep) int { return cmp.Compare(a.At, b.At) })
	}
	return out, nil
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
