package report

import (
	"testing"

	"asgsim/sim/scaling"
)

// Whatever keeps a policy from scaling, explain says what would end it.
func TestEveryBlockSaysWhenItEnds(t *testing.T) {
	for b := scaling.NoBlock + 1; b < scaling.Blocks; b++ {
		if b.String() == "" || unblocks[b] == "" {
			t.Errorf("block %d (%q) has no name or no word on its end", b, b)
		}
	}
}
