package world

import (
	"asgsim/sim/account"
	"asgsim/sim/record"
)

// The words of a run, by the names of this package.
type (
	Config         = record.Config
	Decision       = record.Decision
	Look           = record.Look
	Datapoint      = record.Datapoint
	FailOpen       = record.FailOpen
	States         = record.States
	State          = record.State
	CapacityChange = record.CapacityChange
	Row            = record.Row
	StateChange    = record.StateChange
	Instance       = record.Instance
	Inactive       = record.Inactive
	Violation      = record.Violation
	Published      = record.Published
	Traffic        = record.Traffic
	Forecast       = record.Forecast
	Result         = account.Result
)
