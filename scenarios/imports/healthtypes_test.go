package imports_test

import (
	"testing"

	"asgsim/scenarios/imports"
)

// HealthCheckType is a list in which EC2 always is (API: CreateAutoScalingGroup): EBS and
// ELB are taken over, alone and together, ELB not without a load balancer.
func TestHealthCheckTypes(t *testing.T) {
	const balanced = `, "TargetGroupARNs": ["arn:x"]`
	for _, row := range []struct {
		text     string
		elb, ebs bool
	}{
		{`"EC2"` + balanced, false, false}, {`"EC2,ELB"` + balanced, true, false}, {`"EBS"` + balanced, false, true},
		{`"EBS,ELB"` + balanced, true, true}, {`"ELB, EC2, EBS"` + balanced, true, true}, {`"ELB,EBS"`, false, true},
	} {
		_, w := imported(t, []imports.File{{Name: "a.json", Text: []byte(`{"AutoScalingGroupName": "a", "MinSize": 2, "MaxSize": 5, "HealthCheckType": ` + row.text + `}`)}}, imports.Options{})
		if w.Group.HealthCheckELB != row.elb || w.Group.HealthCheckEBS != row.ebs {
			t.Errorf("%s: ELB %v, EBS %v", row.text, w.Group.HealthCheckELB, w.Group.HealthCheckEBS)
		}
	}
}
