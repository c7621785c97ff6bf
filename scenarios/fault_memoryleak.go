package scenarios

import (
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// memoryLeakTable is [fault.N.memory_leak].
type memoryLeakTable struct{}

func (memoryLeakTable) kind() string { return "memory_leak" }

func (memoryLeakTable) keys(p string) []Key {
	return append(hitsKeys(p),
		Key{Path: p + "requests", Type: Count, Absent: "at, every or mtbf says when", Min: "1", Max: "1000000000000", Doc: "Memory is short once an instance was sent so many requests since it started; instead of at, every and mtbf. For an age write mtbf with a large shape: mtbf = \"6h\", shape = 20."},
		Key{Path: p + "dies_after", Type: Duration, Default: `"10m"`, Above: `"0s"`, Max: `"30d"`, Doc: "From short memory to the end: the process slows down evenly, then it is killed; connections are refused, and EC2 sees nothing wrong."},
		Key{Path: p + "speed", Type: Share, Default: `"20%"`, Above: `"0%"`, Max: `"100%"`, Doc: "Share of its speed at which it works in the end."})
}

func (memoryLeakTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	f := fault.MemoryLeak{}
	requests, byRequests := d.Count(p + "requests")
	f.Plan = d.hits(p, name, w, "requests")
	f.Requests = uint64(max(0, requests))
	table := strings.TrimSuffix(p, ".")
	scripted := len(f.At) > 0 || f.Every > 0 || f.Gap != nil || f.Life != nil
	switch {
	case byRequests && scripted:
		d.Problem(p+"requests", d.At(p+"requests"), form.Wrong("make two faults of them", "and at, every or mtbf exclude each other"))
	case byRequests:
		for _, key := range [...]string{"count", "fleet_share", "pick"} {
			if d.IsGiven(p + key) {
				d.Problem(p+key, d.At(p+key), form.Wrong("every instance has its own count", "has no meaning with requests"))
			}
		}
	case !scripted && !d.Failed(p+"requests") && !d.Failed(p+"at") && !d.Failed(p+"every") && !d.Failed(p+"mtbf"):
		d.Problem(table, d.Find(table).Key, form.Wrong(`write requests = 500000, mtbf = "6h" or at = "Mon 15:40"`, "says neither when nor how often"))
	}
	f.Dies, _ = d.dur(p + "dies_after")
	if f.Speed, _ = d.Share(p + "speed"); f.Speed == 1 {
		d.Problem(p+"speed", d.At(p+"speed"), form.Wrong("write a share below 100%", "is the whole speed, and slows nothing"))
	}
	return f
}
