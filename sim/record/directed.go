package record

import "asgsim/sim/elb"

// Directed reports whether a load goes to one target group alone.
func (c *Config) Directed() bool {
	for i := range c.Loads {
		if c.Loads[i].Group != "" {
			return true
		}
	}
	return false
}

// LoadShare is the part of the requests of a load, by its index, that a target group gets;
// the empty name is the first's.
func (c *Config) LoadShare(load int, group string) float64 {
	if group == "" {
		group = elb.First
	}
	switch of := c.Loads[load].Group; of {
	case "":
		return c.Balancer.ShareOf(group)
	case group:
		return 1
	}
	return 0
}

// TargetShare is the part of all requests that a target group gets, of so many of each
// load; where there are none, that of those that are not directed.
func (c *Config) TargetShare(group string, requests []float64) float64 {
	all, its := 0.0, 0.0
	for i, n := range requests {
		all += n
		its += n * c.LoadShare(i, group)
	}
	if all <= 0 {
		return c.Balancer.ShareOf(group)
	}
	return its / all
}
