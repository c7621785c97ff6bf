package scenarios

import (
	"asgsim/sim/asg"
)

// refresh reads the preferences of an instance refresh.
func (d *decoder) refresh(p string, g *asg.Config) *asg.Refresh {
	r := &asg.Refresh{Pace: asg.Maintenance{MinHealthy: 0.9, MaxHealthy: 1}, Warmup: g.Grace}
	if g.Maintenance != nil {
		r.Pace = *g.Maintenance
	}
	if v, ok := d.share(p + "min_healthy_percentage"); ok {
		r.Pace.MinHealthy = v
	}
	if v, ok := d.share(p + "max_healthy_percentage"); ok {
		r.Pace.MaxHealthy = v
	}
	if !d.failed[p+"min_healthy_percentage"] && r.Pace.MaxHealthy-r.Pace.MinHealthy > 1+1e-9 {
		d.problem(p+"max_healthy_percentage", d.at(p+"max_healthy_percentage"), wrong("", "must be at most 100 points above min_healthy_percentage"))
	}
	if g.Warmup >= 0 {
		r.Warmup = g.Warmup
	}
	if v, ok := d.dur(p + "instance_warmup"); ok {
		r.Warmup = v
	}
	r.Checkpoints = d.checkpoints(p + "checkpoint_percentages")
	r.CheckpointDelay, _ = d.dur(p + "checkpoint_delay")
	r.Bake, _ = d.dur(p + "bake_time")
	r.AutoRollback, _ = d.boolean(p + "auto_rollback")
	v := &r.Version
	v.Speed, _ = d.number(p + "version.speed")
	v.Boot, _ = d.random(p+"version.boot", false)
	v.Errors, _ = d.share(p + "version.errors")
	v.Healthy, _ = d.boolean(p + "version.healthy")
	return r
}

// checkpoints reads ascending shares.
func (d *decoder) checkpoints(path string) []float64 {
	list, _ := d.names(path)
	var out []float64
	for _, text := range list {
		v, b := share(text)
		switch {
		case b != nil:
			d.problem(path, d.at(path), b)
		case v <= 0 || v > 1 || len(out) > 0 && v <= out[len(out)-1]:
			d.problem(path, d.at(path), wrong(`write for example ["20%", "100%"]`, "must be above 0%%, at most 100%%, and ascend: %s", text))
		default:
			out = append(out, v)
		}
	}
	return out
}
