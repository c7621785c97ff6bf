package scenarios

import (
	"strconv"

	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// requestKeys documents [request].
func requestKeys() []Key {
	return []Key{
		{Path: "request.cpu", Type: Random, Absent: "derived from [request.measured]", Doc: "Busy time of one vCPU a request needs, at speed 1. A duration alone is the mean of an exponential."},
		{Path: "request.wait", Type: Random, Absent: "none", Doc: "Time a request is in flight off the CPU (database, other services), holding its worker. A duration alone is the mean of an exponential."},
		{Path: "request.timeout", Type: Duration, Absent: "none: clients wait as long as the load balancer does", Above: `"0s"`, Max: `"1h"`, Doc: "A client gives an attempt up after this."},
		{Path: "request.retry.attempts", Type: Count, Default: "1", Min: "1", Max: "20", Doc: "Attempts in all; 1 is no retry."},
		{Path: "request.retry.backoff", Type: Duration, Default: `"100ms"`, Min: `"0s"`, Max: `"1h"`, Doc: "Pause before the second attempt; doubled for each further one."},
		{Path: "request.retry.cap", Type: Duration, Default: `"20s"`, Min: `"0s"`, Max: `"1h"`, Doc: "Longest pause; \"0s\": none."},
		{Path: "request.retry.jitter", Type: Choice, Choices: optionNames(enum(serving.NoJitter)), Default: `"full"`, Source: "\"Exponential Backoff And Jitter\", AWS Architecture Blog, 2015", Doc: "full: uniform from 0 to the pause. equal: half of it and uniform in the other half."},
		{Path: "request.retry.budget", Type: Share, Absent: "none: every failed attempt is retried", Above: `"0%"`, Max: `"100%"`, Source: "\"Handling Overload\", Site Reliability Engineering, 2016: a tenth; Finagle RetryBudget: a fifth", Doc: "Retries that a first attempt earns, for all clients together; a retry takes one, and a request that finds none has failed."},
		{Path: "request.retry.budget_burst", Type: Count, Unit: "retries", Default: strconv.Itoa(defaultBurst), Min: "1", Max: "1000000", Doc: "Retries that may be saved up; the run begins with them."},
		{Path: "request.abandoned", Type: Choice, Choices: optionNames(enum(serving.Drop)), Default: `"work"`, Doc: "What the server does with a request whose client has left: works on, or drops it."},
		{Path: "request.request_bytes", Type: Size, Default: `"1kB"`, Min: `"0B"`, Max: `"1GB"`, Doc: "Bytes from client to target; for the load balancer's bill."},
		{Path: "request.response_bytes", Type: Size, Default: `"10kB"`, Min: `"0B"`, Max: `"1GB"`, Doc: "Bytes from target to client; for the load balancer's bill."},
		{Path: "request.requests_per_connection", Type: Number, Default: "10", Min: "1", Max: "1000000", Doc: "Requests a client connection carries; for the load balancer's bill."},
		{Path: "request.connection_duration", Type: Duration, Default: `"60s"`, Min: `"0s"`, Max: `"7d"`, Doc: "How long a client connection stays open; for the load balancer's bill."},
		{Path: "request.measured.on", Type: Text, Absent: "instance.type", Doc: "Instance type on which the figures were measured."},
		{Path: "request.measured.rate", Type: Rate, Absent: "required in [request.measured]", Above: `"0/s"`, Max: `"1000000/s"`, Doc: "Requests one instance handled (RequestCountPerTarget / 60)."},
		{Path: "request.measured.cpu", Type: Share, Absent: "required in [request.measured]", Above: `"0%"`, Max: `"100%"`, Doc: "Its CPUUtilization in the same minutes."},
		{Path: "request.measured.p50", Type: Duration, Absent: "a third of p99, with a warning", Above: `"0s"`, Max: `"1h"`, Doc: "Median TargetResponseTime in the same minutes."},
		{Path: "request.measured.busier.rate", Type: Rate, Absent: "no second pair of figures", Above: `"0/s"`, Max: `"1000000/s"`, Doc: "Requests the same instance handled in a busier hour. That hour's figures tell whether slow requests work or wait, which those of one hour cannot."},
		{Path: "request.measured.busier.cpu", Type: Share, Absent: "required in [request.measured.busier]", Above: `"0%"`, Max: `"100%"`, Doc: "Its CPUUtilization in that hour."},
		{Path: "request.measured.busier.p50", Type: Duration, Absent: "required in [request.measured.busier]", Above: `"0s"`, Max: `"1h"`, Doc: "Median TargetResponseTime in that hour."},
		{Path: "request.measured.busier.p99", Type: Duration, Absent: "required in [request.measured.busier]", Above: `"0s"`, Max: `"1h"`, Doc: "99th percentile of TargetResponseTime in that hour."},
		{Path: "request.measured.p99", Type: Duration, Absent: "required in [request.measured]", Above: `"0s"`, Max: `"1h"`, Doc: "99th percentile of TargetResponseTime in the same minutes."},
	}
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
	c.Retry.Budget.Share, _ = d.Share("request.retry.budget")
	c.Retry.Budget.Burst, _ = d.Count("request.retry.budget_burst")
	d.budgeted(c.Retry)
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

// defaultBurst is how many retries may be saved up.
const defaultBurst = 100

// budgeted refuses a budget of retries that has no effect. The default burst may stand
// anywhere: show writes it.
func (d *decoder) budgeted(r serving.Retry) {
	const p = "request.retry.budget"
	switch {
	case d.IsGiven(p) && d.OK(p, "request.retry.attempts") && r.Attempts == 1:
		d.Problem(p, d.At(p), form.Wrong("raise request.retry.attempts, or leave it out", "is of retries, and request.retry.attempts is 1"))
	case !d.IsGiven(p) && d.IsGiven(p+"_burst") && r.Budget.Burst != defaultBurst:
		d.Problem(p+"_burst", d.At(p+"_burst"), form.Wrong("set request.retry.budget, or leave it out", "is of a budget, and there is none"))
	}
}

// tooLong refuses work that the plane's clock cannot hold: nine hours.
func (d *decoder) tooLong(c serving.Class) {
	for path, law := range map[string]workload.Dist{"request.cpu": c.CPU, "request.wait": c.Wait} {
		if law == nil || d.Failed(path) || !d.IsGiven(path) {
			continue
		}
		d.tooLongWork(path, law)
	}
}

func (d *decoder) tooLongWork(path string, law workload.Dist) {
	if q := law.Quantile(0.999); !(q <= 9*3600) {
		d.Problem(path, d.At(path), form.Wrong("", "has a 99.9th percentile of %s; at most 9h", des.Seconds(min(q, 1e9))))
	}
}
