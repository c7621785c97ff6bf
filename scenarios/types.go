package scenarios

import "asgsim/scenarios/form"

// The types of values: those of any file, and those that only a scenario has.
var (
	Text       = form.Text
	Choice     = form.Choice
	Duration   = form.Duration
	Rate       = form.Rate
	Share      = form.Share
	Count      = form.Count
	Bound      = form.Bound
	Number     = form.Number
	Size       = form.Size
	Bool       = form.Bool
	NameList   = form.NameList
	CountOrOff = form.CountOrOff
	ShareOrOff = form.ShareOrOff

	Growth      = form.Type{Name: "growth"}                                               // "2%/week"
	Price       = form.Type{Name: "price per hour", Example: `"$1.20/h"`}                 // "$0.0832/h"
	PerMonth    = form.Type{Name: "price per GB-month"}                                   // "$0.08/GB-month"
	Civil       = form.Type{Name: "local date-time"}                                      // 2026-03-02T00:00:00
	When        = form.Type{Name: "instant", Example: `"Tue 10:30"`}                      // 2026-03-02T10:30:00, "Tue 10:30" or "34h30m"
	Whens       = form.Type{Name: "instant or array of instants", Example: `"Tue 10:30"`} // one or an array of those
	Moment      = form.Type{Name: "date-time"}                                            // 2026-03-02T07:00:00Z or 2026-03-02T07:00:00
	Clock       = form.Type{Name: "time of day"}                                          // "03:00"
	Random      = form.Type{Name: "random quantity", Example: `{ median = "16ms", p95 = "60ms" }`, Whole: true}
	Rates       = form.Type{Name: "array of rates", Example: `["10/s", ...]`}
	Target      = form.Type{Name: "target", Example: `"50%"`}                   // 50, "50%" or "300/s"
	Arrival     = form.Type{Name: "arrivals", Whole: true}                      // "poisson", "regular" or { bursty = { ... } }
	Noisy       = form.Type{Name: "noise", Whole: true}                         // "10%" or { cv = "10%", every = "1m" }
	Again       = form.Type{Name: "true or duration"}                           // true or "1d"
	Lasting     = form.Type{Name: `duration or "every_evaluation"`}             // "60s" or "every_evaluation"
	Level       = form.Type{Name: "number in the metric's unit", Example: "60"} // 70, "70%" or "300ms"
	Stat        = form.Type{Name: "statistic or percentile"}                    // "Average" or "p99"
	Overrides   = form.Type{Name: "array of instance types"}                    // [{ instance_type = "c7g.large" }]
	Steps       = form.Type{Name: "array of step adjustments", Example: `[{ metric_interval_lower_bound = 0, scaling_adjustment = 1 }]`}
	MathMetrics = form.Type{Name: "table of metrics", Example: `{ m1 = { metric_name = "CPUUtilization", statistic = "Average" } }`, Whole: true}
	Dimensions  = form.Type{Name: "table of texts", Example: `{ QueueName = "jobs" }`, Whole: true}
	Limit       = form.Type{Name: "limit in the metric's unit", Example: `"400ms"`} // "400ms", "0.5%", "$40" or 12
)
