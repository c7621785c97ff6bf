package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/scenarios/series"
	"asgsim/sim/des"
)

// FileBound is a bound of what a scenario, or a file that it names, may hold.
type FileBound struct {
	Of   string
	Most int
}

// FileBounds returns all bounds, for the documentation.
func FileBounds() []FileBound {
	return []FileBound{
		{"bytes of a scenario (--max-file-size raises it)", form.MaxFile},
		{"bytes of a line, or of a row of a table", form.MaxLine},
		{"bytes of a text", form.MaxText},
		{"bytes of a file's name, a column and the like", form.MaxPlain},
		{"characters of the title", maxTitle},
		{"characters of a name", form.MaxName},
		{"arrays and inline tables within each other", form.MaxDepth},
		{"parts of a dotted key", form.MaxParts},
		{"bytes of a key with its tables", form.MaxPath},
		{"keys and values", form.MaxValues},
		{"keys and values of all variants together", maxDecoded},
		{"loads, policies, variants and other things with names, of each kind", maxNamed},
		{"hours of curves, of all loads of all variants", maxHours},
		{"steps of noise, of all loads of all variants", maxSteps},
		{"runs of one scheduled action", maxRuns},
		{"runs of all scheduled actions of all variants", maxRecurring},
		{"bytes of a formula", maxFormula},
		{"bytes of all different formulas", maxFormulas},
		{"different [request.measured]", maxFits},
		{"different fleets simulated for advice on max_size", maxSimulated},
		{"bytes of all files that a scenario names (--max-file-size raises it)", MaxFiles},
		{"columns of a trace or of Spot prices", series.MaxColumns},
		{"bytes of JSON that a trace is read from", series.MaxJSON},
		{"rows of a trace that stands newest first", series.MaxBackward},
		{"rows of all traces (--max-trace-rows raises it)", MaxRows},
		{"bins of a trace that repeats, over a run", maxPlayed},
		{"rows played, of all loads of all variants that play them differently", playsOfRows * MaxRows},
		{"lines of Spot prices", maxPrices},
		{"types in zones of Spot prices", maxPools},
		{"days of a run", maxDays},
		{"days of any duration", int(maxSpan / des.Day)},
		{"problems printed; of the others the number", form.ShownProblems},
	}
}
