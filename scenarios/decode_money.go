package scenarios

import (
	"fmt"
	"math"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/billing"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

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

// commitmentKinds are the kinds of [commitment.N], in the order of package billing.
var commitmentKinds = [...]string{"reserved_instances", "ec2_instance_savings_plan", "compute_savings_plan"}

// commitments reads [commitment.N.KIND].
func (d *decoder) commitments(w *record.Config) []billing.Commitment {
	var out []billing.Commitment
	for _, name := range d.Entries("commitment") {
		kind := d.Kind("commitment."+name, append([]string{}, commitmentKinds[:]...))
		if kind == "" {
			continue
		}
		p := "commitment." + name + "." + kind + "."
		c := billing.Commitment{Name: name, Until: billing.Open}
		for i, k := range commitmentKinds {
			if k == kind {
				c.Kind = billing.CommitmentKind(i)
			}
		}
		if c.Kind == billing.ReservedInstances {
			n, _ := d.Count(p + "count")
			c.Count = int64(n)
			c.Of = d.committed(p+"instance_type", w.Template.Type.Name, w)
		} else {
			c.PerHour, _ = d.perHour(p + "per_hour")
			if c.Kind == billing.EC2InstanceSavingsPlan {
				c.Of = d.committed(p+"instance_family", family(w.Template.Type.Name), w)
			}
		}
		off, _ := d.Share(p + "discount")
		c.Discount = int64(math.Round(off * 1_000_000))
		if at, ok := take(d, p+"until", func(n *form.Node, _ *Key) (int64, *form.Mistake) {
			v, b := civil(n)
			if b != nil || d.zone.loc == nil {
				return 0, b
			}
			at, _, b := d.zone.instant(n, v)
			return at, b
		}); ok {
			if c.Until = at - d.cal.Start; c.Until <= 0 {
				d.Warn(p+"until", "leave the commitment out", "is before the run begins: the commitment does nothing")
			}
		}
		out = append(out, c)
	}
	return out
}

// family is that of an instance type: c7g of c7g.large.
func family(name string) string {
	f, _, _ := strings.Cut(name, ".")
	return f
}

// committed reads the type or family of a commitment, which the group must have.
func (d *decoder) committed(path, first string, w *record.Config) string {
	name, ok := d.Text(path)
	if !ok {
		return first
	}
	var have []string
	for _, m := range w.Template.Models() {
		for _, x := range []string{m.Type.Name, family(m.Type.Name)} {
			if strings.Contains(x, ".") == strings.Contains(first, ".") && !isOne(have, x) {
				have = append(have, x)
			}
		}
	}
	if !isOne(have, name) {
		d.Warn(path, "the group launches "+strings.Join(have, ", "), "covers nothing: the group has no %s", name)
	}
	return name
}

// perHour reads dollars an hour of a key that says so in its name: "$1.20".
func (d *decoder) perHour(path string) (billing.USD, bool) {
	return form.Ordered(d.Reader, path, func(n *form.Node, _ *Key) (billing.USD, *form.Mistake) {
		s, ok := n.Scalar.(string)
		if !ok {
			return 0, form.Wrong(fmt.Sprintf("did you mean \"$%s\"?", n.Text()), "must be dollars in quotes, not %s", n.Text())
		}
		v, b := money(strings.TrimSuffix(s, "/h") + "/h")
		if b != nil {
			return 0, form.Wrong(`write for example "$1.20"`, "is not dollars an hour: %q", s)
		}
		return v, nil
	})
}
