package scenarios

import (
	"fmt"
	"math"

	"asgsim/scenarios/form"
	"asgsim/sim"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// Derived is what [request.measured] came to.
type Derived struct {
	Measured sim.Measured
	Fitted   sim.Fitted
}

// instanceType looks a type up by the text of a key.
func (d *decoder) instanceType(path, name string) (ec2.Type, bool) {
	t, ok := ec2.Lookup(name)
	if ok {
		return t, true
	}
	var names []string
	for _, t := range ec2.Types() {
		names = append(names, t.Name)
	}
	remedy := fmt.Sprintf("the price list of %s has %d types", ec2.PricesDate, len(names))
	if c := form.Nearest(name, names); c != "" {
		remedy = fmt.Sprintf("did you mean %q?", c)
	}
	d.Problem(path, d.At(path), form.Wrong(remedy, "is not a known instance type: %q", name))
	return ec2.Type{}, false
}

// template reads [instance].
func (d *decoder) template() ec2.Template {
	var t ec2.Template
	name, ok := d.Text("instance.type")
	if ok {
		t.Type, ok = d.instanceType("instance.type", name)
	}
	t.Speed, _ = d.Number("instance.speed")
	t.Workers, _ = d.Bound("instance.workers")
	t.Workers = d.memory(t, ok)
	t.Queue, _ = d.Bound("instance.queue")
	t.Discipline, _ = choose(d, "instance.discipline", enum(serving.FIFO))
	t.Pending, _ = d.random("instance.launch", false)
	t.Boot, _ = d.random("instance.boot", false)
	t.BootCPU, _ = d.Share("instance.boot_cpu")
	t.Detailed = d.is("instance.monitoring", "detailed")
	t.Hourly = d.is("instance.billing", "hour")
	d.credits(&t.Model, ok)
	d.instancePrice(&t.Model)
	return t
}

// instancePrice reads what an instance costs on demand.
func (d *decoder) instancePrice(m *ec2.Model) {
	m.Price = m.Type.Price
	if v, ok := d.price("instance.price"); ok {
		m.Price, m.OwnPrice = v, true
	} else if m.Type.Name != "" && !d.Failed("instance.price") {
		d.Amend("instance.price", formatMoney(m.Price), "default: list price of "+pricesFrom)
	}
}

// memory derives the workers from memory where it is given.
func (d *decoder) memory(t ec2.Template, typed bool) int {
	if !d.IsGiven("instance.memory") {
		return t.Workers
	}
	if n := d.Find("instance.memory"); n.Table == nil {
		return t.Workers // checkKeys says so
	}
	reserved, ok1 := d.Size("instance.memory.reserved")
	per, ok2 := d.Size("instance.memory.per_worker")
	if !ok2 && !d.Failed("instance.memory.per_worker") {
		d.Problem("instance.memory.per_worker", d.At("instance.memory"), form.Wrong(`write for example memory = { reserved = "900MiB", per_worker = "170MiB" }`, "is missing"))
	}
	if d.IsGiven("instance.workers") {
		d.Problem("instance.workers", d.At("instance.workers"), form.Wrong("leave one of the two out", "and instance.memory both say how many workers there are"))
	}
	if !ok1 || !ok2 || !typed {
		return t.Workers
	}
	total := t.Type.MemoryGiB * (1 << 30)
	workers := int(math.Floor((total - reserved) / per))
	if workers < 1 {
		d.Problem("instance.memory", d.At("instance.memory"), form.Wrong("", "leaves no room for a worker: %s has %s GiB, %s are reserved, one worker takes %s",
			t.Type.Name, form.FormatNumber(t.Type.MemoryGiB), form.Unquoted(formatSize(reserved)), form.Unquoted(formatSize(per))))
		return t.Workers
	}
	workers = min(workers, 100_000)
	d.reserved, d.perWorker = reserved, per
	d.Amend("instance.workers", fmt.Sprint(workers), fmt.Sprintf("derived: (%s GiB - %s) / %s", form.FormatNumber(t.Type.MemoryGiB), form.Unquoted(formatSize(reserved)), form.Unquoted(formatSize(per))))
	return workers
}

// request reads [request].
func (d *decoder) request(w *record.Config) (serving.Class, *Derived) {
	c := serving.Class{Name: "request"}
	var derived *Derived
	c.CPU, _ = d.random("request.cpu", true)
	c.Wait, _ = d.random("request.wait", true)
	if c.Wait != nil && c.Wait.Mean() == 0 {
		c.Wait = nil
	}
	c.Timeout, _ = d.dur("request.timeout")
	c.Retry.Attempts, _ = d.Count("request.retry.attempts")
	c.Retry.Backoff, _ = d.dur("request.retry.backoff")
	c.Retry.Cap, _ = d.dur("request.retry.cap")
	c.Retry.Jitter, _ = choose(d, "request.retry.jitter", enum(serving.NoJitter))
	c.Abandoned, _ = choose(d, "request.abandoned", enum(serving.Drop))
	measured := d.Find("request.measured")
	switch {
	case measured != nil && measured.Table != nil:
		derived = d.measured(w.Template)
		if derived != nil {
			c.CPU, c.Wait = derived.Fitted.CPU, derived.Fitted.Wait
		}
	case !d.IsGiven("request.cpu"):
		d.Problem("request.cpu", d.At("request"), form.Wrong(`write cpu = { median = "16ms", p95 = "60ms" }, or [request.measured] with what your dashboards say`, "is missing"))
	case c.CPU != nil && c.CPU.Mean() == 0:
		d.Problem("request.cpu", d.At("request.cpu"), form.Wrong("", "must be above 0s"))
	}
	d.tooLong(c)
	return c, derived
}

// tooLong refuses work that the plane's clock cannot hold: nine hours.
func (d *decoder) tooLong(c serving.Class) {
	for path, law := range map[string]workload.Dist{"request.cpu": c.CPU, "request.wait": c.Wait} {
		if law == nil || d.Failed(path) || !d.IsGiven(path) {
			continue
		}
		if q := law.Quantile(0.999); !(q <= 9*3600) {
			d.Problem(path, d.At(path), form.Wrong("", "has a 99.9th percentile of %s; at most 9h", des.Seconds(min(q, 1e9))))
		}
	}
}

// measured reads [request.measured] and fits the request to it.
func (d *decoder) measured(t ec2.Template) *Derived {
	const p = "request.measured."
	before := len(d.Problems)
	for _, k := range []string{"request.cpu", "request.wait"} {
		if d.IsGiven(k) {
			d.Problem(k, d.At(k), form.Wrong("leave one of the two out; a variant says without = [\""+k+"\"]", "and [request.measured] both say what a request costs"))
		}
	}
	on := t.Type
	if name, ok := d.Text(p + "on"); ok {
		on, _ = d.instanceType(p+"on", name)
	}
	m := sim.Measured{VCPU: on.VCPU, Workers: t.Workers, Discipline: t.Discipline}
	need := func(key string, ok bool) {
		if !ok && !d.Failed(p+key) {
			d.Problem(p+key, d.At("request.measured"), form.Wrong("look it up for one instance in one busy hour", "is missing"))
		}
	}
	var ok bool
	m.Rate, ok = d.Rate(p + "rate")
	need("rate", ok)
	m.CPU, ok = d.Share(p + "cpu")
	need("cpu", ok)
	p99, ok := d.dur(p + "p99")
	need("p99", ok)
	p50, has50 := d.dur(p + "p50")
	if !has50 && ok && !d.Failed(p+"p50") {
		p50 = p99 / 3
		d.Amend(p+"p50", formatDuration(p50), "derived: a third of p99")
		d.Warn(p+"p99", "add p50", "stands alone: the median is taken to be a third of it, %s", p50)
	}
	if p50 >= p99 && d.OK(p+"p50", p+"p99") {
		d.Problem(p+"p50", d.At(p+"p50"), form.Wrong("", "must be below p99: %s >= %s", p50, p99))
	}
	if len(d.Problems) > before || on.VCPU == 0 {
		return nil
	}
	m.P50, m.P99 = p50.Seconds(), p99.Seconds()
	if m.Busier, ok = d.busier(&m); !ok {
		return nil
	}
	fitted, err := d.fit(m)
	if err != nil {
		d.Problem("request.measured", d.At("request.measured"), form.Wrong("check that the figures are from the same minutes of one instance", "%v", err))
		return nil
	}
	d.Amend("request.cpu", fitted.CPU.String(), fmt.Sprintf("derived: %s%% x %d vCPU / %s/s", form.FormatNumber(m.CPU*100), m.VCPU, form.FormatNumber(m.Rate)))
	wait := "none"
	if fitted.Wait != nil {
		wait = fitted.Wait.String()
	}
	d.Amend("request.wait", wait, fmt.Sprintf("derived: with it one instance at %s/s has p50 %s, p99 %s", form.FormatNumber(m.Rate), des.Seconds(fitted.P50), des.Seconds(fitted.P99)))
	d.undecided(&m, &fitted)
	return &Derived{m, fitted}
}

// busier reads [request.measured.busier]; the zero value and true without it.
func (d *decoder) busier(m *sim.Measured) (b sim.Busier, ok bool) {
	const p = "request.measured.busier."
	if n := d.Find("request.measured.busier"); n == nil || n.Table == nil {
		return b, true
	}
	before := len(d.Problems)
	need := func(key string, ok bool) {
		if !ok && !d.Failed(p+key) {
			d.Problem(p+key, d.At("request.measured.busier"), form.Wrong("look it up for the same instance in a busier hour", "is missing"))
		}
	}
	b.Rate, ok = d.Rate(p + "rate")
	need("rate", ok)
	b.CPU, ok = d.Share(p + "cpu")
	need("cpu", ok)
	p50, ok := d.dur(p + "p50")
	need("p50", ok)
	p99, ok := d.dur(p + "p99")
	need("p99", ok)
	b.P50, b.P99 = p50.Seconds(), p99.Seconds()
	switch {
	case len(d.Problems) > before:
	case b.P50 >= b.P99:
		d.Problem(p+"p50", d.At(p+"p50"), form.Wrong("", "must be below p99: %s >= %s", p50, p99))
	case b.Rate < 1.1*m.Rate:
		d.Problem(p+"rate", d.At(p+"rate"), form.Wrong("take an hour with a tenth more requests at the least", "is no busier hour: %s/s, and request.measured.rate is %s/s", form.FormatNumber(b.Rate), form.FormatNumber(m.Rate)))
	}
	return b, len(d.Problems) == before
}

// openFrom is the ratio of what the figures leave open from which on it is said.
const openFrom = 1.2

// undecided says what the figures of one hour cannot tell, where it matters.
func (d *decoder) undecided(m *sim.Measured, f *sim.Fitted) {
	if f.Open[0] == 0 || f.Open[1] < openFrom*f.Open[0] {
		return
	}
	remedy := "add [request.measured.busier] with rate, cpu, p50 and p99 of a busier hour"
	if m.Workers == serving.Unlimited {
		remedy += ", and instance.workers where they are limited"
	}
	d.Warn("request.measured", remedy, "cannot tell whether slow requests work or wait: at 85 %% CPU an instance has p99 %s if they wait, %s if they work; taken is that they work",
		des.Seconds(roundTo(f.Open[0], 2)), des.Seconds(roundTo(f.Open[1], 2)))
}

// fit is sim.Fit, once for the same figures in all variants.
func (d *decoder) fit(m sim.Measured) (sim.Fitted, error) {
	if f, ok := d.fits[m]; ok {
		return f, nil
	}
	f, err := sim.Fit(m)
	if err == nil {
		d.fits[m] = f
	}
	return f, err
}
