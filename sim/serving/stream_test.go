package serving

import "asgsim/sim/rng"

func streamFor(seed uint64) rng.Stream { return rng.New(seed, "test") }
