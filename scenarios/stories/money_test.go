package stories

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/account"
)

// What the comments of burstable.toml tell is what happens.
func TestBurstableStory(t *testing.T) {
	tell(t, "credits run out after some five hours", func(t *testing.T, r runs) {
		standard, unlimited, m5 := r.result(t, "burstable", "standard"), r.result(t, "burstable", "unlimited"), r.result(t, "burstable", "m5")
		s := &standard.Summary
		if s.SLO.Met || s.Capacity.InService.Max > 4 || s.Capacity.InService.Min != 2 || s.Capacity.ScaleOuts != 0 {
			t.Errorf("standard: %+v, %+v", s.SLO, s.Capacity)
		}
		if cpu := standard.Rows[10*60].CPU; cpu < 0.195 || cpu > 0.205 {
			t.Errorf("CloudWatch shows a CPU of %v after ten hours", cpu)
		}
		if first := s.Lateness; s.WorstMinute == nil || s.WorstMinute.AtS < 4.5*3600 || len(first) > 0 && first[0].FromS < 0 {
			t.Errorf("trouble begins after some five hours: %+v", s.WorstMinute)
		}
		u := &unlimited.Summary
		if !u.SLO.Met || u.Credits.SurplusUSD <= 0 || u.Credits.OwedUSD <= 0 || u.Cost.EC2 >= m5.Summary.Cost.EC2 || !m5.Summary.SLO.Met || m5.Summary.Credits != nil {
			t.Errorf("unlimited: %+v, %+v", u.Credits, u.Cost)
		}
	})
}

// What the comments of savings-plan-trap.toml tell is what happens.
func TestSavingsPlanTrapStory(t *testing.T) {
	tell(t, "a plan for the peak eats the saving", func(t *testing.T, r runs) {
		asIs, night, none := r.result(t, "savings-plan-trap", "as-is"), r.result(t, "savings-plan-trap", "night-level"), r.result(t, "savings-plan-trap", "no-plan")
		saving := func(r *account.Result) account.Saving { return r.Summary.Savings[0] }
		if s := saving(asIs); s.Baseline != "fixed" || s.Share < 0.33 || s.Share > 0.40 || *s.CashUSD > 0.005 || *s.CashUSD < -0.005 || !s.Comparable {
			t.Errorf("as is: %+v, $%v in cash", s, *s.CashUSD)
		}
		if s := saving(night); *s.CashUSD < 0.97*s.USD || night.Summary.Cost.Commitments[0].Used < 0.97 {
			t.Errorf("night level: %+v, $%v in cash, %+v", s, *s.CashUSD, night.Summary.Cost.Commitments)
		}
		if s := saving(none); s.CashUSD != nil || none.Summary.Cost.EC2Cash != nil || s.USD != saving(asIs).USD {
			t.Errorf("no plan: %+v", s)
		}
	})
}

// What the comments of spot-mix tell is what happens.
func TestSpotMixStory(t *testing.T) {
	tell(t, "six types hold what one pool loses", func(t *testing.T, r runs) {
		results := map[string]*account.Result{}
		for _, v := range []string{"on-demand", "spot-30", "spot-80-one-pool", "spot-80"} {
			results[v] = r.result(t, "spot-mix", v)
		}
		sum := func(v string) *account.Summary { return &results[v].Summary }
		for v, met := range map[string]bool{"on-demand": true, "spot-30": true, "spot-80": true} {
			if sum(v).SLO.Met != met {
				t.Errorf("%s: SLO met %v, want %v: %+v", v, sum(v).SLO.Met, met, sum(v).SLO)
			}
		}
		one, spread := sum("spot-80-one-pool"), sum("spot-80")
		// Whether what is left carries noon hangs on one instance more or less: the
		// cut itself does not.
		if one.Spot.Unserved < 5 || one.Spot.Interruptions < 5 || len(one.Spot.Pools) > 3 {
			t.Errorf("one pool: worst minute %v, %+v", one.WorstMinute, one.Spot)
		}
		if spread.Spot.Unserved != 0 || spread.Spot.Recommendations >= one.Spot.Recommendations || spread.WorstMinute.BadShare > 0.2 {
			t.Errorf("six types: worst minute %v, %+v", spread.WorstMinute, spread.Spot)
		}
		usd := func(v string) float64 { return sum(v).Cost.EC2 }
		if usd("spot-80") > 1.1*usd("spot-80-one-pool") || usd("spot-80") > 0.8*usd("spot-30") || usd("spot-30") > usd("on-demand") {
			t.Errorf("EC2: $%.2f one pool, $%.2f six types, $%.2f 30 %%, $%.2f on demand", usd("spot-80-one-pool"), usd("spot-80"), usd("spot-30"), usd("on-demand"))
		}
		for _, v := range []string{"spot-30", "spot-80-one-pool", "spot-80"} {
			checkTypes(t, v, results[v])
		}
	})
}

// checkTypes: types and options add up to the bill and to the timeline, and every
// launch says why it is of its type.
func checkTypes(t *testing.T, v string, r *account.Result) {
	types, spot, hourly := 0.0, 0.0, 0.0
	for _, x := range r.Summary.Cost.Types {
		types += x.USD
		if x.Option == "spot" {
			spot += x.USD
		}
	}
	for _, row := range r.Rows {
		hourly += row.SpotPerHour / 60
	}
	if math.Abs(types-r.Summary.Cost.EC2) > 1e-6 || math.Abs(spot-r.Summary.Spot.USD) > 1e-6 || math.Abs(hourly-spot) > 1e-4 {
		t.Errorf("%s: types make $%v of $%v, Spot $%v of $%v, $%v on the timeline", v, types, r.Summary.Cost.EC2, spot, r.Summary.Spot.USD, hourly)
	}
	for _, a := range r.Activities {
		if a.Launch && a.Instance >= 0 && !strings.Contains(a.Note, "by strategy ") {
			t.Errorf("%s: a launch does not say why it is of its type: %s", v, a.Note)
		}
	}
}
