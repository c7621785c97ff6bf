//go:build unix

package signals

import (
	"os"
	"syscall"
	"testing"
	"time"
)

// A signal that asks the program to end is delivered, until nobody asks for it any more:
// then it changes nothing, it does not kill either.
func TestSignals(t *testing.T) {
	send := func(s syscall.Signal) {
		if err := syscall.Kill(os.Getpid(), s); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		send(s)
		select {
		case got := <-Caught():
			if got != s {
				t.Errorf("%v for %v", got, s)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("%v is not delivered", s)
		}
	}
	End()
	send(syscall.SIGTERM)
	select {
	case got := <-Caught():
		t.Errorf("%v after the end", got)
	case <-time.After(50 * time.Millisecond):
	}
}
