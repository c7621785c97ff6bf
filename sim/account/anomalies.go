package account

import (
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// Anomaly is a target that anomaly mitigation took traffic from, for a while.
type Anomaly struct {
	Instance string  `json:"instance"`
	FromS    float64 `json:"from_s"`
	ToS      float64 `json:"to_s"`         // its share was whole again, or it was gone, or the run over
	Errors   float64 `json:"error_share"`  // of its answers, as it was found
	Others   float64 `json:"others_share"` // of the others', together
	Weight   float64 `json:"least_weight"` // part of a full share
}

func anomalies(r *record.Record) []Anomaly {
	var out []Anomaly
	for _, a := range r.Anomalies {
		if a.To > r.From() {
			out = append(out, Anomaly{ec2.IDOf(a.Ordinal), a.From.Seconds(), a.To.Seconds(), a.Errors, a.Others, a.Weight})
		}
	}
	return out
}
