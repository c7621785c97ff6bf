package asg

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// mover starts instances and takes them out.
type mover interface {
	// launch returns nil where it cannot now; the group looks again later.
	launch(cause string, zone int) *Member
	terminate(m *Member, cause string, end End)
}

// replacer replaces unhealthy instances, and remembers what it could not launch yet.
type replacer struct {
	*base
	*History
	*need
	mover
	again func(des.Time) // has the group look again at an instant
	due   int            // replacements that could not be launched yet
}

// replace terminates an unhealthy instance and launches another: the terminate
// activity is created first, the launch runs while it terminates.
func (r *replacer) replace(m *Member) {
	r.Replacements++
	end := End{Kind: EndUnhealthy, By: m.source}
	if m.Instance.Interrupted {
		end = End{Kind: EndInterrupted}
	}
	r.terminate(m, r.healthCause(m), end)
	if r.cfg.ReplaceAfter == nil {
		r.succeed(replacementCause(r.at()))
		return
	}
	// Due: whatever makes the group look earlier launches it then.
	s := rng.Key(r.seed, rng.Purpose("asg/replace"), uint64(m.Instance.Ordinal))
	r.due++
	r.again(r.kernel.Now().Add(des.Seconds(r.cfg.ReplaceAfter.Quantile(s.Open()))))
}

// succeed launches an instance for one that was terminated to be replaced, if
// desired still asks for it; later, if it cannot be launched now. With weights one may
// not be enough.
func (r *replacer) succeed(cause string) {
	if !r.missing() {
		return
	}
	if m := r.launch(cause, anywhere); m != nil {
		m.Replacement = true
	} else {
		r.due++
	}
	if r.largest() > 1 && r.missing() {
		r.again(r.kernel.Now())
	}
}

// healthCause words why an unhealthy instance is replaced, as AWS does.
func (r *replacer) healthCause(m *Member) string {
	return fmt.Sprintf("At %s an instance was taken out of service in response to %s.", r.at(), m.source)
}

// replacementCause words why an unhealthy instance's successor is launched, as AWS
// does.
func replacementCause(at string) string {
	return fmt.Sprintf("At %s an instance was launched in response to an unhealthy instance needing to be replaced.", at)
}
