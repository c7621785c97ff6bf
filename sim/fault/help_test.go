package fault

import (
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// planeLog is a plane that only notes what is done to instances.
type planeLog struct {
	serving.Plane
	mode  map[serving.ID]serving.Mode
	cut   map[serving.ID]int
	speed map[serving.ID]float64
	next  serving.ID
	// routed is what was sent to instances.
	routed map[serving.ID]uint64
}

func (p *planeLog) Add(s serving.Spec) serving.ID {
	p.mode[p.next], p.speed[p.next] = s.Mode, s.Speed
	p.next++
	return p.next - 1
}
func (p *planeLog) SetMode(id serving.ID, m serving.Mode) { p.mode[id] = m }
func (p *planeLog) Cut(id serving.ID, _ serving.Reason)   { p.cut[id]++ }
func (p *planeLog) SetSpeed(id serving.ID, speed, _ float64) {
	if _, there := p.speed[id]; !there {
		panic("an order for an instance that is not there")
	}
	p.speed[id] = speed
}
func (p *planeLog) ReadInstance(id serving.ID, c *serving.InstanceCounters) {
	c.Routed = p.routed[id]
}
func (p *planeLog) Remove(id serving.ID) { delete(p.speed, id) }

// site is two zones of a fleet with an injector.
type site struct {
	des.Kernel
	plane   *planeLog
	fleet   *ec2.Fleet
	members []*asg.Member
	hits    []Injection
	over    []Injection
	*Injector
}

func (s *site) Active() []*asg.Member { return s.members }

const day = des.Time(des.Day)

func newSite(end des.Time, faults ...Fault) *site {
	s := &site{plane: &planeLog{mode: map[serving.ID]serving.Mode{}, cut: map[serving.ID]int{}, speed: map[serving.ID]float64{}}}
	m := ec2.Model{Type: ec2.Type{Name: "m5.large", VCPU: 2}, Speed: 1, Workers: serving.Unlimited, Price: 1e9}
	other := m
	other.Type.Name = "c5.large"
	template := &ec2.Template{Model: m, Mixed: []ec2.Model{m, other}, Pending: workload.Constant{Value: 5}, Boot: workload.Constant{Value: 15}, Spot: &ec2.Spot{Period: des.Hour, Reclaimed: 1}}
	s.fleet = ec2.NewFleet(&s.Kernel, s.plane, template, []string{"a", "b"}, workload.Constant{Value: 30}, 7, end, ec2.Listener{
		Interrupted: func(i *ec2.Instance) { s.Interrupted(i) },
	})
	s.Injector = New(Parts{
		Kernel: &s.Kernel, Fleet: s.fleet, Group: s, Troubles: new(cloudwatch.Troubles),
		Hit:  func(i Injection) { s.hits = append(s.hits, i) },
		Over: func(i Injection) { s.over = append(s.over, i) },
	}, faults, 7, end)
	return s
}

// adopt adds n instances that have run for age and serve, of the first type.
func (s *site) adopt(n, zone int, spot bool, age des.Duration) []*ec2.Instance {
	var out []*ec2.Instance
	for range n {
		i := s.fleet.Adopt(ec2.Pool{Model: s.fleet.Models()[0], Zone: zone, Spot: spot}, age)
		s.members = append(s.members, &asg.Member{Instance: i, Phase: asg.PhaseInService})
		s.Running(i)
		out = append(out, i)
	}
	return out
}

// to runs everything up to an instant, which included.
func (s *site) to(seconds int) {
	for end := des.Time(seconds) * des.Time(des.Second); s.Next() <= end; {
		s.Step()
	}
}

func at(seconds ...int) []des.Time {
	var out []des.Time
	for _, s := range seconds {
		out = append(out, des.Time(s)*des.Time(des.Second))
	}
	return out
}

// refused reports whether EC2 turns a launch of the kth type down.
func (s *site) refused(k, zone int, spot bool) bool {
	why, _ := s.fleet.Refusal(ec2.Pool{Model: s.fleet.Models()[k], Zone: zone, Spot: spot})
	return why != ""
}

// same fails the test unless a fault is of a kind and says so.
func same(t *testing.T, f Fault, kind, one, several string) {
	t.Helper()
	if f.About().Kind != kind || f.Told(1) != one || f.Told(3) != several || f.Effect() == "" {
		t.Errorf("%+v: %q, %q, %q", f, f.About().Kind, f.Told(1), f.Told(3))
	}
}
