package imports

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Bounds of what is read, so that no file takes more than about a gigabyte.
const (
	// MaxFile is how many bytes a file may have, unpacked.
	MaxFile = 64 << 20
	// MaxValues is how many values all files together may hold.
	MaxValues = 2_000_000
	// MaxDepth is how deep values may lie in each other.
	MaxDepth = 100
)

// budget counts the values of all files.
type budget struct{ left int }

func newBudget() *budget { return &budget{MaxValues} }

var errTooMany = fmt.Errorf("holds more than %d values, with the files before it", MaxValues)

func (b *budget) spend() error {
	if b.left--; b.left < 0 {
		return errTooMany
	}
	return nil
}

// parseJSON reads the documents of a text, one after another.
func parseJSON(name string, text []byte, left *budget) ([]*Value, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var out []*Value
	for {
		v, err := readJSON(dec, left, 0)
		if errors.Is(err, io.EOF) && v == nil && len(out) > 0 {
			return out, nil
		}
		if err != nil {
			return nil, jsonError(err, text, dec.InputOffset())
		}
		v.file = name
		out = append(out, v)
	}
}

// jsonError says in which line a text stops being JSON.
func jsonError(err error, text []byte, at int64) error {
	if errors.Is(err, errTooMany) || errors.Is(err, errDeep) {
		return err
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at = syntax.Offset
	}
	line := 1 + bytes.Count(text[:min(max(at, 0), int64(len(text)))], []byte("\n"))
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("line %d: the JSON ends too early; was the file cut off?", line)
	}
	return fmt.Errorf("line %d: is not JSON: %s", line, strings.TrimPrefix(err.Error(), "json: "))
}

var errDeep = fmt.Errorf("holds values more than %d deep in each other", MaxDepth)

// readJSON reads one value.
func readJSON(dec *json.Decoder, left *budget, depth int) (*Value, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	if err := left.spend(); err != nil {
		return nil, err
	}
	switch t := token.(type) {
	case json.Delim:
		if depth == MaxDepth {
			return nil, errDeep
		}
		v := &Value{Kind: Table}
		if t == '[' {
			v.Kind = List
		}
		if err := readItems(v, dec, left, depth+1); err != nil {
			return nil, err
		}
		return v, nil
	case string:
		return &Value{Kind: Text, Text: t}, nil
	case json.Number:
		return &Value{Kind: Number, Text: t.String()}, nil
	case bool:
		return &Value{Kind: Bool, Text: fmt.Sprint(t)}, nil
	}
	return &Value{Kind: Null}, nil
}

// readItems reads the items of a list or table, and its end.
func readItems(v *Value, dec *json.Decoder, left *budget, depth int) error {
	for dec.More() {
		name := ""
		if v.Kind == Table {
			token, err := dec.Token()
			if err != nil {
				return unexpected(err)
			}
			name, _ = token.(string) // the decoder lets nothing else be a name
		}
		item, err := readJSON(dec, left, depth)
		if err != nil {
			return unexpected(err)
		}
		if v.Kind == Table {
			v.add(name, item)
		} else {
			v.append(item)
		}
	}
	_, err := dec.Token()
	return unexpected(err)
}

// unexpected makes an end within a value an early one.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
