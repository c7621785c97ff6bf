package billing

// Line is one item of a bill.
type Line struct {
	Item     string  // "EC2 c7g.large on demand"
	Group    Group   // which total it belongs to
	Quantity float64 // in Unit
	Unit     string  // "instance-hours"
	Price    USD     // a unit, before discount
	Amount   USD     // after discount
}

// Group is a total of the bill.
type Group uint8

// The totals.
const (
	EC2 Group = iota
	LoadBalancer
	Monitoring
)
