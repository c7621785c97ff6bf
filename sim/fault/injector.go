package fault

import (
	"math"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/rng"
)

// Injector hits instances on schedule and at random ages.
type Injector struct {
	Parts
	Log []Injection // in order of time

	faults    []Fault
	seed      uint64
	end       des.Time
	stretches []*stretch // in force
}

// New schedules the occurrences of faults before end. It panics where a kind breaks a rule
// of its registration.
func New(p Parts, faults []Fault, seed uint64, end des.Time) *Injector {
	p.deployments = deployments{}
	j := &Injector{Parts: p, faults: faults, seed: seed, end: end}
	for _, f := range faults {
		check(f)
	}
	for _, first := range [...]bool{true, false} {
		for _, f := range faults {
			about := f.About()
			if about.Shortage != first {
				continue
			}
			for _, o := range about.occurrences(seed, end) {
				j.Kernel.At(o.At, des.Begin, func() { j.inject(f, o) })
			}
			if w, ok := f.(Wearing); ok {
				j.wear(w)
			}
		}
	}
	return j
}

// inject begins an occurrence, now.
func (j *Injector) inject(f Fault, o Occurrence) {
	switch f := f.(type) {
	case Injecter:
		j.log(f, -1, o.Scripted, f.Inject(&j.Parts, o))
	case Stretch:
		j.begin(f, o)
	case Hitter:
		j.hitServing(f, o)
	}
}

// Expected returns how many hits the plan of a fault asks for between two instants, if
// that is known before the run.
func Expected(f Fault, from, to des.Time) (n int, known bool) {
	about := f.About()
	_, wears := f.(Wearing)
	if !about.counted() || wears {
		return 0, false
	}
	for _, o := range about.occurrences(0, to) {
		if o.At >= from {
			n += about.asked(f)
		}
	}
	return n, true
}

// Asked returns by kind how many hits faults ask for between two instants: those that a
// plan says, and of all others what the log has, which came due.
func Asked(faults []Fault, log []Injection, from, to des.Time) map[string]int {
	asked, counted := map[string]int{}, map[string]bool{}
	for _, f := range faults {
		if n, known := Expected(f, from, to); known {
			about := f.About()
			counted[about.Name] = true
			if n > 0 {
				asked[about.Kind] += n
			}
		}
	}
	for _, i := range log {
		if !counted[i.Name] && i.At >= from {
			asked[i.Kind]++
		}
	}
	return asked
}

