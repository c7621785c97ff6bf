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
	Ordinal    int    // of the instance hit; -1 when skipped, or a whole zone
	Skipped    string // the reason; empty when injected
	Scripted   bool
}

// Group is who may be hit.
type Group interface {
	// Active returns the members pending or in service.
	Active() []*asg.Member
}

// Injector hits instances on schedule and at random ages.
type Injector struct {
	Fleet *ec2.Fleet
	Log   []Injection // in order of time

	kernel *des.Kernel
	group  Group
	faults []Fault
	seed   uint64
	end    des.Time
	onHit  func(Injection)
	onOver func(Injection)
}

// New schedules the scripted faults before end. onHit is called just before every hit
// takes effect, onOver as one that lasts for a while is over.
func New(k *des.Kernel, f *ec2.Fleet, g Group, faults []Fault, seed uint64, end des.Time, onHit, onOver func(Injection)) *Injector {
	j := &Injector{Fleet: f, kernel: k, group: g, faults: faults, seed: seed, end: end, onHit: onHit, onOver: onOver}
	for _, first := range [...]bool{true, false} {
		for _, fault := range faults {
			about := fault.About()
			for occurrence, at := range about.At {
				if at < end && about.Shortage == first {
					k.At(at, des.Begin, func() { fault.Inject(j, occurrence) })
				}
			}
		}
	}
	return j
}

// Asked returns by kind how many hits faults ask for between two instants: every
// scripted one, and the random ones of the log, which came due.
func Asked(faults []Fault, log []Injection, from, to des.Time) map[string]int {
	asked := map[string]int{}
	for _, f := range faults {
		about := f.About()
		for _, at := range about.At {
			if at >= from && at < to {
				asked[about.Kind] += about.Asked
			}
		}
	}
	for _, i := range log {
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
	for _, f := range j.faults {
		hitter, ok := f.(Hitter)
		if about := f.About(); ok && about.Life != nil {
			j.age(hitter, about, i)
		}
	}
}

// mostTries is how many lives are drawn of an instance that the run begins with until
// one is longer than its age. Beyond, its age is many times what such instances reach,
// and the life that remains is drawn as a new one: exact for exponential lives, which
// have no memory.
const mostTries = 10_000

// age draws when an instance is hit for its age, and hits it then if it still runs.
func (j *Injector) age(f Hitter, about About, i *ec2.Instance) {
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
		s := rng.Key(j.seed, rng.Purpose("fault/"+about.Name), key...)
		life := about.Life.Quantile(s.Open())
		if try == mostTries {
			born = i.RunningAt
		}
		if life > float64(math.MaxInt64/4)/float64(des.Second) {
			return
		}
		at = born.Add(max(1, des.Seconds(life)))
	}
	if at < j.end {
		j.kernel.At(at, des.Begin, func() {
			// An instance that has left running by then has escaped.
			if i.State == ec2.Running && i.Run == run {
				j.hit(f, i, false)
			}
		})
	}
}

// hitServing hits count instances, chosen by rank in order of launch among those
// that serve.
func (j *Injector) hitServing(f Hitter, count, occurrence int) {
	var candidates []*ec2.Instance
	ails := f.About().Ails
	for _, m := range j.group.Active() {
		if i := m.Instance; m.Phase == asg.PhaseInService && i.State == ec2.Running && i.Up && !i.Broken && !(ails && i.Ailing) {
			candidates = append(candidates, i)
		}
	}
	for k := range count {
		if len(candidates) == 0 {
			j.log(f, -1, true, "no serving instance to strike")
			continue
		}
		s := rng.Key(j.seed, rng.Purpose("fault/"+f.About().Name), uint64(occurrence), uint64(k))
		rank := int(s.Float64() * float64(len(candidates)))
		victim := candidates[rank]
		candidates = append(candidates[:rank], candidates[rank+1:]...)
		j.hit(f, victim, true)
	}
}

// hit breaks an instance, or makes it ail, unless it is broken or ails already.
func (j *Injector) hit(f Hitter, i *ec2.Instance, scripted bool) {
	about := f.About()
	switch {
	case i.Broken:
		j.log(f, -1, scripted, "the instance was broken already")
		return
	case about.Ails && i.Ailing:
		j.log(f, -1, scripted, "another fault ails the instance already")
		return
	}
	hit := j.log(f, i.Ordinal, scripted, "")
	j.onHit(hit)
	f.Hit(j, i)
	if about.Ails && about.Lasts > 0 {
		j.heal(hit, i, about.Lasts)
	}
}

// heal ends what ails an instance after a while, if it still runs by then.
func (j *Injector) heal(hit Injection, i *ec2.Instance, after des.Duration) {
	run := i.Run
	j.kernel.After(after, des.Begin, func() {
		if i.State != ec2.Running || i.Run != run {
			return
		}
		j.Fleet.Heal(i)
		if !i.Broken {
			j.onOver(hit)
		}
	})
}

// shortage has EC2 turn launches down for a while.
func (j *Injector) shortage(s ec2.Shortage, lasts des.Duration) {
	j.Fleet.SetShort(s, true)
	j.kernel.After(lasts, des.Begin, func() { j.Fleet.SetShort(s, false) })
}

// log keeps an injection of now.
func (j *Injector) log(f Fault, ordinal int, scripted bool, skipped string) Injection {
	about := f.About()
	i := Injection{Name: about.Name, Kind: about.Kind, At: j.kernel.Now(), Ordinal: ordinal, Scripted: scripted, Skipped: skipped}
	j.Log = append(j.Log, i)
	return i
}
