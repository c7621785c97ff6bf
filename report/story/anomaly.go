package story

import (
	"fmt"

	"asgsim/report/format"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// anomalies are the targets that anomaly mitigation took traffic from.
func anomalies(r *account.Result) []Moment {
	var out []Moment
	for _, a := range r.Anomalies {
		text := fmt.Sprintf("the balancer finds %s anomalous: %s of its answers were errors, %s of the others'; its share falls to %s of a full one",
			ec2.IDOf(a.Ordinal), format.Percent(a.Errors), format.Share(a.Others), format.Percent(a.Weight))
		if a.To < des.Time(r.Config.Duration) {
			text += ", and is whole again at " + r.Config.Calendar.Local(a.To).DayClock()
		}
		out = append(out, Moment{At: a.From, Label: "anomaly", Text: text})
	}
	return out
}
