package world

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// bursting is two t3.large at 45 % CPU, fixed, that begin with an hour of
// earnings (36 credits) each: they spend 54 an hour and have none after two.
func bursting(mode ec2.CreditMode, d des.Duration) *record.Config {
	cfg := timeline(180, 180, 2)
	cfg.Template.Type, _ = ec2.Lookup("t3.large")
	cfg.Template.Credits, cfg.Template.InitialCredits = mode, 1.0/24
	cfg.Template.Price = cfg.Template.Type.Price
	cfg.Template.Workers, cfg.Template.Queue = 50, 50
	cfg.Policies, cfg.Group.Min, cfg.Group.Max = nil, 2, 2
	cfg.Duration = d
	return cfg
}

// Standard: full speed as long as there are credits, then the baseline, which is
// what CloudWatch shows.
func TestOutOfCreditsSlowsDown(t *testing.T) {
	r := run(t, bursting(ec2.Standard, 3*des.Hour))
	at := func(m int) float64 { return r.Rows[m].CPU }
	if math.Abs(at(60)-0.45) > 0.01 || math.Abs(at(150)-0.30) > 0.005 || r.Rows[60].Fail > 0 || r.Rows[150].Fail == 0 {
		t.Errorf("CPU %v after an hour, %v after two and a half; %d and %d failed", at(60), at(150), r.Rows[60].Fail, r.Rows[150].Fail)
	}
	c := r.Summary.Credits
	if c.MinBalance != 0 || math.Abs(c.ThrottledMinutes-2*60) > 2 || c.SurplusUSD != 0 || c.OwedUSD != 0 {
		t.Errorf("%+v", c)
	}
	// Only what was there and what was earned is spent, to a second's work.
	if over := c.Spent - c.Earned - 2*36; over > 2*2.0/60 || over < -1 {
		t.Errorf("spent %v, earned %v and %v", c.Spent, c.Earned, 2*36)
	}
	if w := strings.Join(r.Warnings, "\n"); !strings.Contains(w, "out of CPU credits: ") {
		t.Error(w)
	}
	if worst := r.Summary.WorstMinute; worst == nil || worst.Why.Kind != account.CauseCredits {
		t.Errorf("worst minute %+v", worst)
	}
}

// Unlimited: nothing is felt; what is owed is charged when the instance ends.
func TestUnlimitedRunsUpASurplus(t *testing.T) {
	r := run(t, bursting(ec2.UnlimitedCredits, 4*des.Hour))
	c := r.Summary.Credits
	if r.Summary.Requests.Failed > 0 || math.Abs(c.MaxSurplus-36) > 1 || c.ThrottledMinutes != 0 || c.SurplusUSD != 0 {
		t.Errorf("%+v, %+v", c, r.Summary.Requests)
	}
	if want := 2 * 36.0 / 60 * 0.05; math.Abs(c.OwedUSD-want) > 0.002 {
		t.Errorf("owed $%v, want $%v", c.OwedUSD, want)
	}
	// A scheduled action ends one of them: its surplus is charged then.
	cfg := bursting(ec2.UnlimitedCredits, 4*des.Hour)
	cfg.Group.Min = 1
	cfg.Schedule = []asg.Schedule{{Name: "less", At: []des.Time{des.Time(3*des.Hour + 50*des.Minute)}, Min: asg.Keep, Max: asg.Keep, Desired: 1}}
	r = run(t, cfg)
	if c = r.Summary.Credits; c.SurplusUSD < 0.02 || c.SurplusUSD > 0.031 || math.Abs(r.Summary.Cost.SurplusCredits-c.SurplusUSD) > 1e-12 {
		t.Errorf("%+v", c)
	}
	var line *billing.Line
	for i := range r.Bill {
		if r.Bill[i].Item == "Surplus CPU credits" {
			line = &r.Bill[i]
		}
	}
	if line == nil || math.Abs(line.Amount.Float()-c.SurplusUSD) > 1e-9 || math.Abs(line.Quantity*0.05-c.SurplusUSD) > 1e-6 {
		t.Errorf("the bill says %+v", line)
	}
}

// Surplus beyond a day of earnings is charged at the end of every hour: here from
// the start, with a cap of nothing.
func TestSurplusBeyondADayIsChargedByTheHour(t *testing.T) {
	cfg := bursting(ec2.UnlimitedCredits, 4*des.Hour)
	cfg.Template.InitialCredits, cfg.Template.Type.Burst.Max = 0, 0
	r := run(t, cfg)
	c := r.Summary.Credits
	if want := 2 * 4 * 18.0 / 60 * 0.05; math.Abs(c.SurplusUSD+c.OwedUSD-want) > 0.003 || c.MaxSurplus > 18.5 {
		t.Errorf("%+v, want $%v in all", c, want)
	}
}

// in a run of 50 minutes that begins a quarter past the hour, surplus is charged
// once by the hours of the clock, after 45 minutes, and never by those since launch.
func TestSurplusHoursOfTheClock(t *testing.T) {
	for clock, want := range map[bool]float64{false: 0, true: 2 * 0.75 * 18 / 60 * 0.05} {
		cfg := bursting(ec2.UnlimitedCredits, 50*des.Minute)
		cfg.Calendar.Start = 900
		cfg.Template.InitialCredits, cfg.Template.Type.Burst.Max, cfg.Template.ClockHours = 0, 0, clock
		if c := run(t, cfg).Summary.Credits; math.Abs(c.SurplusUSD-want) > 0.001 {
			t.Errorf("clock %v: $%v charged, want $%v", clock, c.SurplusUSD, want)
		}
	}
}

// The lowest balance of the window by hand: 36 credits, of which half an hour earns 18 and
// spends 27.
func TestLowestBalanceByHand(t *testing.T) {
	c := run(t, bursting(ec2.Standard, 30*des.Minute)).Summary.Credits
	if math.Abs(c.MinBalance-27) > 0.5 || math.Abs(c.EndBalance-27) > 0.5 || c.ThrottledMinutes != 0 {
		t.Errorf("%+v, want 27 in the end and at the least", c)
	}
}

// The window begins with what there is at its first instant: where credits only grow, by
// 36 an hour less 5.4 for a CPU at 4.5 %, the least is what there is after the warm-up of
// an hour, 36 + 36 - 5.4. A minute later it is half a credit more.
func TestLowestBalanceIsThatAtTheBeginning(t *testing.T) {
	cfg := bursting(ec2.Standard, 90*des.Minute)
	cfg.Loads, cfg.WarmUp = timeline(18, 18, 2).Loads, des.Hour
	if c := run(t, cfg).Summary.Credits; math.Abs(c.MinBalance-66.6) > 0.2 {
		t.Errorf("%v at the least, want 66.6", c.MinBalance)
	}
}

// An instance that runs when the simulated time begins has spent its launch credits long
// ago; one that is launched at that instant has them: 30 for each vCPU ("Launch credits",
// EC2 User Guide, read 2023-05-31).
func TestLaunchCreditsAtTheBeginning(t *testing.T) {
	typ, _ := ec2.Lookup("t2.medium")
	w := &world{}
	for launched, want := range map[des.Time]float64{-1: 0, 0: 60} {
		c := &credits{world: w}
		i := &ec2.Instance{Run: &ec2.Run{}, Launched: launched}
		i.Model = &ec2.Model{Type: typ, Credits: ec2.Standard, InitialCredits: 0.5}
		c.begin(i)
		if got := c.open[0].Launch.Float(); got != want {
			t.Errorf("launched at %v: %v launch credits, want %v", launched, got, want)
		}
	}
}
