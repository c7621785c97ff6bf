package exports

// Everything has one of all that AWS has a place for, in the units that a scenario allows.
const Everything = `
start = 2026-03-02T00:00:00
duration = "1d"
policies = ["cpu", "own", "slow", "net", "calls", "api-calls", "fewer", "out", "in", "ahead", "pods-of-mine"]
[load.web.constant]
rate = "20/s"
[request]
cpu = "20ms"
[instance]
type = "t3.large"
monitoring = "basic"
credit_specification = "standard"
initial_credits = "50%"
[target_group]
slow_start = "30s"
deregistration_delay = "2m"
load_balancing_cross_zone_enabled = false
health_check = { interval = "10s", timeout = "4s", healthy_threshold = 3, unhealthy_threshold = 4 }
target_group_health = { dns_failover = { minimum_healthy_targets_count = 4, minimum_healthy_targets_percentage = "60%" }, unhealthy_state_routing = { minimum_healthy_targets_count = 3, minimum_healthy_targets_percentage = "50%" } }
[auto_scaling_group]
name = "we'b $(date) \"x\" ${y} %{z} \\ end"
min_size = 2
max_size = 20
desired_capacity = 4
availability_zones = ["a", "b"]
health_check_type = "ELB"
health_check_grace_period = "90s"
default_cooldown = "2m"
default_instance_warmup = "45s"
termination_policies = ["OldestInstance", "Default"]
new_instances_protected_from_scale_in = true
max_instance_lifetime = "7d"
suspended_processes = ["AZRebalance"]
reconcile_delay = "11s"
instance_maintenance_policy = { min_healthy_percentage = "90%", max_healthy_percentage = "120%" }
availability_zone_distribution = { capacity_distribution_strategy = "balanced-only" }
[auto_scaling_group.warm_pool]
pool_state = "Hibernated"
min_size = 3
max_group_prepared_capacity = 15
instance_reuse_policy = { reuse_on_scale_in = true }
volume_size = "20GiB"
[policy.cpu.target_tracking]
predefined_metric_type = "ASGAverageCPUUtilization"
target_value = "42.5%"
disable_scale_in = true
estimated_instance_warmup = "75s"
low_ratio = 0.8
[policy.own.target_tracking]
customized_metric_specification = { metric_name = "CPUUtilization", statistic = "Maximum", period = "10s" }
target_value = "80%"
[policy.slow.target_tracking]
customized_metric_specification = { metric_name = "TargetResponseTime", statistic = "Average" }
target_value = "250ms"
[policy.net.target_tracking]
predefined_metric_type = "ASGAverageNetworkOut"
target_value = "60MB"
[policy.calls.target_tracking]
predefined_metric_type = "ALBRequestCountPerTarget"
target_value = "50/s"
[other_target_group.api]
deregistration_delay = "3m"
slow_start = "60s"
health_check = { interval = "15s", timeout = "6s", healthy_threshold = 6, unhealthy_threshold = 5 }
[policy.api-calls.target_tracking]
predefined_metric_type = "ALBRequestCountPerTarget"
target_group = "api"
target_value = "70/s"
[policy.fewer.step_scaling]
alarm = "few"
step_adjustment = [{ metric_interval_upper_bound = 0, scaling_adjustment = 1 }]
[alarm.few]
metric_name = "HealthyHostCount"
statistic = "Minimum"
target_group = "api"
evaluation_periods = 2
comparison_operator = "LessThanThreshold"
threshold = 2
[policy.out.step_scaling]
alarm = "tail"
adjustment_type = "PercentChangeInCapacity"
min_adjustment_magnitude = 2
estimated_instance_warmup = "30s"
step_adjustment = [{ metric_interval_lower_bound = 0, metric_interval_upper_bound = 0.5, scaling_adjustment = 10 }, { metric_interval_lower_bound = 0.5, scaling_adjustment = 30 }]
[policy.in.simple_scaling]
alarm = "idle"
scaling_adjustment = -1
cooldown = "3m"
[policy.ahead.predictive_scaling]
mode = "ForecastAndScale"
predefined_metric_type = "ASGCPUUtilization"
target_value = "45%"
scheduling_buffer_time = "10m"
max_capacity_breach_behavior = "IncreaseMaxCapacity"
max_capacity_buffer = "15%"
[policy.pods-of-mine.target_tracking]
predefined_metric_type = "ASGAverageNetworkIn"
target_value = 1e6
[alarm.tail]
metric_name = "TargetResponseTime"
statistic = "p99.5"
period = "1m"
evaluation_periods = 3
datapoints_to_alarm = 2
comparison_operator = "GreaterThanThreshold"
threshold = "400ms"
[alarm.idle]
metric_name = "CPUUtilization"
evaluation_periods = 10
comparison_operator = "LessThanThreshold"
threshold = "20%"
treat_missing_data = "notBreaching"
[alarm.unused]
metric_name = "RequestCount"
evaluation_periods = 1
comparison_operator = "LessThanThreshold"
threshold = 1
[schedule.before-work]
recurrence = "0 7 * * MON-FRI"
time_zone = "Europe/Berlin"
min_size = 4
[schedule.after-work]
recurrence = "0 19 * * *"
min_size = 2
max_size = 20
desired_capacity = 2
[hook.setup]
lifecycle_transition = "launching"
heartbeat_timeout = "10m"
default_result = "CONTINUE"
duration = "20s"
[hook.bye_now]
lifecycle_transition = "terminating"
heartbeat_timeout = 120
duration = "5s"
success = "90%"
`

