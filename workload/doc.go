// Package workload says who asks, when, and for how much work, knowing nothing
// of who serves them.
//
// A load has a rate over time (a [Curve]), a way its requests arrive at that
// rate ([Arrivals]) and a class of requests whose work is drawn from
// distributions ([Dist]). Rates are requests per second, work is in seconds.
//
// A curve is compiled once ([Compile]) to cells of constant rate, one second
// long or shorter, split where the curve has a kink and at changes of the UTC
// offset, each with the curve's exact integral. The compiled curve is the load
// everywhere: arrivals, capacity estimates, forecasts and pictures use it.
//
// Open load.go first.
package workload
