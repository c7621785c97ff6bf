package scenarios

import (
	"fmt"

	"asgsim/scenarios/form"
)

// Bounds of what a scenario may hold, so that checking one takes no longer than two
// seconds whatever it says. Those of a file in general are in package form.
const (
	// maxNamed is how many there may be of each table whose entries have names: loads,
	// policies, schedules, variants. AWS's own quotas are 50 policies, 50 lifecycle
	// hooks and 125 scheduled actions a group (Quotas for Amazon EC2 Auto Scaling, read
	// 2026-11).
	maxNamed = form.MaxNames
	// maxDecoded bounds the keys and values of all variants together.
	maxDecoded = 50_000
	// maxHours bounds the hours that all loads of all variants last, together.
	maxHours = 1_500_000
	// maxSteps bounds the steps of all their noise.
	maxSteps = 12_000_000
	// maxRecurring bounds how often all scheduled actions of all variants run, together.
	maxRecurring = 500_000
	// MaxRows bounds the rows of all traces together, unless --max-trace-rows says
	// otherwise: five years of minutes, or a month of seconds.
	MaxRows = 3_000_000
	// playsOfRows is how often so many rows may be played, differently: by loads of all
	// variants.
	playsOfRows = 10
	// maxPlayed bounds the bins of a trace that repeats over a run: a load looks at each.
	maxPlayed = 100_000_000
	// MaxFiles bounds the bytes of all files that a scenario names, unless
	// --max-file-size says otherwise.
	MaxFiles = 96 << 20
	// maxFits is how many different [request.measured] there may be: each is simulated.
	maxFits = 2
	// maxSimulated is how many different fleets are simulated for advice on max_size;
	// variants beyond go without it.
	maxSimulated = 8
	// maxStretches bounds the stretches of all loads that are looked at for advice.
	maxStretches = 4_000_000
	// maxFormula is the most bytes of one formula, maxFormulas of all that differ.
	maxFormula, maxFormulas = 4096, 256 << 10
	// maxTitle is the most characters of a title.
	maxTitle = 200
)

// tooMany returns the first of those bounds that a tree exceeds, nil if it keeps them.
func tooMany(root *form.Node) *form.Problem {
	for _, name := range named {
		n := root.Table.Get(name)
		if n == nil || n.Table == nil || len(n.Table.Keys) <= maxNamed {
			continue
		}
		return &form.Problem{Pos: n.Table.Get(n.Table.Keys[maxNamed]).Key, Key: name, Rule: fmt.Sprintf("holds %d of its kind, at most %d are possible", len(n.Table.Keys), maxNamed), Remedy: "split the scenario"}
	}
	if v := root.Table.Get("variant"); v != nil && v.Table != nil {
		inVariants := v.Count()
		if all := (root.Count()-inVariants)*(1+len(v.Table.Keys)) + inVariants; all > maxDecoded {
			return &form.Problem{Pos: v.Key, Key: "variant", Rule: fmt.Sprintf("makes %d keys and values of all variants together, at most %d are possible", all, maxDecoded), Remedy: "split the scenario"}
		}
	}
	return nil
}
