package world

import (
	"pgregory.net/rapid"

	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// swarmMixed draws a mixed instances policy: several types, with or without weights
// and Spot, in a market far rougher than AWS's.
func swarmMixed(t *rapid.T, cfg *record.Config) {
	pick := func(name string, values ...float64) float64 { return rapid.SampledFrom(values).Draw(t, name) }
	flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
	cfg.Template.Quota.OnDemand = rapid.SampledFrom([]int{0, 0, 0, 8}).Draw(t, "quota")
	if !flag("mixed") {
		return
	}
	weighted := flag("weighted")
	first := cfg.Template.Model
	for _, name := range rapid.SampledFrom([][]string{{"m5.large"}, {"m5.large", "c5.xlarge"}, {"c5.large", "t3.large", "m5.2xlarge"}}).Draw(t, "types") {
		m := first
		m.Type, _ = ec2.Lookup(name)
		m.Price, m.Spot = m.Type.Price, ec2.SpotTerms{Saving: pick("saving", 0, 0.7), Interruption: pick("interruption", 0, 0.5, 0.999)}
		if m.Type.Burstable && flag("credits") {
			m.Credits = rapid.SampledFrom([]ec2.CreditMode{ec2.Standard, ec2.UnlimitedCredits}).Draw(t, "mode")
			m.ClockHours = flag("clock hours")
		}
		if weighted {
			m.Weight = rapid.IntRange(1, 6).Draw(t, "weight")
		}
		cfg.Template.Mixed = append(cfg.Template.Mixed, m)
	}
	cfg.Template.Model = cfg.Template.Mixed[0]
	p := &asg.Mixed{
		OnDemandBase: rapid.IntRange(0, 4).Draw(t, "base"), OnDemandPercent: rapid.SampledFrom([]int{0, 30, 100}).Draw(t, "percent"),
		OnDemand: asg.OnDemandStrategy(rapid.IntRange(0, 1).Draw(t, "on demand")), Spot: asg.SpotStrategy(rapid.IntRange(0, 3).Draw(t, "spot")), SpotPools: rapid.IntRange(1, 3).Draw(t, "pools"), OldestGoes: flag("oldest goes"),
	}
	cfg.Group.Mixed, cfg.Group.Rebalance = p, flag("capacity rebalance")
	spot := p.OnDemandPercent < 100
	if spot {
		cfg.Template.Spot = &ec2.Spot{
			Period: des.Seconds(pick("period", 300, 3600)), Unavailable: pick("unavailable", 0, 0.1, 0.6), Reclaimed: pick("reclaimed", 0.1, 1),
			Lead: exponential(pick("lead", 30, 600)), Coincide: pick("coincide", 0, 0.2, 1), Swing: pick("swing", 0, 0.3),
		}
		if flag("maximum price") {
			cfg.Template.Spot.MaxPrice = billing.Dollars(pick("maximum", 0.02, 0.04))
		}
		if flag("reclaim") {
			cfg.Faults = append(cfg.Faults, fault.SpotInterruption{Plan: fault.Plan{Name: "reclaim", At: []des.Time{des.Time(des.Seconds(pick("reclaim at", 10, 300, 900)))}}, Zone: ec2.AnyZone, Share: pick("share", 0.3, 1), Lead: des.Seconds(pick("reclaim lead", 0, 200))})
		}
	}
	if flag("launch failure") {
		cfg.Faults = append(cfg.Faults, fault.LaunchFailure{Plan: fault.Plan{Name: "scarce", At: []des.Time{des.Time(des.Seconds(pick("scarce at", 0, 300)))},
			Lasts: des.Seconds(pick("scarce for", 60, 1200))}, Zone: rapid.IntRange(ec2.AnyZone, 1).Draw(t, "scarce zone"), Type: rapid.SampledFrom([]string{"", "m5.large"}).Draw(t, "scarce type"), SpotOnly: flag("spot only")})
	}
	if spot || weighted {
		cfg.Group.WarmPool = nil
	}
}
