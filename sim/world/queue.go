package world

import (
	"asgsim/sim/queue"
	"asgsim/sim/serving"
)

// readQueue reads the queue of a plane, if it has one.
func readQueue(p serving.Plane, c *queue.Counters) {
	if q, ok := p.(*queue.Plane); ok {
		q.ReadQueue(c)
	}
}
