package scenarios

import (
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/workload"
)

// predictive reads one predictive scaling policy.
func (d *decoder) predictive(name string, w *record.Config) {
	p := "policy." + name + ".predictive_scaling."
	t := scaling.Predictive{Name: name}
	mode, _ := d.choice(p + "mode")
	t.Scale = mode == 1
	pair, ok := d.choice(p + "predefined_metric_type")
	t.Pair = scaling.Pair(pair)
	if ok {
		metric := [...]scaling.Metric{scaling.ASGAverageCPUUtilization, scaling.ALBRequestCountPerTarget, scaling.ASGAverageNetworkIn, scaling.ASGAverageNetworkOut}[t.Pair]
		t.Target, _ = d.target(p+"target_value", metric, 0)
	} else {
		d.key(p + "target_value")
	}
	model, _ := d.choice(p + "forecast_model")
	if t.Model = scaling.Model(model); len(w.Predict) > 0 && w.Predict[0].Model != t.Model && d.ok(p+"forecast_model") {
		d.problem(p+"forecast_model", d.at(p+"forecast_model"), wrong("give all the same, or compare them as variants", "is %s, of policy %s %s: there is one forecast of the load", scaling.Models()[t.Model], w.Predict[0].Name, scaling.Models()[w.Predict[0].Model]))
	}
	rounding, _ := d.choice(p + "capacity_rounding")
	t.Near = rounding == 1
	t.Buffer, _ = d.dur(p + "scheduling_buffer_time")
	breach, _ := d.choice(p + "max_capacity_breach_behavior")
	t.Increase = breach == 1
	buffer, has := d.share(p + "max_capacity_buffer")
	t.MaxBuffer = buffer
	switch {
	case d.failed[p+"max_capacity_buffer"] || d.failed[p+"max_capacity_breach_behavior"]:
	case t.Increase && !has:
		d.problem(p+"max_capacity_buffer", d.at(p+"max_capacity_breach_behavior"), wrong(`write max_capacity_buffer = "10%"`, "is missing: IncreaseMaxCapacity needs it"))
	case !t.Increase && has:
		d.problem(p+"max_capacity_buffer", d.at(p+"max_capacity_buffer"), wrong(`write max_capacity_breach_behavior = "IncreaseMaxCapacity", or leave it out`, "is only for IncreaseMaxCapacity"))
	}
	for i := range w.Predict {
		if t.Scale && w.Predict[i].Scale {
			d.problem(p+"mode", d.at(p+"mode"), wrong(`set mode = "ForecastOnly" in one of them`, "is ForecastAndScale, as of policy %s: one predictive policy of a group may scale", w.Predict[i].Name))
		}
	}
	d.history(p, w)
	w.Predict = append(w.Predict, t)
}

// history warns of a forecast that has nothing to go by at the start.
func (d *decoder) history(p string, w *record.Config) {
	for i := range w.Loads {
		since := workload.Since(w.Loads[i].Curve)
		if hours := int(des.Time(0).Sub(max(since, -des.Time(workload.Past))) / des.Hour); hours < scaling.HistoryLeast {
			d.warn(p+"mode", "set start a day or more, best two weeks, after the trace begins",
				"has %d hours of history, as load %s is not known before: nothing is forecast for the first %d hours", hours, w.Loads[i].Name, scaling.HistoryLeast-hours)
			return
		}
	}
}
