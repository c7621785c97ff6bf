package asg

import (
	"fmt"
	"strings"

	"asgsim/sim/des"
)

// attachAll takes in n instances that ran outside of the group, and words what came of
// it. Desired rises by as many; all are refused if that is above the maximum ("Attach
// EC2 instances to your Auto Scaling group", user guide, read 2023-04-27).
func (o *operator) attachAll(n int) (string, bool) {
	before, left := o.desired, min(o.max-o.desired, o.max-o.Actual())
	var ids []string
	for range n {
		zone := o.zones.thinFirst()[0]
		pools, _ := o.pools.choices(zone)
		pool := o.pools.open(pools)
		if left < n*pool.Units() && len(ids) == 0 {
			return fmt.Sprintf("attached none: %d more would make %d, and max_size is %d", n, max(o.desired, o.Actual())+n*pool.Units(), o.max), false
		}
		if o.desired+pool.Units() > o.max {
			break // of another weight than the first
		}
		m := &Member{Phase: PhasePending, InServiceAt: des.Never, Protected: o.cfg.Protect, Called: o.kernel.Now(), ready: true, end: -1}
		m.Instance = o.ec2.Adopt(pool, 0)
		ids = append(ids, m.Instance.ID())
		o.Members = append(o.Members, m)
		o.attach(m, before)
		before = o.desired
	}
	return "attached: " + strings.Join(ids, ", "), true
}

// attach puts an instance whose application is up into service; no lifecycle hook runs
// ("Amazon EC2 Auto Scaling lifecycle hooks", same guide), and its grace period begins.
func (o *operator) attach(m *Member, before int) {
	o.size.change(m.Units())
	o.Attached++
	o.join(m)
	o.begin(m, Activity{Description: "Attaching an existing EC2 instance", Move: true, Status: PreInService, Cause: fmt.Sprintf(
		"At %s an instance was attached in response to a user request, increasing the capacity from %d to %d.", o.at(), before, o.desired)})
	o.life.enterService(m)
}
