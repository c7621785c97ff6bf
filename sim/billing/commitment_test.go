package billing

import (
	"testing"

	"pgregory.net/rapid"
)

// day is 24 clock hours with the given numbers of instances.
func day(n func(hour int) int64) []Hour {
	var out []Hour
	for h := range 24 {
		out = append(out, Hour{From: int64(h) * 3600, To: int64(h+1) * 3600, Used: []int64{n(h) * 3600}})
	}
	return out
}

func cash(c *Config, list []Commitment, hours []Hour) USD {
	var used int64
	for _, h := range hours {
		used += h.Used[0]
	}
	return c.Seconds(used, tenCents) + Total(c.CommitmentLines(c.Settle(list, hours, perTenCents()), perTenCents()), Commitments)
}

const dayEnd = 86400

// tenCents is the price of an instance-hour.
const tenCents = Dollar / 10

// perTenCents is the rate of a group of one type.
func perTenCents() []Rate { return []Rate{{"m5.large", tenCents}} }

// A plan for 25 instances is paid by day and by night: following the load saves
// nothing. A plan for the night's 6 is used up in every hour.
func TestCommitmentsArePaidUsedOrNot(t *testing.T) {
	c := Config{}
	full := []Commitment{{Name: "sp", Kind: EC2InstanceSavingsPlan, PerHour: Dollars(25 * 0.066), Discount: 340_000, Until: dayEnd}}
	night := []Commitment{{Name: "sp", Kind: EC2InstanceSavingsPlan, PerHour: Dollars(6 * 0.066), Discount: 340_000, Until: dayEnd}}
	fixed := day(func(int) int64 { return 25 })
	follows := day(func(h int) int64 {
		if h < 8 {
			return 6
		}
		return 16
	})
	for _, row := range []struct {
		name  string
		list  []Commitment
		hours []Hour
		want  USD
	}{
		{"no plan, fixed", nil, fixed, Dollars(60)},
		{"no plan, following", nil, follows, Dollars(0.1 * (8*6 + 16*16))},
		{"full plan, fixed", full, fixed, Dollars(39.6)},
		{"full plan, following", full, follows, Dollars(39.6)},
		{"night plan, fixed", night, fixed, Dollars(24 * (6*0.066 + 19*0.1))},
		{"night plan, following", night, follows, Dollars(24*6*0.066 + 16*10*0.1)},
	} {
		if got := cash(&c, row.list, row.hours); got != row.want {
			t.Errorf("%s: %d nano-dollars, want %d", row.name, got, row.want)
		}
	}
}

// A used hour does not lend to the next, and a plan covers at its own rate.
func TestCommitmentsApplyByTheHour(t *testing.T) {
	c := Config{}
	list := []Commitment{
		{Name: "compute", Kind: ComputeSavingsPlan, PerHour: Dollars(0.08), Discount: 200_000, Until: 3 * 3600},
		{Name: "reserved", Kind: ReservedInstances, Count: 2, Discount: 400_000, Until: dayEnd},
	}
	hours := []Hour{{0, 3600, []int64{4 * 3600}}, {3600, 7200, []int64{1 * 3600}}, {7200, 10800, []int64{2 * 3600}}, {10800, 12600, []int64{2 * 1800}}}
	got := c.Settle(list, hours, perTenCents())
	// Reserved first: 2 + 1 + 2 instance-hours and an hour of the half one; the plan
	// has one of the two left in the first hour, and is over before the last.
	if s := got[1]; s.Total() != 6*3600 || s.Charged != Dollars(3.5*2*0.06) || s.Seconds != 12600 {
		t.Errorf("reserved: %+v", s)
	}
	if s := got[0]; s.Total() != 3600 || s.Charged != Dollars(3*0.08) || s.Idle != 2*3600 {
		t.Errorf("compute: %+v", s)
	}
}

