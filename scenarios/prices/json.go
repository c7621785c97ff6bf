package prices

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// readJSON reads a list as JSON: an object of AWS's, or an array of types.
func (c *collector) readJSON(in *bufio.Reader, array bool) error {
	src := &measured{in: in, most: mostValue}
	s := &stream{json.NewDecoder(src), src}
	read := c.readOffer
	if array {
		read = c.readTypes
	}
	err := read(s)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return errors.New("ends too early: it is not whole")
	case err != nil && errors.As(err, new(*json.SyntaxError)):
		return fmt.Errorf("byte %d: is not JSON", s.InputOffset())
	case err != nil && errors.As(err, new(*json.UnmarshalTypeError)):
		return fmt.Errorf("byte %d: is not as AWS's price lists are", s.InputOffset())
	}
	return err
}
