package world

import (
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// How closely and for how long a struck instance is watched.
const (
	trafficEvery = 5 * des.Second
	trafficFor   = 15 * des.Minute
)

// watchTraffic watches what an instance and the others are sent, from now on. It only reads.
func (w *world) watchTraffic(i *ec2.Instance) {
	x := &record.Traffic{Ordinal: i.Ordinal, From: w.kernel.Now(), Interval: trafficEvery}
	w.traffic = append(w.traffic, x)
	until := min(w.end, x.From.Add(trafficFor))
	run := i.Run // a warm pool may stop it and start it again
	struck, all := w.sentTo(run)
	var look func()
	look = func() {
		s, a := w.sentTo(run)
		x.Struck = append(x.Struck, float64(s-struck)/trafficEvery.Seconds())
		others := 0.0
		if n := w.othersInService(i); n > 0 {
			others = float64(a-all-(s-struck)) / float64(n) / trafficEvery.Seconds()
		}
		x.Others = append(x.Others, others)
		struck, all = s, a
		if next := w.kernel.Now().Add(trafficEvery); next <= until && i.State != ec2.Terminated && i.Run == run {
			w.kernel.At(next, des.Publish, look)
		}
	}
	if next := x.From.Add(trafficEvery); next <= until {
		w.kernel.At(next, des.Publish, look)
	}
}

// sentTo counts the attempts sent to an instance in a run, and to all.
func (w *world) sentTo(r *ec2.Run) (one, all uint64) {
	var c serving.InstanceCounters
	w.plane.ReadInstance(r.Plane, &c)
	var t serving.Counters
	w.plane.Read(&t)
	return c.Routed, t.Routed
}

func (w *world) othersInService(i *ec2.Instance) int {
	n := 0
	for _, m := range w.group.Active() {
		if m.Phase == asg.PhaseInService && m.Instance != i {
			n++
		}
	}
	return n
}
