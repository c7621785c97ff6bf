package scenarios

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// apiThrottlingTable is [fault.N.api_throttling].
type apiThrottlingTable struct{}

func (apiThrottlingTable) kind() string { return "api_throttling" }

func (apiThrottlingTable) keys(p string) []Key {
	return append(lastsKeys(p, "EC2's API begins to throttle"),
		durationKey(p, "How long every launch, and every start out of the warm pool, is refused with RequestLimitExceeded. The group tries again after launch_retry."))
}

func (apiThrottlingTable) read(d *decoder, p, name string, _ *record.Config) fault.Fault {
	return fault.APIThrottling{Plan: d.stretch(p, name)}
}