// Running tells the injector that an instance runs: its random faults are drawn
// by its ordinal, and its life counts from here (for those the run begins with,
// from their launch, given that they have lived so far). What lasts just now hits it.
func (j *Injector) Running(i *ec2.Instance) {
	for _, s := range j.stretches {
		s.enters(j, i)
	}
	for _, f := range j.faults {
		hitter, ok := f.(Hitter)
		if about := f.About(); ok && about.Life != nil && about.Among.holds(i) {
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
		j.Kernel.At(at, des.Begin, func() {
			// An instance that has left running by then has escaped.
			if i.State == ec2.Running && i.Run == run {
				j.hit(f, i, false)
			}
		})
	}
}

// hitServing hits as many instances as the plan says, of those that serve.
func (j *Injector) hitServing(f Hitter, o Occurrence) {
	about := f.About()
	candidates := about.candidates(j.Group.Active(), about.Ails)
	for k := range about.of(len(candidates)) {
		if len(candidates) == 0 {
			j.log(f, -1, o.Scripted, about.nobody(j.Group.Active()))
			continue
		}
		rank := 0
		switch about.Pick {
		case PickNewest:
			rank = len(candidates) - 1
		case PickRandom:
			s := rng.Key(j.seed, rng.Purpose("fault/"+about.Name), uint64(o.N), uint64(k))
			rank = int(s.Float64() * float64(len(candidates)))
		}
		victim := candidates[rank]
		candidates = append(candidates[:rank], candidates[rank+1:]...)
		j.hit(f, victim, o.Scripted)
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
	j.Hit(hit)
	f.Hit(&j.Parts, i)
	if about.Ails && about.Lasts > 0 {
		j.heal(hit, i, about.Lasts)
	}
}

// heal ends what ails an instance after a while, if it still runs by then.
func (j *Injector) heal(hit Injection, i *ec2.Instance, after des.Duration) {
	run := i.Run
	j.Kernel.After(after, des.Begin, func() {
		if i.State != ec2.Running || i.Run != run {
			return
		}
		j.Fleet.Heal(i)
		if !i.Broken {
			j.Over(hit)
		}
	})
}

// begin begins a stretch, which is one injection and a hit on each instance that runs and
// is covered. Those that are pending are hit too, and are nobody's loss.
func (j *Injector) begin(f Stretch, o Occurrence) {
	s := &stretch{fault: f, hit: j.log(f, -1, o.Scripted, "")}
	j.stretches = append(j.stretches, s)
	f.Begin(&j.Parts)
	for _, i := range j.Fleet.Instances {
		s.enters(j, i)
	}
	if lasts := f.About().Lasts; lasts > 0 {
		j.Kernel.After(lasts, des.Begin, func() { j.finish(s) })
	}
}

// enters hits an instance that is covered.
func (s *stretch) enters(j *Injector, i *ec2.Instance) {
	f, ok := s.fault.(Reaching)
	if !ok || i.State != ec2.Running && i.State != ec2.Pending || !f.Covers(i) {
		return
	}
	if i.State == ec2.Running {
		hit := s.hit
		hit.At, hit.Ordinal = j.Kernel.Now(), i.Ordinal
		s.hits = append(s.hits, victim{hit, i, i.Run})
		j.Hit(hit)
	}
	f.Hit(&j.Parts, i)
}

// finish ends a stretch: the instances that it hit, and that go on, are well again.
func (j *Injector) finish(s *stretch) {
	s.fault.End(&j.Parts)
	for k, o := range j.stretches {
		if o == s {
			j.stretches = append(j.stretches[:k:k], j.stretches[k+1:]...)
			break
		}
	}
	for _, v := range s.hits {
		f := s.fault.(Reaching)
		if i := v.instance; i.State == ec2.Running && i.Run == v.run && !i.Broken && !f.Keeps(i) {
			j.Over(v.hit)
		}
	}
}

// wearEvery is how often instances are asked whether they are worn.
const wearEvery = 10 * des.Second

// wear hits instances as they are worn.
func (j *Injector) wear(f Wearing) {
	about := f.About()
	var look func()
	look = func() {
		for _, m := range j.Group.Active() {
			if i := m.Instance; i.State == ec2.Running && i.Up && !i.Broken && !i.Ailing && about.Among.holds(i) && f.Worn(&j.Parts, i) {
				j.hit(f, i, false)
			}
		}
		if next := j.Kernel.Now().Add(wearEvery); next < j.end {
			j.Kernel.At(next, des.Begin, look)
		}
	}
	j.Kernel.At(des.Time(wearEvery), des.Begin, look)
}

// log keeps an injection of now.
func (j *Injector) log(f Fault, ordinal int, scripted bool, skipped string) Injection {
	about := f.About()
	i := Injection{Name: about.Name, Kind: about.Kind, At: j.Kernel.Now(), Ordinal: ordinal, Scripted: scripted, Skipped: skipped}
	j.Log = append(j.Log, i)
	return i
}

// Interrupted hears that EC2 takes a Spot Instance back: of its own accord, which is
// an injection like any random one, or by a scripted fault.
func (j *Injector) Interrupted(i *ec2.Instance) {
	f := SpotInterruption{Plan: Plan{Name: i.ReclaimedBy}}
	if f.Name == "" {
		f.Name = spontaneous
		j.Hit(j.log(f, i.Ordinal, false, ""))
		return
	}
	j.Hit(Injection{Name: f.Name, Kind: f.About().Kind, At: j.Kernel.Now(), Ordinal: i.Ordinal, Scripted: true})
}
