package record

// State is what an instance is doing, for the instance chart.
type State uint8

// The states of an instance, in the order of a life.
const (
	Pending State = iota
	Booting
	Warming
	Ready
	Unhealthy
	Standby // in standby: runs and is paid, not in service
	Draining
	Terminating
	WarmedPending // in the warm pool: booting, waiting for a hook or stopping
	WarmedStopped // in the order of asg.PoolState
	WarmedRunning
	WarmedHibernated
	WarmedTerminating
	Gone // terminated, or detached
)

var stateNames = [...]string{"pending", "booting", "warming", "ready", "unhealthy", "standby", "draining", "terminating",
	"warmed:pending", "warmed:stopped", "warmed:running", "warmed:hibernated", "warmed:terminating", "terminated"}

// String returns the state's name.
func (s State) String() string { return stateNames[s] }

// InService reports whether an instance in this state is in service.
func (s State) InService() bool { return s >= Booting && s <= Unhealthy }

// Serves reports whether an instance in this state may have requests.
func (s State) Serves() bool {
	return s == Warming || s == Ready || s == Unhealthy || s == Draining
}

// Pooled reports whether an instance in this state is in the warm pool.
func (s State) Pooled() bool { return s >= WarmedPending && s <= WarmedTerminating }
