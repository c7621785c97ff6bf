package account

import (
	"asgsim/sim/billing"
)

// assumedMatters is the share of a bill that a default must move to be named beside it.
const assumedMatters = 0.05

// restsOn are the defaults among what is assumed of requests that the load balancer's
// bill rests on: doubled or halved, they move it by more than a twentieth.
func (a *accounts) restsOn(u billing.Usage) []string {
	bill := func(c billing.Config) float64 {
		return billing.Total(c.Bill(u), billing.LoadBalancer).Float()
	}
	now := bill(a.Config.Bill)
	if now == 0 {
		return nil
	}
	var out []string
	for _, x := range a.Config.Assumed {
		for _, by := range [...]float64{0.5, 2} {
			c := a.Config.Bill
			switch x.Key {
			case "request.request_bytes":
				c.RequestBytes *= by
			case "request.response_bytes":
				c.ResponseBytes *= by
			case "request.requests_per_connection":
				c.RequestsPerConnection *= by
			case "request.connection_duration":
				c.ConnectionSeconds *= by
			}
			if v := bill(c); v > now*(1+assumedMatters) || v < now*(1-assumedMatters) {
				out = append(out, x.Key+" = "+x.Value)
				break
			}
		}
	}
	return out
}
