package record

import (
	"asgsim/sim/serving"
)

// HTTP counts attempts by what the load balancer answered, by the names that CloudWatch
// has for it ("CloudWatch metrics for your Application Load Balancer" and "Troubleshoot
// your Application Load Balancers", read 2026-11). RejectedConnectionCount is not among
// them: the balancer that is simulated has no limit of connections.
type HTTP struct {
	Target2XX uint64 `json:"HTTPCode_Target_2XX_Count"` // good answers
	Target5XX uint64 `json:"HTTPCode_Target_5XX_Count"` // errors, 500 for a dependency's sake, and 503 of a target whose queue is full
	ELB4XX    uint64 `json:"HTTPCode_ELB_4XX_Count"`    // 460: the client left before the answer
	ELB5XX    uint64 `json:"HTTPCode_ELB_5XX_Count"`    // the three below
	ELB502    uint64 `json:"HTTPCode_ELB_502_Count"`    // the target refused the connection, or closed it: it died, or its drain ended
	ELB503    uint64 `json:"HTTPCode_ELB_503_Count"`    // no target
	ELB504    uint64 `json:"HTTPCode_ELB_504_Count"`    // no connection within 10 s, or no answer within the idle timeout
	// Unconnected are attempts for which no connection to the target came about; the
	// client has 502 or 504 for them.
	Unconnected uint64 `json:"TargetConnectionErrorCount"`
}

// HTTPOf tells attempts by what was answered from how they ended, unconnected ones of them
// for want of a connection.
func HTTPOf(ended *[serving.Reasons]uint64, unconnected uint64) HTTP {
	h := HTTP{
		Target2XX: ended[serving.OK], Target5XX: ended[serving.Error] + ended[serving.QueueFull] + ended[serving.DependencyFailed], ELB4XX: ended[serving.TimedOut],
		ELB502: ended[serving.Refused] + ended[serving.CutOff], ELB503: ended[serving.NoTarget], ELB504: ended[serving.GatewayTimeout],
		Unconnected: unconnected,
	}
	h.ELB5XX = h.ELB502 + h.ELB503 + h.ELB504
	return h
}
