package billing

import (
	"math/big"
	"sort"
)

// CommitmentKind is what was promised to AWS for a lower price.
type CommitmentKind uint8

// The kinds, in the order in which AWS applies them to an hour's usage: reserved
// instances, then EC2 Instance Savings Plans, then Compute Savings Plans ("How
// Savings Plans apply to your usage", Savings Plans User Guide, read 2023-05).
const (
	ReservedInstances CommitmentKind = iota
	EC2InstanceSavingsPlan
	ComputeSavingsPlan
)

var commitmentKinds = [...]string{"reserved_instances", "ec2_instance_savings_plan", "compute_savings_plan"}

// String returns the kind's name in the file format.
func (k CommitmentKind) String() string { return commitmentKinds[k] }

// Commitment is paid for every hour until it ends, used or not, and takes its
// discount off matching on-demand usage of the same clock hour. What is not used
// in an hour is lost. It reserves no capacity.
type Commitment struct {
	Name     string
	Kind     CommitmentKind
	PerHour  USD   // savings plans: dollars committed an hour
	Count    int64 // reserved instances: their number
	Discount int64 // off the on-demand price, parts per million
	Until    int64 // second of the run at which it ends; Open
}

// Open is the Until of a commitment without an end.
const Open = int64(1) << 62

// million is the unit of Commitment.Discount.
const million = 1_000_000

// charge is what d seconds of the commitment cost at an on-demand price an hour.
func (c *Commitment) charge(d int64, price USD) USD {
	n := big.NewInt(d)
	if c.Kind != ReservedInstances {
		return round(n.Mul(n, big.NewInt(int64(c.PerHour))), 3600)
	}
	n.Mul(n, big.NewInt(c.Count))
	n.Mul(n, big.NewInt(int64(price)))
	n.Mul(n, big.NewInt(million-c.Discount))
	return round(n, 3600*million)
}

// covers is how many instance-seconds d seconds of the commitment pay for at most,
// in whole seconds.
func (c *Commitment) covers(d int64, price USD) int64 {
	if c.Kind == ReservedInstances {
		return c.Count * d
	}
	n := new(big.Int).Mul(big.NewInt(int64(c.PerHour)), big.NewInt(d))
	n.Mul(n, big.NewInt(million))
	per := new(big.Int).Mul(big.NewInt(int64(price)), big.NewInt(million-c.Discount))
	if per.Sign() == 0 {
		return 0
	}
	if n.Div(n, per); !n.IsInt64() {
		return 1 << 62
	}
	return n.Int64()
}

// round divides, half up; n is not negative.
func round(n *big.Int, by int64) USD {
	n.Add(n, big.NewInt(by/2))
	return USD(n.Div(n, big.NewInt(by)).Int64())
}

// Hour is the on-demand usage of one clock hour of the window, or of the part of
// it that lies in the window.
type Hour struct {
	From, To int64 // seconds of the run
	Used     int64 // instance-seconds
}

// Settled is what became of one commitment over the window.
type Settled struct {
	Commitment
	Seconds  int64 // it was in force in the window
	Charged  USD   // for them, used or not
	Covered  int64 // instance-seconds it paid for
	Possible int64 // instance-seconds it would have paid for
}

// Settle applies commitments to the usage of every hour, of instances that cost
// price an hour on demand.
func (c *Config) Settle(list []Commitment, hours []Hour, price USD) []Settled {
	out := make([]Settled, len(list))
	for i := range list {
		out[i].Commitment = list[i]
	}
	order := make([]*Settled, len(out))
	for i := range out {
		order[i] = &out[i]
	}
	sort.SliceStable(order, func(a, b int) bool { return order[a].Kind < order[b].Kind })
	for _, h := range hours {
		left := h.Used
		for _, s := range order {
			d := min(h.To, s.Until) - h.From
			if d <= 0 {
				continue
			}
			most := s.covers(d, price)
			n := min(left, most)
			left -= n
			s.Seconds, s.Covered, s.Possible = s.Seconds+d, s.Covered+n, s.Possible+most
		}
	}
	for i := range out {
		out[i].Charged = out[i].charge(out[i].Seconds, price)
	}
	return out
}

// CommitmentLines lists, for every commitment, its charge and the on-demand price
// of what it covers, which is not paid. Their sum turns EC2 at list price into
// cash.
func (c *Config) CommitmentLines(list []Settled, instance USD) []Line {
	var out []Line
	for i := range list {
		s := &list[i]
		price := s.charge(3600, instance)
		out = append(out,
			c.line("Commitment "+s.Name+", used or not", Commitments, float64(s.Seconds)/3600, "hours", price, s.Charged),
			c.line("Usage that "+s.Name+" covers", Commitments, float64(s.Covered)/3600, "instance-hours", -instance, -c.Seconds(s.Covered, instance)))
	}
	return out
}
