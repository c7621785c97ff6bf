package world

import (
	"slices"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// creditPeriod is how often credits are settled at least. An instance that may
// run out before is looked at when it may, but not more often than creditLeast.
const (
	creditPeriod = des.Minute
	creditLeast  = des.Second
)

// credits keeps the CPU credit accounts of a group of burstable instances, and
// slows down those that are out of credits. It is nil for other types.
type credits struct {
	world   *world
	open    []*holder
	every   []*holder
	charges []creditCharge

	minBalance, maxSurplus ec2.Credits // of one instance in the window
	seen                   bool
	throttled              des.Duration // instance time at the baseline in the window
	earned, spent          float64      // by all before the window
}

// holder is one instance's account.
type holder struct {
	*ec2.Account
	instance  *ec2.Instance
	run       *ec2.Run
	cpu       uint64 // CPU time counted so far
	since     des.Time
	nextHour  des.Time
	throttled bool
	spells    []spell // at the baseline
	closed    bool

	shownSpent, shownCharged ec2.Credits // in CloudWatch until the last report
	charged                  ec2.Credits
}

// spell is a time without credits; to is des.Never while it lasts.
type spell struct{ from, to des.Time }

// creditCharge is surplus that was charged for.
type creditCharge struct {
	instance *ec2.Instance
	at       des.Time
	credits  ec2.Credits
}

// newCredits returns the accounts of a template of burstable instances.
func newCredits(w *world) *credits {
	if !slices.ContainsFunc(w.cfg.Template.Models(), func(m *ec2.Model) bool { return m.Credits != ec2.NoCredits }) {
		return nil
	}
	c := &credits{world: w}
	w.kernel.At(des.Time(creditPeriod), des.Publish, c.tick)
	return c
}

// begin opens the account of an instance that has just entered running.
func (c *credits) begin(i *ec2.Instance) {
	if c == nil || i.Model.Credits == ec2.NoCredits {
		return
	}
	t := i.Model
	h := &holder{Account: ec2.NewAccount(t.Type.Burst, t.Credits), instance: i, run: i.Run, since: c.world.kernel.Now(), nextHour: c.hourAfter(i)}
	switch {
	case i.Launched < 0 && i.RunningAt == 0:
		h.Launch = 0 // spent long ago
		h.Balance = ec2.Credits(t.InitialCredits * float64(h.Max))
	case i.Host() > 0 && h.KeepsBalance():
		h.Balance = c.last(i).Balance
	}
	c.open, c.every = append(c.open, h), append(c.every, h)
	c.throttle(h)
}

// beginWindow notes what had been earned and spent when the window begins.
func (c *credits) beginWindow() {
	if c == nil {
		return
	}
	for _, h := range c.open {
		if !h.closed {
			c.settle(h, c.world.kernel.Now())
		}
	}
	c.earned, c.spent = c.turnover()
}

// turnover is what all accounts have earned and spent so far.
func (c *credits) turnover() (earned, spent float64) {
	for _, h := range c.every {
		earned, spent = earned+h.Earned.Float(), spent+h.Spent.Float()
	}
	return earned, spent
}

// hourAfter is the end of the first hour of an instance that has just entered
// running: of its own hour, or of the clock's.
func (c *credits) hourAfter(i *ec2.Instance) des.Time {
	if !i.Model.ClockHours {
		return i.RunningAt.Add(des.Hour)
	}
	intoRun := des.Seconds(float64(c.world.cfg.Calendar.Start % 3600))
	return i.RunningAt.Add(des.Hour - (des.Duration(i.RunningAt)+intoRun)%des.Hour)
}

// last is the account of the run of an instance that has ended last.
func (c *credits) last(i *ec2.Instance) *ec2.Account {
	for k := len(c.every) - 1; k >= 0; k-- {
		if c.every[k].instance == i {
			return c.every[k].Account
		}
	}
	return &ec2.Account{} // stopped since before the run began
}

// end closes the account of an instance that no longer runs.
func (c *credits) end(i *ec2.Instance) {
	if c == nil || i.StoppedAt == des.Never {
		return
	}
	for _, h := range c.open {
		if h.run == i.Run && !h.closed {
			c.settle(h, c.world.kernel.Now())
			h.closed = true
			c.charge(h, c.world.kernel.Now(), h.Close())
		}
	}
}

// tick settles every account, and comes again when the first may be empty.
func (c *credits) tick() {
	next := creditPeriod
	kept := c.open[:0]
	for _, h := range c.open {
		if h.closed {
			continue
		}
		kept = append(kept, h)
		c.settle(h, c.world.kernel.Now())
		c.throttle(h)
		if h.Mode == ec2.Standard && !h.throttled {
			// At full use it spends vCPU nanoseconds a nanosecond.
			next = min(next, des.Duration(int64(h.Left())/int64(h.instance.Model.Type.VCPU)))
		}
	}
	clear(c.open[len(kept):])
	c.open = kept
	if at := c.world.kernel.Now().Add(max(next, creditLeast)); at < c.world.end {
		c.world.kernel.At(at, des.Publish, c.tick)
	}
}

// settle brings an account up to now.
func (c *credits) settle(h *holder, now des.Time) {
	w := c.world
	to := min(now, h.run.StoppedAt)
	if to <= h.since {
		return
	}
	var k serving.InstanceCounters
	w.plane.ReadInstance(h.run.Plane, &k)
	used := ec2.Credits(k.CPUNanos - h.cpu)
	if booted := min(to, h.run.UpAt); booted > h.since && h.run.UpAt != h.run.RunningAt {
		used += ec2.Credits(w.cfg.Template.BootCPU * float64(h.instance.Model.Type.VCPU) * float64(booted-h.since))
	}
	if from := max(h.since, des.Time(w.cfg.WarmUp)); h.throttled && to > from {
		c.throttled += to.Sub(from)
	}
	h.Settle(to.Sub(h.since), used)
	h.cpu, h.since = k.CPUNanos, to
	for h.nextHour <= to {
		c.charge(h, to, h.Hour())
		h.nextHour = h.nextHour.Add(des.Hour)
	}
	if to >= des.Time(w.cfg.WarmUp) {
		if left := h.Left(); !c.seen || left < c.minBalance {
			c.minBalance, c.seen = left, true
		}
		c.maxSurplus = max(c.maxSurplus, h.Surplus)
	}
}

func (c *credits) charge(h *holder, at des.Time, n ec2.Credits) {
	h.charged += n
	if n > 0 {
		c.charges = append(c.charges, creditCharge{h.instance, at, n})
	}
}

// show is what the instances that contribute publish of their accounts, every five
// minutes ("CloudWatch metrics for CPU credits", EC2 User Guide, read 2023-05-31).
func (c *credits) show(m cloudwatch.Metric, now des.Time, contributors map[*ec2.Instance]bool) []float64 {
	if c == nil || int64(now)%int64(cloudwatch.BasicPeriod) != 0 {
		return nil
	}
	var out []float64
	for _, h := range c.open {
		if h.closed || !contributors[h.instance] {
			continue
		}
		c.settle(h, now)
		var v ec2.Credits
		switch m {
		case cloudwatch.CPUCreditUsage:
			v, h.shownSpent = h.Spent-h.shownSpent, h.Spent
		case cloudwatch.CPUCreditBalance:
			v = h.Left()
		case cloudwatch.CPUSurplusCreditBalance:
			v = h.Surplus
		default:
			v, h.shownCharged = h.charged-h.shownCharged, h.charged
		}
		out = append(out, v.Float())
	}
	return out
}

// throttle holds an instance without credits down to its baseline, and lets it go
// again once it has some. AWS lowers it gradually ("falls to baseline", EC2 User
// Guide, standard mode); here it is at once.
func (c *credits) throttle(h *holder) {
	t := h.instance.Model
	if out := h.Out(); out != h.throttled && h.instance.State == ec2.Running {
		h.throttled = out
		now, share := c.world.kernel.Now(), 1.0
		if out {
			share = t.Type.Burst.Baseline
			h.spells = append(h.spells, spell{now, des.Never})
		} else {
			h.spells[len(h.spells)-1].to = now
		}
		c.world.fleet.Throttle(h.instance, share)
	}
}

// close settles what still runs at the end of the run.
func (c *credits) close() {
	if c == nil {
		return
	}
	for _, h := range c.open {
		if !h.closed {
			c.settle(h, c.world.end)
		}
	}
}

// record is what became of the accounts.
func (c *credits) record() *record.Credits {
	if c == nil {
		return nil
	}
	earned, spent := c.turnover()
	out := &record.Credits{MinBalance: c.minBalance.Float(), MaxSurplus: c.maxSurplus.Float(), Throttled: c.throttled, Earned: earned - c.earned, Spent: spent - c.spent}
	for _, h := range c.every {
		x := record.CreditAccount{Ordinal: h.instance.Ordinal, StoppedAt: h.run.StoppedAt, Open: !h.closed, Left: h.Left().Float(), Surplus: h.Surplus}
		for _, s := range h.spells {
			x.Spells = append(x.Spells, record.Spell{From: s.from, To: s.to})
		}
		out.Accounts = append(out.Accounts, x)
	}
	for _, x := range c.charges {
		out.Charges = append(out.Charges, record.CreditCharge{Ordinal: x.instance.Ordinal, At: x.at, Credits: x.credits})
	}
	return out
}
