package fault

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/workload"
)

// Errors is an instance that answers requests at once, and wrongly: where the balancer
// sends to whoever has the fewest outstanding, it draws the traffic.
type Errors struct {
	Name  string
	At    []des.Time
	Count int           // instances each scripted occurrence hits
	Life  workload.Dist // see About
	Share float64       // of requests answered so, above 0 and at most 1
	Lasts des.Duration  // 0: until the instance is replaced
	// ChecksFail: health checks are answered so too, all of them.
	ChecksFail bool
}

// About says what it is and when it hits.
func (f Errors) About() About {
	return About{Name: f.Name, Kind: "errors", At: f.At, Asked: f.Count, Life: f.Life, Ails: true, Hasty: true, Lasts: f.Lasts}
}

// Inject hits Count instances that serve.
func (f Errors) Inject(j *Injector, occurrence int) { j.hitServing(f, f.Count, occurrence) }

// Hit makes the instance answer wrongly.
func (f Errors) Hit(j *Injector, i *ec2.Instance) { j.Fleet.Err(i, f.Share, f.ChecksFail) }

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
