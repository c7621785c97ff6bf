package scenarios

import (
	"math"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/record"
)

// The terms and payments of commitments.
var (
	commitmentTerms    = [...]string{"1y", "3y"}
	commitmentPayments = [...]string{"no_upfront", "partial_upfront", "all_upfront"}
)

// commitmentDiscount is the share that a commitment takes off: as given, or what its term
// has in imported prices.
func (d *decoder) commitmentDiscount(p, kind, of string, w *record.Config) float64 {
	off, given := d.Share(p + "discount")
	term, termed := d.Choice(p + "term")
	payment, paid := d.Choice(p + "payment")
	class := "reserved"
	classed := false
	if kind == "reserved_instances" {
		var i int
		if i, classed = d.Choice(p + "offering_class"); i == 1 {
			class = "convertible"
		}
	}
	switch {
	case d.Failed(p+"discount") || d.Failed(p+"term"):
		return 0
	case !given && !termed:
		d.Problem(p+"discount", d.At(p+"discount"), form.Wrong(`write for example discount = "34%", or term = "1y" with imported prices`, "is missing"))
		return 0
	case given && termed:
		d.Problem(p+"term", d.At(p+"term"), form.Wrong("leave one of the two out", "and discount both say what it takes off"))
		return 0
	case given && (paid || classed):
		d.Warn(p+"discount", "write term instead", "is given: payment and offering_class change nothing")
		return off
	case given:
		return off
	}
	kinds := map[string]string{"reserved_instances": class, "ec2_instance_savings_plan": "instance", "compute_savings_plan": "compute"}
	return d.listedDiscount(p, kinds[kind]+"/"+commitmentTerms[term]+"/"+commitmentPayments[payment], of, w)
}

// listedDiscount is what imported prices have for a commitment, of the first type of the
// group that it covers.
func (d *decoder) listedDiscount(p, kind, of string, w *record.Config) float64 {
	l := &d.list
	if l.catalog == nil {
		d.Problem(p+"term", d.At(p+"term"), form.Wrong(`write discount = "34%", or import prices (asgsim help prices)`, "needs imported prices: the shipped ones know none of commitments"))
		return 0
	}
	for _, m := range w.Template.Models() {
		if name := m.Type.Name; of != "" && name != of && family(name) != of {
			continue
		}
		t, _ := l.catalog.Type(m.Type.Name)
		x, _ := t.Under(l.system, l.tenancy)
		price, ok := x.Committed[kind]
		if !ok || x.OnDemand == 0 {
			d.Problem(p+"term", d.At(p+"term"), form.Wrong(`write discount = "34%", or import the prices that have it`, "is not in the prices of %s, %s: they have no %s of %s, %s, %s", l.region, l.catalog.Date, strings.ReplaceAll(kind, "/", " "), m.Type.Name, l.system, l.tenancy))
			return 0
		}
		off := math.Round(min(max(1-price/x.OnDemand, 0), 0.99)*1e6) / 1e6 // as finely as a bill has it
		d.Amend(p+"discount", quoteTOML(form.FormatNumber(math.Round(1e6*off)/1e4)+"%"), "derived: "+kind+" of "+m.Type.Name+", "+l.basis())
		return off
	}
	d.Problem(p+"term", d.At(p+"term"), form.Wrong(`write discount = "34%"`, "is of %s, which the group does not launch: its discount is not known", of))
	return 0
}
