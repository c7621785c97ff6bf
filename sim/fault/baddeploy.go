package fault

import (
	"fmt"

	"asgsim/sim/ec2"
)

// BadDeploy is a stretch in which a bad version is out: whatever is launched has it, and
// in place all that runs.
type BadDeploy struct {
	Plan
	Version *ec2.Version
	// InPlace: the version is put on all running instances at once, and taken off them
	// again at the end; else they keep what they were launched with.
	InPlace bool
}

// About says what it is and when it hits.
func (f BadDeploy) About() About {
	return About{Plan: f.Plan, Kind: "bad_deploy", Ails: true, Hasty: f.Version.Errors > 0}
}

// Begin makes the version the one that is launched, and in place puts it on all that run.
func (f BadDeploy) Begin(p *Parts) { p.deployments.deploy(p.Fleet, f.Name, f.Version, f.InPlace) }

// End rolls back to the version before, unless another has come meanwhile.
func (f BadDeploy) End(p *Parts) { p.deployments.rollBack(p.Fleet, f.Name, f.Version, f.InPlace) }

// Covers reports whether an instance has the version.
func (f BadDeploy) Covers(i *ec2.Instance) bool { return i.Version == f.Version }

// Keeps reports whether an instance has the version still.
func (f BadDeploy) Keeps(i *ec2.Instance) bool { return f.Covers(i) }

// Hit does nothing more: the version is on the instance already.
func (BadDeploy) Hit(*Parts, *ec2.Instance) {}

// Told says what it did to n instances.
func (f BadDeploy) Told(n int) string {
	if n == 0 {
		return "a bad version is deployed, and no instance gets it"
	}
	return instances(n) + verb(n, " gets", " get") + " a bad version"
}

// Effect says what it does to one.
func (f BadDeploy) Effect() string {
	v, what := f.Version, ""
	if v.Errors > 0 {
		what += fmt.Sprintf("; it answers %s of its requests with an error", percent(v.Errors))
	}
	if v.Speed != 1 {
		what += fmt.Sprintf("; it works at %s of the speed of the version before", percent(v.Speed))
	}
	switch v.Checks {
	case ec2.ChecksPass:
		what += "; health checks pass"
	case ec2.ChecksFail:
		what += "; health checks fail"
	}
	return "it has a bad version" + what
}
