package scenarios

import (
	"fmt"
	"math"

	"asgsim/scenarios/form"
	"asgsim/sim/ec2"
	"asgsim/sim/serving"
)

// instanceKeys documents [instance].
func instanceKeys() []Key {
	return []Key{
		{Path: "instance.type", Type: Text, Required: true, Sample: `"c7g.large"`, Doc: "EC2 instance type; its vCPUs, memory and price come from the price list. Of others say vcpus, memory_size and price."},
		{Path: "instance.vcpus", Type: Count, Unit: "vCPUs", Absent: "as the price list has it", Min: "1", Max: "4096", Doc: "vCPUs of a type that is not in the price list."},
		{Path: "instance.memory_size", Type: Size, Absent: "as the price list has it", Above: `"0B"`, Max: `"131072GiB"`, Doc: "Memory of a type that is not in the price list."},
		{Path: "instance.baseline", Type: Share, Absent: "as the price list has it", Above: `"0%"`, Max: `"100%"`, Source: "AWS EC2 User Guide, burstable performance instances, 2023-05-31", Doc: "Of a burstable type that is not in the price list the share of each vCPU that it may use for ever: it earns that, and holds what it earns in a day."},
		{Path: "instance.speed", Type: Number, Default: "1", Above: "0", Max: "100", Doc: "Speed of a vCPU relative to the one request.cpu was measured on."},
		{Path: "instance.workers", Type: Bound, Default: `"unlimited"`, Min: "1", Max: "100000", Doc: "Requests in progress at most (processes, threads, connections of a pool); further ones queue."},
		{Path: "instance.memory.reserved", Type: Size, Default: `"0B"`, Min: `"0B"`, Doc: "Memory that is not for workers; with per_worker it decides workers."},
		{Path: "instance.memory.per_worker", Type: Size, Absent: "memory does not limit workers", Above: `"0B"`, Doc: "Memory of one worker: workers = (memory - reserved) / per_worker."},
		{Path: "instance.queue", Type: Bound, Default: `"unlimited"`, Min: "0", Max: "10000000", Doc: "Requests waiting for a worker at most; the next gets a 503."},
		{Path: "instance.admission.order", Type: Choice, Choices: optionNames(enum(serving.NewestFirst)), Default: `"fifo"`, Source: "Maurer, \"Fail at Scale\", ACM Queue, 2015", Doc: "Who of the queue is served next: the one that came first, or the one that came last, whose client waits for sure."},
		{Path: "instance.admission.longest_wait", Type: Duration, Absent: "none", Above: `"0s"`, Max: `"1h"`, Doc: "Who has waited longer for a worker gets a 503 when the queue is looked at: for the next of it, or for room in it. Health checks too."},
		{Path: "instance.admission.when_full", Type: Choice, Choices: optionNames(enum(serving.DropOldest)), Default: `"reject"`, Doc: "What becomes of a request that finds the queue full: it gets a 503, or it takes the place of the one that has waited longest, which gets it."},
		{Path: "instance.discipline", Type: Choice, Choices: optionNames(enum(serving.FIFO)), Default: `"processor_sharing"`, Doc: "How requests in progress share the vCPUs: all at once, as operating systems do, or one after another."},
		{Path: "instance.launch", Type: Random, Default: `{ median = "7s", p95 = "17s" }`, Doc: "Launch request to EC2 state running. Measured by others: call 2 s, pending to running 5 s (Percival 2021; notification logs of 2024)."},
		{Path: "instance.boot", Type: Random, Default: `{ median = "15s", p95 = "30s" }`, Doc: "EC2 state running to the application's first answer. The default is an operating system alone: add what your application needs."},
		{Path: "instance.boot_cpu", Type: Share, Default: `"0%"`, Min: `"0%"`, Max: `"100%"`, Doc: "CPU utilization shown while booting."},
		{Path: "instance.warm_curve.from", Type: Share, Absent: "instances work at full speed at once", Above: `"0%"`, Max: `"100%"`, Sample: `"40%"`, Doc: "Share of its speed at which an instance works as its application comes up, below 100%; it rises evenly to full speed, as code is compiled and caches fill. A new version deployed in place begins anew, and a warm pool's member that was stopped; one that was hibernated does not."},
		{Path: "instance.warm_curve.over", Type: Duration, Absent: "requests says", Above: `"0s"`, Max: `"1d"`, Doc: "How long until full speed, with traffic or without."},
		{Path: "instance.warm_curve.requests", Type: Count, Unit: "requests", Absent: "over says", Min: "1", Max: "1000000000", Sample: "5000", Doc: "Requests sent to it until full speed; instead of over. In a warm pool it stays cold."},
		{Path: "instance.monitoring", Type: Choice, Choices: []string{"detailed", "basic"}, Default: `"detailed"`, Doc: "detailed: metrics every minute, billed apart. basic: every five minutes, which is what AWS does unless asked; our default differs."},
		{Path: "instance.billing", Type: Choice, Choices: []string{"second", "hour"}, Default: `"second"`, Source: "AWS EC2 User Guide, 2023-05-31", Doc: "How instances are charged: by the second, at least 60, as Amazon Linux, Ubuntu and Windows are; or by the hour begun, as some commercial Linux distributions are."},
		{Path: "instance.price", Type: Price, Absent: "on-demand list price, see [prices]", Doc: "What a running instance-hour costs you, before discount."},
	}
}

// instanceType looks a type up by the text of a key.
func (d *decoder) instanceType(path, name string, own ownType) (ec2.Type, bool) {
	t, b := d.typeOf(name, own)
	if b != nil {
		d.Problem(path, d.At(path), b)
	}
	return t, b == nil
}

// template reads [instance].
func (d *decoder) template() ec2.Template {
	var t ec2.Template
	name, ok := d.Text("instance.type")
	own := d.own()
	if ok {
		t.Type, ok = d.instanceType("instance.type", name, own)
	}
	t.Speed, _ = d.Number("instance.speed")
	t.Workers, _ = d.Bound("instance.workers")
	t.Workers = d.memory(t, ok)
	t.Queue, _ = d.Bound("instance.queue")
	t.Admission = d.admission(t.Workers, t.Queue)
	t.Discipline, _ = choose(d, "instance.discipline", enum(serving.FIFO))
	t.Pending, _ = d.random("instance.launch", false)
	t.Boot, _ = d.random("instance.boot", false)
	t.BootCPU, _ = d.Share("instance.boot_cpu")
	t.Warm = d.warmCurve()
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
	} else if m.Price > 0 && !d.Failed("instance.price") {
		from := "list price of " + pricesFrom
		if d.list.catalog != nil {
			from = "list price, " + d.list.basis()
		}
		d.Amend("instance.price", formatMoney(m.Price), "default: "+from)
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