// Nothing is covered twice, nothing beyond what was used; with everything covered
// cash is the charge, whatever the numbers.
func TestCommitmentsCoverAtMostTheUsage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c Config
		price := USD(rapid.Int64Range(1, int64(10*Dollar)).Draw(t, "price"))
		var list []Commitment
		for range rapid.IntRange(1, 4).Draw(t, "n") {
			list = append(list, Commitment{Kind: CommitmentKind(rapid.IntRange(0, 2).Draw(t, "kind")), PerHour: USD(rapid.Int64Range(0, int64(100*Dollar)).Draw(t, "hour")),
				Count: rapid.Int64Range(0, 50).Draw(t, "count"), Discount: rapid.Int64Range(0, 990_000).Draw(t, "off"), Until: rapid.Int64Range(0, 2*dayEnd).Draw(t, "until")})
		}
		var used, covered int64
		hours := day(func(int) int64 { return rapid.Int64Range(0, 100).Draw(t, "instances") })
		for _, h := range hours {
			used += h.Used[0]
		}
		for _, s := range c.Settle(list, hours, []Rate{{"m5.large", price}}) {
			covered += s.Total()
			if s.Idle < 0 || s.Charged < 0 || s.Seconds > dayEnd {
				t.Fatalf("%+v", s)
			}
			// What was covered, at the discounted price, is not more than was paid.
			at := float64(s.Total()) / 3600 * float64(price) * float64(million-s.Discount) / million
			if at > float64(s.Charged)+2 {
				t.Fatalf("%+v covers %v nano-dollars", s, at)
			}
		}
		if covered > used {
			t.Fatalf("covered %d of %d", covered, used)
		}
	})
}

// Reserved instances cover their type, an EC2 Instance Savings Plan its family at
// each type's price, a Compute Savings Plan what is left of all.
func TestCommitmentsApplyByType(t *testing.T) {
	var c Config
	rates := []Rate{{"c7g.large", Dollar / 10}, {"c7g.xlarge", Dollar / 5}, {"m7g.large", Dollar / 10}}
	hours := []Hour{{0, 3600, []int64{3 * 3600, 2 * 3600, 4 * 3600}}}
	got := c.Settle([]Commitment{
		{Name: "all", Kind: ComputeSavingsPlan, PerHour: Dollars(0.24), Discount: 200_000, Until: dayEnd},
		{Name: "family", Kind: EC2InstanceSavingsPlan, Of: "c7g", PerHour: Dollars(0.15), Discount: 500_000, Until: dayEnd},
		{Name: "reserved", Kind: ReservedInstances, Of: "m7g.large", Count: 5, Discount: 400_000, Until: dayEnd},
	}, hours, rates)
	// Reserved: 4 of 5 m7g. The family plan: 3 c7g.large at $0.05, no money is left.
	// The compute plan: 1.5 c7g.xlarge at $0.16.
	for k, want := range [][]int64{{0, 5400, 0}, {3 * 3600, 0, 0}, {0, 0, 4 * 3600}} {
		for i, n := range want {
			if got[k].Covered[i] != n {
				t.Errorf("%s covers %d s of %s, want %d", got[k].Name, got[k].Covered[i], rates[i].Type, n)
			}
		}
	}
	if got[2].Idle != 3600 || got[2].Charged != Dollars(5*0.06) || c.Covers(&got[0], rates) != Dollars(0.30) {
		t.Errorf("reserved idle %d s for %v; the compute plan covers %v", got[2].Idle, got[2].Charged, c.Covers(&got[0], rates))
	}
}

// A commitment is in force and charged to the second in which it ends, and not at all after.
func TestCommitmentsEndToTheSecond(t *testing.T) {
	var c Config
	hours := []Hour{{0, 3600, []int64{4 * 3600}}, {3600, 7200, []int64{4 * 3600}}}
	for until, want := range map[int64]int64{0: 0, 1: 1, 3599: 3599, 3600: 3600, 3601: 3601, 7199: 7199, 7200: 7200, 9000: 7200} {
		s := c.Settle([]Commitment{{Name: "reserved", Kind: ReservedInstances, Count: 2, Discount: 400_000, Until: until}}, hours, perTenCents())[0]
		if s.Seconds != want || s.Total() != 2*want || s.Idle != 0 {
			t.Errorf("until %d s: in force for %d s, covers %d of two instances, want %d s", until, s.Seconds, s.Total(), want)
		}
	}
}
