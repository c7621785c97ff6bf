package account

import (
	"asgsim/sim/collapse"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// LaunchTimes is how long new instances took from their launch until the balancer found
// them healthy, on average, in parts that follow each other.
type LaunchTimes struct {
	Instances int     `json:"instances"` // launched in the window and found healthy in the run
	RunningS  float64 `json:"running_s"` // launch to EC2 running
	BootS     float64 `json:"boot_s"`    // running to the application up
	HooksS    float64 `json:"hooks_s"`   // up to registered with the balancer: what launch hooks still took
	ChecksS   float64 `json:"checks_s"`  // up, and registered, to healthy: as many good health checks as the threshold asks
	TotalS    float64 `json:"total_s"`
	WarmS     float64 `json:"warm_s,omitempty"` // application up to full speed, of those that came to it: with a warm curve
	// LostBooting are the requests that failed on instances launched in the window before
	// they were first healthy, or that never were: the balancer failed open and sent them
	// some all the same.
	LostBooting uint64 `json:"lost_booting"`
	// LostLimited are those of them of instances that spent half of that time or more while
	// a dependency, Limited the first, was at its limit: it cost them, not the launch.
	LostLimited uint64 `json:"lost_booting_at_limit,omitempty"`
	Limited     string `json:"limited_by,omitempty"`
}

// launchTimes averages over the instances that did not come from a warm pool; nil
// where there is none.
func launchTimes(all []record.Instance, from, end des.Time, found *collapse.Findings) *LaunchTimes {
	var t LaunchTimes
	warm := record.Mean{}
	for i := range all {
		n := &all[i]
		if n.Launched >= from {
			t.LostBooting += n.LostBooting
			if l := found.LimitOver(n.Running, min(n.FirstGood, n.LeftAt(), end)); l != nil && n.LostBooting > 0 {
				t.LostLimited += n.LostBooting
				if t.Limited == "" {
					t.Limited = l.Dependency
				}
			}
		}
		if n.Launched < from || n.FirstGood == des.Never || n.Running == des.Never || n.Changes[0].State.Pooled() {
			continue
		}
		up := min(max(n.Up, n.Running), n.FirstGood)
		t.Instances++
		t.RunningS += n.Running.Sub(n.Launched).Seconds()
		t.BootS += up.Sub(n.Running).Seconds()
		registered := min(max(n.Registered, up), n.FirstGood)
		t.HooksS += registered.Sub(up).Seconds()
		t.ChecksS += n.FirstGood.Sub(registered).Seconds()
		if took, ok := warmed(n); ok {
			warm.Add(took)
		}
		t.TotalS += n.FirstGood.Sub(n.Launched).Seconds()
	}
	if t.Instances == 0 {
		return nil
	}
	if warm.N > 0 {
		t.WarmS = warm.Value()
	}
	n := float64(t.Instances)
	t.RunningS, t.BootS, t.HooksS, t.ChecksS, t.TotalS = t.RunningS/n, t.BootS/n, t.HooksS/n, t.ChecksS/n, t.TotalS/n
	return &t
}

// warmed is how many seconds an instance took, once it was up, to full speed, if it came
// to it.
func warmed(n *record.Instance) (float64, bool) {
	if len(n.Runs) == 0 || n.Runs[0].WarmAt == des.Never || n.Runs[0].UpAt == des.Never {
		return 0, false
	}
	return n.Runs[0].WarmAt.Sub(n.Runs[0].UpAt).Seconds(), true
}
