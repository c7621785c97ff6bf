package asg

import (
	"fmt"
	"strings"

	"asgsim/sim/des"
)

// attachAll attaches n instances and words what came of it.
func (g *Group) attachAll(n int) (string, bool) {
	var ids []string
	for range n {
		m := g.attach()
		if m == nil {
			break
		}
		ids = append(ids, m.Instance.ID())
	}
	text := "attached: " + strings.Join(ids, ", ")
	if len(ids) == 0 {
		text = "attached: none"
	}
	if refused := n - len(ids); refused > 0 {
		text += fmt.Sprintf("; %d refused: the group would leave [%d, %d]", refused, g.Min, g.Max)
	}
	return text, len(ids) > 0
}

// attach takes in an instance that ran outside of the group, with its application
// up, in the thinnest zone. Desired rises by one; its launch hooks run, then it is
// registered, and its grace period begins ("Attach EC2 instances to your Auto Scaling
// group", user guide, read 2023-04-27). It is nil if the maximum forbids it.
func (g *Group) attach() *Member {
	zone := g.thinFirst()[0]
	pools, _ := g.choices(zone)
	pool := g.open(pools)
	units := pool.Units()
	if g.Desired+units > g.Max || g.Actual()+units > g.Max {
		return nil
	}
	before := g.Desired
	g.Desired += units
	g.Attached++
	m := &Member{Phase: PhasePending, InServiceAt: des.Never, Protected: g.cfg.Protect, Called: g.kernel.Now(), ready: true, end: -1}
	m.Instance = g.fleet.Adopt(pool, 0)
	g.Members = append(g.Members, m)
	g.join(m)
	g.begin(m, Activity{Description: "Attaching an existing EC2 instance", Move: true, Status: PreInService, Cause: fmt.Sprintf(
		"At %s an instance was attached in response to a user request, increasing the capacity from %d to %d.", g.clock(g.kernel.Now()), before, g.Desired)})
	g.admit(m)
	return m
}
