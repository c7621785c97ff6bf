package scenarios

import "asgsim/sim/world"

// advise warns about choices that are legal and suspicious.
func (d *decoder) advise(w *world.Config) {}
