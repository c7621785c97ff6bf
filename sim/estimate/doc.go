// Package estimate says what a sample lets us claim: intervals, paired
// differences, verdicts.
//
// A sample is one value (or one pair of sums, or one histogram) a replication,
// in the order of the replications. Means are judged by Student's t, ratios of
// sums by the jackknife over replications, quantiles by sectioning of the pooled
// histogram, never as the mean of quantiles. When a sample grows until it is
// decided, it is looked at only at n = 10, 20, 40, ... and the chance of error is
// split over the looks ([Looks]).
//
// Sources: A. M. Law, "Simulation Modeling and Analysis", 5th ed., 2015 (ch. 9
// and 10); S. Asmussen and P. W. Glynn, "Stochastic Simulation", 2007, III.4 and
// III.5 (jackknife, sectioning); the Bonferroni inequality.
package estimate
