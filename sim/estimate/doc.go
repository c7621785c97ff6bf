// Package estimate says what a sample lets us claim: intervals, paired
// differences, verdicts.
//
// A sample is one value (or one pair of sums, or one histogram) a replication,
// in the order of the replications. Means are judged by Student's t, ratios of
// sums by the jackknife over replications, quantiles by sectioning of the pooled
// histogram, never as the mean of quantiles. When a sample grows until it is
// decided, it is looked at only at n = 10, 20, 40, ... and the chance of error is
// split over the looks ([Looks]). Figures that few replications carry get wider
// intervals within their bounds, and a flag where the sample cannot know ([MeanOf]).
//
// The coverage study (TestCoverageStudy of package scenarios: 160 replications are the
// truth, 200 sets of ten and of thirty of them are judged) finds, as shares of the sets
// whose 95 % interval holds the truth, that are flagged (Weak), and that do either:
//
//	                                  n = 10                n = 30
//	                             holds flagged either   holds flagged either
//	ramp, EC2 cost/day            0.97   0.14    0.97     0.96   0.04    0.96
//	ramp, good                    0.84   1.00    1.00     0.89   1.00    1.00
//	ramp, failed                  0.28   1.00    1.00     0.56   1.00    1.00
//	ramp, p50                     0.95   0.34    0.96     0.98   0.63    0.98
//	ramp, p90                     0.95   0.56    0.95     0.97   0.85    0.98
//	ramp, p95                     0.94   0.87    0.95     0.96   0.99    0.99
//	ramp, p99                     0.88   1.00    1.00     0.93   1.00    1.00
//	ramp, p99.9                   0.75   1.00    1.00     0.92   1.00    1.00
//	ramp, breached minutes        0.90   1.00    1.00     0.99   1.00    1.00
//	ramp, minutes at max          0.59   1.00    1.00     0.93   1.00    1.00
//	ramp, scaling activities      0.95   0.19    0.95     0.97   0.45    0.97
//	unhealthy, good               0.97   0.11    0.97     0.98   0.01    0.98
//	unhealthy, failed             0.97   0.05    0.97     0.98   0.00    0.98
//	unhealthy, p50                0.95   0.07    0.95     0.97   0.02    0.97
//	unhealthy, p99                0.98   0.91    0.98     0.99   1.00    1.00
//	unhealthy, p99.9              0.96   0.71    0.97     0.99   0.96    1.00
//	unhealthy, breached minutes   0.96   0.47    0.96     0.99   0.43    0.99
//
// ramp is a load that wanders (15 % noise) in front of a group that tracks 55 % CPU:
// one run in twenty carries most of the slow requests, which no ten runs can know.
// unhealthy is the shipped unhealthy-instance. Without the hull and the flag 14 of 40
// sets of ten held the good share of ramp, and none said so.
//
// Sources: A. M. Law, "Simulation Modeling and Analysis", 5th ed., 2015 (ch. 9
// and 10); S. Asmussen and P. W. Glynn, "Stochastic Simulation", 2007, III.4 and
// III.5 (jackknife, sectioning); the Bonferroni inequality.
package estimate
