package scenarios

import (
	"fmt"
	"slices"

	"asgsim/report/clean"
	"asgsim/scenarios/form"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// priceFile reads the recorded Spot prices of a group that has a file of them.
func (d *decoder) priceFile(w *record.Config) {
	const key = "spot.price_file"
	file, ok := d.Find(key).Str()
	if !ok {
		return
	}
	if file == "" {
		d.Problem(key, d.At(key), form.Wrong(`name a CSV file, as price_file = "prices.csv"`, "is empty"))
		return
	}
	id := fmt.Sprintf("%s\x00%d\x00%q\x00%s", file, d.cal.Start, w.Group.Zones, d.list.system)
	read, ok := d.spent.prices[id]
	if !ok {
		read = d.readPrices(file, w.Group.Zones)
		d.spent.prices[id] = read
	}
	if read.wrong != nil {
		d.Problem(key, d.At(key), read.wrong)
		return
	}
	series := read.series
	for _, m := range w.Template.Models() {
		if !slices.ContainsFunc(series, func(s ec2.PriceSeries) bool { return s.Type == m.Type.Name }) {
			d.Problem(key, d.At(key), form.Wrong("add it, or take the type out of the overrides", "%s: has no price of %s", clean.Short(file, clean.Quote), m.Type.Name))
		}
	}
	w.Template.Spot.Prices = series
}

func (d *decoder) readPrices(file string, zones []string) pricesRead {
	r, err := d.openFile(file)
	if err != nil {
		return pricesRead{wrong: form.Wrong(whichFiles, "%v", err)}
	}
	defer r.Close() //nolint:errcheck // it was only read
	series, err := readSpotPrices(r, d.cal.Start, zones, d.list.system)
	if err != nil {
		return pricesRead{wrong: form.Wrong("", "%s: %v", clean.Short(file, clean.Quote), err)}
	}
	return pricesRead{series: series}
}
