package story

import "asgsim/sim/des"

// Moment is something worth telling.
type Moment struct {
	N     int // its number on the picture, by time from 1; 0: told in the list only
	At    des.Time
	Label string  // "scale out", "replace", "minimum", ...
	Text  string  // cause and consequence
	Value float64 // instances in service then, for placing the number on the picture
}
