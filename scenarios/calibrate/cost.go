package calibrate

import (
	"fmt"
	"math"

	"asgsim/scenarios/form"
)

// cost writes what a request costs, with its shape.
func (f *fit) cost() {
	if !f.ok {
		return
	}
	mean := f.work * f.speed
	class := &f.cfg.Classes[0]
	cv := math.Sqrt(class.CPU.SCV())
	note := "its variation is the scenario's"
	if f.latency.ok {
		cv, note = f.latency.cv, "mean by CPU, variation by latency"
	}
	text := fmt.Sprintf("{ mean = %s, cv = %s }", seconds(mean), form.FormatNumber(round(cv, 3)))
	switch {
	case math.IsInf(cv, 0):
		text, note = seconds(mean), "an exponential: the variation of the scenario's law does not exist"
	case cv < 0.01:
		text = fmt.Sprintf("{ constant = %s }", seconds(mean))
	}
	f.change("request.cpu", text, note)
	if f.o.Given("request.measured") != "" {
		f.res.Changes = append(f.res.Changes, Change{Key: "request.measured", Was: "a table", Note: "goes: request.cpu and request.wait say it"})
	}
	if f.latency.ok {
		text := `"0s"`
		if f.latency.sigma > 0 {
			law := f.latency.wait()
			text = fmt.Sprintf("{ median = %s, p99 = %s }", seconds(math.Exp(law.Mu)), seconds(law.Quantile(0.99)))
		}
		f.change("request.wait", text, "with it the simulated group has the recorded latencies")
	}
}
