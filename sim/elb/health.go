package elb

// Health is a target's state as describe-target-health names it.
type Health uint8

// The states of a registered target.
const (
	Initial   Health = iota // registered, not yet judged
	Healthy                 // gets traffic
	Unhealthy               // gets traffic only when nobody is healthy
	Draining                // deregistered: no new requests, those in flight finish
)

var healthNames = [...]string{"initial", "healthy", "unhealthy", "draining"}

// String returns AWS's name of the state.
func (h Health) String() string { return healthNames[h] }

// judge is the memory of a target's health check.
type judge struct {
	health    Health
	good, bad int // consecutive
}

// probed takes the result of one health check. The first good one makes a new
// target healthy; an unhealthy target needs HealthyThreshold in a row ("Health
// checks for target groups", ALB guide, read 2023-04-06).
func (j *judge) probed(ok bool, c *HealthCheck) {
	if ok {
		j.good, j.bad = j.good+1, 0
	} else {
		j.good, j.bad = 0, j.bad+1
	}
	switch {
	case j.health == Initial && ok:
		j.health = Healthy
	case j.health == Unhealthy && j.good >= c.HealthyThreshold:
		j.health = Healthy
	case j.health != Draining && j.bad >= c.UnhealthyThreshold:
		j.health = Unhealthy
	}
}
