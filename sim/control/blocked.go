package control

import (
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// Blocked is how long each policy wanted to scale in and could not, by what kept it.
func (ctl *Controller) Blocked() []record.Blocked {
	names := ctl.foreign.names()
	for _, run := range ctl.policies.runs {
		names = append(names, run.about.Name)
	}
	var out []record.Blocked
	for _, name := range names {
		for _, by := range blockKinds {
			if d := ctl.policies.blocked[blockKey{name, by}]; d > 0 {
				out = append(out, record.Blocked{Policy: name, By: by, For: d})
			}
		}
	}
	return out
}

// blockKinds are the blocks of scale-in, in the order of the report.
var blockKinds = [...]scaling.Block{
	scaling.BlockWarmup, scaling.BlockOlder, scaling.BlockSame, scaling.BlockRepeat, scaling.BlockOthers, scaling.BlockSmall, scaling.BlockMin, scaling.BlockOff, scaling.BlockNoWarm, scaling.BlockData, scaling.BlockForecast, scaling.BlockSurplus,
	scaling.BlockStabilization, scaling.BlockControl, scaling.BlockFlapping, scaling.BlockSuspended,
}
