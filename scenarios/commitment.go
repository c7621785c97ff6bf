package scenarios

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/billing"
	"asgsim/sim/record"
)

// commitmentKeys documents [commitment.N.KIND].
func commitmentKeys() []Key {
	const guide = "AWS Savings Plans User Guide, 2023-05"
	var out []Key
	for _, kind := range commitmentKinds {
		p := "commitment.N." + kind + "."
		if kind == "reserved_instances" {
			out = append(out, Key{Path: p + "offering_class", Type: Choice, Choices: []string{"standard", "convertible"}, Absent: "standard, with term", Source: "AWS EC2 User Guide, Reserved Instances", Doc: "Which reserved instances they are, beside term."},
				Key{Path: p + "count", Type: Count, Unit: "instances", Required: true, Min: "1", Max: "100000", Source: "AWS EC2 User Guide, Reserved Instances", Doc: "Instances that are reserved (regional, no upfront): paid every hour, used or not."},
				Key{Path: p + "instance_type", Type: Text, Absent: "the group's type; of a mixed group the first", Source: "AWS EC2 User Guide, Reserved Instances", Doc: "Type of the reserved instances. That a reservation may cover other sizes of its family is left out."})
		} else {
			out = append(out, Key{Path: p + "per_hour", Type: Price, Required: true, Min: `"$0/h"`, Doc: "Dollars committed an hour, at the discounted price: charged every hour, used or not.", Source: guide})
			if kind == "ec2_instance_savings_plan" {
				out = append(out, Key{Path: p + "instance_family", Type: Text, Absent: "that of the group's type; of a mixed group of the first", Source: guide, Doc: "Family that the plan is for, such as c7g. A Compute Savings Plan is for all; none covers Spot."})
			}
		}
		out = append(out,
			Key{Path: p + "discount", Type: Share, Absent: "from term and payment, of imported prices", Min: `"0%"`, Max: `"99%"`, Doc: "Off the on-demand price of what it covers. AWS has it by type and term; about 34% for one year without upfront payment, 55% for three, 20 to 27% for a Compute Savings Plan."},
			Key{Path: p + "term", Type: Choice, Choices: commitmentTerms[:], Absent: "discount says it", Source: guide, Doc: "Its length, instead of discount: the discount is that of imported prices (asgsim help prices), of the type that is reserved, or of the first of the group that it covers."},
			Key{Path: p + "payment", Type: Choice, Choices: commitmentPayments[:], Absent: "no_upfront, with term", Source: guide, Doc: "How it is paid, beside term; what is paid at once is spread over the term."},
			Key{Path: p + "until", Type: Civil, Absent: "beyond the run", Doc: "Local date and time at which it ends."})
	}
	return out
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
		off := d.commitmentDiscount(p, kind, c.Of, w)
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

// committed reads the type or family of a commitment, which the group must have.
func (d *decoder) committed(path, first string, w *record.Config) string {
	name, ok := d.Text(path)
	if !ok {
		return first
	}
	var have []string
	for _, m := range w.Template.Models() {
		for _, x := range []string{m.Type.Name, family(m.Type.Name)} {
			if strings.Contains(x, ".") == strings.Contains(first, ".") && !slices.Contains(have, x) {
				have = append(have, x)
			}
		}
	}
	if !slices.Contains(have, name) {
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
