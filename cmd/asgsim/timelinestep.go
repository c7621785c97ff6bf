package main

import (
	"fmt"

	"asgsim/scenarios"
	"asgsim/sim/des"
)

// timelineStep reads --timeline-step for a run of a duration: how long the rows of
// timeline.csv and metrics.csv shall be; 0 where the flag is empty.
func timelineStep(text string, duration des.Duration) (des.Duration, error) {
	if text == "" {
		return 0, nil
	}
	step, err := scenarios.ParseDuration(text)
	if err != nil {
		return 0, usagef("--timeline-step %v", err)
	}
	if step < des.Minute || step%des.Minute != 0 {
		return 0, usagef("--timeline-step %s: rows are of whole minutes, 1m or more, such as 5m, 1h or 1d", text)
	}
	kept, why := keptRows(duration)
	if step%kept != 0 {
		return 0, usagef("--timeline-step %s: %s: take a whole multiple of %s", text, why, kept)
	}
	return step, nil
}

// keptRows says how long the rows are that a run of a duration keeps, as in
// account.Result.Interval, and why.
func keptRows(duration des.Duration) (des.Duration, string) {
	const because = "a run of %s keeps rows of %s, as runs beyond %s do"
	switch {
	case duration <= 14*des.Day:
		return des.Minute, fmt.Sprintf("a run of %s keeps rows of a minute", duration)
	case duration <= 63*des.Day:
		return 5 * des.Minute, fmt.Sprintf(because, duration, "five minutes", "14 days")
	}
	return des.Hour, fmt.Sprintf(because, duration, "an hour", "63 days")
}
