package account

import (
	"slices"
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/workload"
)

// Credits by hand, of three t3.large without a limit at $0.05 a vCPU-hour: 120 credits
// charged in the window are two vCPU-hours, and the 60 that an instance still owes one.
func TestCreditsByHand(t *testing.T) {
	r := written()
	t3, _ := ec2.Lookup("t3.large")
	r.Config.Template.Model = ec2.Model{Type: t3, Speed: 1, Price: billing.Dollars(0.096), Credits: ec2.UnlimitedCredits}
	r.Config.Template.Type.Burst.Surplus = billing.Dollars(0.05)
	r.Credits = &record.Credits{
		MinBalance: 3, MaxSurplus: 90, Throttled: 30 * des.Minute, Earned: 100, Spent: 150,
		Accounts: []record.CreditAccount{
			{Ordinal: 0, Open: true, StoppedAt: des.Never, Left: 10, Surplus: 60 * ec2.Credit, Spells: []record.Spell{{From: 100 * minute, To: 110 * minute}}},
			{Ordinal: 1, Open: true, StoppedAt: des.Never, Left: 30},
			{Ordinal: 2, StoppedAt: 100 * minute, Left: 500, Surplus: 999 * ec2.Credit, Spells: []record.Spell{{From: 50 * minute, To: des.Never}}},
		},
		Charges: []record.CreditCharge{
			{Ordinal: 0, At: 30 * minute, Credits: 600 * ec2.Credit}, // before the window
			{Ordinal: 0, At: 60 * minute, Credits: 40 * ec2.Credit},
			{Ordinal: 1, At: 180 * minute, Credits: 80 * ec2.Credit}, // as the run ends
		},
	}
	out := Of(r)
	c := out.Summary.Credits
	if c.MinBalance != 3 || c.MaxSurplus != 90 || c.ThrottledMinutes != 30 || c.Earned != 100 || c.Spent != 150 || c.Specification != "unlimited" {
		t.Errorf("%+v", c)
	}
	near(t, "end balance", c.EndBalance, 20) // of the two that run
	near(t, "charged", c.SurplusUSD, 2*0.05)
	near(t, "owed", c.OwedUSD, 0.05)
	near(t, "EC2", out.Summary.Cost.EC2, 0.40+0.10)
	near(t, "baseline", c.BaselinePercent, 100*t3.Burst.Baseline)
	if w := strings.Join(out.Warnings, "\n"); !strings.Contains(w, "30 instance-minutes at the baseline of 30 %") || !strings.Contains(w, "worth $0.05 are not charged yet") {
		t.Errorf("warnings %q", w)
	}
	// A charge belongs to the minute in which it is made, that of the run's end to the last.
	fleet := 2 * 60 * 0.096 / 3600 // of two instances, a minute
	near(t, "the minute of the first charge", out.Rows[60].Cost, fleet+40.0/60*0.05)
	near(t, "the minute after", out.Rows[61].Cost-out.Rows[60].Cost, fleet)
	near(t, "the last minute", out.Rows[179].Cost-out.Rows[178].Cost, fleet+80.0/60*0.05)
	a := &accounts{Record: r, end: r.End()}
	for _, row := range []struct{ from, to, want int }{{0, 40, 0}, {40, 60, 1}, {95, 105, 2}, {101, 120, 1}, {110, 120, 0}} {
		if got := a.held(des.Time(row.from)*minute, des.Time(row.to)*minute); got != row.want {
			t.Errorf("%d to %d min: %d held at the baseline, want %d", row.from, row.to, got, row.want)
		}
	}
}

// A group that spends what it saved is warned of the day on which that is gone: 50 more
// spent than earned in two hours leave 20 for 0.8 of an hour.
func TestSavedCreditsRunOut(t *testing.T) {
	s := &CreditSummary{Spent: 150, Earned: 100, EndBalance: 20}
	if got := creditWarnings(s, "t3.large", 2); len(got) != 1 || !strings.Contains(got[0], "it spent 150 and earned 100") || !strings.Contains(got[0], "the 20 an instance of t3.large has left are gone within some 1 hours") {
		t.Errorf("%q", got)
	}
	for _, quiet := range []*CreditSummary{nil, {Spent: 100, Earned: 100, EndBalance: 20}, {Spent: 100.05, Earned: 100, EndBalance: 20}, {Spent: 150, Earned: 100}} {
		if got := creditWarnings(quiet, "t3.large", 2); len(got) != 0 {
			t.Errorf("%+v: %q", quiet, got)
		}
	}
	if surplusPrice(&ec2.Model{Credits: ec2.Standard, Type: ec2.Type{Burst: ec2.Burst{Surplus: 5}}}) != 0 {
		t.Error("standard instances have no surplus")
	}
}

