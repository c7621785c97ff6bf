package serving

// Latencies are the plane's totals over requests first sent inside the window.
//
// Served is what clients of served requests felt: first send to last byte,
// retries and back-off included. Target is CloudWatch's TargetResponseTime:
// every attempt a target answered well, from its own send, whether or not the
// client still waited.
type Latencies struct {
	Served, Target *Histogram
}
