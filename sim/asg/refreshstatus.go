package asg

import "strings"

// RefreshStatus is how far an instance refresh has come (API: InstanceRefresh, Status).
type RefreshStatus string

// The statuses that occur; a checkpoint is reached while InProgress. After a rollback
// the last three have Rollback before them.
const (
	RefreshInProgress   RefreshStatus = "InProgress"
	RefreshAtCheckpoint RefreshStatus = "InProgress, at a checkpoint"
	RefreshBaking       RefreshStatus = "Baking"
	RefreshRollingBack  RefreshStatus = "RollbackInProgress"
	RefreshSuccessful   RefreshStatus = "Successful"
	RefreshFailed       RefreshStatus = "Failed"
	RefreshCancelled    RefreshStatus = "Cancelled"
)

// Over reports whether the refresh has ended, well or not.
func (s RefreshStatus) Over() bool {
	switch RefreshStatus(strings.TrimPrefix(string(s), "Rollback")) {
	case RefreshSuccessful, RefreshFailed, RefreshCancelled:
		return true
	}
	return false
}
