package queueing

// ErlangB returns the probability that all of c servers are busy when what finds
// them so is lost: Erlang's loss formula at offered load a.
//
// 1/B is the sum over k of c(c-1)...(c-k+1)/a^k, whose terms die out after a few
// times sqrt(c), so that thousands of servers are no trouble.
func ErlangB(c int, a float64) float64 {
	if a <= 0 {
		if c == 0 {
			return 1
		}
		return 0
	}
	sum, term := 1.0, 1.0
	for k := range c {
		term *= float64(c-k) / a
		sum += term
		if sum > 1e300 {
			return 0
		}
		if term < 1e-17*sum && float64(c-k) < a {
			break
		}
	}
	return 1 / sum
}

// ErlangC returns the probability of waiting for one of c servers at offered
// load a: Erlang's delay formula. It is 1 where a >= c.
func ErlangC(c int, a float64) float64 {
	if a >= float64(c) {
		return 1
	}
	b := ErlangB(c, a)
	return b / (1 - a/float64(c)*(1-b))
}
