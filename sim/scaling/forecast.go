package scaling

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Hours of the seasons a forecast looks for, and of its past and future.
const (
	hoursOfDay  = 24
	hoursOfWeek = 7 * hoursOfDay
	// HistoryHours is how much history is used at most, HistoryLeast what is needed
	// ("How predictive scaling works", EC2 Auto Scaling User Guide, read 2023-04-27).
	HistoryHours = 14 * hoursOfDay
	HistoryLeast = hoursOfDay
	// HorizonHours is how far a forecast reaches.
	HorizonHours = 48
)

// Model is how the load is forecast, which AWS does not publish.
type Model uint8

// The models.
const (
	SeasonalRegression Model = iota // Forecast
	HourOfWeekMean                  // MeanForecast
	NaiveSeason                     // SeasonalNaive
)

var modelNames = [...]string{"seasonal_regression", "hour_of_week_mean", "seasonal_naive"}

// String names the model as the file format does.
func (m Model) String() string { return modelNames[m] }

// Forecast predicts hours of a load by the model; nil without enough history.
func (m Model) Forecast(history []float64, hours int) []float64 {
	switch m {
	case HourOfWeekMean:
		return MeanForecast(history, hours)
	case NaiveSeason:
		return SeasonalNaive(history, hours)
	}
	return Forecast(history, hours)
}

// MeanForecast is the mean of the same hour of the week over the history, of the same
// hour of the day where that is shorter than a week, or the last such hour where that
// had more.
func MeanForecast(history []float64, hours int) []float64 {
	if len(history) < HistoryLeast {
		return nil
	}
	history = history[max(0, len(history)-HistoryHours):]
	season := hoursOfDay
	if len(history) >= hoursOfWeek {
		season = hoursOfWeek
	}
	out := make([]float64, hours)
	for k := range out {
		first := len(history) - season + k%season // the last such hour
		sum, n := 0.0, 0
		for i := first; i >= 0; i -= season {
			sum, n = sum+history[i], n+1
		}
		out[k] = math.Max(sum/float64(n), history[first])
	}
	return out
}

// Forecast predicts the next hourly values of a load from its history, oldest
// first. AWS does not publish its model; this one is ours. It works on logarithms
// (seasons multiply) and combines what usually predicts well, by ridge regression
// on the history itself:
//
//	x1  the same hour of the day, on the last day that is known
//	x2  the same hour of the week, a week before
//	x3  the mean of the same hour of the day over the known days
//	x4  how much higher the last day is than the same day a week before
//
// With less than nine days of history there is nothing to regress on, and the
// forecast is the mean of x1 and x3 (or x1 alone on the first days). Fewer than
// HistoryLeast hours give no forecast.
func Forecast(history []float64, hours int) []float64 {
	if len(history) < HistoryLeast {
		return nil
	}
	if len(history) > HistoryHours {
		history = history[len(history)-HistoryHours:]
	}
	logs := make([]float64, len(history))
	for i, v := range history {
		logs[i] = math.Log(math.Max(v, 0) + 1)
	}
	weights, centre := fit(logs, hours)
	out := make([]float64, hours)
	for k := range out {
		out[k] = math.Max(0, math.Exp(predict(logs, len(logs), k+1, weights, centre))-1)
	}
	return out
}

// SeasonalNaive is the yardstick of forecasts: the same hour a week before, or a
// day before where the history is shorter.
func SeasonalNaive(history []float64, hours int) []float64 {
	season := hoursOfWeek
	if len(history) < season {
		season = hoursOfDay
	}
	if len(history) < season {
		return nil
	}
	out := make([]float64, hours)
	for k := range out {
		out[k] = history[len(history)-season+k%season]
	}
	return out
}

// MAPE is the mean absolute percentage error, avg(|actual - forecast| / actual),
// over the hours with an actual load ("Evaluate your predictive scaling policies",
// EC2 Auto Scaling User Guide, read 2023-04-27).
func MAPE(actual, forecast []float64) float64 {
	sum, n := 0.0, 0
	for i := range min(len(actual), len(forecast)) {
		if actual[i] > 0 {
			sum += math.Abs(actual[i]-forecast[i]) / actual[i]
			n++
		}
	}
	return sum / float64(n)
}

const features = 4

// row returns the features of the hour lead hours after origin, knowing only what
// came before origin; the second result is false without a week of it.
func row(logs []float64, origin, lead int) (x [features]float64, full bool) {
	t := origin + lead - 1
	day := t - hoursOfDay*((lead+hoursOfDay-1)/hoursOfDay) // the last known day's same hour
	x[0] = logs[day]
	n := 0.0
	for d := day; d >= 0; d -= hoursOfDay {
		x[2] += logs[d]
		n++
	}
	x[2] /= n
	week := t - hoursOfWeek
	if week < 0 || origin < hoursOfWeek+hoursOfDay {
		return x, false
	}
	x[1] = logs[week]
	x[3] = mean(logs[origin-hoursOfDay:origin]) - mean(logs[origin-hoursOfDay-hoursOfWeek:origin-hoursOfWeek])
	return x, true
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

// ridge keeps the regression tame: two weeks are few, and features say the same.
const ridge = 100.0

// fit finds the weights on origins every six hours, from the first that has a
// week and a day behind it, over leads up to the horizon; nil without any.
func fit(logs []float64, hours int) (weights []float64, centre [features + 1]float64) {
	var xs [][features]float64
	var ys []float64
	for origin := hoursOfWeek + hoursOfDay; origin < len(logs); origin += 6 {
		for lead := 1; lead <= hours && origin+lead-1 < len(logs); lead++ {
			if x, ok := row(logs, origin, lead); ok {
				xs, ys = append(xs, x), append(ys, logs[origin+lead-1])
			}
		}
	}
	if len(xs) < hoursOfDay {
		return nil, centre
	}
	n := float64(len(xs))
	for i, x := range xs {
		for f := range x {
			centre[f] += x[f] / n
		}
		centre[features] += ys[i] / n
	}
	a, b := mat.NewSymDense(features, nil), mat.NewVecDense(features, nil)
	// The prior the ridge pulls towards: the week before, half-way to today's level.
	prior := [features]float64{0, 1, 0, 0.5}
	for i, x := range xs {
		y := ys[i] - centre[features]
		for f := range features {
			y -= prior[f] * (x[f] - centre[f])
		}
		for f := range features {
			for g := f; g < features; g++ {
				a.SetSym(f, g, a.At(f, g)+(x[f]-centre[f])*(x[g]-centre[g]))
			}
			b.SetVec(f, b.AtVec(f)+(x[f]-centre[f])*y)
		}
	}
	for f := range features {
		a.SetSym(f, f, a.At(f, f)+ridge*n/hoursOfWeek)
	}
	var chol mat.Cholesky
	var w mat.VecDense
	if !chol.Factorize(a) || chol.SolveVecTo(&w, b) != nil {
		return nil, centre
	}
	weights = make([]float64, features)
	for f := range weights {
		weights[f] = prior[f] + w.AtVec(f)
	}
	return weights, centre
}

// predict applies the weights, or the plain means without them.
func predict(logs []float64, origin, lead int, weights []float64, centre [features + 1]float64) float64 {
	x, full := row(logs, origin, lead)
	if !full || weights == nil {
		if full {
			return (x[0]+x[1]+x[2])/3 + x[3]/3
		}
		return (x[0] + x[2]) / 2
	}
	y := centre[features]
	for f := range features {
		y += weights[f] * (x[f] - centre[f])
	}
	return y
}
