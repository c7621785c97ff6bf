package rng

import "math"

// Tables of the ziggurat method with 256 layers: G. Marsaglia and W. W. Tsang,
// "The Ziggurat Method for Generating Random Variables", Journal of Statistical
// Software 5(8), 2000.
const (
	expR  = 7.69711747013104972      // right edge of the base layer, exponential
	expV  = 3.949659822581572e-3     // area of a layer
	normR = 3.6541528853610088       // right edge of the base layer, normal
	normV = 4.92867323399e-3         // area of a layer
	m53   = float64(uint64(1) << 53) // draws are 53-bit integers
)

// layer is one layer as a draw meets it: a 53-bit integer below sure lies under the curve
// at once, and width makes a variate of it.
type layer struct {
	sure  uint64
	width float64
}

var (
	expLayers, expF   = layers(expR, expV, func(x float64) float64 { return math.Exp(-x) }, func(y float64) float64 { return -math.Log(y) })
	normLayers, normF = layers(normR, normV, func(x float64) float64 { return math.Exp(-0.5 * x * x) }, func(y float64) float64 { return math.Sqrt(-2 * math.Log(y)) })
)

// layers builds the tables for a decreasing density f with inverse inv, right
// edge r and layer area v. Layer 0 is the base strip with the tail; layer i
// above it spans from height f[i] to f[i-1]... counted from the tail inwards.
func layers(r, v float64, f, inv func(float64) float64) (l [256]layer, fx [256]float64) {
	q := v / f(r)
	l[0] = layer{uint64(r / q * m53), q / m53}
	fx[0] = 1
	l[255].width = r / m53
	fx[255] = f(r)
	d, t := r, r
	for i := 254; i >= 1; i-- {
		d = inv(v/d + f(d))
		l[i+1].sure = uint64(d / t * m53)
		t = d
		fx[i] = f(d)
		l[i].width = d / m53
	}
	return l, fx
}
