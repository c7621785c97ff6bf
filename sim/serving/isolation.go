package serving

const (
	// batch is how many arrivals are dealt at once at most: more, and the attempts no longer
	// fit in the fastest cache.
	batch = 512
	// throng is how many batches may be in flight at most: each looks at all that wait.
	throng = 8
	// Where expiries or retries cut mostHasty batches in a row down to less than this part of
	// the most, none is worth its while until the next Advance.
	mostHasty = 4
	hasty     = 16
)

// isolation says whether instances go on alone, as far as orders decide.
type isolation uint8

const (
	unknown isolation = iota // since the last order
	isolated
	entangled
)

// pending is a wait off the CPU that began in a batch and ends after it. As in a ring, one
// that was interrupted is passed over.
type pending struct {
	timer
	leaf, nth int32 // leaf of its instance, place in the list
}

// compare orders pending waits by their ends, which of those of one length is the order of
// their beginnings; at one instant by the leaves that ended then.
func (x pending) compare(y pending) int {
	switch {
	case x.at != y.at:
		return int(x.at - y.at)
	case x.leaf != y.leaf:
		return int(x.leaf - y.leaf)
	default:
		return int(x.nth - y.nth)
	}
}
