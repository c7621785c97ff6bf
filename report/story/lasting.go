package story

import (
	"asgsim/report/format"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/fault"
)

// began is when the occurrence began that struck at an instant: one that lasts strikes
// whoever comes meanwhile, too.
func began(r *account.Result, name string, at des.Time) des.Time {
	if _, ok := fault.Named(r.Config.Faults, name).(fault.Stretch); !ok {
		return at
	}
	begin := at
	for k := range r.Faults {
		if x := &r.Faults[k]; x.Name == name && x.At <= at {
			begin = x.At
		}
	}
	return begin
}

// lasting are the faults of what all instances share, but for those told already.
func lasting(r *account.Result, told func(name string, at des.Time) bool) []Moment {
	var out []Moment
	for k := range r.Faults {
		x := &r.Faults[k]
		f, ok := fault.Named(r.Config.Faults, x.Name).(fault.Stretch)
		if !ok || x.Skipped != "" || told(x.Name, x.At) {
			continue
		}
		m := Moment{At: x.At, Label: x.Kind, Text: f.Told(0)}
		if lasts := f.About().Lasts; lasts > 0 {
			m.Text += ", for " + format.Duration(lasts.Seconds())
		}
		out = append(out, m)
	}
	return out
}
