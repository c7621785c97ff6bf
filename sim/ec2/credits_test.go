package ec2

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"asgsim/sim/billing"
	"asgsim/sim/des"
)

func account(t *testing.T, name string, mode CreditMode) (*Account, Type) {
	t.Helper()
	typ, ok := Lookup(name)
	if !ok || !typ.Burstable {
		t.Fatalf("%s is not burstable", name)
	}
	return NewAccount(typ.Burst, mode), typ
}

// spend runs an account at a utilization, settled every minute.
func spend(a *Account, typ Type, d des.Duration, utilization float64) {
	for t := des.Duration(0); t < d; t += des.Minute {
		a.Settle(des.Minute, Credits(math.Round(utilization*float64(typ.VCPU)*float64(des.Minute))))
	}
}

// The worked examples of the EC2 User Guide ("Unlimited mode examples", "Launch
// credits", read 2023-05-31).
func TestCreditExamples(t *testing.T) {
	near := func(id string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-6 {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
	a, typ := account(t, "t3.nano", UnlimitedCredits)
	spend(a, typ, des.Hour, 0.02)
	near("TV-58: t3.nano at 2 % for an hour", a.Balance.Float(), 3.6)

	a, typ = account(t, "t3.nano", UnlimitedCredits)
	spend(a, typ, des.Day, 0)
	near("TV-59: idle for a day", a.Balance.Float(), 144)
	spend(a, typ, 12*des.Hour, 0.025)
	near("TV-59: 12 h at 2.5 %", a.Balance.Float(), 144)
	spend(a, typ, des.Day, 0.07)
	near("TV-59: 24 h at 7 %", a.Balance.Float(), 86.4)

	a, typ = account(t, "t2.micro", Standard)
	spend(a, typ, des.Day, 0)
	near("TV-60: t2.micro idle for a day after its launch", a.Left().Float(), 174)

	a, typ = account(t, "t3.large", UnlimitedCredits)
	for range 24 {
		spend(a, typ, des.Hour, 0.4)
		if c := a.Hour(); c != 0 {
			t.Errorf("TV-61: %v charged before 24 h of earnings are exceeded", c.Float())
		}
	}
	near("TV-61: spent", a.Spent.Float(), 1152)
	near("TV-61: earned", a.Earned.Float(), 864)
	near("TV-61: surplus", a.Surplus.Float(), 288)
	near("TV-61: charged at termination", billing.Surplus(int64(a.Close()), a.Burst.Surplus).Float(), 0.24)
}

// TV-62: from which utilization on an m5.large is cheaper than a t3.large in
// unlimited mode: (0.096 - 0.0832) / 0.05 / 2 above the baseline of 30 %.
func TestBreakEvenOfUnlimited(t *testing.T) {
	t3, _ := Lookup("t3.large")
	m5, _ := Lookup("m5.large")
	got := t3.Burst.Baseline + (m5.Price-t3.Price).Float()/t3.Burst.Surplus.Float()/float64(t3.VCPU)
	if math.Abs(got-0.428) > 0.0005 {
		t.Errorf("TV-62: %v, want 0.428", got)
	}
}

// The price list's columns agree with each other.
func TestBaselineIsWhatIsEarned(t *testing.T) {
	n := 0
	for _, typ := range Types() {
		if !typ.Burstable {
			if typ.Burst != (Burst{}) {
				t.Errorf("%s is not burstable and earns", typ.Name)
			}
			continue
		}
		n++
		if want := typ.Burst.Baseline * float64(typ.VCPU) * 60; math.Abs(typ.Burst.PerHour.Float()-want) > 0.01 {
			t.Errorf("%s earns %v an hour, its baseline %v", typ.Name, typ.Burst.PerHour.Float(), want)
		}
		if typ.Burst.Max != 24*typ.Burst.PerHour && typ.Name[:3] != "t2." {
			t.Errorf("%s holds %v, not 24 hours of earnings", typ.Name, typ.Burst.Max.Float())
		}
	}
	if n < 20 {
		t.Errorf("only %d burstable types", n)
	}
}

// A standard instance at its baseline stays out of credits, and below it does not.
func TestOutOfCredits(t *testing.T) {
	a, typ := account(t, "t3.large", Standard)
	spend(a, typ, des.Minute, 1)
	if !a.Out() {
		t.Errorf("a new T3 has no launch credits: %+v", a)
	}
	spend(a, typ, des.Hour, typ.Burst.Baseline)
	if !a.Out() || a.Surplus != 0 {
		t.Errorf("at the baseline it stays out: %+v", a)
	}
	spend(a, typ, des.Hour, 0)
	if a.Out() {
		t.Error("an hour of rest and it is back")
	}
	if a, _ = account(t, "t3.large", UnlimitedCredits); a.Out() {
		t.Error("an unlimited instance borrows, it is never held down")
	}
	if a, _ = account(t, "t2.medium", Standard); a.Launch != 60*Credit || a.Out() {
		t.Errorf("launch credits: %+v", a)
	}
}

// What was earned and granted is held, wasted or spent, to the nanosecond, however
// time is split; and a balance never exceeds its cap.
func TestCreditsAreConserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typ, _ := Lookup(rapid.SampledFrom([]string{"t2.micro", "t2.2xlarge", "t3.nano", "t3.large", "t4g.medium"}).Draw(t, "type"))
		a := NewAccount(typ.Burst, rapid.SampledFrom([]CreditMode{Standard, UnlimitedCredits}).Draw(t, "mode"))
		granted, total := a.Launch, des.Duration(0)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			dt := des.Duration(rapid.Int64Range(1, int64(3*des.Hour)).Draw(t, "dt"))
			a.Settle(dt, Credits(rapid.Int64Range(0, int64(dt)*int64(typ.VCPU)).Draw(t, "used")))
			total += dt
			if rapid.Bool().Draw(t, "hour") {
				a.Hour()
			}
			if a.Balance > a.Max || a.Launch < 0 || a.Surplus < 0 || a.Mode == Standard && a.Surplus+a.Charged != 0 {
				t.Fatalf("%+v", a)
			}
		}
		if got := granted + a.Earned - a.Spent - a.Wasted; got != a.Balance+a.Launch-a.Surplus-a.Charged {
			t.Fatalf("%d left over, the account says %+v", got, a)
		}
		if want := float64(a.PerHour) * total.Hours(); math.Abs(float64(a.Earned)-want) > want*1e-12+1 {
			t.Fatalf("earned %d, want %v", a.Earned, want)
		}
	})
}

// Launch credits of a T2 are spent first ("Launch credits", EC2 User Guide, read
// 2023-05-31): a t2.micro earns 6 an hour and has 30 at launch; of 5 spent in its first
// hour all come from those 30, and the 6 earned stay.
func TestLaunchCreditsAreSpentFirst(t *testing.T) {
	typ, _ := Lookup("t2.micro")
	a := NewAccount(typ.Burst, Standard)
	if a.Launch != 30*Credit {
		t.Fatalf("%v launch credits, want 30", a.Launch)
	}
	a.Settle(des.Hour, 5*Credit)
	if a.Launch != 25*Credit || a.Balance != 6*Credit {
		t.Errorf("launch credits %v, balance %v, want 25 and 6", a.Launch, a.Balance)
	}
}
