// Package signals takes over SIGINT, SIGTERM and SIGPIPE as the program is loaded: it imports
// next to nothing, so it is initialized before what takes milliseconds, and a signal
// that comes then waits here until somebody asks.
package signals

import (
	"os"
	"os/signal"
	"syscall"
)

// Caught delivers the signals that ask the program to end, from its first moments on.
func Caught() <-chan os.Signal { return taken }

// End ends the delivery: what has come by now has been delivered when it returns, and
// what comes later changes nothing any more.
func End() {
	signal.Notify(make(chan os.Signal, 1), os.Interrupt, syscall.SIGTERM) // nobody listens
	signal.Stop(taken)
}

// taken is made while the program is loaded.
var taken = take()

func take() chan os.Signal {
	c := make(chan os.Signal, 2)
	signal.Notify(c, os.Interrupt, syscall.SIGTERM)
	signal.Ignore(syscall.SIGPIPE) // writing where nobody reads is an error like another: the files are written all the same
	return c
}
