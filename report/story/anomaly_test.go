package story

import (
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// A target that anomaly mitigation takes traffic from is told with its errors and its
// share, and the fault that struck it is not said to be noticed by nobody.
func TestAnomaliesAreTold(t *testing.T) {
	r := result()
	r.Config.Faults = []fault.Fault{fault.Errors{Plan: fault.Plan{Name: "hole"}, Share: 1}}
	r.Summary.Incidents = []account.Incident{{Fault: "hole", Kind: "errors", AtS: 600, Instance: ec2.IDOf(2), Lost: 7}}
	r.Anomalies = []record.Anomaly{{Ordinal: 2, From: 610e9, To: 900e9, Errors: 0.5, Others: 0.001, Weight: 0.01}}
	mustSay(t, texts(r, "anomaly"), "the balancer finds "+ec2.IDOf(2)+" anomalous: 50 % of its answers were errors, 0.1 % of the others'; its share falls to 1 % of a full one, and is whole again at ")
	mustSay(t, texts(r, "errors"), "no health check notices, but anomaly mitigation takes its traffic away; 7 requests lost on it")
}
