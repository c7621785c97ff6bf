package fault

import (
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// ZoneOutage is the end of every instance of a zone, pending ones too; none can be
// launched there for a while.
type ZoneOutage struct {
	Name  string
	At    []des.Time
	Zone  int          // index of the group's zone
	Lasts des.Duration // so long launches there are turned down
}

// About says what it is and when it hits.
func (f ZoneOutage) About() About {
	return About{Name: f.Name, Kind: "zone_outage", At: f.At, Asked: 1}
}

// Inject begins the outage. It is one injection, and a hit on each instance that ran.
func (f ZoneOutage) Inject(j *Injector, _ int) {
	hit := j.log(f, -1, true, "")
	j.shortage(ec2.Shortage{Zone: f.Zone}, f.Lasts)
	for _, i := range j.Fleet.Instances {
		if i.Zone != f.Zone || i.State != ec2.Running && i.State != ec2.Pending {
			continue
		}
		if i.State == ec2.Running {
			hit.Ordinal = i.Ordinal
			j.onHit(hit)
		}
		j.Fleet.Fail(i)
	}
}

// Told says what it did to n instances.
func (ZoneOutage) Told(n int) string { return "a zone fails with " + instances(n) + " in it" }

// Effect says what it does to one.
func (ZoneOutage) Effect() string { return "its zone fails" }
