package scenarios

import "asgsim/sim/serving"

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

// instanceKeys documents [instance].
func instanceKeys() []Key {
	return []Key{
		{Path: "instance.type", Type: Text, Required: true, Sample: `"c7g.large"`, Doc: "EC2 instance type; its vCPUs, memory and price come from the embedded list."},
		{Path: "instance.speed", Type: Number, Default: "1", Above: "0", Max: "100", Doc: "Speed of a vCPU relative to the one request.cpu was measured on."},
		{Path: "instance.workers", Type: Bound, Default: `"unlimited"`, Min: "1", Max: "100000", Doc: "Requests in progress at most (processes, threads, connections of a pool); further ones queue."},
		{Path: "instance.memory.reserved", Type: Size, Default: `"0B"`, Min: `"0B"`, Doc: "Memory that is not for workers; with per_worker it decides workers."},
		{Path: "instance.memory.per_worker", Type: Size, Absent: "memory does not limit workers", Above: `"0B"`, Doc: "Memory of one worker: workers = (memory - reserved) / per_worker."},
		{Path: "instance.queue", Type: Bound, Default: `"unlimited"`, Min: "0", Max: "10000000", Doc: "Requests waiting for a worker at most; the next gets a 503."},
		{Path: "instance.discipline", Type: Choice, Choices: optionNames(enum(serving.FIFO)), Default: `"processor_sharing"`, Doc: "How requests in progress share the vCPUs: all at once, as operating systems do, or one after another."},
		{Path: "instance.launch", Type: Random, Default: `{ median = "7s", p95 = "17s" }`, Doc: "Launch request to EC2 state running. Measured by others: call 2 s, pending to running 5 s (Percival 2021; notification logs of 2024)."},
		{Path: "instance.boot", Type: Random, Default: `{ median = "15s", p95 = "30s" }`, Doc: "EC2 state running to the application's first answer. The default is an operating system alone: add what your application needs."},
		{Path: "instance.boot_cpu", Type: Share, Default: `"0%"`, Min: `"0%"`, Max: `"100%"`, Doc: "CPU utilization shown while booting."},
		{Path: "instance.monitoring", Type: Choice, Choices: []string{"detailed", "basic"}, Default: `"detailed"`, Doc: "detailed: metrics every minute, billed apart. basic: every five minutes, which is what AWS does unless asked; our default differs."},
		{Path: "instance.billing", Type: Choice, Choices: []string{"second", "hour"}, Default: `"second"`, Source: "AWS EC2 User Guide, 2023-05-31", Doc: "How instances are charged: by the second, at least 60, as Amazon Linux, Ubuntu and Windows are; or by the hour begun, as some commercial Linux distributions are."},
		{Path: "instance.price", Type: Price, Absent: "on-demand list price, us-east-1, Linux", Doc: "What a running instance-hour costs you, before discount."},
	}
}
