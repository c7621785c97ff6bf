package scaling

// Actual is the capacity pending or in service, which with weights may be above
// what is desired.
func (s *Snapshot) Actual() int { return len(s.InService) + s.Pending }

// within reports whether a decrement of the capacity that is there stays at or
// above desired: with weights the group may be larger, and then a decrement smaller
// than the surplus does nothing ("Step and simple scaling policies", EC2 Auto
// Scaling User Guide, read 2023-04-27: desired 30, current 32, one less).
func (j Adjustment) within(s *Snapshot, amount int) bool {
	return s.Weighted && j.Type != ExactCapacity && amount < 0 && s.Actual() > s.Desired && j.Apply(s.Actual(), amount) >= s.Desired
}

// kept is the decision that follows.
func (s *Snapshot) kept(amount int) Decision {
	return stay(BlockSurplus, "an adjustment of %+d on the current capacity of %d does not go below the desired %d: no action", amount, s.Actual(), s.Desired)
}
