package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// slowTable is [fault.N.slow].
type slowTable struct{}

func (slowTable) kind() string { return "slow" }

func (slowTable) keys(p string) []Key {
	return append(hitsKeys(p),
		Key{Path: p + "speed", Type: Share, Required: true, Above: `"0%"`, Max: `"100%"`, Doc: "Share of its speed at which the instance works, below 100%: CPU work of requests and health checks alike; time off the CPU stays as it is."},
		ailsKey(p))
}

func (slowTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	f := fault.Slow{Plan: d.hits(p, name, w)}
	if f.Speed, _ = d.Share(p + "speed"); f.Speed == 1 {
		d.Problem(p+"speed", d.At(p+"speed"), form.Wrong("write a share below 100%, or leave the fault out", "is the whole speed, and slows nothing"))
	}
	f.Lasts, _ = d.dur(p + "duration")
	return f
}
