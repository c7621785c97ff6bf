package calibrate

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// line is y = A + B x through points of which some do not belong to it.
type line struct {
	A, B       float64
	SeA, SeB   float64   // standard errors, for residuals that follow upon each other
	Scale      float64   // of the residuals that fit
	Weight     []float64 // of every point, 0 to 1: 0 does not belong to it
	throughOff bool      // A is given, not fitted
}

const (
	// bisquare is the constant with which Tukey's weights keep 95 % of what least squares
	// would do with normal residuals (Holland and Welsch, 1977).
	bisquare = 4.685
	// madToSigma turns a median absolute deviation into a standard deviation.
	madToSigma = 1.4826
	irlsRounds = 60
	leastScale = 1e-6
	sure       = 1.96 // standard errors of an interval of 95 %
)

// fitLine draws a line through points by Tukey's bisquare, from a start that up to 29 % of
// wrong points cannot spoil (Theil, 1950). fixed gives A instead of fitting it.
func fitLine(x, y []float64, fixed *float64) line {
	l := theil(x, y)
	if fixed != nil {
		var slopes []float64
		for i := range x {
			if x[i] > 0 {
				slopes = append(slopes, (y[i]-*fixed)/x[i])
			}
		}
		l = line{A: *fixed, B: median(slopes), throughOff: true}
	}
	l.Weight = make([]float64, len(x))
	r := make([]float64, len(x))
	for range irlsRounds {
		l.weigh(x, y, r)
		var b float64
		a := l.A
		if l.throughOff {
			num, den := 0.0, 0.0
			for i, w := range l.Weight {
				num, den = num+w*x[i]*(y[i]-l.A), den+w*x[i]*x[i]
			}
			b = num / den
		} else {
			a, b = stat.LinearRegression(x, y, l.Weight, false)
		}
		if math.IsNaN(a) || math.IsNaN(b) {
			break
		}
		done := math.Abs(a-l.A) < 1e-12 && math.Abs(b-l.B) < 1e-12*math.Abs(b)
		if l.A, l.B = a, b; done {
			break
		}
	}
	l.weigh(x, y, r)
	l.errors(x, r)
	return l
}

// weigh sets residuals, their scale and the weights.
func (l *line) weigh(x, y, r []float64) {
	abs := make([]float64, len(r))
	for i := range r {
		r[i] = y[i] - l.A - l.B*x[i]
		abs[i] = math.Abs(r[i])
	}
	l.Scale = max(madToSigma*median(abs), leastScale)
	for i := range r {
		u := r[i] / (bisquare * l.Scale)
		l.Weight[i] = 0
		if math.Abs(u) < 1 {
			l.Weight[i] = (1 - u*u) * (1 - u*u)
		}
	}
}

// errors are the standard errors of an M-estimator whose scores are correlated over time
// (Newey and West, 1987, with their rule for how far).
func (l *line) errors(x, r []float64) {
	var bread [3]float64 // of 1, x, x^2
	scores := make([][2]float64, len(x))
	for i := range x {
		u := r[i] / (bisquare * l.Scale)
		slope := 0.0
		if math.Abs(u) < 1 {
			slope = (1 - u*u) * (1 - 5*u*u)
		}
		bread[0], bread[1], bread[2] = bread[0]+slope, bread[1]+slope*x[i], bread[2]+slope*x[i]*x[i]
		scores[i] = [2]float64{l.Weight[i] * r[i], l.Weight[i] * r[i] * x[i]}
	}
	lags := int(math.Ceil(4 * math.Pow(float64(len(x))/100, 2.0/9)))
	var meat [3]float64
	for k := 0; k <= lags; k++ {
		w := 2 * (1 - float64(k)/float64(lags+1))
		if k == 0 {
			w = 1
		}
		for i := k; i < len(x); i++ {
			a, b := scores[i], scores[i-k]
			meat[0] += w * a[0] * b[0]
			meat[1] += w * (a[0]*b[1] + a[1]*b[0]) / 2
			meat[2] += w * a[1] * b[1]
		}
	}
	if l.throughOff {
		l.SeB = math.Sqrt(max(meat[2], 0)) / bread[2]
		return
	}
	det := bread[0]*bread[2] - bread[1]*bread[1]
	i00, i01, i11 := bread[2]/det, -bread[1]/det, bread[0]/det
	l.SeA = math.Sqrt(max(0, i00*i00*meat[0]+2*i00*i01*meat[1]+i01*i01*meat[2]))
	l.SeB = math.Sqrt(max(0, i01*i01*meat[0]+2*i01*i11*meat[1]+i11*i11*meat[2]))
}

// theil is the incomplete method of Theil: every point of the lower half of x with its
// partner in the upper half, and the median of the slopes.
func theil(x, y []float64) line {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case x[i] < x[j]:
			return -1
		case x[i] > x[j]:
			return 1
		}
		return 0
	})
	half := len(x) / 2
	var slopes []float64
	for k := range half {
		i, j := order[k], order[len(x)-half+k]
		if x[j] > x[i] {
			slopes = append(slopes, (y[j]-y[i])/(x[j]-x[i]))
		}
	}
	l := line{B: median(slopes)}
	rest := make([]float64, len(x))
	for i := range x {
		rest[i] = y[i] - l.B*x[i]
	}
	l.A = median(rest)
	return l
}

// median of values that stay as they are; 0 of none.
func median(v []float64) float64 { return quantile(v, 0.5) }

func quantile(v []float64, p float64) float64 {
	if len(v) == 0 {
		return 0
	}
	sorted := slices.Clone(v)
	slices.Sort(sorted)
	return stat.Quantile(p, stat.LinInterp, sorted, nil)
}

// spread is a standard deviation that wrong values do not spoil.
func spread(v []float64) float64 {
	m := median(v)
	abs := make([]float64, len(v))
	for i := range v {
		abs[i] = math.Abs(v[i] - m)
	}
	return madToSigma * median(abs)
}

func clamp(v, lo, hi float64) float64 { return min(max(v, lo), hi) }