// MixedOnes has several types, with weights and Spot, and no load balancer.
const MixedOnes = `
start = 2026-03-02T00:00:00
duration = "1d"
[load.web.constant]
rate = "20/s"
[request]
cpu = "20ms"
[instance]
type = "c7g.large"
[auto_scaling_group]
min_size = 4
max_size = 20
capacity_rebalance = true
[auto_scaling_group.mixed_instances_policy]
overrides = [{ instance_type = "c7g.large", weighted_capacity = 2 }, { instance_type = "c7g.xlarge", weighted_capacity = 4, speed = 1.1, spot_saving = "55%" }, { instance_type = "c9x.large", weighted_capacity = 2, vcpus = 2, memory_size = "4GiB", price = "$0.08/h" }]
[auto_scaling_group.mixed_instances_policy.instances_distribution]
on_demand_base_capacity = 2
on_demand_percentage_above_base_capacity = 25
on_demand_allocation_strategy = "lowest-price"
spot_allocation_strategy = "price-capacity-optimized"
spot_max_price = "$0.05/h"
[load_balancer]
load_balancer_type = "none"
`

// Attributes chooses types by what they have.
const Attributes = `
start = 2026-03-02T00:00:00
duration = "1d"
[load.web.constant]
rate = "20/s"
[request]
cpu = "20ms"
[instance]
type = "c7g.large"
[auto_scaling_group]
min_size = 4
max_size = 20
desired_capacity_type = "vcpu"
[auto_scaling_group.mixed_instances_policy.instances_distribution]
on_demand_base_capacity = 2
on_demand_percentage_above_base_capacity = 25
spot_allocation_strategy = "price-capacity-optimized"
[auto_scaling_group.mixed_instances_policy.instance_requirements]
vcpu_count = { min = 2, max = 8 }
memory_mib = { min = 4096 }
memory_gib_per_vcpu = { min = 2, max = 4.5 }
cpu_manufacturers = ["intel", "amazon-web-services"]
instance_generations = ["current"]
burstable_performance = "included"
excluded_instance_types = ["t3*", "m5.*"]
on_demand_max_price_percentage_over_lowest_price = 35
spot_max_price_percentage_over_lowest_price = 120
`

// MathOnes has an alarm and a policy on metric math, over metrics of the group, of all
// target groups, of the first and of another.
const MathOnes = `
[load.web.constant]
rate = "10/s"
[request]
cpu = "5ms"
[instance]
type = "c7g.large"
monitoring = "detailed"
[auto_scaling_group]
name = "web"
min_size = 1
max_size = 9
[other_target_group.api]
deregistration_delay = "40s"
[metric.share.math]
expression = "100 * m1 / FILL(e1, 1)"
metrics = { m1 = { metric_name = "RequestCount", statistic = "Sum", target_group = "api" }, e1 = { metric_name = "RequestCount", statistic = "Sum" } }
[metric.Each.math]
expression = "own / hosts + 0 * slow"
metrics = { own = { metric_name = "RequestCount", statistic = "Sum", target_group = "target_group" }, hosts = { metric_name = "HealthyHostCount", target_group = "api" }, slow = { metric_name = "TargetResponseTime", statistic = "p99" } }
[alarm.share]
metric_name = "share"
period = "300s"
evaluation_periods = 2
comparison_operator = "GreaterThanThreshold"
threshold = 60
[policy.more.step_scaling]
alarm = "share"
step_adjustment = [{ metric_interval_lower_bound = 0, scaling_adjustment = 2 }]
[policy.Ahead.predictive_scaling]
predefined_metric_type = "ALBRequestCount"
target_group = "api"
target_value = 700
[policy.Each.target_tracking]
customized_metric_specification = { metric_name = "Each" }
target_value = 500
`
