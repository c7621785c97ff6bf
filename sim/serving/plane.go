package serving

import (
	"asgsim/sim/des"
	"asgsim/workload"
)

// Plane serves requests. Implementations: the exact event plane (event.go) and
// the naive one in test code, which must agree with it to the nanosecond.
type Plane interface {
	// Advance runs the plane to until, or to the instant of the first notice.
	// With notice kind None, at equals until. Several notices of one instant are
	// returned one a call.
	Advance(until des.Time) (at des.Time, n Notice)
	// Add makes an instance known. It gets no traffic before Route names it.
	// IDs count up from 0 and are never reused.
	Add(Spec) ID
	SetMode(ID, Mode)
	// SetSpeed rescales what is in service. speed multiplies the rate at which
	// CPU work is done; cpuShare is the share of a vCPU the guest gets (1, or the
	// baseline share of a throttled burstable instance), and multiplies both the
	// rate and the CPU time the guest shows.
	SetSpeed(id ID, speed, cpuShare float64)
	// Cut fails every attempt in flight or queued on the instance with the reason
	// (clients may retry) and answers its probes with ok = false.
	Cut(ID, Reason)
	// Remove cuts what is left (CutOff) and forgets the instance; its counters
	// stay readable.
	Remove(ID)
	// Route replaces the whole routing table. Attempts in flight stay where they are.
	Route(Routing)
	// Watch asks for an Idle notice once no attempt is in flight or queued on the
	// instance; at the current instant if that is so already.
	Watch(ID)
	// Probe sends a health check of the given CPU work (seconds) that joins the
	// same queue as requests, is not counted as a request, and is answered by a
	// ProbeDone notice. The checker's timeout is a control event of its own, after
	// which it calls Forget: the work goes on, no notice follows. A hung instance
	// never answers; refusing, unreachable... see ModeKind.
	Probe(id ID, work float64) Token
	Forget(Token)
	// SetDependency has the work of a dependency, by its place in the configuration,
	// take so many times as long, above 0; what is in service is rescaled.
	SetDependency(k int, factor float64)
	ReadDependency(k int, c *DependencyCounters)
	// Read fills the cumulative counters since 0; whoever reads subtracts.
	Read(*Counters)
	ReadInstance(ID, *InstanceCounters)
	// Cohorts returns one row a minute of first send, from minute 0 to the minute
	// of the last Advance. The slice is the plane's own: read it, do not keep it.
	Cohorts() []Cohort
	// TakePeriod moves the latencies of what ended since the last call into into
	// (replacing its contents). Phase Publish calls it every base period.
	TakePeriod(into *Latencies)
	// Latencies returns the totals of the window, up to date after a TakePeriod.
	Latencies() *Latencies
}

// ID names an instance of the plane.
type ID int32

// Token names a health check in progress.
type Token int64

// NoticeKind is what a plane has to say.
type NoticeKind uint8

// The notices.
const (
	None      NoticeKind = iota
	Idle                 // the watched instance has nothing in flight or queued
	ProbeDone            // a health check was answered, well or badly
	Full                 // more attempts are in flight than Config.MostInFlight
)

// Notice stops an Advance.
type Notice struct {
	Kind  NoticeKind
	ID    ID
	Token Token // of the health check
	OK    bool  // whether the health check was answered well
}

// Discipline is how the CPU stage of an instance shares its vCPUs.
type Discipline uint8

// The disciplines.
const (
	// ProcessorSharing: n requests on the CPU each progress at rate
	// min(1, vCPU/n) x speed x cpuShare.
	ProcessorSharing Discipline = iota
	// FIFO: vCPU requests are on the CPU at full rate, the others wait for a vCPU
	// in order of arrival.
	FIFO
)

var disciplineNames = [...]string{"processor_sharing", "fifo"}

// String names it as the file format does.
func (d Discipline) String() string { return disciplineNames[d] }

// Unlimited stands for a bound that is not there.
const Unlimited = -1

