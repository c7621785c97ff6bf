package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/ec2"
)

// warmCurve reads [instance.warm_curve].
func (d *decoder) warmCurve() ec2.WarmCurve {
	const p = "instance.warm_curve"
	var w ec2.WarmCurve
	if n := d.Find(p); n == nil || n.Table == nil {
		return w // the check for unknown keys says of a value that is no table
	}
	var hasFrom, hasOver, hasRequests bool
	w.From, hasFrom = d.Share(p + ".from")
	w.Over, hasOver = d.dur(p + ".over")
	requests, ok := d.Count(p + ".requests")
	w.Requests, hasRequests = uint64(requests), ok
	switch {
	case d.Failed(p+".from") || d.Failed(p+".over") || d.Failed(p+".requests"):
	case !hasFrom:
		d.Problem(p+".from", d.At(p), form.Wrong(`write for example warm_curve = { from = "40%", over = "5m" }`, "is missing"))
	case w.From == 1:
		d.Problem(p+".from", d.At(p+".from"), form.Wrong("write a share below 100%, or leave the curve out", "is full speed from the first request on"))
	case hasOver && hasRequests:
		d.Problem(p+".requests", d.At(p+".requests"), form.Wrong("leave one of them out", "and over exclude each other"))
	case !hasOver && !hasRequests:
		d.Problem(p, d.At(p), form.Wrong(`write over = "5m" or requests = 5000`, "does not say when an instance is at full speed"))
	}
	return w
}
