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
	b, r := &base{cfg: &Config{}, kernel: &k}, &roster{}
	c := &chooser{base: b, size: &size{}, zoneSet: newZoneSet(r, nil, 0), version: func() *ec2.Version { return nil }}
	member := func(launched des.Duration, old bool) *Member {
		i := &ec2.Instance{Run: &ec2.Run{}, Launched: des.Time(launched)}
		if old {
			i.Version = &ec2.Version{Speed: 2}
		}
		return &Member{Instance: i}
	}
	nearHour, young, old := member(0, false), member(30*des.Minute, false), member(50*des.Minute, true)
	if got := c.byPolicy([]*Member{nearHour, young, old}); got != old {
		t.Errorf("of an instance one minute before its hour and one of the old template the former goes")
	}
	if got := c.byPolicy([]*Member{young, nearHour}); got != nearHour {
		t.Errorf("of one template the instance nearest to its next hour must go")
	}
}
