package scaling

import "asgsim/sim/des"

// Work is what the formulas of policies take over a run.
type Work struct {
	Evaluations float64
	Steps       float64 // elements looked at, times what is computed of each
}

// enoughTried is how many steps are taken to find out how many steps formulas take; those
// that are not tried any more are taken to be like those that were.
const enoughTried = 20 * MaxFormulaSteps

// WorkOf estimates the work of all formulas among policies over a run. Each different one
// is tried in a few situations, of which the costliest counts: what a formula takes
// depends on what it sees.
func WorkOf(policies []Policy, run des.Duration) Work {
	var w Work
	tried, total := map[string]int{}, 0
	for _, p := range policies {
		e, ok := p.(*Expression)
		if !ok || e.Every <= 0 {
			continue
		}
		steps, known := tried[e.Text]
		switch {
		case known:
		case total > enoughTried:
			steps = total / len(tried)
		default:
			steps = e.formula().steps()
			tried[e.Text] = steps
			total += steps
		}
		n := float64(run) / float64(e.Every)
		w.Evaluations += n
		w.Steps += n * float64(steps)
	}
	return w
}

// steps returns how many steps the formula takes in the costliest of a few situations: at
// night and by day, all small, all large, and without a datapoint.
func (f *Formula) steps() int {
	most := 0
	for _, level := range [...]float64{0, 1, 1000} {
		in := Inputs{Desired: 10, InService: 10, Warm: 10, Min: 1, Max: 20, Hour: 3 + int(level)%13, Weekday: int(level) % 7}
		in.Points = func(_ MetricRef, stretch des.Duration) []float64 {
			if level == 0 {
				return nil
			}
			points := make([]float64, max(1, stretch/des.Minute))
			for i := range points {
				points[i] = level
			}
			return points
		}
		most = max(most, f.stepsOf(&in))
	}
	return most
}

// stepsOf returns how many steps an evaluation takes.
func (f *Formula) stepsOf(in *Inputs) int {
	w := &looker{sight: in, left: MaxFormulaSteps}
	_, _ = f.run(w) // where it fails it has taken them all the same
	return MaxFormulaSteps - int(w.left)
}
