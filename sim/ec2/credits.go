package ec2

import (
	"strings"

	"asgsim/sim/billing"
	"asgsim/sim/des"
)

// Credits counts CPU credits exactly: vCPU-nanoseconds. A credit is one vCPU at
// 100 % for a minute ("Key concepts and definitions for burstable performance
// instances", EC2 User Guide, read 2023-05-31).
type Credits int64

// Credit is one CPU credit.
const Credit Credits = 60_000_000_000

// Float returns the number of credits.
func (c Credits) Float() float64 { return float64(c) / float64(Credit) }

// Burst is what a burstable type earns; zero for the others.
type Burst struct {
	PerHour  Credits // earned, whatever the instance does
	Max      Credits // accrued at most: 24 hours of earnings
	Baseline float64 // share of each vCPU that earnings sustain
	Launch   Credits // launch credits in standard mode: T2 only
	Default  CreditMode
	// Surplus is the price of a vCPU-hour beyond what was earned, in unlimited mode
	// (us-east-1, Linux: $0.05 for T2, T3 and T3a, "Unlimited mode concepts", EC2
	// User Guide, read 2023-05-31; $0.04 for T4g is from the price list, unverified).
	Surplus billing.USD
}

// CreditMode is the credit specification of an instance.
type CreditMode uint8

// The modes.
const (
	NoCredits        CreditMode = iota // not burstable
	Standard                           // out of credits, it slows down to its baseline
	UnlimitedCredits                   // out of credits, it goes on and runs up a surplus
)

var creditModes = [...]string{"", "standard", "unlimited"}

// String returns AWS's name of the mode.
func (m CreditMode) String() string { return creditModes[m] }

// launchCredits are earned at launch by a T2 in standard mode, a vCPU (EC2 User
// Guide, "Launch credits", read 2023-05-31).
const launchCredits = 30 * Credit

// burst fills in what the price list does not say: modes and prices by family.
func burst(name string, vcpu int, baseline, perHour, most float64) Burst {
	exact := func(v float64) Credits { return Credits(v*10+0.5) * (Credit / 10) } // the list has one decimal
	b := Burst{PerHour: exact(perHour), Max: exact(most), Baseline: baseline / 100, Default: UnlimitedCredits, Surplus: billing.Dollars(0.05)}
	switch {
	case strings.HasPrefix(name, "t2."):
		b.Default, b.Launch = Standard, Credits(vcpu)*launchCredits
	case strings.HasPrefix(name, "t4g."):
		b.Surplus = billing.Dollars(0.04)
	}
	return b
}

// Bursts reports whether a type is burstable by its name: T, and a generation.
func Bursts(name string) bool {
	return len(name) > 1 && name[0] == 't' && name[1] >= '1' && name[1] <= '9'
}

// BurstOf is what a burstable type earns of which only the baseline is known, the share
// of each vCPU: that many vCPU-minutes an hour, held for a day.
func BurstOf(name string, vcpu int, baseline float64) Burst {
	perHour := baseline * float64(vcpu) * 60
	return burst(name, vcpu, baseline*100, perHour, perHour*24)
}

// Account is the credit account of one instance. It is settled from its CPU
// counters; the caller decides how often.
type Account struct {
	Burst
	Mode    CreditMode
	Launch  Credits // launch credits left: spent first, outside the cap
	Balance Credits // accrued credits; below 0 by less than one settlement's spending
	Surplus Credits // spent beyond earnings and not yet paid back or charged
	Charged Credits // surplus that was charged for
	Earned  Credits // in all, and Spent, and Wasted for lack of room
	Spent   Credits
	Wasted  Credits

	rest int64 // of the division in earn
}

// NewAccount opens the account of an instance at its launch.
func NewAccount(b Burst, mode CreditMode) *Account {
	a := &Account{Burst: b, Mode: mode}
	if mode == Standard {
		a.Launch = b.Launch
	}
	return a
}

// KeepsBalance reports whether the balance outlives a stop: it does for seven days,
// but not for T2, the family with launch credits ("Key concepts and definitions for
// burstable performance instances", EC2 User Guide, read 2023-05-31).
func (a *Account) KeepsBalance() bool { return a.Burst.Launch == 0 }

// earn returns what dt earns, exactly over any split of time.
func (a *Account) earn(dt des.Duration) Credits {
	// PerHour is a multiple of a tenth of a credit: 6e9. In units of it the product
	// stays below 2^63 for a month.
	const unit = int64(Credit / 10)
	n := int64(a.PerHour)/unit*int64(dt) + a.rest
	a.rest = n % 600
	return Credits(n / 600)
}

// Settle accounts for dt in which the instance used CPU time (vCPU-nanoseconds).
// Earnings first pay a surplus back; what is spent comes from the launch credits,
// the balance and, in unlimited mode, the surplus.
func (a *Account) Settle(dt des.Duration, used Credits) {
	earned := a.earn(dt)
	a.Earned, a.Spent = a.Earned+earned, a.Spent+used
	fromLaunch := min(a.Launch, used)
	a.Launch -= fromLaunch
	net := earned - (used - fromLaunch)
	if net > 0 {
		back := min(net, a.Surplus)
		a.Surplus, net = a.Surplus-back, net-back
	}
	a.Balance += net
	if a.Balance > a.Max {
		a.Wasted += a.Balance - a.Max
		a.Balance = a.Max
	}
	if a.Mode == UnlimitedCredits && a.Balance < 0 {
		a.Surplus, a.Balance = a.Surplus-a.Balance, 0
	}
}

// Left is all the instance may spend before it is out of credits.
func (a *Account) Left() Credits { return max(0, a.Balance) + a.Launch }

// Out reports whether the instance is held down to its baseline.
func (a *Account) Out() bool { return a.Mode == Standard && a.Balance <= 0 && a.Launch == 0 }

// Hour ends an hour, since launch or of the clock: the surplus beyond 24 hours of earnings
// is charged. It returns what is.
func (a *Account) Hour() Credits { return a.charge(a.Surplus - a.Max) }

// Close charges what surplus is left: the instance stops.
func (a *Account) Close() Credits { return a.charge(a.Surplus) }

func (a *Account) charge(c Credits) Credits {
	c = max(0, c)
	a.Surplus, a.Charged = a.Surplus-c, a.Charged+c
	return c
}
