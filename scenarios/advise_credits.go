package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/billing"
	"asgsim/sim/ec2"
	"asgsim/sim/scaling"
)

// burstable: a CPU target above the baseline of a type with CPU credits.
func (a *advisor) burstable() {
	t := &a.w.Template
	for _, p := range scaling.Goals(a.w.Policies) {
		baseline := 100 * t.Type.Burst.Baseline
		if t.Credits == ec2.NoCredits || p.Metric != scaling.ASGAverageCPUUtilization || p.Target <= baseline {
			continue
		}
		if t.Credits == ec2.Standard {
			a.Warn("instance.credit_specification", `choose "unlimited", or a type without credits`,
				"is standard, and %s is burstable: out of credits it shows %s %% CPU at most, so policy %s with its target of %s %% never scales out, and may scale in, while users wait",
				t.Type.Name, form.FormatNumber(baseline), p.Policy, form.FormatNumber(p.Target))
			return
		}
		surplus := (p.Target - baseline) / 100 * float64(t.Type.VCPU) * t.Type.Burst.Surplus.Float()
		a.Warn("instance.type", "compare it with a type without credits",
			"is burstable: at the target of %s %% CPU of policy %s, above its baseline of %s %%, the surplus costs %s an hour, on top of %s",
			form.FormatNumber(p.Target), p.Policy, form.FormatNumber(baseline), billing.Dollars(surplus), t.Type.Price)
		return
	}
}
