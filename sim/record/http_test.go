package record

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// A hundred requests come in ten seconds, one every 100 ms, to one instance with one worker;
// half a minute later all have ended. Each way to fail has the code of the load balancer's
// guide ("Troubleshoot your Application Load Balancers", read 2026-11).
func TestEachFailureHasItsCode(t *testing.T) {
	const second = des.Second
	for name, x := range map[string]struct {
		mode   serving.Mode
		client des.Duration // its timeout
		work   float64
		nobody bool // nobody is routed to
		cut    bool // the instance is cut at 10 s
		queue  int
		want   HTTP
	}{
		"served":              {work: 0.01, queue: 9, want: HTTP{Target2XX: 100}},
		"nobody is routed to": {nobody: true, want: HTTP{ELB503: 100, ELB5XX: 100}},
		"the process is gone": {mode: serving.Mode{Kind: serving.Refusing}, want: HTTP{ELB502: 100, ELB5XX: 100, Unconnected: 100}},
		"the host is gone":    {mode: serving.Mode{Kind: serving.Unreachable}, want: HTTP{ELB504: 100, ELB5XX: 100, Unconnected: 100}},
		"the host is gone, the client leaves first": {mode: serving.Mode{Kind: serving.Unreachable}, client: second, want: HTTP{ELB4XX: 100}},
		"it never answers":                          {mode: serving.Mode{Kind: serving.Hung}, queue: serving.Unlimited, want: HTTP{ELB504: 100, ELB5XX: 100}},
		"it answers with errors":                    {mode: serving.Mode{Kind: serving.Failing, P: 1}, want: HTTP{Target5XX: 100}},
		// Each takes 10 s: the first is served, the others find no place.
		"no place in its queue": {work: 10, queue: 0, want: HTTP{Target2XX: 1, Target5XX: 99}},
		// The first takes 20 s, which is the idle timeout: the answer is in time; the others
		// wait, and nobody answers them within their 20 s.
		"no answer within the idle timeout": {work: 20, queue: serving.Unlimited, want: HTTP{Target2XX: 1, ELB504: 99, ELB5XX: 99}},
		"the client leaves":                 {work: 10, queue: serving.Unlimited, client: 5 * second, want: HTTP{ELB4XX: 100}},
		// It dies at 10 s with the first at work and 99 in its queue.
		"it dies": {work: 19, queue: serving.Unlimited, cut: true, want: HTTP{ELB502: 100, ELB5XX: 100}},
	} {
		end := des.Time(60 * second)
		p, err := serving.New(serving.Config{End: end, IdleTimeout: 20 * second, ConnectTimeout: 3 * second,
			Classes: []serving.Class{{CPU: workload.Constant{Value: x.work}, Timeout: x.client}},
			Loads:   []workload.Load{{Name: "ten", Curve: tenUntil{des.Time(10*second + second/20)}, Arrivals: workload.Arrivals{Kind: workload.Regular}}}})
		if err != nil {
			t.Fatal(err)
		}
		id := p.Add(serving.Spec{VCPU: 1, Workers: 1, Queue: x.queue, Speed: 1, CPUShare: 1, Mode: x.mode})
		if !x.nobody {
			p.Route(serving.Routing{Nodes: []serving.Node{{Share: 1, Targets: []serving.Target{{ID: id, Weight: 1}}}}})
		}
		if x.cut {
			p.Advance(des.Time(10*second) + 1)
			p.Cut(id, serving.CutOff)
		}
		for at := des.Time(0); at < end; {
			at, _ = p.Advance(end)
		}
		var c serving.Counters
		p.Read(&c)
		if got := HTTPOf(&c.AttemptsBy, c.Unconnected); got != x.want || c.All.Offered != 100 {
			t.Errorf("%s: %+v of %d, want %+v", name, got, c.All.Offered, x.want)
		}
	}
}

// tenUntil is ten requests a second until an instant.
type tenUntil struct{ end des.Time }

func (u tenUntil) Integral(from, to des.Time) float64 {
	return 10 * max(0, min(to, u.end).Sub(from).Seconds())
}

func (u tenUntil) Stretch(t des.Time) (from, to des.Time) {
	if t < u.end {
		return -des.Never, u.end
	}
	return u.end, des.Never
}
func (u tenUntil) Flat() bool { return true }
