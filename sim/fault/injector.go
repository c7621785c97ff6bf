package fault

import (
	"math"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/rng"
)

// Injection is one fault as it happened, or was skipped.
type Injection struct {
	Name, Kind string
	At         des.Time
	Ordinal    int    // of the instance struck; -1 when skipped, or a whole zone
	Skipped    string // the reason; empty when injected
	Scripted   bool
}

// Injector strikes instances on schedule and at random ages.
type Injector struct {
	Log []Injection // in order of time

	kernel *des.Kernel
	fleet  *ec2.Fleet
	group  *asg.Group
	cfgs   []Config
	seed   uint64
	end    des.Time
	onHit  func(Injection)
}

// New schedules the scripted faults before end. onHit is called just
// before every strike takes effect.
func New(k *des.Kernel, f *ec2.Fleet, g *asg.Group, cfgs []Config, seed uint64, end des.Time, onHit func(Injection)) *Injector {
	j := &Injector{kernel: k, fleet: f, group: g, cfgs: cfgs, seed: seed, end: end, onHit: onHit}
	// What makes launches fail is in force before anything that makes the group launch
	// strikes in the same instant.
	for _, first := range [...]bool{true, false} {
		for c := range cfgs {
			for occurrence, at := range cfgs[c].At {
				if at < end && (cfgs[c].Kind == LaunchFailure) == first {
					k.At(at, des.Begin, func() { j.script(&cfgs[c], occurrence) })
				}
			}
		}
	}
	return j
}

// Asked returns how many strikes the configuration asks for between an instant and the
// end of the run: every scripted one, and the random ones that came due.
func (j *Injector) Asked(from des.Time) map[string]int {
	asked := map[string]int{}
	for c := range j.cfgs {
		cfg := &j.cfgs[c]
		for _, at := range cfg.At {
			if at >= from && at < j.end {
				asked[cfg.Kind.String()] += cfg.Count
			}
		}
	}
	for _, i := range j.Log {
		if !i.Scripted && i.At >= from {
			asked[i.Kind]++
		}
	}
	return asked
}

// Running tells the injector that an instance runs: its random faults are drawn
// by its ordinal, and its life counts from here (for those the run begins with,
// from their launch, given that they have lived so far).
func (j *Injector) Running(i *ec2.Instance) {
	for c := range j.cfgs {
		cfg := &j.cfgs[c]
		if cfg.Life == nil {
			continue
		}
		born, run := i.RunningAt, i.Run
		if i.Launched < 0 && i.RunningAt == 0 {
			born = i.Launched // the run began with it
		}
		at := born
		for try := uint64(0); at <= i.RunningAt; try++ {
			key := []uint64{uint64(i.Ordinal), try}
			if i.Host() > 0 {
				key = append(key, uint64(i.Host())) // another host, another fate
			}
			s := rng.Key(j.seed, rng.Purpose("fault/"+cfg.Name), key...)
			life := cfg.Life.Quantile(s.Open())
			if life > float64(math.MaxInt64/4)/float64(des.Second) {
				at = des.Never
				break
			}
			at = born.Add(max(1, des.Seconds(life)))
		}
		if at < j.end {
			j.kernel.At(at, des.Begin, func() {
				// An instance that has left running by then has escaped.
				if i.State == ec2.Running && i.Run == run {
					j.strike(cfg, i, false)
				}
			})
		}
	}
}

// script strikes Count instances, chosen by rank in order of launch among those
// that serve.
func (j *Injector) script(cfg *Config, occurrence int) {
	switch cfg.Kind {
	case ZoneOutage:
		j.darken(cfg)
		return
	case LaunchFailure:
		j.starve(cfg)
		return
	case SpotInterruption:
		j.reclaim(cfg, occurrence)
		return
	}
	var candidates []*ec2.Instance
	for _, m := range j.group.Active() {
		if i := m.Instance; m.Phase == asg.PhaseInService && i.State == ec2.Running && i.Up && !i.Broken {
			candidates = append(candidates, i)
		}
	}
	for k := range cfg.Count {
		if len(candidates) == 0 {
			j.log(Injection{Name: cfg.Name, Kind: cfg.Kind.String(), At: j.kernel.Now(), Ordinal: -1, Scripted: true, Skipped: "no serving instance to strike"})
			continue
		}
		s := rng.Key(j.seed, rng.Purpose("fault/"+cfg.Name), uint64(occurrence), uint64(k))
		rank := int(s.Float64() * float64(len(candidates)))
		victim := candidates[rank]
		candidates = append(candidates[:rank], candidates[rank+1:]...)
		j.strike(cfg, victim, true)
	}
}

