package fault

import "fmt"

// DependencySlow is a stretch in which a dependency takes longer for each request: a
// database without an index, or with a backup under way.
type DependencySlow struct {
	Plan
	Dependency int    // index of the configuration's
	Label      string // its name
	Factor     float64
}

// About says what it is and when it hits.
func (f DependencySlow) About() About { return About{Plan: f.Plan, Kind: "dependency_slow"} }

// Begin slows it.
func (f DependencySlow) Begin(p *Parts) {
	p.slowness.add(slow{f.Name, f.Dependency, f.Factor})
	p.Dependencies.SetDependency(f.Dependency, p.slowness.of(f.Dependency))
}

// End has it as fast as before, unless another fault slows it too.
func (f DependencySlow) End(p *Parts) {
	p.slowness.remove(f.Name)
	p.Dependencies.SetDependency(f.Dependency, p.slowness.of(f.Dependency))
}

// Told says what it did; it hits no instance.
func (f DependencySlow) Told(int) string { return f.Effect() }

// Effect says what it does.
func (f DependencySlow) Effect() string {
	return fmt.Sprintf("dependency %s takes %.4g times as long for each request", f.Label, f.Factor)
}
