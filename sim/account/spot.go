package account

import (
	"fmt"
	"sort"

	"asgsim/sim/asg"
	"asgsim/sim/des"
)

// TypeCost is what the instances of one type and purchase option came to.
type TypeCost struct {
	Type          string  `json:"type"`
	Option        string  `json:"purchase_option"` // "on-demand" or "spot"
	Launches      int     `json:"launches"`        // in the window
	InstanceHours float64 `json:"instance_hours"`
	USD           float64 `json:"usd"`
	PriceHour     float64 `json:"price_hour"` // on average, before discount
}

// SpotSummary is what Spot Instances saved, and what became of them, in the window.
type SpotSummary struct {
	InstanceHours   float64    `json:"instance_hours"` // billed
	FreeHours       float64    `json:"free_hours"`     // of those interrupted in their first hour
	USD             float64    `json:"usd"`
	OnDemandUSD     float64    `json:"on_demand_usd"` // what the same hours cost on demand
	Recommendations int        `json:"recommendations"`
	Replaced        int        `json:"replaced_before_notice"`
	Drained         int        `json:"drained_at_notice"`
	Interruptions   int        `json:"interruptions"`   // EC2 took an instance back while it was running
	Unserved        int        `json:"cut_in_service"`  // of these, still in service to the end
	LaunchFailures  int        `json:"launch_failures"` // activities: no pool had capacity, or a quota
	Pools           []SpotPool `json:"pools"`           // those used, most instance-hours first
}

// SpotPool is what happened in one pool.
type SpotPool struct {
	Type          string  `json:"type"`
	Zone          string  `json:"zone"`
	Launches      int     `json:"launches"`
	Interruptions int     `json:"interruptions"`
	InstanceHours float64 `json:"instance_hours"`
}

// optionName is AWS's name of a purchase option, as in its filters.
func optionName(spot bool) string {
	if spot {
		return "spot"
	}
	return "on-demand"
}

// typeCosts lists the types of a mixed group.
func (a *accounts) typeCosts() []TypeCost {
	if a.Config.Group.Mixed == nil {
		return nil
	}
	used := a.used()
	out := make([]TypeCost, len(used))
	for k := range used {
		u := &used[k]
		out[k] = TypeCost{Type: u.Type, Option: optionName(u.Spot), InstanceHours: float64(u.Seconds) / 3600, USD: a.Config.Bill.Running(u).Float(), PriceHour: u.Average().Float()}
	}
	for i := range a.Instances {
		if n := &a.Instances[i]; n.Launched >= a.From() {
			out[a.terms(n)].Launches++
		}
	}
	return out
}

// spotSummary is nil for a group without Spot.
func (a *accounts) spotSummary() *SpotSummary {
	if a.market == nil {
		return nil
	}
	s := &SpotSummary{}
	for _, u := range a.used() {
		if u.Spot {
			s.InstanceHours += float64(u.Seconds) / 3600
			s.FreeHours += float64(u.Free) / 3600
			s.USD += a.Config.Bill.Running(&u).Float()
			s.OnDemandUSD += a.Config.Bill.Seconds(u.Seconds+u.Free, u.Price).Float()
		}
	}
	from := a.From()
	pools := map[[2]string]*SpotPool{}
	for k := range a.Instances {
		i := &a.Instances[k]
		if !i.Spot {
			continue
		}
		key := [2]string{i.Type, i.Zone}
		p := pools[key]
		if p == nil {
			p = &SpotPool{Type: key[0], Zone: key[1]}
			pools[key] = p
		}
		for r := range i.Runs {
			from, to := a.billed(&i.Runs[r])
			p.InstanceHours += float64(to-from) / 3600
		}
		if i.Launched >= from {
			p.Launches++
		}
		if i.Recommended != des.Never && i.Recommended >= from {
			s.Recommendations++
			switch i.End.Kind {
			case asg.EndRecommended:
				s.Replaced++
			case asg.EndNoticed:
				s.Drained++
			}
		}
		if i.Interrupted && i.Ended >= from {
			s.Interruptions++
			p.Interruptions++
			if i.End.Kind == asg.EndInterrupted || i.Active {
				s.Unserved++
			}
		}
	}
	for _, x := range a.Activities {
		if x.Launch && x.Instance < 0 && x.Start >= from {
			s.LaunchFailures++
		}
	}
	for _, p := range pools {
		s.Pools = append(s.Pools, *p)
	}
	sort.Slice(s.Pools, func(i, j int) bool {
		a, b := &s.Pools[i], &s.Pools[j]
		if a.InstanceHours != b.InstanceHours {
			return a.InstanceHours > b.InstanceHours
		}
		return a.Type < b.Type || a.Type == b.Type && a.Zone < b.Zone
	})
	return s
}

// allOnDemandName is the baseline of a group with Spot Instances: the same
// instances, all on demand.
const allOnDemandName = "all_on_demand"

// allOnDemand is what Spot saved, reclaims or not. What the reclaimed would have
// done besides is not in it.
func (a *accounts) allOnDemand(cost float64, met bool) Saving {
	used := a.used()
	base := 0.0
	for k := range used {
		u := used[k]
		u.Spot, u.Seconds, u.Free = false, u.Seconds+u.Free, 0
		base += a.Config.Bill.Cost(&u).Float()
	}
	s := Saving{Baseline: allOnDemandName, Instances: 0, BaselineUS: base, USD: base - cost, Comparable: met}
	if base > 0 {
		s.Share = s.USD / base
	}
	if !met {
		s.Reason = "the run misses its own SLO, so a cheaper fleet is no saving"
	}
	return s
}

// spotWarnings say when a group's Spot capacity was not there.
func spotWarnings(s *SpotSummary) []string {
	if s == nil || s.LaunchFailures == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d launches failed for want of capacity: more instance types and zones make more pools", s.LaunchFailures)}
}
