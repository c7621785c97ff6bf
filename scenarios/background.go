package scenarios

import (
	"slices"

	"asgsim/scenarios/form"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// backgroundKeys documents what of [instance] is about work that is no request's.
func backgroundKeys() []Key {
	return []Key{{Path: "instance.background_cpu", Type: Share, Default: `"0%"`, Min: `"0%"`, Max: `"90%"`, Doc: "CPU utilization of an instance without requests, once it is up: agents, log shipping, runtimes. Requests get what it leaves of the vCPUs."}}
}

// background takes what runs beside the requests off the vCPUs' speed.
func (d *decoder) background(w *record.Config) {
	const p = "instance.background_cpu"
	v, ok := d.Share(p)
	if !ok || v == 0 {
		return
	}
	if n := d.Find("request.measured"); n != nil && n.Table != nil {
		d.Problem(p, d.At(p), form.Wrong("write request.cpu, as asgsim calibrate does, or leave one of the two out", "and [request.measured] both explain CPU utilization"))
	}
	models := w.Template.Models()
	if slices.ContainsFunc(models, func(m *ec2.Model) bool { return m.Credits != ec2.NoCredits }) {
		d.Problem(p, d.At(p), form.Wrong("leave it out, or choose a type without CPU credits", "is not modelled for burstable types, whose credits it would spend"))
	}
	w.Template.Background = v
	w.Template.Speed *= 1 - v
	for k := range w.Template.Mixed {
		w.Template.Mixed[k].Speed *= 1 - v
	}
}
