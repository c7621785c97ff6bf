package prices

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
)

// Read reads a list of prices, also gzipped, and returns a catalogue a region, in the
// order of their names. It holds what it keeps, and one row.
func Read(r io.Reader, o Options) ([]*Catalogue, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	if mark, _ := in.Peek(2); string(mark) == "\x1f\x8b" {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, errors.New("begins like a gzipped file and is none")
		}
		in = bufio.NewReaderSize(z, 64<<10)
	}
	if mark, _ := in.Peek(3); string(mark) == "\xef\xbb\xbf" {
		_, _ = in.Discard(3) // they are there
	}
	c := &collector{o: o}
	begin, err := in.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	begin = bytes.TrimSpace(begin)
	switch {
	case len(begin) == 0:
		return nil, errors.New("is empty")
	case begin[0] == '{' || begin[0] == '[':
		err = c.readJSON(in, begin[0] == '[')
	case bytes.Contains(begin, []byte(",")):
		err = c.readCSV(in)
	default:
		err = errors.New("is neither a price list of AWS's (index.csv, index.json) nor ec2instances' JSON")
	}
	if err != nil {
		return nil, err
	}
	if c.date == "" {
		c.date = o.Date
	}
	return c.catalogues()
}
