package main

import (
	"fmt"
	"math"
	"strconv"
)

// seed is the value of --seed: 0 to 2^63 - 1, what a scenario file can hold too.
type seed uint64

func (s *seed) String() string { return strconv.FormatUint(uint64(*s), 10) }

// Type implements pflag.Value.
func (*seed) Type() string { return "uint64" }

// Set implements pflag.Value.
func (s *seed) Set(text string) error {
	v, err := strconv.ParseUint(text, 0, 64)
	if err != nil || v > math.MaxInt64 {
		return fmt.Errorf("must be 0 to %d", math.MaxInt64)
	}
	*s = seed(v)
	return nil
}
