package scenarios

import (
	"asgsim/sim/billing"
	"asgsim/sim/ec2"
	"asgsim/sim/scaling"
)

// credits reads the CPU credits of [instance].
func (d *decoder) credits(t *ec2.Template, known bool) {
	const p = "instance.credit_specification"
	mode, given := d.choice(p)
	share, initial := d.share("instance.initial_credits")
	switch {
	case !known:
		return
	case !t.Type.Burstable:
		for _, key := range []string{p, "instance.initial_credits"} {
			if d.isGiven(key) {
				d.problem(key, d.at(key), wrong("leave it out, or choose a T2, T3, T3a or T4g type", "is for burstable types: %s has no CPU credits", t.Type.Name))
			}
		}
		return
	case given:
		t.Credits = [...]ec2.CreditMode{ec2.Standard, ec2.UnlimitedCredits}[mode]
	default:
		t.Credits = t.Type.Burst.Default
		d.replaceNote(p, `"`+t.Credits.String()+`"`, "default (AWS) of "+t.Type.Name)
	}
	if t.InitialCredits = 1; initial {
		t.InitialCredits = share
	}
}

// burstable: a CPU target above the baseline of a type with CPU credits.
func (a *advisor) burstable() {
	t := &a.w.Template
	for _, p := range a.w.Tracking {
		baseline := 100 * t.Type.Burst.Baseline
		if t.Credits == ec2.NoCredits || p.Metric != scaling.ASGAverageCPUUtilization || p.Target <= baseline {
			continue
		}
		if t.Credits == ec2.Standard {
			a.warn("instance.credit_specification", `choose "unlimited", or a type without credits`,
				"is standard, and %s is burstable: out of credits it shows %s %% CPU at most, so policy %s with its target of %s %% never scales out, and may scale in, while users wait",
				t.Type.Name, formatNumber(baseline), p.Name, formatNumber(p.Target))
			return
		}
		surplus := (p.Target - baseline) / 100 * float64(t.Type.VCPU) * t.Type.Burst.Surplus.Float()
		a.warn("instance.type", "compare it with a type without credits",
			"is burstable: at the target of %s %% CPU of policy %s, above its baseline of %s %%, the surplus costs %s an hour, on top of %s",
			formatNumber(p.Target), p.Name, formatNumber(baseline), billing.Dollars(surplus), t.Type.Price)
		return
	}
}
