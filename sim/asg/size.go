package asg

// size is how much capacity the group wants and may have, in units. It changes only through
// its methods, which the group and its acts call.
type size struct{ desired, min, max int }

// Desired is the desired capacity, in units.
func (s *size) Desired() int { return s.desired }

// Min is the minimum size, in units.
func (s *size) Min() int { return s.min }

// Max is the maximum size, in units.
func (s *size) Max() int { return s.max }

// bounds are the bounds as given sizes leave them; Keep leaves one alone.
func (s *size) bounds(low, high int) (int, int) {
	if low == Keep {
		low = s.min
	}
	if high == Keep {
		high = s.max
	}
	return low, high
}

// set makes n the desired capacity.
func (s *size) set(n int) { s.desired = n }

// change adds n, which may be below 0, to the desired capacity.
func (s *size) change(n int) { s.desired += n }

// bound sets the bounds.
func (s *size) bound(low, high int) { s.min, s.max = low, high }

// Sizes are new bounds and a new desired capacity that somebody asks for; Keep leaves
// one alone.
type Sizes struct{ Min, Max, Desired int }

// Keep marks a size that is left alone.
const Keep = -1
