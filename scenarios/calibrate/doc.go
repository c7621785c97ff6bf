// Package calibrate fits what no configuration says of a group to how it was recorded:
// what a request costs, what runs beside the requests, the rest of the latency, how many
// workers there are, how long instances take to come, and the shape of the load.
//
// Open calibrate.go first: Fit goes through the parts. minutes.go chooses the minutes that
// tell, robust.go draws the line of cpu.go through them, latency.go fits the waits beside
// fleets that rig.go simulates, workers.go looks for a limit, starts.go reads launches,
// load.go the load, check.go holds all of it against minutes that were kept back. text.go
// tells the result.
package calibrate
