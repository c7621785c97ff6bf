package prices

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
)

// mostValue is the largest value of a JSON list that is held at once, in bytes: a rate,
// a product, a type with the prices of all its regions.
const mostValue = 4 << 20

// stream reads JSON value by value.
type stream struct {
	*json.Decoder
	src *measured
}

// measured is a file of which no value may be too large.
type measured struct {
	in   *bufio.Reader
	read int64
	most int64 // that may be read until the next value is whole
}

// Read reads on unless a value is too large.
func (m *measured) Read(p []byte) (int, error) {
	if m.read >= m.most {
		return 0, fmt.Errorf("has a value of more than %d bytes, which no price list has", mostValue)
	}
	n, err := m.in.Read(p)
	m.read += int64(n)
	return n, err
}

// allow lets another value be read.
func (s *stream) allow() { s.src.most = s.InputOffset() + mostValue }

// next decodes a value that is small.
func (s *stream) next(into any) error {
	s.allow()
	return s.Decode(into)
}

// token reads a token; an error of the JSON's is said with its place.
func (s *stream) token() (json.Token, error) {
	s.allow()
	return s.Token()
}

// skip reads over a value of any size.
func (s *stream) skip() error {
	for depth := 0; ; {
		t, err := s.token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

// each calls with every name of an object; with must read the value.
func (s *stream) each(with func(name string) error) error {
	t, err := s.token()
	if err != nil {
		return err
	}
	if t != json.Delim('{') {
		if t == json.Delim('[') {
			return errors.New("has a list where AWS's price lists have a table")
		}
		return nil // null, or a value that says nothing
	}
	for s.More() {
		t, err := s.token()
		if err != nil {
			return err
		}
		name, ok := t.(string)
		if !ok {
			return errors.New("is not JSON")
		}
		if err := with(name); err != nil {
			return err
		}
	}
	_, err = s.token()
	return err
}

// items calls with every item of a list; with must read it.
func (s *stream) items(with func() error) error {
	t, err := s.token()
	if err != nil || t == nil {
		return err
	}
	if t != json.Delim('[') {
		return errors.New("has something else where a list should be")
	}
	for s.More() {
		if err := with(); err != nil {
			return err
		}
	}
	_, err = s.token()
	return err
}
