package asg

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/workload"
)

// Hook is a lifecycle hook: instances that launch, or that are about to be
// terminated, wait until somebody's worker has answered (API: PutLifecycleHook).
type Hook struct {
	Name      string
	Launching bool         // else terminating
	Timeout   des.Duration // HeartbeatTimeout
	Continue  bool         // DefaultResult CONTINUE, else ABANDON
	// Took is how long the worker takes, in seconds, before it answers CONTINUE.
	Took workload.Dist
	// FromPool is the same for an instance that comes out of the warm pool (its
	// lifecycle action has Origin WarmPool and Destination AutoScalingGroup: AWS
	// EventBridge, "Warm pool event types"): the worker finds it initialised. Nil: Took.
	FromPool workload.Dist
	// Success is the share of workers that answer. The others stop when their time
	// is over and never do.
	Success float64
	// Every is how often a worker records a heartbeat while it is at it; 0: never.
	Every des.Duration
}

// longestWait is the longest an instance waits, however often a heartbeat is
// recorded ("Considerations and limitations for lifecycle hooks", user guide, read
// 2023-04-27: 48 hours or 100 times the heartbeat timeout, whichever is smaller).
const longestWait = 48 * des.Hour

// Cap returns the longest wait for the hook.
func (h *Hook) Cap() des.Duration { return min(longestWait, 100*h.Timeout) }

// Wait returns how long an instance waits if its worker takes took, and whether
// the worker answered; else the default result applies. A recorded heartbeat
// starts the timeout afresh (API: RecordLifecycleActionHeartbeat).
func (h *Hook) Wait(took des.Duration, answers bool) (des.Duration, bool) {
	last := des.Duration(0)
	if h.Every > 0 && h.Every < h.Timeout && took > 0 {
		last = (took - 1) / h.Every * h.Every
	}
	limit := min(last+h.Timeout, h.Cap())
	if answers && took <= limit {
		return took, true
	}
	return limit, false
}

// hooks runs lifecycle hooks.
type hooks struct {
	*base
	*History
}

// await runs the hooks of a transition one after the other and then calls done
// with true, or with false as soon as one is abandoned.
func (h *hooks) await(m *Member, launching bool, done func(proceed bool, why string)) {
	h.awaitFrom(m, launching, 0, done)
}

func (h *hooks) awaitFrom(m *Member, launching bool, k int, done func(proceed bool, why string)) {
	for k < len(h.cfg.Hooks) && h.cfg.Hooks[k].Launching != launching {
		k++
	}
	if k == len(h.cfg.Hooks) {
		m.Waiting = false
		done(true, "")
		return
	}
	hook := &h.cfg.Hooks[k]
	s := rng.Key(h.seed, rng.Purpose("asg/hook/"+hook.Name), uint64(m.Instance.Ordinal), m.hooks)
	m.hooks++
	took := hook.Took
	if hook.FromPool != nil && launching && m.launch >= 0 && h.Activities[m.launch].Pool == FromPool {
		took = hook.FromPool
	}
	wait, answered := hook.Wait(des.Seconds(took.Quantile(s.Open())), s.Float64() < hook.Success)
	m.Waiting = true
	limit := hook.Timeout
	if hook.Every > 0 {
		limit = hook.Cap()
	}
	m.hold = h.hold(HookWait, hook.Name, m.Instance.Ordinal, h.kernel.Now().Add(limit))
	m.wait = h.kernel.After(wait, des.Begin, func() {
		h.release(&m.hold)
		if answered || hook.Continue {
			h.awaitFrom(m, launching, k+1, done)
			return
		}
		m.Waiting = false
		done(false, fmt.Sprintf("Lifecycle hook %s was abandoned: heartbeat timeout elapsed after %.0f s", hook.Name, wait.Seconds()))
	})
}