// spotted is the written record with instance 1 on Spot at $0.036 an hour in zone b, for
// 5,380 s, and instance 2 taken back by EC2 at 100:20 after an hour and a half.
func spotted() *record.Record {
	r := written()
	r.Config.Template.Spot = &ec2.Spot{Prices: []ec2.PriceSeries{{Type: "m5.large", Step: []ec2.PriceStep{{Price: billing.Dollars(0.036)}}}}}
	r.Config.Group.Mixed = &asg.Mixed{OnDemandBase: 1}
	r.Instances[1].Spot, r.Instances[1].Zone, r.Instances[1].ZoneIndex, r.Instances[1].Recommended = true, "b", 1, 170*minute
	i := &r.Instances[2]
	i.Spot, i.Zone, i.Interrupted, i.Recommended, i.Noticed, i.End.Kind = true, "a", true, 95*minute, 98*minute+20*des.Time(des.Second), asg.EndInterrupted
	r.Activities = append(r.Activities, asg.Activity{Launch: true, Instance: -1, Start: 30 * minute}, asg.Activity{Launch: true, Instance: -1, Start: 130 * minute})
	return r
}

// Spot by hand: 7,200 s on demand at $0.096, 5,380 s and 2,420 s on Spot at $0.036.
func TestSpotByHand(t *testing.T) {
	out := Of(spotted())
	for _, v := range out.Violations {
		t.Errorf("audit: %s: %s", v.Law, v.Detail)
	}
	s := out.Summary.Spot
	near(t, "hours", s.InstanceHours, 7800.0/3600)
	near(t, "cost", s.USD, 7800*0.036/3600)
	near(t, "on demand", s.OnDemandUSD, 7800*0.096/3600)
	near(t, "EC2", out.Summary.Cost.EC2, 2*0.096+7800*0.036/3600)
	if s.FreeHours != 0 || s.Recommendations != 2 || s.Replaced != 0 || s.Drained != 0 || s.Interruptions != 1 || s.Unserved != 1 || s.LaunchFailures != 1 {
		t.Errorf("%+v; the failure before the window counts for nothing", s)
	}
	if p := s.Pools; len(p) != 2 || p[0].Zone != "b" || p[0].Launches != 1 || p[0].Interruptions != 0 || p[1].Zone != "a" || p[1].Launches != 0 || p[1].Interruptions != 1 {
		t.Errorf("pools %+v", s.Pools)
	}
	near(t, "hours of pool b", s.Pools[0].InstanceHours, 5380.0/3600)
	types := out.Summary.Cost.Types
	if len(types) != 2 || types[0].Option != "on-demand" || types[1].Option != "spot" || types[0].Launches != 0 || types[1].Launches != 1 {
		t.Fatalf("types %+v", types)
	}
	near(t, "on demand", types[0].USD, 2*0.096)
	near(t, "Spot's price", types[1].PriceHour, 0.036)
	k := slices.IndexFunc(out.Summary.Savings, func(s Saving) bool { return s.Baseline == allOnDemandName })
	if k < 0 {
		t.Fatalf("savings %+v", out.Summary.Savings)
	}
	near(t, "all on demand", out.Summary.Savings[k].BaselineUS, 0.40)
	near(t, "saved by Spot", out.Summary.Savings[k].USD, 7800*0.060/3600)
	near(t, "share", out.Summary.Savings[k].Share, 7800*0.060/3600/0.40)
	if w := strings.Join(out.Warnings, "\n"); !strings.Contains(w, "1 launches failed for want of capacity") {
		t.Errorf("warnings %q", w)
	}
}

