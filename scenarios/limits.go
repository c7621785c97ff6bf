package scenarios

import (
	"fmt"
	"io"
	"math"

	"asgsim/scenarios/form"
	"asgsim/sim"
	"asgsim/sim/des"
	"asgsim/sim/queueing"
	"asgsim/sim/serving"
)

// Instance returns one instance of the configuration on its own.
func (c *Config) Instance() sim.Instance {
	t, k := &c.World.Template, &c.World.Classes[0]
	return sim.Instance{VCPU: t.Type.VCPU, Speed: t.Speed, Workers: t.Workers, Queue: t.Queue, Admission: t.Admission, Discipline: t.Discipline, CPU: k.CPU, Wait: k.Wait}
}

// Ceilings returns the rates (requests per second) that one instance's CPU and
// its workers carry at most, and the CPU utilization where the workers end.
// Without a bound on workers, or where CPU ends first, workers is +Inf.
func (c *Config) Ceilings() (cpu, workers, cpuThen float64) {
	i := c.Instance()
	each := i.CPU.Mean() / i.Speed
	cpu = float64(i.VCPU) / each
	if i.Workers == serving.Unlimited {
		return cpu, math.Inf(1), 1
	}
	wait := 0.0
	if i.Wait != nil {
		wait = i.Wait.Mean()
	}
	wait += serving.Asking(c.World.Dependencies)
	busy := func(r float64) float64 { return r * (queueing.MMC{Lambda: r, Mu: 1 / each, C: i.VCPU}.W() + wait) }
	lo, hi := 0.0, cpu*0.999
	if busy(hi) < float64(i.Workers) {
		return cpu, math.Inf(1), 1
	}
	for range 60 {
		if mid := (lo + hi) / 2; busy(mid) < float64(i.Workers) {
			lo = mid
		} else {
			hi = mid
		}
	}
	return cpu, lo, lo / cpu
}

// ShowInstance prints what one instance shows against its load, simulated, so
// that it can be compared with a load test. All lines are comments.
func (c *Config) ShowInstance(w io.Writer) error {
	const requests = 50_000
	cpu, workers, then := c.Ceilings()
	name := c.World.Template.Type.Name
	limit := cpu
	head := fmt.Sprintf("# one %s carries %s by CPU", name, perSecond(cpu))
	if !math.IsInf(workers, 1) {
		limit = workers
		head += fmt.Sprintf(", %s by its %d workers: workers bind, at %s CPU", perSecond(workers), c.World.Template.Workers, percent(then))
	}
	var rates []float64
	for _, share := range [...]float64{0.1, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95} {
		rates = append(rates, roundTo(share*limit, 3))
	}
	curve, err := sim.InstanceCurve(c.Instance(), rates, requests, 1)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "\n%s\n#   requests/s   CPU     p50       p99      (simulated, %d requests each)\n", head, requests); err != nil {
		return err
	}
	for _, p := range curve {
		if _, err := fmt.Fprintf(w, "#   %-11s  %-6s  %-8s  %s\n", form.FormatNumber(p.Rate), percent(roundTo(p.CPU, 3)),
			des.Seconds(roundTo(p.P50, 3)), des.Seconds(roundTo(p.P99, 3))); err != nil {
			return err
		}
	}
	return nil
}
