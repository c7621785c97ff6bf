// Package serving is the data plane, mechanics only: clients send, wait, time
// out and retry; the balancer's table routes; instances queue, work and answer.
// Judgement (who is healthy, who drains, how many) lives above, in elb and asg.
//
// The contract is [Plane]. One loop drives it:
//
//	at, notice := plane.Advance(t)
//
// completes and expires everything due at or before t, admits everything that
// arrives strictly before t, and stops early, at that very instant, on a notice.
// Orders are valid at the instant Advance returned. At one instant the order is
// completion, expiry, retry, arrival.
//
// A failed target keeps its traffic until somebody notices: a fault changes the
// instance's mode; only the balancer's checks, or the group's deregistration,
// change the routing.
//
// Open plane.go first.
package serving
