package scenarios

import "testing"

// The defaults and ranges that AWS's guides state, by the numbers under which they
// were taken down.
func TestDefaultsOfAWS(t *testing.T) {
	keys := map[string]Key{}
	for _, k := range Keys() {
		keys[k.Path] = k
	}
	for _, row := range []struct{ id, path, field, want string }{
		{"az-05", "auto_scaling_group.default_cooldown", "default", `"300s"`},
		{"az-06", "auto_scaling_group.health_check_grace_period", "default", `"0s"`},
		{"az-06", "auto_scaling_group.health_check_grace_period", "console", `"300s"`},
		{"az-08", "hook.N.heartbeat_timeout", "default", `"3600s"`},
		{"az-11", "target_group.deregistration_delay", "default", `"300s"`},
		{"az-12", "target_group.health_check.interval", "default", `"30s"`},
		{"az-12", "target_group.health_check.timeout", "default", `"5s"`},
		{"az-12", "target_group.health_check.healthy_threshold", "default", "5"},
		{"az-12", "target_group.health_check.unhealthy_threshold", "default", "2"},
		{"az-13", "target_group.slow_start", "default", `"0s"`},
		{"az-13", "target_group.slow_start", "max", `"900s"`},
		{"az-14", "target_group.load_balancing_algorithm_type", "default", `"round_robin"`},
		{"az-17", "auto_scaling_group.max_instance_lifetime", "min", `"1d"`},
	} {
		k, ok := keys[row.path]
		if !ok {
			t.Errorf("%s: no key %s", row.id, row.path)
			continue
		}
		got := map[string]string{"default": k.Default, "console": k.Console, "min": k.Min, "max": k.Max}[row.field]
		if got != row.want {
			t.Errorf("%s: %s of %s is %s, want %s", row.id, row.field, row.path, got, row.want)
		}
	}
}

// Every default in which Terraform or the console differs from the API, from their own
// pages: the provider's aws_autoscaling_group (health_check_grace_period),
// aws_lb_target_group (health_check) and aws_autoscaling_schedule (min_size, max_size,
// desired_capacity), 2026-08; the user guide on what the console fills in, 2023-04-27.
func TestDefaultsOfTerraformAndTheConsole(t *testing.T) {
	want := map[string][2]string{ // Terraform, console
		"auto_scaling_group.health_check_grace_period":          {`"300s"`, `"300s"`},
		"target_group.health_check.timeout":                     {`"6s"`, ""},
		"target_group.health_check.healthy_threshold":           {"3", ""},
		"target_group.health_check.unhealthy_threshold":         {"3", ""},
		"other_target_group.N.health_check.timeout":             {`"6s"`, ""},
		"other_target_group.N.health_check.healthy_threshold":   {"3", ""},
		"other_target_group.N.health_check.unhealthy_threshold": {"3", ""},
		"schedule.N.min_size":                                   {"0", ""},
		"schedule.N.max_size":                                   {"0", ""},
		"schedule.N.desired_capacity":                           {"0", ""},
		distribution + "spot_allocation_strategy":               {"", `"price-capacity-optimized"`},
		"event.N.instance_refresh.skip_matching":                {"", "true"},
		"event.N.instance_refresh.scale_in_protected_instances": {"", `"Ignore"`},
		"event.N.instance_refresh.standby_instances":            {"", `"Ignore"`},
	}
	for _, k := range Keys() {
		if got := [2]string{k.Terraform, k.Console}; got != want[k.Path] {
			t.Errorf("%s: Terraform %q, console %q, want %q", k.Path, got[0], got[1], want[k.Path])
		}
		for tool, own := range map[string]string{"terraform": k.Terraform, "console": k.Console, "api": ""} {
			if text, from := k.Preset(tool); own != "" && (text != own || from == "default (AWS API)") || own == "" && text != k.Default {
				t.Errorf("%s with defaults = %s: %s, %s", k.Path, tool, text, from)
			}
		}
	}
}
