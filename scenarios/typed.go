package scenarios

import (
	"fmt"
	"math"

	"asgsim/scenarios/form"
	"asgsim/scenarios/prices"
	"asgsim/sim/ec2"
)

// ownType is what a scenario itself says of an instance type.
type ownType struct {
	vcpus    int     // 0: nothing
	memory   float64 // bytes; 0: nothing
	baseline float64 // share of each vCPU; 0: nothing
}

// typeOf returns the instance type called name, which may be one that only the scenario
// itself describes.
func (d *decoder) typeOf(name string, own ownType) (ec2.Type, *form.Mistake) {
	t, known := d.list.lookup(name)
	if own == (ownType{}) {
		if known {
			return t, nil
		}
		names := d.list.names()
		remedy := fmt.Sprintf("the price list of %s has %d types: say vcpus, memory_size and price of others beside it, or import prices (asgsim help prices)", d.list.date(), len(names))
		if ec2.Bursts(name) {
			remedy = "say vcpus, memory_size, baseline and price beside it: nothing is known of the CPU credits that it earns"
		} else if c := form.Nearest(name, names); c != "" {
			remedy = fmt.Sprintf("did you mean %q? else say vcpus, memory_size and price beside it", c)
		}
		return ec2.Type{}, form.Wrong(remedy, "is not a known instance type: %q", name)
	}
	gib := own.memory / (1 << 30)
	switch {
	case known && own.vcpus > 0 && own.vcpus != t.VCPU:
		return t, form.Wrong("leave vcpus out", "has %d vCPUs, not %d: %q", t.VCPU, own.vcpus, name)
	case known && gib > 0 && math.Abs(gib-t.MemoryGiB) > 0.01:
		return t, form.Wrong("leave memory_size out", "has %s GiB of memory, not %s: %q", form.FormatNumber(t.MemoryGiB), form.FormatNumber(gib), name)
	case known && own.baseline > 0:
		return t, form.Wrong("leave baseline out", "is known, and so is what it earns: %q", name)
	case known:
		return t, nil
	case own.vcpus == 0 || gib == 0:
		return t, form.Wrong("say both, as vcpus = 2 and memory_size = \"8GiB\"", "is not a known instance type, and vcpus and memory_size do not both say what it is: %q", name)
	case ec2.Bursts(name) != (own.baseline > 0):
		return t, form.Wrong("say baseline of T types, and of no others", "is burstable by its name where it has a baseline, and only there: %q", name)
	}
	t = ec2.Type{Name: name, VCPU: own.vcpus, MemoryGiB: gib}
	if own.baseline > 0 {
		t.Burstable, t.Burst = true, ec2.BurstOf(name, own.vcpus, own.baseline)
	}
	return t, nil
}

// own reads what [instance] says of its type.
func (d *decoder) own() ownType {
	var o ownType
	o.vcpus, _ = d.Count("instance.vcpus")
	o.memory, _ = d.Size("instance.memory_size")
	o.baseline, _ = d.Share("instance.baseline")
	return o
}

// ownOf reads what an override says of its type.
func ownOf(e *form.Node) (o ownType, b *form.Mistake) {
	if n := e.Table.Get("vcpus"); n != nil {
		if o.vcpus, b = form.Whole(n); b == nil && (o.vcpus < 1 || o.vcpus > prices.MaxVCPU) {
			b = form.Wrong("", "must be 1 to %d, not %d", prices.MaxVCPU, o.vcpus)
		}
		if b != nil {
			return o, form.Wrong(b.Remedy, "vcpus: %s", b.Rule)
		}
	}
	if n := e.Table.Get("memory_size"); n != nil {
		if o.memory, b = form.WithUnit(n, "a size", "GiB", form.ParseSize); b == nil && (o.memory <= 0 || o.memory > prices.MaxMemory<<30) {
			b = form.Wrong("", "must be above 0B, at most %dGiB, not %s", prices.MaxMemory, n.Text())
		}
		if b != nil {
			return o, form.Wrong(b.Remedy, "memory_size: %s", b.Rule)
		}
	}
	if n := e.Table.Get("baseline"); n != nil {
		if o.baseline, b = form.WithUnit(n, "a percentage", "%", form.ParseShare); b == nil && (o.baseline <= 0 || o.baseline > 1) {
			b = form.Wrong("", "must be above 0%%, at most 100%%, not %s", n.Text())
		}
		if b != nil {
			return o, form.Wrong(b.Remedy, "baseline: %s", b.Rule)
		}
	}
	return o, nil
}
