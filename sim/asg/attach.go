package asg

import (
	"fmt"
	"strings"

	"asgsim/sim/des"
)

// attachAll takes in n instances that ran outside of the group, and words what came of
// it. Desired rises by as many; all are refused if that is above the maximum ("Attach
// EC2 instances to your Auto Scaling group", user guide, read 2023-04-27).
func (g *Group) attachAll(n int) (string, bool) {
	before, left := g.Desired, min(g.Max-g.Desired, g.Max-g.Actual())
	var ids []string
	for range n {
		zone := g.thinFirst()[0]
		pools, _ := g.choices(zone)
		pool := g.open(pools)
		if left < n*pool.Units() && len(ids) == 0 {
			return fmt.Sprintf("attached none: %d more would make %d, and max_size is %d", n, max(g.Desired, g.Actual())+n*pool.Units(), g.Max), false
		}
		if g.Desired+pool.Units() > g.Max {
			break // of another weight than the first
		}
		m := &Member{Phase: PhasePending, InServiceAt: des.Never, Protected: g.cfg.Protect, Called: g.kernel.Now(), ready: true, end: -1}
		m.Instance = g.fleet.Adopt(pool, 0)
		ids = append(ids, m.Instance.ID())
		g.Members = append(g.Members, m)
		g.attach(m, before)
		before = g.Desired
	}
	return "attached: " + strings.Join(ids, ", "), true
}

// attach puts an instance whose application is up into service; no lifecycle hook runs
// ("Amazon EC2 Auto Scaling lifecycle hooks", same guide), and its grace period begins.
func (g *Group) attach(m *Member, before int) {
	g.Desired += m.Units()
	g.Attached++
	g.join(m)
	g.begin(m, Activity{Description: "Attaching an existing EC2 instance", Move: true, Status: PreInService, Cause: fmt.Sprintf(
		"At %s an instance was attached in response to a user request, increasing the capacity from %d to %d.", g.clock(g.kernel.Now()), before, g.Desired)})
	g.enterService(m)
}
