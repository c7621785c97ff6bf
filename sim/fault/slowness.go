package fault

// slowness are the faults in force that slow dependencies.
type slowness struct{ inForce []slow }

// slow is one of them.
type slow struct {
	name       string
	dependency int
	factor     float64
}

func (s *slowness) add(f slow) { s.inForce = append(s.inForce, f) }

func (s *slowness) remove(name string) {
	for k := range s.inForce {
		if s.inForce[k].name == name {
			s.inForce = append(s.inForce[:k:k], s.inForce[k+1:]...)
			return
		}
	}
}

// of is how slow all of them together make a dependency; 1: none does.
func (s *slowness) of(dependency int) float64 {
	factor := 1.0
	for _, f := range s.inForce {
		if f.dependency == dependency {
			factor *= f.factor
		}
	}
	return factor
}
