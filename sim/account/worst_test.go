package account

import (
	"bytes"
	"io"
	"math"
	"reflect"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// burst is a rate of ten, and of a thousand a second for a second from at on.
type burst struct{ at des.Time }

func (b burst) Integral(from, to des.Time) float64 {
	overlap := max(0, min(to, b.at.Add(des.Second))-max(from, b.at))
	return 10*to.Sub(from).Seconds() + 990*des.Duration(overlap).Seconds()
}

func (b burst) Stretch(t des.Time) (from, to des.Time) {
	switch {
	case t < b.at:
		return -des.Never, b.at
	case t < b.at.Add(des.Second):
		return b.at, b.at.Add(des.Second)
	}
	return b.at.Add(des.Second), des.Never
}

func (b burst) Flat() bool { return true }

// The bad minute 120 without a fault, and what was found with it.
func TestTheWorstMinuteByEvidence(t *testing.T) {
	for want, edit := range map[CauseKind]func(*record.Record){
		CauseUnknown: func(*record.Record) {},
		// One in ten is good even alone; of the minute's 1000 fewer than 900 were bad.
		CauseSLO:         func(r *record.Record) { alone := 0.1; r.IdleGood = &alone },
		CauseShort:       func(r *record.Record) { r.Rows[120].NeededSLO = 3 },
		CauseCPU:         func(r *record.Record) { r.Rows[120].CPU = 0.99 },
		CauseWorkers:     func(r *record.Record) { r.Rows[120].Workers = 0.99 },
		CauseHotInstance: func(r *record.Record) { r.Rows[120].Hottest = 0.99 },
		CauseNoTarget:    func(r *record.Record) { r.Rows[120].Ended[serving.NoTarget] = 100 },
		CauseTerminated:  func(r *record.Record) { r.Rows[120].Ended[serving.CutOff] = 100 },
		CauseDrain: func(r *record.Record) {
			r.Rows[120].Ended[serving.CutOff] = 100
			r.Config.Balancer.DeregistrationDelay = 20 * des.Second
			r.Instances[1].Changes = append(r.Instances[1].Changes, record.StateChange{At: 120 * minute, State: record.Draining})
		},
		CauseMaxSize: func(r *record.Record) {
			r.Rows[120].NeededSLO = 5
			for i := range r.Capacity {
				r.Capacity[i].MaxSize = 2
			}
		},
		CauseUnhealthy: func(r *record.Record) {
			r.Rows[120].CPU = 0.99
			r.Capacity[7].States = record.States{Ready: 1, Unhealthy: 1}
		},
		CauseRemoved: func(r *record.Record) {
			r.Activities[2].Start, r.Capacity[6].At, r.Capacity[7].At = 118*minute, 118*minute, 119*minute
		},
		CauseSpike: func(r *record.Record) {
			r.Config.Loads = []workload.Load{{Name: "burst", Curve: burst{120*minute + 7*des.Time(des.Second)}}}
		},
		CauseLost: func(r *record.Record) {
			r.Hits = []*record.Hit{{Injection: record.Injection{Name: "frozen", Kind: "hang", At: 110 * minute, Ordinal: 0}, OutAt: 111 * minute, OverAt: des.Never, Unhealthy: 111 * minute}}
			r.Rows[120].NeededSLO = 3
		},
		// All of the bad are wrong answers, and a refresh to a version that gives them began before.
		CauseVersion: func(r *record.Record) {
			r.Requests.Cohorts[120] = serving.Cohort{Offered: 1000, Served: 900, Failed: 100}
			r.Rows[120].Ended[serving.Error] = 100
			r.Config.Events = []asg.Event{{Name: "deploy", Kind: asg.EventRefresh, At: []des.Time{110 * minute}, Refresh: &asg.Refresh{Version: ec2.Version{Speed: 1, Errors: 0.1}}}}
		},
		CauseChance: func(r *record.Record) {
			r.Requests.Cohorts[120] = serving.Cohort{Offered: 1000, Served: 1000, Slow: 13}
		},
	} {
		r := written()
		r.Faults, r.Config.Faults, r.Hits = nil, nil, nil
		edit(r)
		if w := Of(r).Summary.WorstMinute; w == nil || w.AtS != 7200 || w.Kind != want {
			t.Errorf("%s: %+v", want, w)
		}
	}
}

// Of faults under way at once the one that lost most is named; one that lost nothing is
// not where nearly all failures found no target, but those whose instances are missing.
func TestTheWorstMinuteNamesTheWorstFault(t *testing.T) {
	hit := func(name string, ordinal int, lost uint64, out des.Time) *record.Hit {
		return &record.Hit{Injection: record.Injection{Name: name, Kind: "slow", At: 110 * minute, Ordinal: ordinal}, Lost: lost, OutAt: out, OverAt: des.Never, Unhealthy: out}
	}
	worst := func(edit func(*record.Record), hits ...*record.Hit) Cause {
		r := written()
		r.Hits = hits
		edit(r)
		return Of(r).Summary.WorstMinute.Why
	}
	if c := worst(func(*record.Record) {}, hit("small", 0, 3, des.Never), hit("large", 1, 90, des.Never)); c.Kind != CauseFault || c.Fault != "large" {
		t.Errorf("%+v, want the fault that lost 90", c)
	}
	nobody := func(r *record.Record) {
		r.Requests.Cohorts[120] = serving.Cohort{Offered: 1000, Served: 900, Failed: 100}
		r.Rows[120].Ended[serving.NoTarget] = 100
		r.Capacity[7].States = record.States{}
	}
	if c := worst(nobody, hit("slow", 0, 0, des.Never), hit("out", 1, 5, 111*minute)); c.Kind != CauseLost || c.Fault != "out" || c.Struck != 1 || c.Others != nil {
		t.Errorf("%+v, want the one instance that is out", c)
	}
	if c := worst(nobody, hit("first", 0, 5, 111*minute), hit("second", 1, 5, 111*minute)); c.Struck != 2 || c.Fault != "first" || len(c.Others) != 1 || c.Others[0] != "second" {
		t.Errorf("%+v, want both", c)
	}
}

// Two reserved m5.large at 30 % off: 2 x 2 h x $0.0672 = $0.2688 whether used or not.
// The group used 7,800 s in the first clock hour, 7,200 of them covered, and 7,200 in the
// second: 600 s remain at $0.096 an hour. Four on demand would leave two uncovered.
func TestCommitmentsByHand(t *testing.T) {
	r := written()
	r.Config.Commitments = []billing.Commitment{{Name: "two", Kind: billing.ReservedInstances, Of: "m5.large", Count: 2, Discount: 300_000, Until: billing.Open}}
	s := &Of(r).Summary
	near(t, "charged", s.Cost.Commitments[0].USD, 0.2688)
	near(t, "used", s.Cost.Commitments[0].Used, 1)
	near(t, "cash", *s.Cost.EC2Cash, 0.2688+0.016)
	near(t, "list price", s.Cost.EC2, 0.40)
	near(t, "saved in cash", *s.Savings[0].CashUSD, 0.2688+2*2*0.096-(0.2688+0.016))
}

// A pool from which instance 1 came at 90:00 and was ready two minutes later. Two members
// of 8 GiB in the window's first hour are 16 GiB-hours of a month of 730.
func TestWarmPoolByHand(t *testing.T) {
	r := written()
	r.Config.Group.WarmPool = &asg.WarmPool{Min: 1}
	r.Config.Bill.Volume = 8
	r.Activities[1].Launch, r.Activities[1].Pool = true, asg.FromPool
	for k := range 2 {
		r.Instances = append(r.Instances, record.Instance{
			Ordinal: 3 + k, Launched: -minute, Called: -minute, Running: des.Never, Up: des.Never, FirstGood: des.Never, Good: des.Never, Ended: des.Never, EndActivity: -1, Recommended: des.Never, Noticed: des.Never, Marked: des.Never,
			Changes: []record.StateChange{{At: -minute, State: record.WarmedStopped}, {At: 120 * minute, State: record.Gone}}, Left: true,
		})
	}
	r.Group.Began += 2
	for i := range r.Capacity {
		if r.Capacity[i].At < 120*minute {
			r.Capacity[i].States.WarmedStopped = 2
		}
	}
	last := r.Capacity[len(r.Capacity)-2]
	last.At, last.States.WarmedStopped = 120*minute, 0
	r.Capacity = append(r.Capacity[:len(r.Capacity)-1], last, r.Capacity[len(r.Capacity)-1])
	out := Of(r)
	for _, v := range out.Violations {
		t.Errorf("audit: %s: %s", v.Law, v.Detail)
	}
	w := out.Summary.WarmPool
	if w.WarmStarts != 1 || w.ColdStarts != 0 || w.Returned != 0 || *w.WarmReadyS != 120 || w.ColdReadyS != nil {
		t.Errorf("%+v", w)
	}
	near(t, "size", w.Size.Mean, 1)
	near(t, "GiB-months", w.GiBMonths, 16.0/730)
	if out.Summary.Capacity.Launches != 0 {
		t.Error("what comes from the pool is launched before")
	}
}

// What is saved comes back, the pointers to zero too.
func TestSaveAndRestore(t *testing.T) {
	r := written()
	r.Requests.Counters.Window.Slow = 0
	before := Of(r)
	var file bytes.Buffer
	if err := before.Save(&file); err != nil {
		t.Fatal(err)
	}
	broken := *before
	broken.Summary.Cost.EC2 = math.NaN() // which JSON has not
	if err := broken.Save(io.Discard); err == nil {
		t.Error("what cannot be saved is no error")
	}
	whole := file.Bytes()
	after, err := Restore(bytes.NewReader(whole), r.Config)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before.Summary, after.Summary) || !reflect.DeepEqual(before.Capacity, after.Capacity) || !reflect.DeepEqual(before.Activities, after.Activities) || len(before.Rows) != len(after.Rows) {
		t.Error("another result comes back")
	}
	for _, cut := range []int{0, 1, len(whole) / 2, len(whole) - 1} {
		if _, err := Restore(bytes.NewReader(whole[:cut]), r.Config); err == nil {
			t.Errorf("%d of %d bytes are taken for a run", cut, len(whole))
		}
	}
}

// The peak of a stretch is its highest second, the last of which may be a part of one;
// what comes after it does not count.
func TestPeakOfAStretch(t *testing.T) {
	const second = des.Time(des.Second)
	load := workload.Compile(burst{2*second + second/2}, 10*second)
	a := &accounts{loads: []*workload.Compiled{load}}
	for _, row := range []struct{ from, to, want float64 }{{0, 2.5, 10}, {0, 3.5, 505}, {0, 2.75, 10*0.75 + 990*0.25}, {2.5, 4, 1000}, {4, 5, 10}} {
		var c Cause
		if ok := a.peak(&c, des.Time(row.from*float64(second)), des.Time(row.to*float64(second))); !ok || math.Abs(c.Peak-row.want) > 1e-6 {
			t.Errorf("from %g to %g s: %g, want %g", row.from, row.to, c.Peak, row.want)
		}
	}
	if a.peak(&Cause{}, second, second) {
		t.Error("a peak of no time")
	}
}
