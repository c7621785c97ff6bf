// Package meter is the only publisher of metrics: every minute it reads the plane, the
// group and the balancer, publishes what CloudWatch is to show, and writes a row of the
// timeline.
//
// Open meter.go first, then sensors.go and minute.go.
package meter

import (
	"math"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/sim/queue"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// basePeriod is the period at which everything is measured.
const basePeriod = des.Minute

// Parts are what a meter reads.
type Parts struct {
	Config   *record.Config
	End      des.Time
	Kernel   *des.Kernel
	Plane    serving.Plane
	Group    *asg.Group
	Balancer *elb.Balancer
	Troubles *cloudwatch.Troubles
	// Credits are what contributing instances show of a credit metric now.
	Credits func(m cloudwatch.Metric, now des.Time, contributors map[*ec2.Instance]bool) []float64
	// Forecast is a metric of predictive scaling now; NaN without one.
	Forecast func(m cloudwatch.Metric) float64
	// Queue reads the queue, if there is one.
	Queue func(*queue.Counters)
	// Fine reads the instances every so often, and has each reading heard.
	Fine func(every des.Duration, heard func(at des.Time, used []Use))
}

// Use is what one instance used of its CPU in a fine reading, as a share.
type Use struct {
	Instance *ec2.Instance
	Share    float64
}

// Meter is the only publisher of metrics: in phase Publish it reads plane, group
// and balancer, and hands what it read to the sensors. It writes the timeline's rows.
type Meter struct {
	Parts
	sensors []*sensor
	replays replays
	before  serving.Counters // of the plane at the last publication
	queue   messages

	gauges   []*gauge // of the instances that run, by ordinal
	every    []*gauge // of all that ever ran
	fine     bool     // metrics with periods below a minute are read
	idle     int      // readings with requests queued beside an idle worker
	rows     []record.Row
	interval des.Duration
	merged   serving.Latencies // of the rows' interval
	period   serving.Latencies
	last     des.Time

	inService cpuTotals // over the window
	maxMinute float64
	hottest   float64
	minutes   []minuteUse
	stations  stations
}

// minuteUse is what a minute used, kept for the pictures' second lines.
type minuteUse struct {
	cpu, hottest, workers float64
}

// cpuTotals adds up vCPU time.
type cpuTotals struct{ busy, available, workersBusy, workers, queued, places float64 }

// gauge reads one run of an instance.
type gauge struct {
	instance                  *ec2.Instance
	run                       *ec2.Run
	last                      serving.InstanceCounters
	since                     des.Time // reading begins: running
	reportBusy, reportRunning float64  // vCPU-ns used and available since the last report to EC2
	reported                  uint64   // attempts routed to it until then
	totalBusy                 float64
	totalAvail                float64
}

// New returns a meter that reads from the first minute on.
func New(p Parts) *Meter {
	m := &Meter{Parts: p, interval: rowInterval(p.Config.Duration), replays: newReplays(p.Config.Recorded)}
	m.period = serving.NewLatencies()
	m.merged = serving.NewLatencies()
	m.rows = make([]record.Row, 0, m.End/des.Time(m.interval)+1)
	m.begin(0)
	m.Kernel.At(des.Time(basePeriod), des.Publish, m.tick)
	return m
}

// rowInterval keeps the timeline of a long run small.
func rowInterval(d des.Duration) des.Duration {
	switch {
	case d <= 14*des.Day:
		return des.Minute
	case d <= 63*des.Day:
		return 5 * des.Minute
	default:
		return des.Hour
	}
}

// Watch begins to read an instance that has just entered running.
func (m *Meter) Watch(i *ec2.Instance) {
	g := &gauge{instance: i, run: i.Run, since: m.Kernel.Now()}
	m.gauges, m.every = append(m.gauges, g), append(m.every, g)
}

func (m *Meter) tick() {
	if next := m.Kernel.Now().Add(basePeriod); next < m.End {
		m.Kernel.At(next, des.Publish, m.tick)
	}
	m.Publish(m.Kernel.Now())
}

// Publish ends the period that ends now.
func (m *Meter) Publish(now des.Time) {
	from := m.last
	if now == from {
		return
	}
	m.last = now
	contributors := m.contributors(now)
	basic := !m.Config.Template.Detailed
	x := &minute{fleet: unitsOf(contributors), ec2: !basic || int64(now)%int64(cloudwatch.BasicPeriod) == 0}
	var group record.Mean
	hottest := 0.0
	var all cpuTotals
	kept := m.gauges[:0]
	for _, g := range m.gauges {
		share, use := m.read(g, from, now)
		contributes := contributors[g.instance] && g.running()
		if contributes {
			group.Add(share)
			hottest = max(hottest, share)
		}
		if g.running() && !m.Group.Pools(g.instance) {
			all.add(use)
		}
		if x.ec2 {
			x.sample(m, g, contributes)
		}
		if g.run.StoppedAt == des.Never {
			kept = append(kept, g)
		}
	}
	clear(m.gauges[len(kept):])
	m.gauges = kept
	m.Plane.TakePeriod(&m.period)
	m.Plane.Read(&x.now)
	x.before, x.responseTime = m.before, m.period.Target
	m.before = x.now
	if m.Config.Queue != nil {
		m.queue.read(m.Queue, &m.rows[len(m.rows)-1])
		x.queue = &m.queue
	}
	x.targets = remember(func(name string) targetGroup {
		return targetsOf(m.Balancer, m.Group, name, m.Config.Watch.AllTargets)
	})
	m.replays.advance(now, m.instancesIn(asg.PhaseInService))
	x.desired, x.group, x.replays = m.Group.Desired(), m.groupMetric, m.replays
	x.credits = func(c cloudwatch.Metric) ([]float64, bool) {
		return m.Credits(c, now, contributors), int64(now)%int64(cloudwatch.BasicPeriod) == 0
	}
	m.sense(now, x.of)
	countAttempts(&m.rows[len(m.rows)-1], &x.before, &x.now)
	m.row(now, from, group, hottest, all)
}

// sample takes what an instance shows EC2 since its last report, and begins its
// next.
func (x *minute) sample(m *Meter, g *gauge, contributes bool) {
	if contributes && g.reportRunning > 0 {
		x.cpu = append(x.cpu, 100*g.reportBusy/g.reportRunning)
		bill := &m.Config.Bill
		n := float64(g.last.Routed - g.reported)
		x.network[0] = append(x.network[0], n*bill.RequestBytes)
		x.network[1] = append(x.network[1], n*bill.ResponseBytes)
	}
	g.reportBusy, g.reportRunning, g.reported = 0, 0, g.last.Routed
}

// running reports whether the gauge's run is under way.
func (g *gauge) running() bool { return g.instance.State == ec2.Running && g.instance.Run == g.run }

// read returns the CPU share an instance showed between from and now, over the
// part in which it ran, and what it used.
func (m *Meter) read(g *gauge, from, now des.Time) (float64, cpuTotals) {
	t := g.instance.Model
	var c serving.InstanceCounters
	m.Plane.ReadInstance(g.run.Plane, &c)
	begin, end := max(from, g.since), min(now, g.run.StoppedAt)
	ran := float64(t.Type.VCPU) * float64(end-begin)
	busy := m.Config.Template.Used(float64(c.CPUNanos-g.last.CPUNanos), t.Type.VCPU, g.run, begin, end)
	use := cpuTotals{busy: busy, available: ran}
	if t.Workers > 0 {
		use.workersBusy, use.workers = float64(c.WorkerNanos-g.last.WorkerNanos), float64(t.Workers)*float64(end-begin)
	}
	if t.Workers > 0 && m.Config.Template.Queue > 0 && end > begin {
		use.queued, use.places = float64(c.Queued), float64(m.Config.Template.Queue)
	}
	if t.Workers > 0 && c.Queued > 0 && c.InUse < t.Workers && g.running() && g.instance.Up && !g.instance.Broken {
		m.idle++
	}
	g.last = c
	g.reportBusy, g.reportRunning = g.reportBusy+busy, g.reportRunning+ran
	g.totalBusy, g.totalAvail = g.totalBusy+busy, g.totalAvail+ran
	if ran <= 0 {
		return 0, use
	}
	return busy / ran, use
}

// contributors are the instances whose EC2 metrics go into the group's average:
// in service (X-41: not terminating, unless asked otherwise), and, with a default
// instance warm-up, warmed up ("Set the default instance warmup", user guide, read
// 2023-04-27).
func (m *Meter) contributors(now des.Time) map[*ec2.Instance]bool {
	set := make(map[*ec2.Instance]bool, m.Group.Actual())
	for _, member := range m.Group.Active() {
		if member.Phase != asg.PhaseInService || member.Instance.State != ec2.Running {
			continue
		}
		if warmup := m.Config.Group.Warmup; warmup > 0 && now.Sub(member.InServiceAt) < warmup {
			continue
		}
		set[member.Instance] = true
	}
	if m.Config.Watch.Terminating {
		for _, g := range m.gauges {
			if p := m.Group.Members[g.instance.Ordinal].Phase; p == asg.PhaseDraining || p == asg.PhaseTerminating {
				set[g.instance] = true
			}
		}
	}
	return set
}

// begin opens the row that starts at from.
func (m *Meter) begin(from des.Time) {
	m.rows = append(m.rows, record.Row{At: from, P50: math.NaN(), P90: math.NaN(), P99: math.NaN(), P999: math.NaN(), Target50: math.NaN(), Target90: math.NaN(), Target99: math.NaN(), CPU: math.NaN(), Hottest: math.NaN(), Workers: math.NaN()})
}

// countAttempts adds the attempts that were sent and that ended between two readings of
// the plane.
func countAttempts(r *record.Row, before, now *serving.Counters) {
	r.Sent += now.Attempts - before.Attempts
	r.Retries += now.All.Retries - before.All.Retries
	r.Unconnected += now.Unconnected - before.Unconnected
	for by := range r.Ended {
		r.Ended[by] += now.AttemptsBy[by] - before.AttemptsBy[by]
	}
}

// row takes a period into the timeline and closes the row when its interval is over.
func (m *Meter) row(now, from des.Time, group record.Mean, hottest float64, all cpuTotals) {
	use := minuteUse{cpu: math.NaN(), hottest: math.NaN(), workers: math.NaN()}
	if group.N > 0 {
		use.cpu, use.hottest = group.Value(), hottest
	}
	if all.workers > 0 {
		use.workers = all.workersBusy / all.workers
	}
	if all.places > 0 {
		m.stations.queued.Add(all.queued / all.places)
	}
	if from >= des.Time(m.Config.WarmUp) {
		m.inService.add(all)
		if group.N > 0 {
			m.maxMinute, m.hottest = max(m.maxMinute, use.cpu), max(m.hottest, hottest)
		}
	}
	m.minutes = append(m.minutes, use)
	if int64(now)%int64(m.interval) != 0 && now < m.End {
		m.merge()
		return
	}
	if m.merged.Served.Count()+m.merged.Target.Count() == 0 { // a row of one period
		m.close(now, &m.period)
	} else {
		m.merge()
		m.close(now, &m.merged)
		m.merged.Served.Reset()
		m.merged.Target.Reset()
	}
	if now < m.End {
		m.begin(now)
	}
}

// merge adds the latencies of the period to those of the row.
func (m *Meter) merge() {
	m.merged.Served.Merge(m.period.Served)
	m.merged.Target.Merge(m.period.Target)
}

// close fills the latencies and uses of the current row, which ends now.
func (m *Meter) close(now des.Time, l *serving.Latencies) {
	r := &m.rows[len(m.rows)-1]
	m.stations.close(r, m.Config.Dependencies, m.Plane, now)
	var q [4]float64
	if h := l.Served; h.Count() > 0 {
		h.Quantiles([]float64{0.5, 0.9, 0.99, 0.999}, q[:])
		r.P50, r.P90, r.P99, r.P999 = q[0], q[1], q[2], q[3]
	}
	if h := l.Target; h.Count() > 0 {
		h.Quantiles([]float64{0.5, 0.9, 0.99}, q[:])
		r.Target50, r.Target90, r.Target99 = q[0], q[1], q[2]
	}
	var cpu, hot, workers record.Mean
	for _, u := range m.minutes {
		cpu.Add(u.cpu)
		hot.N, hot.Sum = 1, max(hot.Sum, u.hottest)
		workers.Add(u.workers)
	}
	r.CPU, r.Workers = cpu.Value(), workers.Value()
	if cpu.N > 0 {
		r.Hottest = hot.Sum
	}
	m.minutes = m.minutes[:0]
}

func (t *cpuTotals) add(u cpuTotals) {
	t.busy, t.available = t.busy+u.busy, t.available+u.available
	t.workersBusy, t.workers = t.workersBusy+u.workersBusy, t.workers+u.workers
	t.queued, t.places = t.queued+u.queued, t.places+u.places
}
