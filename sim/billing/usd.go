// Package billing prices usage exactly, in integers: usage x price = bill.
//
// Money is int64 nano-dollars ([USD]); usage is integer seconds or counts.
// Rounding happens once a line, half away from zero.
package billing

import (
	"fmt"
	"math"
)

// USD is an amount of money in nano-dollars.
type USD int64

// Dollar is one US dollar.
const Dollar USD = 1_000_000_000

// Dollars returns the amount nearest to v dollars.
func Dollars(v float64) USD { return USD(math.Round(v * float64(Dollar))) }

// Float returns the amount in dollars.
func (u USD) Float() float64 { return float64(u) / float64(Dollar) }

// String prints "$1.23", with more digits below a dollar cent: "$0.0816".
func (u USD) String() string {
	sign := ""
	if u < 0 {
		sign, u = "-", -u
	}
	if u != 0 && u < Dollar/10 {
		return fmt.Sprintf("%s$%.4f", sign, u.Float())
	}
	return fmt.Sprintf("%s$%.2f", sign, u.Float())
}
