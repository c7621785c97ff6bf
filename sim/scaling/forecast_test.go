package scaling

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// hourly reads a trace that lies beside the checkout as hourly counts, missing
// hours filled from the hour before, or skips.
func hourly(t *testing.T, name string) []float64 {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "traces", name))
	if err != nil {
		t.Skipf("no trace %s here: %v", name, err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []float64
	var first time.Time
	for i, row := range rows[1:] {
		at, err := time.Parse(time.RFC3339, row[0])
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = at
		}
		v, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		for k := int(at.Sub(first).Hours()); len(out) <= k; {
			fill := 0.0
			if n := len(out); n > 0 && len(out) < k {
				fill = out[n-1]
			}
			out = append(out, fill)
		}
		out[len(out)-1] += v
	}
	return out
}

// On real traces the forecast beats the seasonal-naive one: for every six hours of
// history, 48 hours ahead, from 14 days of history.
func TestForecastBeatsSeasonalNaive(t *testing.T) {
	for _, name := range []string{"appcluster_hourly_2019.csv", "nab_nyc_taxi.csv"} {
		t.Run(name, func(t *testing.T) {
			v := hourly(t, name)
			var ours, naive float64
			n := 0
			for origin := HistoryHours; origin+HorizonHours <= len(v); origin += 6 {
				past, future := v[origin-HistoryHours:origin], v[origin:origin+HorizonHours]
				a, b := MAPE(future, Forecast(past, HorizonHours)), MAPE(future, SeasonalNaive(past, HorizonHours))
				if math.IsNaN(a) || math.IsNaN(b) {
					continue
				}
				ours, naive, n = ours+a, naive+b, n+1
			}
			ours, naive = ours/float64(n), naive/float64(n)
			t.Logf("MAPE over %d forecasts: %.1f %%, seasonal naive %.1f %%", n, 100*ours, 100*naive)
			if !(ours < naive) {
				t.Errorf("MAPE %.3f, seasonal naive %.3f", ours, naive)
			}
		})
	}
}

// A load that repeats every day is forecast exactly, from two days on.
func TestForecastOfAPureSeason(t *testing.T) {
	day := func(h int) float64 { return 1000 + 800*math.Sin(2*math.Pi*float64(h)/24) }
	for _, hours := range []int{24, 48, 200, 336} {
		history := make([]float64, hours)
		for h := range history {
			history[h] = day(h)
		}
		got := Forecast(history, HorizonHours)
		for k, v := range got {
			if want := day(hours + k); math.Abs(v-want) > 0.01*want+1 {
				t.Errorf("%d h of history, hour %d: %.1f, want %.1f", hours, k, v, want)
			}
		}
	}
	if Forecast(make([]float64, 23), 48) != nil {
		t.Error("a forecast from less than a day")
	}
}

func TestMAPE(t *testing.T) {
	if got := MAPE([]float64{100, 200, 0}, []float64{110, 150, 7}); math.Abs(got-0.175) > 1e-12 {
		t.Errorf("MAPE %v, want 0.175", got)
	}
}

// the other models.
func TestOtherModels(t *testing.T) {
	history := make([]float64, 2*hoursOfWeek)
	for h := range history {
		history[h] = float64(h % hoursOfWeek)
		if h >= hoursOfWeek {
			history[h] += 20 // the second week is busier
		}
	}
	history[hoursOfWeek+3] = 1 // but for one hour
	for m, want := range map[Model][2]float64{HourOfWeekMean: {20, 2}, NaiveSeason: {20, 1}} {
		got := m.Forecast(history, HorizonHours)
		if got[0] != want[0] || got[3] != want[1] {
			t.Errorf("%s: %v and %v, want %v", m, got[0], got[3], want)
		}
	}
	short := history[:3*hoursOfDay]
	if got := HourOfWeekMean.Forecast(short, 2); got[1] != 49 || HourOfWeekMean.Forecast(history[:23], 2) != nil {
		t.Errorf("with three days: %v, want the last, 49, above the mean of 1, 25 and 49", got)
	}
}

// Two weeks count: a third before them, of ten times the load, changes no forecast.
func TestForecastsForgetWhatIsOld(t *testing.T) {
	two := make([]float64, HistoryHours)
	for h := range two {
		two[h] = float64(100 + h%hoursOfDay)
	}
	three := append(make([]float64, hoursOfWeek), two...)
	for h := range hoursOfWeek {
		three[h] = 1000
	}
	for _, m := range []Model{0, HourOfWeekMean, NaiveSeason} {
		if a, b := m.Forecast(two, 24), m.Forecast(three, 24); !slices.Equal(a, b) {
			t.Errorf("%s: %v with two weeks, %v with three", m, a[:3], b[:3])
		}
	}
}
