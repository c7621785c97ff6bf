package record

import (
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// Source is what a decision about the desired capacity came from.
type Source uint8

// The sources.
const (
	FromAlarms     Source = iota // a policy with alarms: target tracking, step, simple
	FromExpression               // a policy of the user's own
	FromAutoscaler               // another system's
	FromForecast                 // predictive scaling
	FromSchedule                 // a scheduled action
	FromEvent                    // a scripted act
)

// Decision is one evaluation of a policy, or an act of a schedule or a person.
type Decision struct {
	At      des.Time
	Source  Source
	Alarmed scaling.Side  // FromAlarms: Out or In by the alarm that is in ALARM, else Hold
	Policy  string        // its name; that of the action or event
	Metric  float64       // NaN without data
	Alarm   string        // what was looked at and its state, in words
	Want    int           // capacity asked for; -1: none
	Desired int           // before
	Result  int           // desired after combining and clamping
	Why     string        // the arithmetic and what clamped or blocked it, in words
	Block   scaling.Block // what clamped or blocked it

	Refresh asg.RefreshStatus // FromEvent: of an instance refresh, how far it has come

	Won   bool     // its capacity was the one that counted, before clamping
	Until des.Time // the block ends by itself; des.Never: cannot be foretold
	Looks []Look   // what its alarms saw; only with Config.Explain
}

// Policed reports whether a policy decided it, not a schedule or a person.
func (d *Decision) Policed() bool { return d.Source < FromSchedule }
