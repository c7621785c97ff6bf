package world

import (
	"context"
	"slices"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/record"
)

// RunInOrder is Run with its parts made in the k-th order that is allowed.
func RunInOrder(ctx context.Context, cfg *record.Config, seed uint64, k int) (*account.Result, error) {
	allowed := slices.DeleteFunc(orders(len(wiring())), func(order []int) bool {
		return slices.Index(order, wiredControl) < slices.Index(order, wiredMeter)
	})
	var parts []func(*world)
	for _, part := range allowed[k%len(allowed)] {
		parts = append(parts, wiring()[part])
	}
	return runWired(ctx, cfg, seed, parts)
}

// Fingerprint is a sum of all that a run recorded.
func Fingerprint(t *testing.T, r *account.Result) string { t.Helper(); return fingerprint(t, r) }
