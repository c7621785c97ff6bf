package asg

import "asgsim/sim/des"

// History is what the group has done.
type History struct {
	Activities []Activity
	Holds      []Hold

	// Launches and Terminations count what was started; Replacements those for health.
	Launches, Terminations, Replacements int
	// Scaled is when each launch and termination began that a change of desired asked for.
	Scaled               []des.Time
	Refused, Detached    int // launches EC2 turned down; instances that left alive
	Attached             int // instances taken in
	WarmStarts, Returned int // members the warm pool gave, and got back

	timer     *des.Kernel
	zoneNames []string
}

// add appends an activity that begins now.
func (h *History) add(a Activity) int {
	a.ID, a.Start = len(h.Activities), h.timer.Now()
	h.Activities = append(h.Activities, a)
	return a.ID
}

// begin opens the activity by which a member comes.
func (h *History) begin(m *Member, a Activity) {
	a.Instance, a.Zone, a.End = m.Instance.Ordinal, h.zoneNames[m.Instance.Zone], des.Never
	a.Description += ": " + m.Instance.ID()
	m.launch = h.add(a)
}

// beginEnd opens the activity by which a member is terminated.
func (h *History) beginEnd(m *Member, cause string, move PoolMove, status Status) {
	m.end = h.add(Activity{
		Description: "Terminating EC2 instance: " + m.Instance.ID(), Cause: cause, Pool: move,
		Instance: m.Instance.Ordinal, Zone: h.zoneNames[m.Instance.Zone], End: des.Never, Status: status,
	})
}

// note adds a finished activity about a member that is neither a launch nor a
// termination.
func (h *History) note(m *Member, description, cause string) {
	h.add(Activity{
		Description: description + ": " + m.Instance.ID(), Cause: cause, Move: true,
		Instance: m.Instance.Ordinal, Zone: h.zoneNames[m.Instance.Zone], End: h.timer.Now(), Status: Successful,
	})
}

// close ends an activity.
func (h *History) close(id int, status Status, message string) {
	a := &h.Activities[id]
	a.End, a.Status, a.Message = h.timer.Now(), status, message
}

// hold begins a hold and returns its number, from 1.
func (h *History) hold(kind HoldKind, name string, instance int, limit des.Time) int {
	h.Holds = append(h.Holds, Hold{Kind: kind, Name: name, Instance: instance, From: h.timer.Now(), Limit: limit, Until: des.Never})
	return len(h.Holds)
}

// release ends a hold; 0 is none.
func (h *History) release(n *int) {
	if *n > 0 {
		x := &h.Holds[*n-1]
		x.Until = min(x.Until, h.timer.Now())
	}
	*n = 0
}
