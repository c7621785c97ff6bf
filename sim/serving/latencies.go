package serving

// Latencies are the plane's totals over requests first sent inside the window.
//
// Served is what clients of served requests felt: first send to last byte,
// retries and back-off included. Target is CloudWatch's TargetResponseTime:
// every attempt a target answered well, from its own send, while somebody waited. Of
// one that the balancer gave up (504 at the idle timeout) or whose client had left
// (460) it has none: the access log's target_processing_time is -1 then ("Access logs
// for your Application Load Balancer").
//
// A period (see Plane.TakePeriod) holds what ended in it, whenever it was sent.
type Latencies struct {
	Served, Target *Histogram
}

// NewLatencies returns empty latencies.
func NewLatencies() Latencies { return Latencies{new(Histogram), new(Histogram)} }

// recorders hold the latencies of the current period. A request served on its
// first attempt, nearly every one, is the same duration for both histograms and
// recorded once, in both.
type recorders struct {
	both, served, target recorder
}

func newRecorders() recorders {
	return recorders{newRecorder(), newRecorder(), newRecorder()}
}
