package billing

import (
	"fmt"
	"math"
)

// Line is one item of a bill.
type Line struct {
	Item     string  // "EC2 c7g.large on demand"
	Group    Group   // which total it belongs to
	Quantity float64 // in Unit
	Unit     string  // "instance-hours"
	Price    USD     // a unit, before discount
	Amount   USD     // after discount
}

// Group is a total of the bill.
type Group uint8

// The totals.
const (
	EC2 Group = iota
	LoadBalancer
	Monitoring
	Storage     // volumes of the warm pool
	Commitments // what turns EC2 at list price into cash; in no total of list prices
)

// Usage is what was used in the window.
type Usage struct {
	Instances []InstanceUse // a line each
	Hours     int64         // of the load balancer; a part of an hour counts whole
	Requests  []uint64      // requests in each of its hours
	Pool      bool          // there is a warm pool
	Stored    float64       // GiB-months on the volumes of its members
}

// InstanceUse is what the instances of one type used.
type InstanceUse struct {
	Type        string
	Own         bool  // Price is the user's own
	Seconds     int64 // billed
	Price       USD   // an instance-hour on demand
	Spot        bool
	Exact       float64 // Spot: the price of every moment, summed over Seconds: nano-dollars an hour times seconds
	Free        int64   // Spot: seconds of instances that EC2 interrupted in their first hour
	Surplus     int64   // CPU credits charged for, vCPU-nanoseconds
	SurplusHour USD     // a vCPU-hour of them; 0: there can be none
}

// Cost is what an instance use comes to, discount taken off.
func (c *Config) Cost(u *InstanceUse) USD {
	return c.Running(u) + c.Surplus(u.Surplus, u.SurplusHour)
}

// Running is what the instances alone come to.
func (c *Config) Running(u *InstanceUse) USD {
	if u.Spot {
		return c.off(u.Exact / 3600)
	}
	return c.Seconds(u.Seconds, u.Price)
}

// Average is the price an hour that was paid on average; that on demand where
// nothing was.
func (u *InstanceUse) Average() USD {
	if u.Spot && u.Seconds > 0 {
		return USD(math.Round(u.Exact / float64(u.Seconds)))
	}
	return u.Price
}

// Bill prices the usage, a line an item. Lines of no amount are kept: a zero is
// an answer.
func (c *Config) Bill(u Usage) []Line {
	lcu := 0.0
	for _, n := range u.Requests {
		lcu += c.LCUs(float64(n) / 3600)
	}
	var lines []Line
	var seconds int64
	for i := range u.Instances {
		x := &u.Instances[i]
		seconds += x.Seconds
		if i > 0 && x.Seconds == 0 && x.Free == 0 && x.Surplus == 0 {
			continue // a type of a mixed group that was not used
		}
		lines = append(lines, c.line(fmt.Sprintf("EC2 %s %s", x.Type, x.terms()), EC2, float64(x.Seconds)/3600, "instance-hours", x.Average(), c.Running(x)))
		if x.Free > 0 {
			lines = append(lines, c.line(fmt.Sprintf("EC2 %s Spot, interrupted in the first hour", x.Type), EC2, float64(x.Free)/3600, "instance-hours", 0, 0))
		}
	}
	if !c.NoBalancer {
		lines = append(lines, c.balancer(u.Hours, lcu)...)
	}
	lines = append(lines,
		c.line("Detailed monitoring", Monitoring, float64(seconds)/3600, "instance-hours", c.MonitoringHour,
			c.off(float64(seconds)*float64(c.MonitoringHour)/3600)))
	if c.FineHour > 0 {
		lines = append(lines, c.line("High-resolution metrics", Monitoring, float64(seconds)/3600, "instance-hours", c.FineHour, c.off(float64(seconds)*float64(c.FineHour)/3600)))
	}
	for i := range u.Instances {
		if x := &u.Instances[i]; x.SurplusHour > 0 && (i == 0 || x.Seconds > 0 || x.Surplus > 0) {
			item := "Surplus CPU credits"
			if len(u.Instances) > 1 {
				item += " of " + x.Type + " " + x.terms()
			}
			lines = append(lines, c.line(item, EC2, float64(x.Surplus)/float64(3_600_000_000_000), "vCPU-hours", x.SurplusHour, c.Surplus(x.Surplus, x.SurplusHour)))
		}
	}
	if u.Pool {
		lines = append(lines, c.line("EBS volumes of the warm pool", Storage, u.Stored, "GiB-months", c.VolumeMonth, c.off(u.Stored*float64(c.VolumeMonth))))
	}
	return lines
}

// balancer are the lines of the load balancer.
func (c *Config) balancer(hours int64, lcu float64) []Line {
	return []Line{
		c.line("Application Load Balancer", LoadBalancer, float64(hours), "hours", c.BalancerHour, c.off(float64(hours)*float64(c.BalancerHour))),
		c.line("Load balancer capacity units", LoadBalancer, lcu, "LCU-hours", c.LCUHour, c.off(lcu*float64(c.LCUHour))),
	}
}

// terms words on which terms instances are had.
func (u *InstanceUse) terms() string {
	switch {
	case u.Spot:
		return "Spot"
	case u.Own:
		return "at own price"
	}
	return "on demand"
}

// Seconds prices running instances of a price an hour by the second, discount
// taken off.
func (c *Config) Seconds(n int64, price USD) USD {
	return c.off(float64(n) * float64(price) / 3600)
}

// LCUs returns the load balancer capacity units of an hour with an average of
// rate requests a second: the largest of new connections / 25 a second, active
// connections / 3,000, processed gigabytes / 1, and rule evaluations beyond ten
// rules / 1,000 a second (Elastic Load Balancing pricing, read 2021-07-30 and
// 2026-05).
func (c *Config) LCUs(rate float64) float64 {
	opened := rate
	if c.RequestsPerConnection > 0 {
		opened = rate / c.RequestsPerConnection
	}
	return max(
		opened/25,
		opened*c.ConnectionSeconds/3000,
		rate*(c.RequestBytes+c.ResponseBytes)*3600/1e9,
		rate*float64(max(0, c.Rules-10))/1000,
	)
}

func (c *Config) off(nano float64) USD { return USD(math.Round(nano * (1 - c.Discount))) }

func (c *Config) line(item string, g Group, quantity float64, unit string, price, amount USD) Line {
	return Line{Item: item, Group: g, Quantity: quantity, Unit: unit, Price: price, Amount: amount}
}

// Total adds up the lines of one group.
func Total(lines []Line, g Group) USD {
	var sum USD
	for _, l := range lines {
		if l.Group == g {
			sum += l.Amount
		}
	}
	return sum
}

// NotIncluded lists what no line covers.
func NotIncluded() []string {
	return []string{"EBS volumes", "data transfer", "NAT gateways", "public IPv4 addresses", "traffic between zones", "CloudWatch alarms", "custom metrics (PutMetricData)", "taxes and support"}
}
