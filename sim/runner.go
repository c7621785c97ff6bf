package sim

import (
	"context"
	"fmt"
	"sync"

	"asgsim/sim/account"
	"asgsim/sim/record"
	"asgsim/sim/rng"
)

// Case is one thing to compare: a variant with its configuration.
type Case struct {
	Name   string
	Config *record.Config
}

// Runner runs many cases over many replications, in parallel across runs. What
// it returns does not depend on how many run at a time.
type Runner struct {
	Seed  uint64
	Cores int // runs at a time; at least 1
	// Done, if not nil, is called after every finished run, one call at a time.
	Done func()
	// Simulate makes one run; nil: world.Run.
	Simulate Simulate
}

// Simulate makes one run.
type Simulate func(ctx context.Context, cfg *record.Config, seed uint64) (*account.Result, error)

// job is one run.
type job struct {
	c    int // case
	r    int // replication
	seed uint64
}

// series are the outcomes of the cases over replications 0..n-1; an outcome is
// nil while it has not run.
type series struct {
	outcomes  [][]*Outcome // by case, by replication
	timelines []*Timeline  // by case
	mu        sync.Mutex
}

func newSeries(cases int) *series {
	return &series{outcomes: make([][]*Outcome, cases), timelines: make([]*Timeline, cases)}
}

// extend runs replications from..to-1 of every case, replication by replication,
// and stops early when more says so or ctx ends. Every case of a replication meets
// the very same requests (common random numbers).
func (x *Runner) extend(ctx context.Context, s *series, cases []Case, from, to int, more func() bool) error {
	for c := range s.outcomes {
		for len(s.outcomes[c]) < to {
			s.outcomes[c] = append(s.outcomes[c], nil)
		}
	}
	outer := ctx
	ctx, cancel := context.WithCancel(outer)
	defer cancel()
	jobs := make(chan job)
	var group sync.WaitGroup
	var first error
	for range max(1, x.Cores) {
		group.Go(func() {
			for j := range jobs {
				o, t, err := x.one(ctx, &cases[j.c], j.seed)
				s.mu.Lock()
				if err != nil && first == nil {
					first = err
					cancel()
				}
				if err == nil {
					s.outcomes[j.c][j.r] = o
					if s.timelines[j.c] == nil || j.r == 0 {
						s.timelines[j.c] = t
					}
					if x.Done != nil {
						x.Done()
					}
				}
				s.mu.Unlock()
			}
		})
	}
	feed(ctx, jobs, len(cases), from, to, x.Seed, more)
	close(jobs)
	group.Wait()
	if first == nil {
		first = outer.Err() // the feed may have stopped between two runs
	}
	return first
}

// one makes one run; a panic in it is its error.
func (x *Runner) one(ctx context.Context, c *Case, seed uint64) (o *Outcome, t *Timeline, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("variant %s, seed %d: %w", c.Name, seed, Caught(v))
		}
	}()
	return outcomeBy(ctx, x.Simulate, c.Config, seed)
}

func feed(ctx context.Context, jobs chan<- job, cases, from, to int, seed uint64, more func() bool) {
	for r := from; r < to; r++ {
		if !more() {
			return
		}
		for c := range cases {
			select {
			case jobs <- job{c, r, rng.Replication(seed, r)}:
			case <-ctx.Done():
				return
			}
		}
	}
}

// complete is the number of leading replications that every case has finished.
func (s *series) complete() int {
	for r := 0; ; r++ {
		for _, outcomes := range s.outcomes {
			if r >= len(outcomes) || outcomes[r] == nil {
				return r
			}
		}
	}
}

// payCash gives the cases without commitments their cash, which is what they cost at
// list price, where another case has commitments.
func (s *series) payCash() {
	committed := false
	each := func(f func(*Outcome)) {
		for _, outcomes := range s.outcomes {
			for _, o := range outcomes {
				if o != nil {
					f(o)
				}
			}
		}
	}
	each(func(o *Outcome) { committed = committed || o.Summary.Cost.EC2Cash != nil })
	each(func(o *Outcome) {
		if c := &o.Summary.Cost; committed && c.EC2Cash == nil {
			list := c.EC2
			c.EC2Cash = &list
		}
	})
}
