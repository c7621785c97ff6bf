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

// rebalancer keeps the zones even.
type rebalancer struct {
	*base
	*suspensions
	*need
	*retries
	mover
	zones     *zoneSet
	chooser   *chooser
	exchanger *exchanger
	uneven    des.Time // the zones are out of balance since; des.Never
}

// rebalance evens out the zones: it launches in the thinnest before it terminates
// in the fullest.
func (r *rebalancer) rebalance() {
	now := r.kernel.Now()
	sick := false
	for _, m := range slices.Clone(r.active) {
		if m.Extra && !m.Replacement && m.Phase == PhaseInService {
			r.giveWay(m)
		}
		sick = sick || m.Unhealthy
	}
	count, order := r.zones.perZone(), r.zones.thinFirst()
	thin, full := order[0], order[len(order)-1]
	balanced := count[full]-count[thin] < cmp.Or(r.cfg.UnevenBy, unevenBy)*r.largest() && !r.zones.stranded()
	if r.suspended[AZRebalance] || r.suspended[Launch] || balanced || !r.fits(r.Actual()) || r.Extras() > 0 || sick {
		r.uneven = des.Never
		return
	}
	if r.uneven == des.Never {
		r.uneven = now
	}
	if now.Sub(r.uneven) < cmp.Or(r.cfg.UnevenFor, unevenFor) || r.Actual() >= RebalanceCeiling(r.max)+r.largest()-1 || now < r.zoneRetry[thin].until || r.movable(thin) == nil {
		return
	}
	had := make([]string, len(count))
	for z, n := range count {
		had[z] = fmt.Sprint(n)
	}
	at := r.clock(now)
	m := r.launch(fmt.Sprintf("At %s instances were launched to balance instances in zones %s with other zones resulting in more than desired number of instances in the group. At %s availability zones %s had %s instances respectively. An instance was launched to aid in balancing the group's zones.",
		at, r.cfg.Zones[thin], at, strings.Join(r.cfg.Zones, " "), strings.Join(had, " ")), thin)
	if m != nil {
		m.Extra = true
	}
}

// movable picks the instance to terminate for one in zone to, of the fullest of
// the other zones.
func (r *rebalancer) movable(to int) *Member {
	var may []*Member
	for _, o := range r.active {
		if o.Phase == PhaseInService && !o.Protected && !o.Extra && o.Instance.Zone != to {
			may = append(may, o)
		}
	}
	return r.chooser.pick(may)
}

// giveWay terminates an instance of the fullest zone for one that was launched to
// balance the zones and is in service.
func (r *rebalancer) giveWay(m *Member) {
	r.exchanger.countIn(m, r.movable(m.Instance.Zone), End{Kind: EndRebalance})
}
