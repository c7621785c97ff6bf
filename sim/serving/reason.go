package serving

// Reason is why an attempt ended. OK is a good answer.
type Reason uint8

// How attempts end. The failure reasons are those of the summary, in its order.
const (
	OK               Reason = iota
	NoTarget                // 503: no target registered or eligible
	QueueFull               // 503 from the instance: its queue is full, or the wait in it too long
	Refused                 // 502: connection refused
	CutOff                  // 502: the instance died or the drain ended
	TimedOut                // the client's timeout: it left before the answer (460 in the balancer's log)
	Error                   // a quick wrong answer
	GatewayTimeout          // 504: the balancer's idle timeout, or its connect timeout
	DependencyFailed        // 500 from the instance: a dependency turned it away, or kept it waiting too long
	DeadLetter              // of a queue: received as often as it may be, and moved to the dead-letter queue
	Expired                 // of a queue: older than the retention period
	Reasons                 // their number
)

var reasonNames = [Reasons]string{"ok", "no_target", "queue_full", "refused", "cut_off", "timed_out", "error", "gateway_timeout", "dependency", "dead_letter", "expired"}

// String returns the reason's name in the summary.
func (r Reason) String() string { return reasonNames[r] }
