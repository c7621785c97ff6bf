package fault

// APIThrottling is a stretch in which EC2's API throttles the calls that launch and start
// instances, in every zone and of every type.
type APIThrottling struct{ Plan }

// About says what it is and when it hits.
func (f APIThrottling) About() About {
	return About{Plan: f.Plan, Kind: "api_throttling", Shortage: true}
}

// Begin has launches refused.
func (f APIThrottling) Begin(p *Parts) { p.Fleet.SetThrottled(true) }

// End allows them again.
func (f APIThrottling) End(p *Parts) { p.Fleet.SetThrottled(false) }

// Told says what it did; it hits no instance.
func (f APIThrottling) Told(int) string { return f.Effect() }

// Effect says what it does.
func (APIThrottling) Effect() string {
	return "EC2's API throttles: launches are refused with RequestLimitExceeded"
}
