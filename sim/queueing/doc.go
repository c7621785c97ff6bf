// Package queueing holds the closed forms that the simulator must agree with.
//
// Notation: lambda is the arrival rate and mu the service rate of one server, in
// the same unit of time; c is the number of servers; a = lambda/mu the offered
// load and rho = a/c the utilization. Unless said otherwise a system must be
// stable, rho < 1; outside it results are +Inf.
//
// Sources: L. Kleinrock, "Queueing Systems", 1975-76; W. Whitt, "Approximations
// for the GI/G/m queue", Production and Operations Management 2(2), 1993; S. G.
// Eick, W. A. Massey and W. Whitt, "The physics of the Mt/G/inf queue",
// Operations Research 41(4), 1993.
//
// Open mmc.go first.
package queueing
