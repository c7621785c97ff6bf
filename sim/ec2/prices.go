package ec2

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"asgsim/sim/billing"
)

// PricesDate is the day of the embedded on-demand prices, PricesRegion what they
// are for. Their sources stand at the head of prices.csv.
const (
	PricesDate   = "2026-07-20"
	PricesRegion = "us-east-1"
)

//go:embed prices.csv
var pricesCSV string

// table parses the embedded price list once.
var table = sync.OnceValue(func() []Type {
	r := csv.NewReader(strings.NewReader(pricesCSV))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		panic("ec2: embedded prices: " + err.Error())
	}
	types := make([]Type, 0, len(rows)-1)
	for _, row := range rows[1:] {
		vcpu, err1 := strconv.Atoi(row[1])
		mem, err2 := strconv.ParseFloat(row[2], 64)
		price, err3 := strconv.ParseFloat(row[3], 64)
		if err1 != nil || err2 != nil || err3 != nil {
			panic(fmt.Sprintf("ec2: embedded prices: row %v", row))
		}
		t := Type{Name: row[0], VCPU: vcpu, MemoryGiB: mem, Price: billing.Dollars(price), Burstable: row[5] != ""}
		if t.Burstable {
			t.Burst = parseBurst(row)
		}
		types = append(types, t)
	}
	return types
})

// parseBurst reads the columns of burstable types.
func parseBurst(row []string) Burst {
	vcpu, err0 := strconv.Atoi(row[1])
	baseline, err1 := strconv.ParseFloat(row[5], 64)
	hour, err2 := strconv.ParseFloat(row[6], 64)
	most, err3 := strconv.ParseFloat(row[7], 64)
	if err0 != nil || err1 != nil || err2 != nil || err3 != nil {
		panic(fmt.Sprintf("ec2: embedded prices: row %v", row))
	}
	return burst(row[0], vcpu, baseline, hour, most)
}

// Types returns the known instance types in the order of the price list.
func Types() []Type { return slices.Clone(table()) }

// Lookup returns the instance type called name.
func Lookup(name string) (Type, bool) {
	for _, t := range table() {
		if t.Name == name {
			return t, true
		}
	}
	return Type{}, false
}
