package workload

import "asgsim/sim/des"

// Hourly is a load given hour by hour of the local clock.
type Hourly struct {
	// Rates are requests per second: 24 values for every day from 00:00, or 168 for
	// a week from Monday 00:00.
	Rates []float64
	// Straight joins the values, taken at the beginning of their hours, by straight
	// lines; otherwise each holds for its hour.
	Straight bool
}

// Curve returns the load over a run of the given length, and over its [Past]. Each value holds while
// the local clock shows its hour: the hour that is missing in spring has no
// requests of its own, the one that comes twice in autumn has twice as many.
func (h Hourly) Curve(cal *des.Calendar, duration des.Duration) Curve {
	var list []piece
	end := des.Time(0).Add(duration)
	for day := cal.Local(0).Day - int64(Past/des.Day); cal.At(day, 0) < end; day++ {
		for hour := range 24 {
			from, to := cal.At(day, hour*3600), cal.At(day, (hour+1)*3600)
			a, b := h.at(day, hour), h.at(day, hour+1)
			if h.Straight {
				list = append(list, piece{from, to, linear, a, b})
			} else {
				list = append(list, piece{from, to, level, a, a})
			}
		}
	}
	p := newPieces(list)
	return &p
}

// at returns the value of an hour (0 to 24) of a day.
func (h Hourly) at(day int64, hour int) float64 {
	if len(h.Rates) == 24 {
		return h.Rates[hour%24]
	}
	monday := (weekday(day) + 6) % 7
	return h.Rates[(monday*24+hour)%len(h.Rates)]
}
