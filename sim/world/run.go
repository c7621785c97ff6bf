package world

import (
	"context"
	"fmt"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/control"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/sim/fault"
	"asgsim/sim/meter"
	"asgsim/sim/queue"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// Run simulates one configuration with one seed. The error is that of ctx, when
// it ends before the run does, or the plane's refusal of the configuration: there
// is no result then.
func Run(ctx context.Context, cfg *record.Config, seed uint64) (*account.Result, error) {
	return runWired(ctx, cfg, seed, wiring())
}

// runWired is Run with its parts made in an order of the caller's.
func runWired(ctx context.Context, cfg *record.Config, seed uint64, parts []func(*world)) (*account.Result, error) {
	plane, err := newPlane(cfg, seed)
	if err != nil {
		return nil, fmt.Errorf("world: %w", err)
	}
	w := newWorld(cfg, seed, plane, parts)
	if err := w.loop(ctx); err != nil {
		return nil, err
	}
	return account.Of(w.record()), nil
}

// world is a run in progress.
type world struct {
	cfg   *record.Config
	seed  uint64
	end   des.Time
	plane serving.Plane
	loads []*workload.Compiled

	kernel     des.Kernel
	fleet      *ec2.Fleet
	balancer   *elb.Balancer
	group      *asg.Group
	injector   *fault.Injector
	lifecycles *lifecycles
	meter      *meter.Meter
	control    *control.Controller
	// traffic watch struck instances, in order of the faults that hit one.
	traffic []*record.Traffic

	troubles cloudwatch.Troubles          // of CloudWatch, in force
	credits  *credits                     // nil unless burstable
	before   serving.Counters             // of the plane when the window begins
	asked    []serving.DependencyCounters // of its dependencies then
	waiting  queue.Counters               // of its queue then
}

// newPlane makes the plane of the fidelity that is asked for.
func newPlane(cfg *record.Config, seed uint64) (serving.Plane, error) {
	if cfg.Queue != nil {
		return queue.New(planeConfig(cfg, seed), *cfg.Queue)
	}
	if FidelityOf(cfg) == record.Sampled {
		return serving.NewSampled(planeConfig(cfg, seed), serving.Sampling{Requests: stretchRequests(cfg), Known: minutesAStretch(cfg)})
	}
	return serving.New(planeConfig(cfg, seed))
}

// MostInFlight is how many requests may be in flight at once; beyond, a run is given up
// before it takes all memory.
const MostInFlight = 1 << 24

func planeConfig(cfg *record.Config, seed uint64) serving.Config {
	return serving.Config{
		Seed: seed, Loads: workload.Realised(cfg.Loads, seed), Classes: cfg.Classes, Dependencies: cfg.Dependencies, End: des.Time(cfg.Duration), WindowFrom: des.Time(cfg.WarmUp),
		Slow: cfg.SLO.Latency, IdleTimeout: cfg.Balancer.IdleTimeout, ConnectTimeout: cfg.Balancer.ConnectTimeout,
		MostInFlight: MostInFlight,
	}
}

// wiring makes the parts that need fleet, balancer and group; control needs the meter
// besides. What they schedule at one instant has its order by phase: made in any other
// order, a run is the same.
func wiring() []func(*world) {
	return []func(*world){
		func(w *world) {
			w.injector = fault.New(fault.Parts{
				Kernel: &w.kernel, Fleet: w.fleet, Group: w.group, Troubles: &w.troubles, Dependencies: w.plane, Hit: w.lifecycles.struck, Over: w.lifecycles.over,
			}, w.cfg.Faults, w.seed, w.end)
		},
		func(w *world) { w.meter = w.newMeter() },
		func(w *world) { w.credits = newCredits(w) },
		(*world).beginWindow,
		func(w *world) {
			w.control = control.New(control.Setup{Config: w.cfg, Seed: w.seed, Loads: w.loads, Kernel: &w.kernel, Group: w.group, Host: host{w}})
		},
	}
}

// newWorld wires fleet, balancer and group as they need each other, then the other parts.
func newWorld(cfg *record.Config, seed uint64, plane serving.Plane, parts []func(*world)) *world {
	w := &world{cfg: cfg, seed: seed, end: des.Time(cfg.Duration), plane: plane}
	for _, l := range workload.Realised(cfg.Loads, seed) {
		w.loads = append(w.loads, workload.Compile(l.Curve, w.end))
	}
	w.lifecycles = &lifecycles{world: w}
	w.fleet = ec2.NewFleet(&w.kernel, plane, &cfg.Template, cfg.Group.Zones, cfg.Group.ShuttingDown, seed, w.end, ec2.Listener{
		Changed:     w.instanceChanged,
		Signalled:   func(i *ec2.Instance) { w.group.Signal(i) },
		Interrupted: func(i *ec2.Instance) { w.injector.Interrupted(i) },
	})
	w.balancer = elb.New(&w.kernel, plane, &cfg.Balancer, len(cfg.Group.Zones), seed, func(serving.ID, elb.Health) { w.lifecycles.dirty = true })
	w.balancer.Missed = w.lifecycles.missed
	w.group = asg.New(&w.kernel, w.fleet, w.balancer, &cfg.Group, seed, asg.Host{
		Clock:   cfg.Calendar.RFC3339,
		Changed: func() { w.lifecycles.dirty = true },
		Alarmed: func(name string) bool { return w.control.InAlarm(name) },
	})
	w.lifecycles.overshoot = w.group.Overshoot()
	for _, make := range parts {
		make(w)
	}
	if cfg.Directed() {
		(&division{cfg, w.loads, &w.kernel, w.balancer, w.end}).divide()
	}
	start := w.control.Settled()
	w.group.Start(start, w.control.Warmup())
	w.fillHistory(start)
	w.lifecycles.update()
	return w
}

// beginWindow plans the reading of what had happened when the window begins.
func (w *world) beginWindow() {
	w.asked = make([]serving.DependencyCounters, len(w.cfg.Dependencies))
	if w.cfg.WarmUp > 0 {
		w.kernel.At(w.from(), des.Publish, func() {
			w.plane.Read(&w.before)
			readDependencies(w.plane, w.asked)
			readQueue(w.plane, &w.waiting)
			w.credits.beginWindow()
		})
	}
}

// loop advances plane and kernel in turn. A notice of the plane becomes a
// control event of phase Finish at its instant. It looks at ctx before each stretch
// without one, which a heavy load makes long.
func (w *world) loop(ctx context.Context) error {
	watcher := progressOf(ctx)
	for {
		if ctx.Err() != nil {
			return fmt.Errorf("world: stopped at %v of %v: %w", w.kernel.Now(), w.cfg.Duration, ctx.Err())
		}
		at, notice := w.plane.Advance(min(w.kernel.Next(), w.end))
		watcher.told(at)
		switch {
		case notice.Kind == serving.Full && w.cfg.Queue != nil:
			return fmt.Errorf("world: more than %d messages are in the queue at %v: raise auto_scaling_group.max_size or instance.workers, or give a shorter queue.message_retention_period", MostInFlight, at)
		case notice.Kind == serving.Full:
			return fmt.Errorf("world: more than %d requests are in flight at %v: bound instance.workers and instance.queue, or give request.timeout with abandoned = \"drop\", so that an overload sheds them", MostInFlight, at)
		case notice.Kind != serving.None:
			w.kernel.At(at, des.Finish, func() { w.balancer.Notice(notice) })
		case w.kernel.Next() >= w.end:
			w.meter.Publish(w.end)
			w.credits.close()
			return nil
		}
		w.kernel.Step()
		if w.lifecycles.dirty {
			w.lifecycles.update()
		}
	}
}

// instanceChanged hears of every change of an instance.
func (w *world) instanceChanged(i *ec2.Instance) {
	w.lifecycles.dirty = true
	if i.State == ec2.Running && i.RunningAt == w.kernel.Now() && w.lifecycles.newRun(i) {
		w.injector.Running(i)
		w.meter.Watch(i)
		w.credits.begin(i)
	}
	w.credits.end(i)
}