// How Spot Instances end, one fact at a time.
func TestEndsOfSpotInstances(t *testing.T) {
	for name, row := range map[string]struct {
		edit  func(*record.Record)
		holds func(*SpotSummary) bool
	}{
		"replaced before the notice":    {func(r *record.Record) { r.Instances[2].End.Kind = asg.EndRecommended }, func(s *SpotSummary) bool { return s.Replaced == 1 && s.Drained == 0 && s.Unserved == 0 }},
		"drained at the notice":         {func(r *record.Record) { r.Instances[2].End.Kind = asg.EndNoticed }, func(s *SpotSummary) bool { return s.Drained == 1 && s.Unserved == 0 && s.Interruptions == 1 }},
		"recommended before the window": {func(r *record.Record) { r.Instances[2].Recommended = 59 * minute }, func(s *SpotSummary) bool { return s.Recommendations == 1 }},
		"recommended as it begins":      {func(r *record.Record) { r.Instances[2].Recommended = 60 * minute }, func(s *SpotSummary) bool { return s.Recommendations == 2 }},
		"still in service":              {func(r *record.Record) { r.Instances[2].Active = true; r.Instances[2].End.Kind = asg.EndScaleIn }, func(s *SpotSummary) bool { return s.Unserved == 1 }},
		"taken back in the first hour": {func(r *record.Record) {
			r.Instances[2].Launched, r.Instances[2].Runs[0].RunningAt, r.Instances[2].Free = 70*minute, 70*minute, true
		}, func(s *SpotSummary) bool { return s.FreeHours > 0 && s.InstanceHours == 5380.0/3600 && s.USD < 0.0539 }},
		"not on Spot, no Spot of theirs": {func(r *record.Record) { r.Instances[2].Spot = false }, func(s *SpotSummary) bool { return s.Interruptions == 0 && len(s.Pools) == 1 }},
	} {
		r := spotted()
		row.edit(r)
		if s := Of(r).Summary.Spot; !row.holds(s) {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// A Spot Instance that outlives its notice by more than two minutes breaks the audit.
func TestSpotLaws(t *testing.T) {
	for law, edit := range map[string]func(*record.Record){
		"a Spot Instance is gone two minutes after its notice": func(r *record.Record) { r.Instances[1].Noticed, r.Instances[1].OnEC2 = 177*minute, true },
	} {
		r := spotted()
		edit(r)
		if !slices.ContainsFunc(Of(r).Violations, func(v record.Violation) bool { return v.Law == law }) {
			t.Errorf("%s is not broken", law)
		}
	}
	r := spotted()
	r.Instances[1].Noticed, r.Instances[1].OnEC2 = 178*minute, true // two minutes are not over
	if v := Of(r).Violations; len(v) > 0 {
		t.Errorf("%+v", v)
	}
}

// Why a fault never struck.
func TestFaultsThatNeverStruck(t *testing.T) {
	r := written()
	r.Config.Faults = append(r.Config.Faults, fault.Hang{Plan: fault.Plan{Name: "late", At: []des.Time{240 * minute}, Whom: fault.Whom{Count: 1}}}, fault.Crash{Plan: fault.Plan{Name: "old", Life: workload.Constant{Value: 1e6}}}, fault.Hang{Plan: fault.Plan{Name: "nobody", At: []des.Time{70 * minute}, Whom: fault.Whom{Count: 1}}})
	r.Faults = append(r.Faults, fault.Injection{Name: "nobody", Kind: "hang", At: 70 * minute, Ordinal: -1, Scripted: true, Skipped: "no instance was running"})
	why := map[string]string{}
	for _, i := range Of(r).Inactive {
		why[i.Rule] = i.Why
	}
	for rule, want := range map[string]string{
		"fault late": "its time lies outside the run", "fault old": "no instance reached the age at which it would have struck", "fault nobody": "skipped: no instance was running", "fault frozen": "",
	} {
		if why[rule] != want {
			t.Errorf("%s: %q, want %q", rule, why[rule], want)
		}
	}
}

// A load balancer's bill rests on the defaults that move it by more than a twentieth:
// at 8.3 requests a second of 20 kB, bytes decide (0.6 GB an hour against 0.033 of the
// connections), and what comes in is a fiftieth of what goes out.
func TestWhatTheBillRestsOn(t *testing.T) {
	r := written()
	r.Config.Bill.RequestBytes, r.Config.Bill.ResponseBytes = 400, 20_000
	for _, key := range []string{"request.request_bytes", "request.response_bytes", "request.requests_per_connection", "request.connection_duration"} {
		r.Config.Assumed = append(r.Config.Assumed, record.Assumption{Key: key, Value: "x"})
	}
	a := &accounts{Record: r, end: r.End()}
	u := billing.Usage{Hours: 1, Requests: []uint64{1_000_000}} // 20.4 GB: $0.163 of LCUs beside $0.0225
	if got := a.restsOn(u); !slices.Equal(got, []string{"request.response_bytes = x"}) {
		t.Errorf("%q", got)
	}
	r.Config.Bill.RequestBytes, r.Config.Bill.ResponseBytes, r.Config.Bill.RequestsPerConnection, r.Config.Bill.ConnectionSeconds = 0, 0, 1, 1
	if got := a.restsOn(u); !slices.Equal(got, []string{"request.requests_per_connection = x"}) { // 278 new a second / 25
		t.Errorf("%q", got)
	}
	r.Config.Bill.ConnectionSeconds = 1000 // 278,000 open / 3,000
	if got := a.restsOn(u); !slices.Equal(got, []string{"request.requests_per_connection = x", "request.connection_duration = x"}) {
		t.Errorf("%q", got)
	}
	if got := a.restsOn(billing.Usage{}); len(got) != 0 {
		t.Errorf("no bill rests on nothing: %q", got)
	}
}
