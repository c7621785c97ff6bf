package serving

// Budget is what clients may retry: each first attempt of a class earns Share of a retry,
// up to Burst of them, with which the run begins; each retry takes one, and a request that
// finds none has failed. All clients of the class share one, as behind one service. (Finagle,
// RetryBudget; "Handling Overload" in Site Reliability Engineering, 2016, keeps retries to a
// tenth of the requests.)
type Budget struct {
	Share float64 // to a millionth; 0: there is no budget, and clients retry at will
	Burst int     // retries that may be saved up, at least 1
}

// token is a retry; budgets are counted in whole millionths.
const token = 1_000_000

// purse is the budget of a class while it is spent.
type purse struct {
	earns, most, has uint64
	seen             uint64 // first attempts it has earned by
}

func newPurse(b Budget) purse {
	most := uint64(b.Burst) * token
	return purse{earns: uint64(b.Share*token + 0.5), most: most, has: most}
}

// take takes a retry, if there is one, when so many first attempts have been made. What
// was earned since the last is counted here and not at each send: between two retries it
// only grows.
func (b *purse) take(first uint64) bool {
	if b.earns == 0 {
		return true
	}
	b.has = min(b.most, b.has+b.earns*(first-b.seen))
	b.seen = first
	if b.has < token {
		return false
	}
	b.has -= token
	return true
}
