// Package queueing holds closed forms that the simulator must agree with, and
// the estimate of how many instances a load needs ([Fleet]).
//
// Rates are per second, times in seconds. The fields of a type are the
// parameters of the system in Kendall's notation; methods are valid for stable
// systems (utilization below 1) and return +Inf where a mean does not exist.
//
// Sources: L. Kleinrock, "Queueing Systems", vol. 1, 1975 (M/M/c, M/G/1); F. P.
// Kelly, "Reversibility and Stochastic Networks", 1979 (insensitivity of
// processor sharing); S. G. Eick, W. A. Massey, W. Whitt, "Mt/G/inf queues with
// sinusoidal arrival rates", Management Science 39(2), 1993.
package queueing
