package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/ec2"
)

// moneyKeys documents the credits of [instance].
func moneyKeys() []Key {
	const guide = "AWS EC2 User Guide, burstable performance instances, 2023-05-31"
	return []Key{
		{Path: "instance.credit_specification", Type: Choice, Choices: optionNames(creditModes()), Absent: "for burstable types standard (T2) or unlimited (T3, T3a, T4g)", Source: guide, Doc: "What an instance out of CPU credits does: slow down to its baseline, or go on and pay for the surplus."},
		{Path: "instance.initial_credits", Type: Share, Absent: "\"100%\" for burstable types", Min: `"0%"`, Max: `"100%"`, Doc: "CPU credits of burstable instances that run at the start, as a share of the most the type can hold. Those launched later begin with none, or with the launch credits of T2 in standard mode."},
		{Path: "instance.surplus_hours", Type: Choice, Choices: optionNames(surplusHours()), Absent: "\"since_launch\" for burstable types", Source: "undocumented by AWS, X-44; EC2 guide, Unlimited mode concepts, read 2026-11: at the end of the hour", Doc: "At the end of which hours the surplus beyond a day's earnings is charged: each instance's own since it began to run, or those of the clock (UTC), the first one a part."},
	}
}

// creditModes are the two modes of a burstable type.
func creditModes() []option[ec2.CreditMode] { return enum(ec2.UnlimitedCredits)[ec2.Standard:] }

// surplusHours say whether hours of surplus are those of the clock.
func surplusHours() []option[bool] { return []option[bool]{{"since_launch", false}, {"clock", true}} }

// credits reads the CPU credits of [instance].
func (d *decoder) credits(t *ec2.Model, known bool) {
	const p = "instance.credit_specification"
	mode, given := choose(d, p, creditModes())
	share, initial := d.Share("instance.initial_credits")
	clock, clocked := choose(d, "instance.surplus_hours", surplusHours())
	switch {
	case !known:
		return
	case !t.Type.Burstable:
		for _, key := range []string{p, "instance.initial_credits", "instance.surplus_hours"} {
			if d.IsGiven(key) {
				d.Problem(key, d.At(key), form.Wrong("leave it out, or choose a T2, T3, T3a or T4g type", "is for burstable types: %s has no CPU credits", t.Type.Name))
			}
		}
		return
	case given:
		t.Credits = mode
	default:
		t.Credits = t.Type.Burst.Default
		d.Amend(p, `"`+t.Credits.String()+`"`, "default (AWS) of "+t.Type.Name)
	}
	if t.InitialCredits = 1; initial {
		t.InitialCredits = share
	}
	if t.ClockHours = clock; clocked && t.Credits == ec2.Standard {
		d.Warn("instance.surplus_hours", `choose credit_specification = "unlimited"`, "has nothing to do: in standard mode there is no surplus")
	}
}
