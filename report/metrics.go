package report

import (
	"strings"
	"unicode/utf8"
)

// Meaning says what a reported number means.
type Meaning struct {
	Name string // as in the JSON summary, dotted
	Text string
}

// Metrics lists what every number of the summary means. All numbers are about
// the window [warm_up, duration): requests by their first send, seconds and
// money by the part inside.
func Metrics() []Meaning {
	return []Meaning{
		{"requests.offered", "first attempts that clients made in the window; retries are counted apart"},
		{"requests.served", "offered requests whose client got a good answer in time, on any attempt"},
		{"requests.failed", "offered requests that got none; offered = served + failed + in_flight"},
		{"requests.in_flight", "offered requests that were still under way at the end"},
		{"requests.retries", "attempts beyond the first"},
		{"requests.retries_denied", "retries that clients wanted to make in the window and that request.retry.budget had nothing left for; absent: none"},
		{"requests.failed_by", "failed requests by the reason of their last attempt: no_target (503, nothing eligible), queue_full (503), refused (502), cut_off (the instance died or the drain ended), timed_out (the client left), gateway_timeout (504: the balancer's idle or connect timeout), error, dependency (500: a dependency turned it away, or kept it waiting for longer than its timeout); of a queue dead_letter and expired"},
		{"requests.attempts_by", "attempts that ended in the window, by how, as CloudWatch's RequestCount counts"},
		{"requests.http", "attempts that ended in the window by what the load balancer answered, by CloudWatch's names: HTTPCode_Target_2XX_Count; HTTPCode_Target_5XX_Count (error, queue_full, dependency); HTTPCode_ELB_4XX_Count (460: timed_out, the client left); HTTPCode_ELB_5XX_Count, of which 502 (refused, cut_off), 503 (no_target) and 504 (gateway_timeout); TargetConnectionErrorCount: those that found no connection (refused, or 504 while connecting). RejectedConnectionCount is missing: there is no limit of connections. null without a load balancer"},
		{"requests.slow", "served, but over the SLO's latency"},
		{"requests.good", "served and not slow"},
		{"requests.good_share", "good / (offered - in_flight); null with nothing offered"},
		{"latency_s", "what clients felt, first send to last byte, retries and back-off included, of served requests"},
		{"latency_all_s", "the same over all requests, failures ranking above every served one; a percentile that falls among failures is null (\"failed\" in text)"},
		{"target_response_time_s", "as CloudWatch's TargetResponseTime would show it: per attempt, from the target"},
		{"slo", "met: good_share >= good and breached_minutes <= allowed_minutes. A minute (by first sends) is breached when its bad requests exceed the allowance by more than chance explains (binomial, one-sided 0.1 %). error_budget_used: bad share / (1 - good)"},
		{"capacity.in_service", "booting + unhealthy + warming + ready: min, mean by time, max"},
		{"capacity.desired", "the group's desired capacity: min, mean by time, max"},
		{"capacity.unit", "\"units\" where a mixed instances policy has weights: capacity, desired, the bounds and what is needed are then in units of weighted_capacity; absent: instances"},
		{"capacity.min_size", "the lowest lower limit in force in the window; schedules, forecasts and people move it"},
		{"capacity.max_size", "the highest upper limit in force in the window"},
		{"capacity.launches", "instances launched, for whatever reason, into a warm pool too"},
		{"capacity.terminations", "instances terminated, for whatever reason"},
		{"capacity.health_replacements", "instances replaced because a health check found them bad"},
		{"capacity.scaling_activities", "launches and terminations that a change of desired asked for"},
		{"capacity.scale_outs", "changes of desired upwards"},
		{"capacity.scale_ins", "changes of desired downwards"},
		{"capacity.minutes_at_max", "time with desired = the max_size in force"},
		{"capacity.minutes_at_min", "time with desired = the min_size in force"},
		{"cpu_utilization", "CPU busy time / (vCPU x time), as CloudWatch shows it, 0 to 1: mean over in-service instance time, highest minute of the group's average, hottest minute of one instance"},
		{"worker_utilization", "mean share of workers in use, which is another number than CPU; null where workers are unlimited"},
		{"instance_hours", "billed seconds / 3600, from entering running to leaving it, at least 60 s each time"},
		{"cost_usd", "total = ec2 + load_balancer + monitoring + storage (volumes of a warm pool). per_day: total by 24 hours. per_month, ec2_per_month: 730 hours; whole weeks scaled, else weekdays and weekends weighted 5:2, else null. per_million_good: total by good requests. ec2_cash: EC2 after commitments, which are charged by the clock hour, used or not; commitments says how far each was used. types: each instance type and purchase option of a mixed group, with its average price. What is left out is in not_included"},
		{"savings", "never \"the\" saving: a list by named baseline of the EC2 cost of that fixed fleet less this run's. all_on_demand: the same instances without Spot. Estimates say so. cash_usd is the same after commitments, which the baseline pays too. comparable is false where the run itself missed its SLO"},
		{"needed", "slo_max: the smallest fleet that meets the SLO in the steady state at the busiest minute's expected rate, by short simulations of fleets of 1, 2, 3, 4, 6, 8, 12, ... instances: within one instance or a tenth of brute force. target_max: the capacity the tracking policy's metric asks for"},
		{"lateness", "stretches with fewer instances ready than needed for the SLO: when, how long, how many short"},
		{"faults", "injected faults by kind: asked = injected + skipped"},
		{"incidents", "per injected fault: seconds to detect, until it was out of the routing for good (null: it never left, or came back), to replace, to recover. lost: attempts that failed on the struck instance, without lost_fail_open: those sent while it had requests only because the balancer failed open. bad_requests: slow and failed requests of the minutes while it was open (until its replacement serves or the fleet has recovered), a minute's shared equally among the incidents open in it: their sum is at most that of the run, and what they would have been without the fault takes a second run. idle: it had no requests"},
		{"worst_minute", "the minute with the largest share of bad requests beyond chance, and what the evidence says it came from (kind, and in words; asgsim help explaining lists them): a version, a fault, no target, a drain, terminations, CPU credits, capacity removed, max_size, unhealthy targets, a spike within the minute, too few instances, workers, CPU, one hot instance, a metastable state, a death spiral, a dependency at its limit, a zonal shift or a retry storm; chance only where independent requests would come to as many in the worst of so many minutes; else unknown"},
		{"launch_to_traffic", "of instances launched in the window, cold: mean seconds from launch to EC2 running, to the application up (boot), to registered (hooks), to healthy (checks), and in all; with a warm curve warm_s: from the application up to full speed"},
		{"collapse", "only where overload fed on itself, or a dependency was at its limit. death_spirals: three instances or more that were up and that no fault had struck were terminated for checks that want of CPU or workers made late, each within ten minutes of the one before. retry_storms: two minutes or more in which a third of the attempts were retries and 95 % of the CPU or of the workers were in use. metastable: for five minutes or more a quarter of the requests were bad, wrong answers (5XX of a version or a fault) aside, and three quarters of the CPU or of the workers were in use, of the fleet or of one instance, although the trigger was over and the capacity that was up would do for the load (needed for the SLO; where that is not known, as much was served before), with what held it: health_checks, retries and abandoned_work (a quarter of the attempts each), else a backlog. remedy: a setting that takes away what it fed on. dependency_limits: two minutes or more in which 95 % of a dependency's workers were in use, or it turned away more requests than the SLO allows, and more requests were bad, wrong answers aside, than the SLO allows: more instances do not help then"},
		{"dependencies", "one a [dependency.NAME]: attempts that asked it in the window, and what became of them (answered, refused by its full queue, gave_up after its timeout, hung_up as their instance went), the mean share of its workers in use and that of the busiest minute, how many waited on average; carries_per_s: the rate of all requests at which it has no worker to spare"},
		{"anomalies", "with anomaly mitigation: each target that got less than its share for its errors, from when to when, the shares of errors as it was found (its own, and of the others together), and the least part of a full share that it got"},
		{"queue", "only of a group that drains one (asgsim help queues). A message is a request of the other figures, and its latency its age at the delete. redelivered: visibility timeouts that ended without a delete: outlasted, a worker was still at the message; cut_off, its instance had gone; errors, its worker had failed. wasted_receives: workers that finished with an old receipt handle, wasted_share: their share of the CPU time. backlogs: stretches in which the oldest message was older than the SLO's latency, from where the messages visible began to be more. processing_s and deletes_per_s_of_an_instance are expected, not measured; target_response_time_s is what was measured, from receive to delete"},
		{"saturation", "stretches in which something was the bottleneck, 95 % of it in use, or a dependency that turned away more requests than the SLO allows: a dependency before the CPU, the CPU before the workers, as who waits for the one holds the other; workers alone where requests hold them for a wait"},
		{"scale_in_blocked", "minutes a policy wanted to scale in and could not, and what blocked it"},
		{"forecasts", "one a predictive scaling policy: hours of the window it forecast, MAPE (mean |actual - forecast| / actual of the hourly load), the highest capacity it forecast, and how many hours raised the desired capacity"},
		{"warm_pool", "size: all members; warmed: those that scale-out can take; neither is in the group's capacity. warm_starts, cold_starts: launches into the group that the pool served and those it could not, with the mean seconds from the call to the first good health check. returned: by scale-in. instance_hours: those of the bill's that members ran in the pool. gib_months, storage_usd: their volumes (in cost_usd.storage)"},
		{"cpu_credits", "of burstable instances only: lowest CPUCreditBalance and highest CPUSurplusCreditBalance of one instance in the window, the mean balance left at the end, credits earned and spent by all in the window, instance-minutes held down to the baseline for want of credits, surplus charged in the window (in cost_usd.ec2), and what is owed when those running at the end terminate"},
		{"spot", "of a group with Spot Instances: instance_hours billed and free_hours of those interrupted in their first hour, what they cost and would on demand; rebalance recommendations, and how many of those instances were replaced before their notice or drained at it; interruptions, and how many of them cut an instance still in service; launches that failed for want of capacity or quota; the pools (type and zone) used"},
		{"fidelity", "of a sampled run only: how many requests of the run were simulated, and for the figures that decide what an exact run of the same chance would have shown with 95 % (good_share, latencies, breached_minutes); ec2_usd is what the group's own instance-seconds cost, which sampling does not estimate"},
		{"engine", "how much work the run was"},
	}
}

