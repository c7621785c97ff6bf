package serving

// Histogram counts durations.
type Histogram struct{}
