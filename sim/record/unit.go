package record

import (
	"asgsim/sim/asg"
	"asgsim/sim/ec2"
)

// Typical are the types that a unit of capacity is taken to be made of, in equal
// parts, where nothing has been launched yet: the one that the strategy for on
// demand prefers, or all where some of the group is Spot.
func (c *Config) Typical() []*ec2.Model {
	models := c.Template.Models()
	if c.Group.Mixed == nil || c.Template.Spot != nil {
		return models
	}
	best := models[0]
	if c.Group.Mixed.OnDemand == asg.OnDemandLowestPrice {
		perUnit := func(m *ec2.Model) float64 { return m.Price.Float() / float64(max(1, m.Weight)) }
		for _, m := range models {
			if perUnit(m) < perUnit(best) {
				best = m
			}
		}
	}
	return []*ec2.Model{best}
}

// UnitWork is how many seconds of measured work a unit of capacity does a second.
func (c *Config) UnitWork() float64 {
	sum, models := 0.0, c.Typical()
	for _, m := range models {
		sum += m.Speed * float64(m.Type.VCPU) / float64(max(1, m.Weight))
	}
	return sum / float64(len(models))
}

// UnitInstances is how many instances a unit of capacity is.
func (c *Config) UnitInstances() float64 {
	sum, models := 0.0, c.Typical()
	for _, m := range models {
		sum += 1 / float64(max(1, m.Weight))
	}
	return sum / float64(len(models))
}

// InstancesOf is how many instances of the first type make n units.
func (c *Config) InstancesOf(n int) int {
	weight := max(1, c.Template.Weight)
	return (n + weight - 1) / weight
}

// LargestWeight is the most units of capacity that one instance counts for.
func (c *Config) LargestWeight() int {
	most := 1
	for _, m := range c.Template.Models() {
		most = max(most, m.Weight)
	}
	return most
}
