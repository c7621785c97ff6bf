package scenarios

import (
	"math"

	"asgsim/scenarios/form"
	"asgsim/sim/ec2"
)

const (
	mixedTable   = "auto_scaling_group.mixed_instances_policy"
	distribution = mixedTable + ".instances_distribution."
)

// modelOf is what the group launches of a type: as [instance] says, but for what is the
// type's own.
func (d *decoder) modelOf(first *ec2.Model, typ ec2.Type) (ec2.Model, *form.Mistake) {
	m := *first
	if typ.Name != first.Type.Name {
		m.Price, m.OwnPrice = typ.Price, false
		m.Credits, m.InitialCredits = ec2.NoCredits, 0
		if typ.Burstable {
			m.Credits, m.InitialCredits = typ.Burst.Default, 1
		}
		if d.perWorker > 0 {
			m.Workers = min(int(math.Floor((typ.MemoryGiB*(1<<30)-d.reserved)/d.perWorker)), 100_000)
			if m.Workers < 1 {
				return m, form.Wrong("", "leaves no room for a worker: %s has %s GiB", typ.Name, form.FormatNumber(typ.MemoryGiB))
			}
		}
	}
	m.Type, m.Spot = typ, d.list.spotTerms(typ.Name)
	return m, nil
}
