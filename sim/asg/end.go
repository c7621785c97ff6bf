package asg

// EndKind is why an instance left the group.
type EndKind uint8

// The kinds.
const (
	NotEnded        EndKind = iota // it is in the group
	EndScaleIn                     // desired fell
	EndUnhealthy                   // it failed a health check of EC2 or of the balancer
	EndLaunchFailed                // it never came into service
	EndRefresh                     // an instance refresh replaced it
	EndLifetime                    // it reached the maximum instance lifetime
	EndRebalance                   // the zones were evened out
	EndZone                        // its zone was taken from the group
	EndPoolSurplus                 // the warm pool was too large
	EndRecommended                 // EC2 recommended to rebalance: its successor serves
	EndNoticed                     // EC2 gave notice that it takes the Spot Instance back
	EndInterrupted                 // EC2 took the Spot Instance back
	EndDetached                    // a person detached it
	EndUser                        // a person terminated it
	EndKinds                       // how many there are
)

var endNames = [EndKinds]string{"", "scale in", "unhealthy", "launch failed", "instance refresh", "maximum lifetime", "rebalance", "zone removed",
	"warm pool too large", "rebalance recommendation", "Spot interruption notice", "Spot interruption", "detached", "terminated by hand"}

// String names the kind; empty for NotEnded.
func (k EndKind) String() string { return endNames[k] }

// End is why an instance left the group, with what was found or refused.
type End struct {
	Kind EndKind
	By   string // the failed check, or why the launch failed; else empty
}

// String is the end in short: "scale in", "unhealthy: an ELB system health check failure".
func (e End) String() string {
	if e.By == "" {
		return e.Kind.String()
	}
	return e.Kind.String() + ": " + e.By
}
