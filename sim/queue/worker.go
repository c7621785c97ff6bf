package queue

import (
	"math"

	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// instance is one with its workers. What moves with time is as of at.
type instance struct {
	id       serving.ID
	spec     serving.Spec
	mode     serving.Mode
	speed    float64
	cpuShare float64
	listed   bool // the group has it in service
	polls    bool
	removed  bool
	watched  bool
	at       des.Time
	jobs     []job // of busy workers, in order of receive
	cpus     int   // of these, on the CPU
	used     use
	count    serving.InstanceCounters
	next     des.Time // when a stage of a job ends; des.Never
	place    int      // in the heap
}

// job is a worker at a message.
type job struct {
	ticket   // of the receive
	cpu      des.Duration
	wait     des.Duration
	received des.Time
	fails    bool    // and leaves the message to its visibility timeout
	waiting  bool    // off the CPU
	left     float64 // of the stage, ns
	k        int     // place among those on the CPU
}

// use is what an instance used of its CPU and workers.
type use struct {
	cpu, work sum
	workers   uint64
}

// sum adds up fractions of a nanosecond without losing them in a large number.
type sum struct {
	whole uint64
	part  float64
}

func (s *sum) add(x float64) {
	s.part += x
	whole := math.Floor(s.part)
	s.whole += uint64(whole)
	s.part -= whole
}

func (i *instance) frozen() bool {
	k := i.mode.Kind
	return k == serving.Hung || k == serving.Refusing || k == serving.Unreachable
}

// runs is the rate of a vCPU.
func (i *instance) runs() float64 {
	if r := i.speed * i.cpuShare; r >= 1e-5 {
		return r
	}
	return 0
}

// rate is how fast the stage of job k goes: nanoseconds of it a nanosecond.
func (i *instance) rate(k int) float64 {
	j := &i.jobs[k]
	switch {
	case i.frozen():
		return 0
	case j.waiting:
		return 1
	case i.spec.Discipline == serving.FIFO && j.k >= i.spec.VCPU:
		return 0
	case i.spec.Discipline == serving.FIFO || i.cpus <= i.spec.VCPU:
		return i.runs()
	}
	return i.runs() * float64(i.spec.VCPU) / float64(i.cpus)
}

// executed is the CPU work of a job that is done, so much after the last settlement.
func (j *job) executed(since float64) uint64 {
	if j.waiting {
		return uint64(j.cpu)
	}
	return uint64(min(max(0, float64(j.cpu)-j.left+since), float64(j.cpu)))
}

// work adds what is used in a time without a change.
func (i *instance) work(d des.Duration, u *use) {
	if d <= 0 {
		return
	}
	u.workers += uint64(d) * uint64(len(i.jobs))
	if i.frozen() {
		u.cpu.add(float64(d) * float64(i.spec.VCPU) * i.mode.CPU)
		return
	}
	busy := float64(d) * float64(min(i.cpus, i.spec.VCPU))
	u.cpu.add(busy * i.cpuShare)
	u.work.add(busy * i.runs())
}

// settle brings an instance up to now, before its jobs or its speed change.
func (i *instance) settle(now des.Time) {
	d := now.Sub(i.at)
	i.work(d, &i.used)
	for k := range i.jobs {
		i.jobs[k].left -= i.rate(k) * float64(d)
	}
	i.at = now
}

// number counts the jobs on the CPU, in order of receive.
func (i *instance) number() {
	i.cpus = 0
	for k := range i.jobs {
		if !i.jobs[k].waiting {
			i.jobs[k].k = i.cpus
			i.cpus++
		}
	}
}

// plan finds when the next stage ends, to the nearest nanosecond.
func (i *instance) plan() {
	i.number()
	i.next = des.Never
	for k := range i.jobs {
		if r := i.rate(k); r > 0 {
			i.next = min(i.next, i.at.Add(des.Duration(max(0, math.Round(i.jobs[k].left/r)))))
		}
	}
}

// over is the first job whose stage has ended; -1: none.
func (i *instance) over() int {
	for k := range i.jobs {
		if r := i.rate(k); r > 0 && i.jobs[k].left < 0.5*r+1e-9 {
			return k
		}
	}
	return -1
}

// byNext is a heap of instances by when their next stage ends, then by ID.
type byNext []*instance

func (h byNext) Len() int { return len(h) }
func (h byNext) Less(a, b int) bool {
	return h[a].next < h[b].next || h[a].next == h[b].next && h[a].id < h[b].id
}
func (h byNext) Swap(a, b int) {
	h[a], h[b] = h[b], h[a]
	h[a].place, h[b].place = a, b
}
func (h *byNext) Push(x any) {
	i := x.(*instance)
	i.place = len(*h)
	*h = append(*h, i)
}
func (h *byNext) Pop() any {
	old := *h
	i := old[len(old)-1]
	*h = old[:len(old)-1]
	return i
}
