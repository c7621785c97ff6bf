package fault

import (
	"fmt"

	"asgsim/sim/ec2"
)

// EBSImpaired is an instance whose volume stands still: what needs it waits for ever, and
// EC2's attached EBS status check is impaired ("Status checks for your instances", EC2
// User Guide, read 2024-11), which a group with EBS health checks acts on.
type EBSImpaired struct {
	Plan
	Share float64 // of requests that need the volume, above 0 and at most 1
	// ChecksFail: health checks need it too.
	ChecksFail bool
}

// About says what it is and when it hits.
func (f EBSImpaired) About() About { return About{Plan: f.Plan, Kind: "ebs_impaired", Ails: true} }

// Hit stalls the volume.
func (f EBSImpaired) Hit(p *Parts, i *ec2.Instance) { p.Fleet.Stall(i, f.Share, f.ChecksFail) }

// Told says what it did to n instances.
func (f EBSImpaired) Told(n int) string {
	return "the EBS " + verb(n, "volume", "volumes") + " of " + instances(n) + verb(n, " stands", " stand") + " still"
}

// Effect says what it does to one.
func (f EBSImpaired) Effect() string {
	checks := "health checks do not need it"
	if f.ChecksFail {
		checks = "so do health checks"
	}
	return fmt.Sprintf("its EBS volume stands still, the attached EBS status check is impaired: %s of its requests wait for it and are never answered; %s", percent(f.Share), checks)
}
