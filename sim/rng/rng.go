// Package rng turns one seed into independent streams by name, and into single
// draws by key.
//
// A stream ([Stream]) serves what happens in a fixed order whatever the system
// does: the arrivals of one load, the work its requests carry. A keyed draw
// ([Key]) serves what happens in an order that depends on the system: the boot
// time of the nth launch, the jitter of a request's second retry. So every
// variant of a scenario meets the same requests, and adding a load, a policy or
// a fault disturbs no other draw.
//
// The generator is wyrand (Wang Yi, github.com/wangyi-fudan/wyhash, 2019), one
// multiplication a draw; it is not for cryptography.
package rng

import (
	"math"
	"math/bits"
)

// Stream is a sequence of random numbers. Copying a Stream forks it: both copies
// yield the same numbers.
type Stream struct{ state uint64 }

const (
	wy0 = 0xa0761d6478bd642f
	wy1 = 0xe7037ed1a0b428db
)

// New returns the stream called name under seed.
func New(seed uint64, name string) Stream {
	return Stream{mix(mix(seed, wy0), hash(name))}
}

// Key returns the stream for one keyed decision: the same seed, purpose and
// numbers always give the same draws, whatever was drawn before.
func Key(seed uint64, purpose uint64, k ...uint64) Stream {
	h := mix(mix(seed, wy1), purpose)
	for _, v := range k {
		h = mix(h^wy0, v)
	}
	return Stream{h}
}

// Purpose hashes the name of a keyed decision once, for use with [Key].
func Purpose(name string) uint64 { return hash(name) }

// Replication returns the seed of replication r of seed s. Replication 0 is s
// itself, so that a single run and the first of many agree.
func Replication(s uint64, r int) uint64 {
	if r == 0 {
		return s
	}
	return mix(mix(s, wy1^wy0), uint64(r))
}

// hash is FNV-1a, finished by one mix.
func hash(name string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(name); i++ {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	return mix(h, wy1)
}

// mix hashes the pair (a, b): the finalizer of splitmix64 (Steele, Lea and
// Flood, OOPSLA 2014) once for b and once for the combination.
func mix(a, b uint64) uint64 { return finalize(a + 0x9e3779b97f4a7c15 + finalize(b^wy0)) }

func finalize(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Uint64 returns 64 random bits.
func (s *Stream) Uint64() uint64 {
	s.state += wy0
	return s.last()
}

// last is what Uint64 returned last.
func (s *Stream) last() uint64 {
	hi, lo := bits.Mul64(s.state, s.state^wy1)
	return hi ^ lo
}

// Float64 returns a number in [0, 1).
func (s *Stream) Float64() float64 { return float64(s.Uint64()>>11) * 0x1p-53 }

// Open returns a number in (0, 1), for use under a logarithm.
func (s *Stream) Open() float64 { return (float64(s.Uint64()>>11) + 0.5) * 0x1p-53 }

// IntN returns a number in [0, n). It panics unless n > 0.
func (s *Stream) IntN(n int) int {
	if n <= 0 {
		panic("rng: IntN of nothing")
	}
	// Lemire's multiplication; the bias is below n / 2^64.
	hi, _ := bits.Mul64(s.Uint64(), uint64(n))
	return int(hi)
}

// Exp returns an exponential variate of mean 1.
func (s *Stream) Exp() float64 {
	if x, sure := s.MostExp(); sure {
		return x
	}
	return s.RestExp()
}

// MostExp is Exp for 99 draws of a hundred, small enough to stand where it is called; who
// is told that it is not sure goes on with RestExp.
func (s *Stream) MostExp() (x float64, sure bool) {
	u := s.Uint64()
	l := &expLayers[u&255]
	return float64(int64(u>>11)) * l.width, u>>11 < l.sure
}

// RestExp decides on the last draw, where MostExp was not sure, and goes on until one is
// accepted.
func (s *Stream) RestExp() float64 {
	u := s.last()
	for {
		i := u & 255
		x := float64(int64(u>>11)) * expLayers[i].width
		if u>>11 < expLayers[i].sure {
			return x
		}
		if i == 0 {
			return expR - math.Log(s.Open())
		}
		if expF[i]+s.Float64()*(expF[i-1]-expF[i]) < math.Exp(-x) {
			return x
		}
		u = s.Uint64()
	}
}

// Norm returns a standard normal variate.
func (s *Stream) Norm() float64 {
	for {
		u := s.Uint64()
		i := u & 255
		sign := u & 256
		x := float64(int64(u>>11)) * normLayers[i].width
		if u>>11 < normLayers[i].sure {
			if sign != 0 {
				return -x
			}
			return x
		}
		if i == 0 {
			for {
				e := -math.Log(s.Open()) / normR
				if y := -math.Log(s.Open()); y+y >= e*e {
					if sign != 0 {
						return -(normR + e)
					}
					return normR + e
				}
			}
		}
		if normF[i]+s.Float64()*(normF[i-1]-normF[i]) < math.Exp(-0.5*x*x) {
			if sign != 0 {
				return -x
			}
			return x
		}
	}
}
