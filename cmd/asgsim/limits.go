package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"asgsim/report/format"
	"asgsim/scenarios/form"
	"asgsim/sim"
	"asgsim/sim/world"
)

// errMemory is what ends a command that holds more memory than it may.
var errMemory = errors.New("out of the memory it may use")

// leastMemory is the least that --max-memory may be.
const leastMemory = 64 << 20

// size is the value of a flag such as "4GiB"; 0: not given.
type size float64

func (b *size) String() string {
	if *b == 0 {
		return ""
	}
	return memorySize(float64(*b))
}

// Type implements pflag.Value.
func (*size) Type() string { return "size" }

// Set implements pflag.Value.
func (b *size) Set(text string) error {
	v, wrong := form.ParseSize(text)
	if wrong != nil {
		return errors.New(wrong.Rule)
	}
	if v < leastMemory {
		return fmt.Errorf("must be %s or more", memorySize(leastMemory))
	}
	*b = size(v)
	return nil
}

// memorySize prints bytes of memory.
func memorySize(v float64) string {
	switch {
	case v >= 1<<30:
		return fmt.Sprintf("%.1f GiB", v/(1<<30))
	default:
		return fmt.Sprintf("%.0f MiB", v/(1<<20))
	}
}

// mayUse is the memory that the command may hold: what --max-memory says, else
// most of what the machine has to give; 0: no limit is known.
func (a *app) mayUse() float64 {
	if a.maxMemory > 0 {
		return float64(a.maxMemory)
	}
	return 0.9 * a.freeMemory
}

// enough refuses what needs more memory than there is, and says how long a long one
// takes: so many replications of all cases, so many runs at a time.
func (a *app) enough(cases []sim.Case, replications, cores int) error {
	limit, took, exact, sampled, requests, formulas := a.mayUse(), 0.0, 0.0, 0.0, 0.0, 0.0
	runs := len(cases) * replications
	cores = max(1, min(runs, cores))
	for _, k := range cases {
		e := sim.EffortOf(k.Config)
		if needs := e.Bytes * float64(cores); limit > 0 && needs > limit {
			return usagef("%s needs about %s of memory (up to %s requests in progress, %s instances, %s minutes%s), and --max-memory is %s: "+
				"lower the load, max_size or the duration, or allow more with --max-memory", k.Name, memorySize(needs), format.Count(uint64(e.InFlight)), format.Count(uint64(e.Instances)),
				format.Count(uint64(e.Minutes)), atATime(cores), memorySize(limit))
		}
		if e.InFlight > 2*world.MostInFlight {
			return usagef("%s would have about %s requests in progress at a time, and at most %s are possible: lower the load, bound instance.workers and instance.queue, retry less, or give request.timeout with abandoned = \"drop\"",
				k.Name, format.Count(uint64(e.InFlight)), format.Count(world.MostInFlight))
		}
		share := float64(replications) / float64(cores)
		took += e.Seconds * share
		exact += e.Exact * share
		sampled += e.Sampled * share
		requests += e.Requests * float64(replications)
		formulas += e.Formulas.Evaluations * float64(replications)
	}
	if took > time.Minute.Seconds() {
		what := format.Count(uint64(requests)) + " requests"
		if formulas > 0 {
			what += " and " + format.Count(uint64(formulas)) + " evaluations of formulas"
		}
		fmt.Fprintf(a.stderr, "note: this takes about %s%s: %s in %s; Ctrl-C ends it\n", roughly(took), otherwise(took, exact, sampled), what, count(runs, "run"))
	}
	return nil
}

func atATime(runs int) string {
	if runs > 1 {
		return fmt.Sprintf(", %d runs at a time", runs)
	}
	return ""
}

// otherwise says how long the other fidelity would take, where that is another matter.
func otherwise(took, exact, sampled float64) string {
	switch {
	case took < exact/2:
		return " sampled (" + roughly(exact) + " exact)"
	case sampled < took/2:
		return " exact (--fidelity sampled: about " + roughly(sampled) + ")"
	}
	return ""
}

// roughly prints a time that is known within a factor.
func roughly(seconds float64) string {
	for _, u := range []struct {
		name string
		s    float64
	}{{"day", 86400}, {"hour", 3600}, {"minute", 60}} {
		if n := seconds / u.s; n >= 1.5 || u.s == 60 && n >= 1 {
			return count(int(n+0.5), u.name)
		}
	}
	return count(max(1, int(seconds+0.5)), "second")
}

// Accuracy of --max-memory: how often the memory is looked at, and how much more than the
// limit a command may hold while it ends by itself. What comes between two looks comes on
// top: most where one long list grows, which nothing can interrupt while it is copied.
const (
	guardEvery = 5 * time.Millisecond
	guardSlack = 1.125
)

// guard ends ctx with errMemory when the program holds more memory than it may, and
// the process if that does not help. It is for osMachine: tests have no limit.
func (a *app) guard(ctx context.Context) (context.Context, context.CancelFunc) {
	limit := a.mayUse()
	if limit <= 0 {
		return ctx, func() {}
	}
	// The collector works harder before the limit is reached. What is not its own, the
	// program above all, is resident too.
	debug.SetMemoryLimit(int64(0.9 * max(limit/2, limit-outside())))
	ctx, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(guardEvery)
		defer tick.Stop()
		for held() <= limit {
			select {
			case <-done:
				return
			case <-tick.C:
			}
		}
		err := fmt.Errorf("%w: it holds %s; --max-memory allows more", errMemory, memorySize(limit))
		if at := a.at.String(); at != "" {
			err = fmt.Errorf("%w: while %s it holds %s; --max-memory allows more", errMemory, at, memorySize(limit))
		}
		cancel(err)
		for late := time.After(patience); held() <= guardSlack*limit; {
			select {
			case <-done:
				return
			case <-tick.C:
				continue
			case <-late:
			}
			break
		}
		if d, ok := a.disk.(*osDisk); ok {
			d.clear()
		}
		fmt.Fprintf(a.stderr, "asgsim: %v\n", err)
		os.Exit(exitFailed)
	}()
	return ctx, func() { close(done); cancel(nil) }
}

// held is the memory that the program has from the machine and has not given back: all
// that is resident, where the system tells.
func held() float64 { return max(resident(), ofRuntime()) }

// outside is what is resident and not the Go runtime's: pages of the program's file.
func outside() float64 { return max(0, resident()-ofRuntime()) }

// ofRuntime is the memory that the Go runtime has and has not given back.
func ofRuntime() float64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return float64(s[0].Value.Uint64()) - float64(s[1].Value.Uint64())
}

// stopped is why a command whose ctx has ended was stopped: by a signal, or by the
// guard of its memory.
func stopped(ctx context.Context) error {
	if err := context.Cause(ctx); errors.Is(err, errMemory) {
		return err
	}
	return errInterrupted
}
