package world

import (
	"context"
	"sync/atomic"

	"asgsim/sim/des"
)

// Progress is how far a run is, for whoever watches it from outside.
type Progress struct{ at atomic.Int64 }

// At is the instant that the run is at.
func (p *Progress) At() des.Time { return des.Time(p.at.Load()) }

// told takes down where the run is; nobody may watch.
func (p *Progress) told(at des.Time) {
	if p != nil {
		p.at.Store(int64(at))
	}
}

type progressKey struct{}

// Watched returns a context whose run tells p how far it is.
func Watched(ctx context.Context, p *Progress) context.Context {
	return context.WithValue(ctx, progressKey{}, p)
}

// progressOf is whoever watches; nil: nobody.
func progressOf(ctx context.Context) *Progress {
	p, _ := ctx.Value(progressKey{}).(*Progress)
	return p
}
