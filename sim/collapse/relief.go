package collapse

import (
	"math"

	"asgsim/sim/queueing"
	"asgsim/sim/serving"
)

// Relief is what would make a dependency at its limit carry the load; one of the two is
// what it was.
type Relief struct{ Workers, Queue int }

// spare is the share of a dependency's workers that a relief leaves idle.
const spare = 0.2

// Relief is that of a limit, for a share of requests that may fail. Workers are enough for
// the most of its load, a fifth of them idle, and, where the queue has an end, for it to
// turn away half of allowed at the most: M/M/c/K, which without a queue is Erlang's loss
// formula and holds for work of any distribution. A dependency that turns requests away
// though a fifth of its workers would be idle wants a longer queue instead.
func (l *Limit) Relief(all []serving.Dependency, allowed float64) Relief {
	for k := range all {
		if d := &all[k]; d.Name == l.Dependency {
			return l.relief(d, max(allowed/2, 1e-4))
		}
	}
	return Relief{}
}

func (l *Limit) relief(d *serving.Dependency, allowed float64) Relief {
	offered := l.Expected / l.Carries * float64(d.Workers)
	blocked := func(c, queue int) float64 {
		return queueing.MMCK{Lambda: offered, Mu: 1, C: c, K: c + queue}.Blocked()
	}
	r := Relief{d.Workers, d.Queue}
	if d.Queue != serving.Unlimited && l.TurnedAway > 0 && offered <= (1-spare)*float64(d.Workers) && blocked(r.Workers, r.Queue) > allowed {
		for blocked(r.Workers, r.Queue) > allowed {
			r.Queue++
		}
		return r
	}
	r.Workers = max(d.Workers+1, int(math.Ceil(offered/(1-spare))))
	for d.Queue != serving.Unlimited && blocked(r.Workers, r.Queue) > allowed {
		r.Workers++
	}
	return r
}
