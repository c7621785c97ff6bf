package record

// Fidelity is how a run serves its requests.
type Fidelity uint8

// The fidelities.
const (
	// Auto is exact up to ExactRequests, and sampled beyond.
	Auto Fidelity = iota
	// Exact serves every request.
	Exact
	// Sampled serves stretches of calm minutes, which stand for the rest.
	Sampled
)

var fidelityNames = [...]string{"auto", "exact", "sampled"}

// String names it as the file format does.
func (f Fidelity) String() string { return fidelityNames[f] }

// Fidelities lists their names in order.
func Fidelities() []string { return fidelityNames[:] }

// ExactRequests is how many requests a run may expect and yet be exact unless it is told
// otherwise: about ten seconds on one core of 2026 at 3 GHz.
const ExactRequests = 60e6

// Sampling is what is known of how sure the figures of a sampled run are.
type Sampling struct {
	Skipped uint64 // requests of the run that were drawn, not served
	Reused  uint64 // of them, in minutes that had no stretch of their own: as in those of the same regime before
	// Standard errors by sampling, over the window: of the number of requests that failed
	// or were slow, and of the latencies served (in seconds).
	Bad, P50, P99, P999 float64
	Groups              int // of stretches, on whose differences they rest
	// Behind is, by minute, how many requests the outcomes of those that were skipped rest
	// on; 0 where none was.
	Behind []uint32
}
