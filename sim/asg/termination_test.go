package asg

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// The default termination policy: the old launch template goes before the billing hour
// is looked at ("Termination policies", EC2 Auto Scaling User Guide, read 2023-04-27:
// steps 2 and 3 before step 4), and with one template the instance nearest to its next
// hour goes.
func TestDefaultTerminationOrder(t *testing.T) {
	var k des.Kernel
	k.At(des.Time(59*des.Minute), des.Begin, func() {})
	k.Step()
	g := &Group{cfg: &Config{}, kernel: &k, fleet: &ec2.Fleet{}}
	member := func(launched des.Duration, old bool) *Member {
		i := &ec2.Instance{Run: &ec2.Run{}, Launched: des.Time(launched)}
		if old {
			i.Version = &ec2.Version{Speed: 2}
		}
		return &Member{Instance: i}
	}
	nearHour, young, old := member(0, false), member(30*des.Minute, false), member(50*des.Minute, true)
	if got := g.byPolicy([]*Member{nearHour, young, old}); got != old {
		t.Errorf("of an instance one minute before its hour and one of the old template the former goes")
	}
	if got := g.byPolicy([]*Member{young, nearHour}); got != nearHour {
		t.Errorf("of one template the instance nearest to its next hour must go")
	}
}
