package asg

// need is how far the group is from what desired asks for.
type need struct {
	*base
	*size
	*roster
	tolerated int // units above desired that a launch with weights has left
	lowest    int // desired, when that was last looked at
}

// missing reports whether an instance is to be launched: until desired is met, and
// with weights until both purchase options have their share, as long as that does
// not exceed desired by more than the largest weight.
func (n *need) missing() bool {
	have, most := n.counted(), n.largest()
	switch {
	case have < n.desired:
		return true
	case have > n.desired || n.cfg.Mixed == nil || most == 1:
		return false // one more might exceed desired by more than the largest weight
	}
	onDemand, spot := n.split()
	wantOnDemand, wantSpot := n.cfg.Mixed.Split(n.desired)
	return onDemand < wantOnDemand || spot < wantSpot
}

// tolerate keeps what a launch with weights leaves above desired, until desired falls
// ("Instance weighting", user guide, read 2023-04-27).
func (n *need) tolerate() {
	if most := n.largest(); most > 1 {
		n.tolerated, n.lowest = min(max(0, n.counted()-n.desired), most), n.desired
	}
}

// settled reports whether the group is as large as desired, give or take a weight.
func (n *need) settled() bool { return n.fits(n.counted()) }

// fits reports whether a capacity is what desired asks for, give or take a weight.
func (n *need) fits(capacity int) bool {
	over, most := capacity-n.desired, n.largest()
	return over == 0 || most > 1 && over > 0 && over <= most
}

// surplus is by how much the group is larger than it may be.
func (n *need) surplus() int {
	if n.desired < n.lowest {
		n.tolerated = 0
	}
	n.lowest = n.desired
	return n.counted() - n.desired - n.tolerated
}