// Spec describes an instance to the plane.
type Spec struct {
	VCPU       int
	Workers    int // requests in progress at most (CPU and wait together); Unlimited
	Queue      int // requests waiting for a worker at most; Unlimited; 0: none
	Admission  Admission
	Discipline Discipline
	Speed      float64 // of one vCPU relative to the type the work was measured on; 1
	CPUShare   float64 // 1
	Zone       int
	Mode       Mode
}

// ModeKind is what an instance does with what it is sent.
type ModeKind uint8

// The modes.
const (
	Serving     ModeKind = iota
	Hung                 // accepts and never answers; what was in service stops; a probe is never answered
	Refusing             // the process is gone: 502 at once; a probe fails at once
	Unreachable          // the host is gone: 504 after the connect timeout; a probe is never answered
	// Failing: answers a share P of requests, and a share Probes of probes, at once with
	// an error, never answers shares of them, or is reached late.
	Failing
)

// Mode is an instance's mode with its parameter.
type Mode struct {
	Kind   ModeKind
	P      float64 // Failing: share of requests answered with an error, 0 to 1
	Probes float64 // Failing: share of probes answered badly, 0 to 1
	CPU    float64 // Hung: CPU utilization shown while hung, 0 to 1
	// Failing: shares of requests and of probes that are never answered, 0 to 1, of those
	// without an error: no worker has them.
	Lost, ProbesLost float64
	// Failing: how long requests and probes take to reach it. They hold no worker meanwhile.
	Delay des.Duration
}

// Routing is the whole routing table: cross-zone balancing is one node, else one
// a zone; fail-open, slow start and draining are all expressed in who is listed
// with what weight.
type Routing struct {
	Algorithm Algorithm
	Nodes     []Node
}

// Node is one balancer node with its share of the traffic.
type Node struct {
	Share   float64
	Targets []Target
}

// Target is an eligible instance. Weight 1 is a full share; round robin and least
// outstanding requests with unequal weights divide in proportion to them.
type Target struct {
	ID     ID
	Weight float64
}

// Abandoned is what the server does with work whose client has left.
type Abandoned uint8

// What happens to abandoned work.
const (
	WorkOn Abandoned = iota // the server does not notice: it works on
	Drop                    // the server stops at once
)

var abandonedNames = [...]string{"work", "drop"}

// String names it as the file format does.
func (a Abandoned) String() string { return abandonedNames[a] }

// Jitter spreads a back-off.
type Jitter uint8

// The jitters, after "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
const (
	FullJitter  Jitter = iota // uniform in [0, backoff)
	EqualJitter               // half of it, and uniform in the other half
	NoJitter
)

var jitterNames = [...]string{"full", "equal", "none"}

// String names it as the file format does.
func (j Jitter) String() string { return jitterNames[j] }

// Retry is what a client does about a failed attempt.
type Retry struct {
	Attempts int          // in all, at least 1: 1 means no retry
	Backoff  des.Duration // before the second attempt; doubled for each further one
	Cap      des.Duration // of the back-off; 0: none
	Jitter   Jitter
	Budget   Budget
}

// Class is a kind of request.
type Class struct {
	Name      string
	CPU       workload.Dist // seconds of one vCPU at speed 1
	Wait      workload.Dist // seconds in flight off the CPU, after the CPU work; nil: none
	Timeout   des.Duration  // the client's, for each attempt; 0: none
	Retry     Retry
	Abandoned Abandoned
}

// Config is what a plane needs to know before it starts.
type Config struct {
	Seed           uint64
	Loads          []workload.Load
	Classes        []Class
	Dependencies   []Dependency // in the order in which requests ask them
	End            des.Time     // the run ends here; curves are compiled to it
	WindowFrom     des.Time     // a whole minute: the measured window begins
	Slow           des.Duration // a served request slower than this is slow (slo.latency)
	IdleTimeout    des.Duration // of the balancer: 504 when an attempt takes longer; 0: none
	ConnectTimeout des.Duration // of the balancer to an unreachable target
	MostInFlight   int          // attempts in flight at which a Full notice is given; 0: 16,777,216, about 2 GB
}
