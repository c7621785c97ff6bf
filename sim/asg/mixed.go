package asg

// Mixed is a mixed instances policy: several types, on demand and Spot (API:
// InstancesDistribution). The types are those of the launch template.
type Mixed struct {
	OnDemandBase    int // units of capacity that are on demand before any Spot
	OnDemandPercent int // of what is above it, 0 to 100
	OnDemand        OnDemandStrategy
	Spot            SpotStrategy
	SpotPools       int // lowest-price: over how many pools of a zone
	// OldestGoes: among instances of a zone and purchase option the Default termination
	// policy does not ask the allocation strategy, but takes the oldest.
	OldestGoes bool
}

// OnDemandStrategy is how the type of an On-Demand Instance is chosen.
type OnDemandStrategy uint8

// The strategies for On-Demand Instances.
const (
	Prioritized OnDemandStrategy = iota
	OnDemandLowestPrice
)

// SpotStrategy is how the pool of a Spot Instance is chosen.
type SpotStrategy uint8

// The strategies for Spot Instances. What AWS knows of a pool's capacity is hidden:
// ours is the market's score.
const (
	SpotLowestPrice SpotStrategy = iota
	CapacityOptimized
	CapacityOptimizedPrioritized
	PriceCapacityOptimized
)

var onDemandStrategies = [...]string{"prioritized", "lowest-price"}
var spotStrategies = [...]string{"lowest-price", "capacity-optimized", "capacity-optimized-prioritized", "price-capacity-optimized"}

// String returns AWS's name of the strategy.
func (s OnDemandStrategy) String() string { return onDemandStrategies[s] }

// String returns AWS's name of the strategy.
func (s SpotStrategy) String() string { return spotStrategies[s] }

// Split divides n units of capacity: the base, then the percentage of the rest, a
// fraction in favour of on demand ("Auto Scaling groups with multiple instance
// types and purchase options", user guide, read 2023-04-27).
func (p *Mixed) Split(n int) (onDemand, spot int) {
	onDemand = min(n, p.OnDemandBase)
	onDemand += ((n-onDemand)*p.OnDemandPercent + 99) / 100
	return onDemand, n - onDemand
}

// Units is how much capacity a member counts for.
func (m *Member) Units() int { return m.Instance.Units() }
