package cloudwatch

import (
	"encoding/csv"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"asgsim/sim/des"
)

// The tables of the CloudWatch User Guide, "Configuring how CloudWatch alarms
// treat missing data": 0 is fine, X breaches, - is missing, the newest right.
// keep means that the state does not change.
func TestMissingDataTables(t *testing.T) {
	for _, row := range []struct {
		id                                 string
		n, m                               int
		points                             string
		missing, ignore, breach, notBreach string
	}{
		{"TV-41", 3, 3, "0 - X - X", "OK", "OK", "OK", "OK"},
		{"TV-42", 3, 3, "0 - - - -", "OK", "OK", "OK", "OK"},
		{"TV-43", 3, 3, "- - - - -", "INSUFFICIENT_DATA", "keep", "ALARM", "OK"},
		{"TV-44", 3, 3, "0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"},
		{"TV-45", 3, 3, "- - X - -", "ALARM", "keep", "ALARM", "OK"},
		{"TV-46", 3, 2, "0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"},
		{"TV-47", 3, 2, "0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"},
		{"TV-48", 3, 2, "0 - X - -", "OK", "OK", "ALARM", "OK"},
		{"TV-49", 3, 2, "- - - - 0", "OK", "OK", "ALARM", "OK"},
		{"TV-50", 3, 2, "- - - X -", "ALARM", "keep", "ALARM", "OK"},
		{"early alarm: too young", 3, 3, "- - - - X", "keep", "keep", "ALARM", "OK"},
		{"early alarm: too young", 3, 3, "- - - X -", "keep", "keep", "ALARM", "OK"},
	} {
		for treat, want := range map[Missing]string{
			TreatMissing: row.missing, TreatIgnore: row.ignore, TreatBreaching: row.breach, TreatNotBreaching: row.notBreach,
		} {
			for _, current := range []State{InsufficientData, OK, Alarm} {
				got := judge(parse(row.points), row.n, row.m, treat, current)
				if want == "keep" && got != current || want != "keep" && got.String() != want {
					t.Errorf("%s: %d of %d over %q, treatment %d, from %v: %v, want %s", row.id, row.m, row.n, row.points, treat, current, got, want)
				}
			}
		}
	}
}

// All rows of the user guide's tables, as they were taken down.
func TestMissingDataVectors(t *testing.T) {
	f, err := os.Open("../testdata/vectors/cloudwatch_alarm_missing_data.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err := errors.Join(err, f.Close()); err != nil || len(rows) < 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, r := range rows[1:] {
		n, err1 := strconv.Atoi(r[1])
		m, err2 := strconv.Atoi(r[2])
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		for k, treat := range []Missing{TreatMissing, TreatIgnore, TreatBreaching, TreatNotBreaching} {
			for _, current := range []State{InsufficientData, OK, Alarm} {
				want := r[6+k]
				if want == "RETAIN" {
					want = current.String()
				}
				if got := judge(parse(r[4]), n, m, treat, current); got.String() != want {
					t.Errorf("%s: %d of %d over %q, treatment %d, from %v: %v, want %s", r[0], m, n, r[4], treat, current, got, want)
				}
			}
		}
	}
}

func parse(points string) []datum {
	var data []datum
	for _, f := range strings.Fields(points) {
		data = append(data, map[string]datum{"-": missing, "0": fine, "X": breaching}[f])
	}
	return data
}

// A point is seen only after its publication delay, and an alarm of 3 of 3
// minutes needs three of them: load at 0 alarms at 240 (the first half of TV-71).
func TestAlarmsSeeTheWorldLate(t *testing.T) {
	s := &Series{Name: "cpu", Period: des.Minute, Delay: des.Minute}
	w := &Watch{Series: s, Period: des.Minute, Evaluate: 3, Datapoints: 3, Comparison: GreaterThan, Threshold: 50}
	for m := -20; m < 10; m++ {
		v := 40.0
		if m >= 0 {
			v = 80
		}
		s.Put(des.Time(m)*des.Time(des.Minute), v, 4)
	}
	for m := 0; m < 6; m++ {
		now := des.Time(m) * des.Time(des.Minute)
		w.Update(now)
		if want := m >= 4; (w.State == Alarm) != want {
			t.Errorf("at %v: %v", now, w.State)
		}
	}
	if w.Since != des.Time(4*des.Minute) {
		t.Errorf("in ALARM since %v, want 4m", w.Since)
	}
}

