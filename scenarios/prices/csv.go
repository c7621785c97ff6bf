package prices

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"asgsim/report/clean"
)

// mostLine is the longest line of a list that is read, in bytes: those of AWS's have a
// thousand or two.
const mostLine = 64 << 10

// headLines is how many lines may stand before the header.
const headLines = 12

// readCSV reads a list of prices, or of savings plans, as CSV.
func (c *collector) readCSV(in *bufio.Reader) error {
	lines := &lineReader{in: in}
	r := csv.NewReader(lines)
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	header, err := c.header(r)
	if err != nil {
		return err
	}
	at := make(map[string]int, len(header))
	for i, name := range header {
		at[strings.ToLower(strings.TrimSpace(name))] = i
	}
	each := c.offerRow
	needed := []string{"termtype", "unit", "priceperunit", "product family"}
	if c.kind == "AmazonEC2" { // or instances would be left out in silence
		needed = append(needed, "instance type", "vcpu", "memory", "operating system", "tenancy")
	}
	if _, plan := at["discountedrate"]; plan {
		each, needed = c.planRow, []string{"discountedusagetype", "discountedoperation", "purchaseoption", "leasecontractlength", "product family"}
	}
	for _, name := range needed {
		if _, ok := at[name]; !ok {
			return fmt.Errorf("lacks the column %q of AWS's price lists", name)
		}
	}
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return notCSV(err)
		}
		get := func(name string) string {
			if i, ok := at[name]; ok && i < len(fields) {
				return fields[i]
			}
			return ""
		}
		if err := each(get); err != nil {
			line, _ := r.FieldPos(0)
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

// header reads what stands above the table, and the names of its columns.
func (c *collector) header(r *csv.Reader) ([]string, error) {
	for range headLines {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, notCSV(err)
		}
		if len(fields) > 5 && strings.EqualFold(fields[0], "SKU") {
			return append([]string(nil), fields...), nil
		}
		if len(fields) < 2 {
			continue
		}
		switch fields[0] {
		case "Publication Date", "PublicationDate":
			c.date = dayOf(fields[1])
		case "OfferCode":
			c.kind = clean.Short(strings.Clone(fields[1]), 40)
		}
	}
	return nil, errors.New("has no line of columns that begins with SKU, as AWS's price lists have")
}

// offerRow keeps a row of a list of prices.
func (c *collector) offerRow(get func(string) string) error {
	r := row{
		term: get("termtype"), length: get("leasecontractlength"), option: get("purchaseoption"), class: get("offeringclass"),
		begin: get("startingrange"), unit: get("unit"), price: get("priceperunit"), currency: get("currency"),
		product: product{
			family: get("product family"), region: get("region code"), place: get("location type"),
			kind: get("instance type"), vcpu: get("vcpu"), memory: get("memory"),
			system: get("operating system"), tenancy: get("tenancy"), software: get("pre installed s/w"), licence: get("license model"),
			capacity: get("capacitystatus"), market: get("marketoption"), usage: get("usagetype"), operation: get("operation"), volume: get("volume api name"),
		},
	}
	return c.row(&r)
}

// planRow keeps a row of a list of savings plans.
func (c *collector) planRow(get func(string) string) error {
	if c.kind == "" {
		c.kind = "AWSComputeSavingsPlan"
	}
	return c.rate(&rate{
		family: get("product family"), region: get("discountedregioncode"), usage: get("discountedusagetype"), operation: get("discountedoperation"),
		kind: get("discountedinstancetype"), years: years(get("leasecontractlength")), option: get("purchaseoption"), price: get("discountedrate"), currency: get("currency"),
	})
}

// notCSV says where a list is no table, and quotes nothing of it.
func notCSV(err error) error {
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		if errors.Is(bad.Err, errLong) {
			return bad.Err
		}
		return fmt.Errorf("line %d: is not CSV: %w", bad.Line, bad.Err)
	}
	return err
}

var errLong = fmt.Errorf("has a line of more than %d bytes, which no price list has", mostLine)

// lineReader reads lines of a bounded length.
type lineReader struct {
	in   *bufio.Reader
	line int // bytes of the line so far
}

// Read reads on unless a line is too long.
func (b *lineReader) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	for _, x := range p[:n] {
		if b.line++; x == '\n' {
			b.line = 0
		}
		if b.line > mostLine {
			return 0, errLong
		}
	}
	return n, err
}
