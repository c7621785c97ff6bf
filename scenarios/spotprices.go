package scenarios

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"

	"asgsim/scenarios/form"
	"asgsim/scenarios/series"
	"asgsim/sim/ec2"
)

// pricesRead is what was read of a file of prices: once, be it what is wrong with it.
type pricesRead struct {
	series []ec2.PriceSeries
	wrong  *form.Mistake
}

// spotColumns are the columns of a price file, as plainName has them.
var spotColumns = [...]string{"timestamp", "instancetype", "spotprice", "availabilityzone", "productdescription"}

// readSpotPrices reads recorded prices: a CSV with the names of AWS's as its columns, or
// what aws ec2 describe-spot-price-history answers. Times are RFC 3339 or seconds since
// the start.
func readSpotPrices(r io.Reader, start int64, zones []string, system string) ([]ec2.PriceSeries, error) {
	s := &spotReader{start: start, zones: zones, products: spotProducts(system), pools: map[[2]string]int{}}
	in := bufio.NewReader(r)
	begin, _ := in.Peek(64)
	var err error
	if begin = bytes.TrimSpace(bytes.TrimPrefix(begin, []byte("\xef\xbb\xbf"))); len(begin) > 0 && (begin[0] == '{' || begin[0] == '[') {
		err = s.readJSON(in)
	} else {
		err = s.readCSV(in)
	}
	if err != nil {
		return nil, err
	}
	for k := range s.out {
		slices.SortStableFunc(s.out[k].Step, func(a, b ec2.PriceStep) int { return cmp.Compare(a.At, b.At) })
	}
	return s.out, nil
}

// readCSV reads a table.
func (s *spotReader) readCSV(r io.Reader) error {
	c := csv.NewReader(series.Lines(r))
	c.ReuseRecord = true
	c.Comment = '#'
	c.TrimLeadingSpace = true
	header, err := c.Read()
	if err != nil {
		return fmt.Errorf("is not CSV with a header: %w", err)
	}
	if len(header) > series.MaxColumns {
		return fmt.Errorf("has %d columns, at most %d are possible", len(header), series.MaxColumns)
	}
	var at [len(spotColumns)]int
	for k, want := range spotColumns {
		at[k] = slices.IndexFunc(header, func(h string) bool { return form.Plain(h) == want })
		if at[k] < 0 && k < 3 {
			return fmt.Errorf("needs the columns Timestamp, InstanceType and SpotPrice%s", series.Header(header))
		}
	}
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return series.NotTable(err)
		}
		line, _ := c.FieldPos(0)
		if line > maxPrices {
			return fmt.Errorf("has more than %d lines", maxPrices)
		}
		cell := func(k int) *string {
			if at[k] < 0 {
				return nil
			}
			return &row[at[k]]
		}
		if err := s.add(row[at[0]], row[at[1]], row[at[2]], cell(3), cell(4)); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}
