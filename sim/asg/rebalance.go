package asg

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"asgsim/sim/des"
)

// What makes a group rebalance, which AWS does not publish: by default two zones that
// differ by two instances or more for a minute, one pair at a time.
const (
	unevenBy  = 2
	unevenFor = des.Minute
)

// RebalanceCeiling is the most instances a group of the given maximum has while it
// rebalances: a tenth more, at least one ("Auto Scaling benefits", user guide, read
// 2023-04-27).
func RebalanceCeiling(maximum int) int { return maximum + max(1, maximum/10) }

// rebalance evens out the zones: it launches in the thinnest before it terminates
// in the fullest.
func (g *Group) rebalance() {
	now := g.kernel.Now()
	sick := false
	for _, m := range slices.Clone(g.active) {
		if m.Extra && !m.Replacement && m.Phase == PhaseInService {
			g.giveWay(m)
		}
		sick = sick || m.Unhealthy
	}
	count, order := g.zones(), g.thinFirst()
	thin, full := order[0], order[len(order)-1]
	balanced := count[full]-count[thin] < cmp.Or(g.cfg.UnevenBy, unevenBy)*g.largest() && !g.stranded()
	if g.suspended[AZRebalance] || g.suspended[Launch] || balanced || !g.fits(g.Actual()) || g.Extras() > 0 || sick {
		g.uneven = des.Never
		return
	}
	if g.uneven == des.Never {
		g.uneven = now
	}
	if now.Sub(g.uneven) < cmp.Or(g.cfg.UnevenFor, unevenFor) || g.Actual() >= RebalanceCeiling(g.Max)+g.largest()-1 || now < g.zoneRetry[thin].until || g.movable(thin) == nil {
		return
	}
	had := make([]string, len(count))
	for z, n := range count {
		had[z] = fmt.Sprint(n)
	}
	at := g.clock(now)
	m := g.launch(fmt.Sprintf("At %s instances were launched to balance instances in zones %s with other zones resulting in more than desired number of instances in the group. At %s availability zones %s had %s instances respectively. An instance was launched to aid in balancing the group's zones.",
		at, g.cfg.Zones[thin], at, strings.Join(g.cfg.Zones, " "), strings.Join(had, " ")), thin)
	if m != nil {
		m.Extra = true
	}
}

// movable picks the instance to terminate for one in zone to, of the fullest of
// the other zones.
func (g *Group) movable(to int) *Member {
	var may []*Member
	for _, o := range g.active {
		if o.Phase == PhaseInService && !o.Protected && !o.Extra && o.Instance.Zone != to {
			may = append(may, o)
		}
	}
	return g.pick(may)
}

// giveWay terminates an instance of the fullest zone for one that was launched to
// balance the zones and is in service.
func (g *Group) giveWay(m *Member) { g.fold(m, g.movable(m.Instance.Zone), End{Kind: EndRebalance}) }
