package scaling

import (
	"fmt"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// Snapshot is all that a policy may know when it decides.
type Snapshot struct {
	Desired, Min, Max int
	Pending           int        // launched, not yet in service
	InService         []des.Time // since when each instance in service is, ascending
	DefaultWarmup     des.Duration
	DefaultCooldown   des.Duration
	Weighted          bool // capacity is in units, of which an instance has several

	// When the policy last changed the desired capacity, if it ever did.
	Acted   bool
	LastAct des.Time

	// What the policy's alarms and metric show: of its own pair of alarms the states, of
	// the user's alarm the datapoints too.
	High, Low cloudwatch.State
	Metric    cloudwatch.Point // the newest datapoint known
	HasMetric bool
	Alarm     AlarmState
	Load      float64 // forecast, in the unit of the policy's metric, summed over the group
	Seen      any     // whatever else it looks at; put here by its See

	// For simple scaling: a simple scaling activity or a health replacement is in
	// progress; and the end of the cooldown after the last one.
	Busy          bool
	CooldownUntil des.Time
}

// Side is the direction of a decision.
type Side uint8

// The sides.
const (
	Hold Side = iota // no opinion: the alarms are quiet, or there is no data
	Out              // scale out
	In               // scale in
	Stay             // an alarm is in ALARM, but the arithmetic or a block says no change
)

// Decision is what a policy wants, with its arithmetic in words.
type Decision struct {
	Side  Side
	Want  int    // capacity wanted, for Out and In
	Why   string // the arithmetic
	Block Block  // what kept an alarm from acting, for Stay
	// Tracking marks a target tracking policy, whose scale-in needs the consent of
	// all others of its kind.
	Tracking bool
	// Quiet marks one whose turn to act is not now: it may agree with others.
	Quiet bool
	// Asks is the capacity that others may not scale in below; 0: whatever they like.
	Asks   int
	Max    int   // the upper bound, raised; 0: as it is
	Failed error // it could not be evaluated
	// Rule is the part of the policy that decided, where it has several.
	Rule string
	// Metric is the value looked at, of a policy without a series.
	Metric    float64
	HasMetric bool
}

// Block is what kept a policy from scaling.
type Block uint8

// The blocks.
const (
	NoBlock            Block = iota
	BlockWarmup              // instances are warming up: no scale-in
	BlockRepeat              // too soon after the last action
	BlockNoWarm              // no warm instance reports
	BlockSmall               // removing one would push the metric over the target
	BlockOthers              // another policy does not agree
	BlockMin                 // at minimum
	BlockMax                 // at maximum
	BlockOff                 // scale-in is disabled
	BlockData                // no datapoint
	BlockStep                // no step fits the metric
	BlockActivity            // a scaling activity is in progress
	BlockCooldown            // the cooldown runs
	BlockForecast            // predictive scaling keeps the forecast capacity
	BlockStabilization       // the peak of the stabilization period counts
	BlockControl             // scale-in controls
	BlockMode                // the autoscaler's mode forbids it
	BlockFlapping            // scaling in would call for scaling out again
	BlockFormula             // the formula failed
	BlockSuspended           // AlarmNotification is suspended
	BlockOlder               // the newest datapoint is older than the newest instance's warm-up
	BlockSame                // the newest datapoint was acted on already
	BlockSurplus             // with weights: the group is above desired by more than the decrement
	BlockForecastOnly        // predictive scaling in mode ForecastOnly only watches
	Blocks                   // how many there are
)

var blockNames = [Blocks]string{"", "warm-up", "repeat spacing", "no warm instance", "target", "other policy", "min_size", "max_size", "disable_scale_in", "no data", "no step", "activity", "cooldown", "forecast",
	"stabilization period", "scale-in controls", "mode", "flapping", "formula error", "suspended", "older datapoint", "same datapoint", "surplus", "ForecastOnly"}

// String names the block; empty for NoBlock.
func (b Block) String() string { return blockNames[b] }

// Combine merges the decisions of several policies. Out if any wants out, to the
// largest capacity. In only if nobody wants out: target tracking policies must all
// agree (those that may scale in), to the largest capacity among them; step and
// simple policies are not held up by a target tracking policy that is not ready;
// of what is left the largest capacity wins ("Dynamic scaling", section on
// multiple policies, EC2 Auto Scaling User Guide, read 2023-04-27). The second
// result is the index of the decision that won, or -1.
func Combine(ds []Decision) (want, winner int) {
	want, winner = 0, -1
	agreed := true // of the target tracking policies
	turn := false  // of somebody who wants in
	out := false
	for i, d := range ds {
		turn, out = turn || d.Side == In && !d.Quiet, out || d.Side == Out
		if d.Side == Out && !d.Quiet && (winner < 0 || d.Want > want) {
			want, winner = d.Want, i
		}
		agreed = agreed && (!d.Tracking || d.Side == In || d.Block == BlockOff)
	}
	if winner >= 0 || out || !turn {
		return want, winner
	}
	for i, d := range ds {
		if d.Side == In && (agreed || !d.Tracking) && (winner < 0 || d.Want > want) {
			want, winner = d.Want, i
		}
	}
	return want, winner
}

// Clamp forces a wanted capacity into [min, max] ("Setting capacity limits",
// EC2 Auto Scaling User Guide, read 2023-04-27), and says what bound it.
func Clamp(want, low, high int) (int, Block) {
	switch {
	case want > high:
		return high, BlockMax
	case want < low:
		return low, BlockMin
	}
	return want, NoBlock
}

func stay(b Block, format string, args ...any) Decision {
	return Decision{Side: Stay, Block: b, Why: fmt.Sprintf(format, args...)}
}
