package billing

import (
	"math/big"
	"slices"
	"sort"
	"strings"
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
	Of       string // reserved instances: their type; EC2 Instance Savings Plan: its family; empty: any
	PerHour  USD    // savings plans: dollars committed an hour
	Count    int64  // reserved instances: their number
	Discount int64  // off the on-demand price, parts per million
	Until    int64  // second of the run at which it ends; Open
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

// applies reports whether the commitment is for instances of a type: reserved
// instances for their own (size flexibility is left out), an EC2 Instance Savings
// Plan for those of its family, a Compute Savings Plan for all.
func (c *Commitment) applies(name string) bool {
	switch c.Kind {
	case ReservedInstances:
		return c.Of == "" || c.Of == name
	case EC2InstanceSavingsPlan:
		family, _, _ := strings.Cut(name, ".")
		return c.Of == "" || c.Of == family
	}
	return true
}

// cover takes what d seconds of the commitment pay for out of left, the usage of each
// type that nothing has covered yet, in order. It returns what it covers of each, and
// how much it would have covered besides, of the first type it applies to; all in
// whole instance-seconds.
func (c *Commitment) cover(d int64, left []int64, rates []Rate) (covered []int64, idle int64) {
	covered = make([]int64, len(left))
	if c.Kind == ReservedInstances {
		idle = c.Count * d
		for k := range left {
			if c.applies(rates[k].Type) {
				covered[k] = min(left[k], idle)
				idle, left[k] = idle-covered[k], left[k]-covered[k]
			}
		}
		return covered, idle
	}
	// What is left of the money, times a million.
	money := new(big.Int).Mul(big.NewInt(int64(c.PerHour)), big.NewInt(d))
	money.Mul(money, big.NewInt(million))
	first := int64(-1)
	for k := range left {
		per := int64(rates[k].Price) * (million - c.Discount)
		if !c.applies(rates[k].Type) || per == 0 {
			continue
		}
		if first < 0 {
			first = per
		}
		covered[k] = min(left[k], quotient(money, per))
		left[k] -= covered[k]
		money.Sub(money, new(big.Int).Mul(big.NewInt(covered[k]), big.NewInt(per)))
	}
	if first > 0 {
		idle = quotient(money, first)
	}
	return covered, idle
}

// quotient is n / by, at most 2^62.
func quotient(n *big.Int, by int64) int64 {
	q := new(big.Int).Div(n, big.NewInt(by))
	if !q.IsInt64() {
		return 1 << 62
	}
	return min(q.Int64(), 1<<62)
}

// round divides, half up; n is not negative.
func round(n *big.Int, by int64) USD {
	n.Add(n, big.NewInt(by/2))
	return USD(n.Div(n, big.NewInt(by)).Int64())
}

// Rate is the on-demand price of an instance type.
type Rate struct {
	Type  string
	Price USD // an hour
}

// Hour is the on-demand usage of one clock hour of the window, or of the part of
// it that lies in the window.
type Hour struct {
	From, To int64   // seconds of the run
	Used     []int64 // instance-seconds, of each type of the rates
}

// Settled is what became of one commitment over the window.
type Settled struct {
	Commitment
	Seconds int64   // it was in force in the window
	Charged USD     // for them, used or not
	Covered []int64 // instance-seconds it paid for, of each type
	Idle    int64   // instance-seconds it would have paid for besides
}

// Total is all the instance-seconds a commitment paid for.
func (s *Settled) Total() int64 {
	var n int64
	for _, v := range s.Covered {
		n += v
	}
	return n
}

// Settle applies commitments to the usage of every hour.
func (c *Config) Settle(list []Commitment, hours []Hour, rates []Rate) []Settled {
	out := make([]Settled, len(list))
	for i := range list {
		out[i].Commitment, out[i].Covered = list[i], make([]int64, len(rates))
	}
	order := make([]*Settled, len(out))
	for i := range out {
		order[i] = &out[i]
	}
	sort.SliceStable(order, func(a, b int) bool { return order[a].Kind < order[b].Kind })
	for _, h := range hours {
		left := slices.Clone(h.Used)
		for _, s := range order {
			d := min(h.To, s.Until) - h.From
			if d <= 0 {
				continue
			}
			covered, idle := s.cover(d, left, rates)
			for k, n := range covered {
				s.Covered[k] += n
			}
			s.Seconds, s.Idle = s.Seconds+d, s.Idle+idle
		}
	}
	for i := range out {
		out[i].Charged = out[i].charge(out[i].Seconds, out[i].price(rates))
	}
	return out
}

// price is that of the first type a commitment applies to, which reserved instances
// are paid by.
func (c *Commitment) price(rates []Rate) USD {
	for _, r := range rates {
		if c.applies(r.Type) {
			return r.Price
		}
	}
	return 0
}

// Covers is the on-demand price of what a commitment paid for.
func (c *Config) Covers(s *Settled, rates []Rate) USD {
	var sum USD
	for k, n := range s.Covered {
		sum += c.Seconds(n, rates[k].Price)
	}
	return sum
}

// CommitmentLines lists, for every commitment, its charge and the on-demand price
// of what it covers, which is not paid. Their sum turns EC2 at list price into
// cash.
func (c *Config) CommitmentLines(list []Settled, rates []Rate) []Line {
	var out []Line
	for i := range list {
		s := &list[i]
		first := s.price(rates)
		out = append(out,
			c.line("Commitment "+s.Name+", used or not", Commitments, float64(s.Seconds)/3600, "hours", s.charge(3600, first), s.Charged),
			c.line("Usage that "+s.Name+" covers", Commitments, float64(s.Total())/3600, "instance-hours", -first, -c.Covers(s, rates)))
	}
	return out
}
