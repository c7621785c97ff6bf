package fault

// Named returns the fault of a name, or the one that hits unasked; nil without one.
func Named(all []Fault, name string) Fault {
	for _, f := range all {
		if f.About().Name == name {
			return f
		}
	}
	if name == spontaneous {
		return SpotInterruption{Plan: Plan{Name: spontaneous}}
	}
	return nil
}
