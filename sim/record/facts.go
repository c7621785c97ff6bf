package record

import (
	"asgsim/sim/fault"
)

// Injection is one fault as it happened, or was skipped.
type Injection = fault.Injection

// Inactive is a rule that never acted.
type Inactive struct {
	Rule, Why string
}

// Violation is a broken law of the audit.
type Violation struct {
	Law, Detail string
}
