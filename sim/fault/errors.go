package fault

import (
	"fmt"

	"asgsim/sim/ec2"
)

// Errors is an instance that answers requests at once, and wrongly: where the balancer
// sends to whoever has the fewest outstanding, it draws the traffic.
type Errors struct {
	Plan
	Share float64 // of requests answered so, above 0 and at most 1
	// ChecksFail: health checks are answered so too, all of them.
	ChecksFail bool
}

// About says what it is and when it hits.
func (f Errors) About() About {
	return About{Plan: f.Plan, Kind: "errors", Ails: true, Hasty: true}
}

// Hit makes the instance answer wrongly.
func (f Errors) Hit(p *Parts, i *ec2.Instance) { p.Fleet.Err(i, f.Share, f.ChecksFail) }

// Told says what it did to n instances.
func (f Errors) Told(n int) string {
	return fmt.Sprintf("%s%s %s of requests with errors", instances(n), verb(n, " answers", " answer"), percent(f.Share))
}

// Effect says what it does to one.
func (f Errors) Effect() string {
	checks := "health checks pass"
	if f.ChecksFail {
		checks = "health checks fail"
	}
	return fmt.Sprintf("it answers %s of its requests at once with an error, and so looks idle to least outstanding requests; %s", percent(f.Share), checks)
}
