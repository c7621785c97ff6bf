// Package serving is the data plane, mechanics only: clients send, wait, time
// out and retry; the balancer's table routes; instances queue, work and answer.
// Judgement (who is healthy, who drains, how many) lives above, in elb and asg.
//
// The contract is [Plane]. One loop drives it:
//
//	at, notice := plane.Advance(t)
//
// completes and expires everything due at or before t, admits everything that
// arrives strictly before t (retries are sent like arrivals), and stops early, at
// that very instant, on a notice. Orders are valid at the instant Advance returned.
// At one instant the order is completion, expiry, retry, arrival; completions of one
// instant go by leaf of the event set, then the ends of waits that last equally long by
// their length in the order of the classes and then by beginning, expiries by timeout value
// in the order of the classes and then by send, arrivals by load.
//
// A failed target keeps its traffic until somebody notices: a fault changes the
// instance's mode; only the balancer's checks, or the group's deregistration,
// change the routing.
//
// # Draws
//
// Each load has streams of its own: arrivals/<load>, work/<load>, wait/<load> and
// route/<load>, one draw of each a request in order of arrival (several of a law
// that rejects), so a request is the same in every variant. Jitter, the route of a
// retry and the errors of a failing instance are drawn by key: (request, attempt),
// or (instance, health check).
//
// # Integers
//
// Time, work and durations are whole nanoseconds. A vCPU of rate r (speed x
// cpuShare; below 1e-5 it counts as 0) takes work/r, to the nearest nanosecond.
// Shared CPUs work in virtual time of 2^-10 ns, see progress.go. So the ledger of an
// instance, WorkNanos = Completed + Lost + Running, holds exactly at rate 1 and FIFO;
// otherwise within a nanosecond an attempt and one an order, and with n on a shared
// CPU another n/2048 ns an event. One draw of work or wait counts as nine hours at
// most.
//
// # Files
//
// Open plane.go first, then event.go (the plane's state), loop.go (Advance) and
// hot.go (what every request passes). tree.go is the event set, waits.go, timers.go and
// retries.go what stands outside it, alone.go what needs none of it, instance.go and shared.go the two CPU stages,
// orders.go, probes.go and routing.go the rest of the contract, read.go the counters.
// A routing algorithm is a file of its own and a line in algorithm.go.
package serving