// darken begins the outage of a zone: its instances die, pending ones too, and
// launches there are turned down until it is over. It is one injection, and a
// strike on each instance that ran.
func (j *Injector) darken(cfg *Config) {
	hit := Injection{Name: cfg.Name, Kind: cfg.Kind.String(), At: j.kernel.Now(), Ordinal: -1, Scripted: true}
	j.log(hit)
	short := ec2.Shortage{Zone: cfg.Zone}
	j.fleet.SetShort(short, true)
	j.kernel.After(cfg.Lasts, des.Begin, func() { j.fleet.SetShort(short, false) })
	for _, i := range j.fleet.Instances {
		if i.Zone != cfg.Zone || i.State != ec2.Running && i.State != ec2.Pending {
			continue
		}
		if i.State == ec2.Running {
			hit.Ordinal = i.Ordinal
			j.onHit(hit)
		}
		j.fleet.Fail(i)
	}
}

// starve begins a stretch in which EC2 turns launches down.
func (j *Injector) starve(cfg *Config) {
	j.log(Injection{Name: cfg.Name, Kind: cfg.Kind.String(), At: j.kernel.Now(), Ordinal: -1, Scripted: true})
	short := ec2.Shortage{Zone: cfg.Zone, Type: cfg.Type, SpotOnly: cfg.SpotOnly}
	j.fleet.SetShort(short, true)
	j.kernel.After(cfg.Lasts, des.Begin, func() { j.fleet.SetShort(short, false) })
}

// reclaim has EC2 take Spot Instances back. It is one injection; what is interrupted
// in the end is struck then.
func (j *Injector) reclaim(cfg *Config, occurrence int) {
	hit := Injection{Name: cfg.Name, Kind: cfg.Kind.String(), At: j.kernel.Now(), Ordinal: -1, Scripted: true}
	if j.fleet.ReclaimAny(cfg.Name, uint64(occurrence), ec2.Shortage{Zone: cfg.Zone, Type: cfg.Type}, cfg.Share, cfg.Lead) == 0 {
		hit.Skipped = "no Spot Instance to take"
	}
	j.log(hit)
}

// Interrupted hears that EC2 takes a Spot Instance back: of its own accord, which is
// an injection like any random one, or by a scripted fault.
func (j *Injector) Interrupted(i *ec2.Instance) {
	hit := Injection{Name: i.ReclaimedBy, Kind: SpotInterruption.String(), At: j.kernel.Now(), Ordinal: i.Ordinal, Scripted: i.ReclaimedBy != ""}
	if !hit.Scripted {
		hit.Name = "spot"
		j.log(hit)
	}
	j.onHit(hit)
}

func (j *Injector) strike(cfg *Config, i *ec2.Instance, scripted bool) {
	hit := Injection{Name: cfg.Name, Kind: cfg.Kind.String(), At: j.kernel.Now(), Ordinal: i.Ordinal, Scripted: scripted}
	if i.Broken {
		hit.Ordinal, hit.Skipped = -1, "the instance was broken already"
		j.log(hit)
		return
	}
	j.log(hit)
	j.onHit(hit)
	switch {
	case cfg.Kind == Hang:
		j.fleet.Hang(i, cfg.CPU, cfg.Impaired)
	case cfg.Process:
		j.fleet.FailProcess(i)
	default:
		j.fleet.Fail(i)
	}
}

func (j *Injector) log(i Injection) { j.Log = append(j.Log, i) }