// Five-minute points under a one-minute alarm: four of five periods are empty,
// yet the early-ALARM rule acts as soon as the point is published. Under a
// five-minute alarm, three points are needed: a quarter of an hour.
func TestBasicMonitoring(t *testing.T) {
	for _, c := range []struct {
		period des.Duration
		want   des.Duration
	}{{des.Minute, 7 * des.Minute}, {5 * des.Minute, 17 * des.Minute}} {
		s := &Series{Period: 5 * des.Minute, Delay: 2 * des.Minute}
		w := &Watch{Series: s, Period: c.period, Evaluate: 3, Datapoints: 3, Comparison: GreaterThan, Threshold: 50}
		for k := -10; k < 10; k++ {
			v := 40.0
			if k >= 0 {
				v = 80
			}
			s.Put(des.Time(k)*des.Time(5*des.Minute), v, 2)
		}
		first := des.Never
		for m := 0; m < 40 && first == des.Never; m++ {
			if now := des.Time(m) * des.Time(des.Minute); w.Update(now) && w.State == Alarm {
				first = now
			}
		}
		if first != des.Time(c.want) {
			t.Errorf("period %v: first ALARM at %v, want %v", c.period, first, c.want)
		}
	}
}

// how far back an alarm looks, as a multiple of its evaluation periods; for three
// it is documented.
func TestEvaluationRange(t *testing.T) {
	for _, row := range []struct {
		n    int
		by   float64
		want int
	}{{1, 0, 3}, {3, 0, 5}, {5, 0, 7}, {15, 0, 23}, {3, 2, 5}, {5, 1, 5}, {5, 2, 10}, {15, 1.1, 17}} {
		w := &Watch{Evaluate: row.n, Range: row.by}
		if got := w.EvaluationRange(); got != row.want {
			t.Errorf("%d periods, %v times: %d, want %d", row.n, row.by, got, row.want)
		}
	}
}

// The four comparisons at, just above and just below the threshold (API: PutMetricAlarm,
// ComparisonOperator).
func TestComparisons(t *testing.T) {
	for _, row := range []struct {
		by               Comparison
		below, at, above bool
	}{
		{GreaterThan, false, false, true}, {GreaterOrEqual, false, true, true},
		{LessThan, true, false, false}, {LessOrEqual, true, true, false},
	} {
		w := &Watch{Comparison: row.by, Threshold: 50}
		if w.breaches(49) != row.below || w.breaches(50) != row.at || w.breaches(51) != row.above || row.by.Above() != row.above {
			t.Errorf("%v: %v, %v, %v; above %v", row.by, w.breaches(49), w.breaches(50), w.breaches(51), row.by.Above())
		}
	}
	for s, want := range map[State]string{InsufficientData: "INSUFFICIENT_DATA", OK: "OK", Alarm: "ALARM"} {
		if s.String() != want {
			t.Errorf("%v, want %s", s, want)
		}
	}
}

// What decides an alarm is its newest real datapoints, at most N of them, oldest first,
// out of an evaluation range in which some are missing.
func TestDecided(t *testing.T) {
	s := &Series{Period: des.Minute}
	w := &Watch{Series: s, Period: des.Minute, Evaluate: 3, Datapoints: 3}
	for _, k := range []int{0, 1, 2, 4} { // minute 3 is missing
		s.Put(minute(k), float64(k+1), 1)
	}
	got := w.Decided(minute(5))
	if len(got) != 3 || got[0] != 2 || got[1] != 3 || got[2] != 5 {
		t.Errorf("%v, want 2, 3, 5", got)
	}
}