// MetricsText is the help page of the metrics.
func MetricsText() string {
	t := &lines{}
	t.add("What every number means")
	t.add("")
	t.wrap("  ", "All numbers are about the window from warm_up to the end: requests by their first send, seconds and money by the part inside. Names are those of the JSON summary; shares are 0 to 1, times seconds, money US dollars.")
	t.add("")
	width := 0
	for _, m := range Metrics() {
		width = max(width, utf8.RuneCountInString(m.Name))
	}
	for _, m := range Metrics() {
		t.wrap("  "+m.Name+strings.Repeat(" ", width-len(m.Name)+2), m.Text)
	}
	t.add("")
	t.add("On the pictures")
	t.wrap("  needed for the SLO     ", "estimate: the smallest fleet that meets the SLO in the steady state at the minute's expected rate, found by short simulations; the same line for every seed and policy")
	t.wrap("  needed for the target  ", "estimate: the capacity that would bring the policy's metric to its target")
	t.wrap("  longer than 28 days    ", "panels show what each day was like, from its least to its most as a band with its mean as a line; of latency the band is of the day's hours and the line of all its requests. Days are local; where they would be thinner than a pixel, weeks. What is needed is left out")
	t.wrap("  the average week       ", "from three weeks on: by hour of the week, on the local clock, instances in service in the mean and between which numbers they were 10 to 90 % of the time, and the mean load")
	return strings.Join(t.out, "\n") + "\n"
}
