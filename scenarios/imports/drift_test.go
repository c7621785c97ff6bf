package imports_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	asg "github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	cloudwatch "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"asgsim/scenarios"
	"asgsim/scenarios/imports"
)

// The tables say what becomes of every property that AWS's SDK knows: what it adds is
// found here when the SDK is raised.
func TestEveryPropertyOfTheSDK(t *testing.T) {
	for _, x := range []struct {
		sort   imports.Sort
		prefix string
		sdk    any
	}{
		{imports.Group, "", asg.AutoScalingGroup{}},
		{imports.Policy, "", asg.ScalingPolicy{}},
		{imports.Schedule, "", asg.ScheduledUpdateGroupAction{}},
		{imports.Hook, "", asg.LifecycleHook{}},
		{imports.WarmPool, "", asg.WarmPoolConfiguration{}},
		{imports.LaunchConfig, "", asg.LaunchConfiguration{}},
		{imports.Refresh, "", asg.InstanceRefresh{}},
		{imports.Alarm, "", cloudwatch.MetricAlarm{}},
		{imports.TargetGroup, "", elb.TargetGroup{}},
		{imports.Balancer, "", elb.LoadBalancer{}},
		{imports.Template, "", ec2.LaunchTemplateVersion{}},
	} {
		n := 0
		leaves(reflect.TypeOf(x.sdk), x.prefix, 0, func(path string) {
			n++
			if !imports.Covers(x.sort, path) {
				t.Errorf("%s: %s is in no table", x.sort, path)
			}
		})
		if n < 4 {
			t.Errorf("%s: only %d properties: is it the right type?", x.sort, n)
		}
	}
}

// leaves calls visit with the path of everything in a type that is no structure.
func leaves(t reflect.Type, path string, depth int, visit func(string)) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t.PkgPath() == "time" || depth > 8 {
		visit(path)
		return
	}
	for f := range t.Fields() {
		if f.IsExported() && f.Type.Name() != "ResultMetadata" {
			leaves(f.Type, strings.TrimPrefix(path+"."+f.Name, "."), depth+1, visit)
		}
	}
}

// The attributes that ModifyTargetGroupAttributes and ModifyLoadBalancerAttributes take
// (Elastic Load Balancing API, TargetGroupAttribute and LoadBalancerAttribute, as
// documented in the SDK of 2026-11): the SDK has no type for them.
func TestEveryAttribute(t *testing.T) {
	for sort, names := range map[imports.Sort]string{
		imports.TargetAttrs: `deregistration_delay.timeout_seconds stickiness.enabled stickiness.type load_balancing.cross_zone.enabled
			target_group_health.dns_failover.minimum_healthy_targets.count target_group_health.dns_failover.minimum_healthy_targets.percentage
			target_group_health.unhealthy_state_routing.minimum_healthy_targets.count target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage
			load_balancing.algorithm.type load_balancing.algorithm.anomaly_mitigation slow_start.duration_seconds stickiness.app_cookie.cookie_name
			stickiness.app_cookie.duration_seconds stickiness.lb_cookie.duration_seconds lambda.multi_value_headers.enabled
			deregistration_delay.connection_termination.enabled preserve_client_ip.enabled proxy_protocol_v2.enabled
			target_health_state.unhealthy.connection_termination.enabled target_health_state.unhealthy.draining_interval_seconds
			target_failover.on_deregistration target_failover.on_unhealthy send_tcp_reset.on_deregistration.enabled send_tcp_reset.on_unhealthy.enabled`,
		imports.BalancerAttrs: `deletion_protection.enabled load_balancing.cross_zone.enabled access_logs.s3.enabled access_logs.s3.bucket access_logs.s3.prefix
			ipv6.deny_all_igw_traffic zonal_shift.config.enabled idle_timeout.timeout_seconds client_keep_alive.seconds connection_logs.s3.enabled
			connection_logs.s3.bucket connection_logs.s3.prefix health_check_logs.s3.enabled health_check_logs.s3.bucket health_check_logs.s3.prefix
			routing.http.desync_mitigation_mode routing.http.drop_invalid_header_fields.enabled routing.http.preserve_host_header.enabled
			routing.http.x_amzn_tls_version_and_cipher_suite.enabled routing.http.xff_client_port.enabled routing.http.xff_header_processing.mode
			routing.http2.enabled waf.fail_open.enabled dns_record.client_routing_policy secondary_ips.auto_assigned.per_subnet`,
	} {
		for name := range strings.FieldsSeq(names) {
			if !imports.Covers(sort, name) {
				t.Errorf("%s: %s is in no table", sort, name)
			}
		}
	}
}

// Every key that the tables name is one of a scenario's, or a table of it.
func TestEveryKeyIsAScenarios(t *testing.T) {
	for _, sort := range imports.Documented() {
		for _, p := range imports.Properties(sort) {
			if p.Key == "" && p.Effect == "" {
				t.Errorf("%s %s: says nothing", sort, p.Path)
			}
			key, _, _ := strings.Cut(p.Key, ",")
			if p.Key == "" || slices.Contains([]string{"instance", "policies", "load_balancer", "target_group"}, key) || strings.HasSuffix(key, ".N") {
				continue
			}
			if _, err := scenarios.KeysOf(key); err != nil {
				t.Errorf("%s %s: %s: %v", sort, p.Path, p.Key, err)
			}
		}
	}
}
