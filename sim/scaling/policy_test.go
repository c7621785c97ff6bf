package scaling

import (
	"testing"

	"asgsim/sim/des"
)

// alarmed is what a policy decides on the state of its alarm.
func alarmed(p Policy, now des.Time, s *Snapshot, a AlarmState) Decision {
	s.Alarm = a
	d, _ := p.Decide(now, s, nil)
	return d
}

// looked is what a policy decides on what it sees, and remembers.
func looked(p Policy, now des.Time, s *Snapshot, seen any, m *Memory) Decision {
	s.Seen = seen
	d, next := p.Decide(now, s, *m)
	*m = next
	return d
}

// Policies under another assumption are copies; those that do not make it stay.
func TestDoubtLeavesTheOriginalAlone(t *testing.T) {
	own := &TargetTracking{Name: "cpu", LowRatio: 0.7}
	other := &StepScaling{Name: "out"}
	all := []Policy{own, other}
	if names := Doubts(all); len(names) != 5 || names[0] != "X-1 low_ratio 0.9" {
		t.Errorf("doubts %q", names)
	}
	doubted := Doubted(all, "X-1 low_ratio 0.9")
	if got := doubted[0].(*TargetTracking).LowRatio; got != 0.9 || own.LowRatio != 0.7 || doubted[1] != other || all[0] != own {
		t.Errorf("low ratio %v, the original's %v", got, own.LowRatio)
	}
	late := Doubted([]Policy{&KubernetesHPA{Delay: 10 * des.Second}}, "X-8 publication delay doubled")
	if got := late[0].(*KubernetesHPA).Delay; got != 20*des.Second {
		t.Errorf("delay %v, want 20s", got)
	}
}

// What a policy asks of CloudWatch is known before a run: by asking it to attach.
func TestWatches(t *testing.T) {
	w := Watches(&TargetTracking{Name: "cpu"})
	if len(w.Metrics) != 1 || w.Metrics[0].Period != des.Minute || len(w.Alarms) != 0 || !w.Makes {
		t.Errorf("target tracking: %+v", w)
	}
	if w := Watches(&StepScaling{Alarm: AlarmRef{Name: "high"}}); len(w.Alarms) != 1 || w.Alarms[0] != "high" {
		t.Errorf("step scaling: %+v", w)
	}
	if w := Watches(&Expression{Text: `metric("CPUUtilization", "Average", "10s")`, Every: des.Minute}); len(w.Metrics) != 1 || w.Metrics[0].Period != 10*des.Second {
		t.Errorf("expression: %+v", w)
	}
	for _, p := range []Policy{&Predictive{}, &KubernetesHPA{}, &GCPAutoscaler{}, &AzureAutoscale{}} {
		if w := Watches(p); w.Any() {
			t.Errorf("%s asks CloudWatch for %+v", p.About().Kind, w)
		}
	}
}
