package scenarios

import (
	"slices"

	"asgsim/scenarios/form"
)

// awsWord returns the value that AWS writes another way.
func awsWord(k *Key, text string) (string, bool) {
	w, ok := awsWords[k.Path][text]
	return w, ok
}

// refusedChoice explains a value that AWS has and we have not, or not yet.
func refusedChoice(k *Key, text, remedy string) *form.Mistake {
	switch {
	case k.Path == "load_balancer.load_balancer_type" && slices.Contains(plannedChoices(k.Path), text):
		return form.Wrong(`write "application" to have it taken for one, which spreads requests, not connections, and costs otherwise; or "none"`, "%q is planned but not built in this version", text)
	case slices.Contains(plannedChoices(k.Path), text):
		return form.Wrong(remedy, "%q is planned but not built in this version", text)
	case slices.Contains(unmodelledChoices(k.Path), text):
		return form.Wrong(remedy, "%q is AWS's, and not modelled", text)
	}
	return nil
}

// awsWords are the values of AWS's own enumerations where ours are shorter.
var awsWords = map[string]map[string]string{
	// LifecycleHook.LifecycleTransition, EC2 Auto Scaling API, 2026-08.
	"hook.N.lifecycle_transition": {"autoscaling:EC2_INSTANCE_LAUNCHING": "launching", "autoscaling:EC2_INSTANCE_TERMINATING": "terminating"},
	// HealthCheckType is a list, API:CreateAutoScalingGroup, 2026-08; EC2 is always in it.
	"auto_scaling_group.health_check_type": {"EBS,ELB": "ELB,EBS", "EC2,ELB": "ELB", "EC2,EBS": "EBS", "ELB,EC2": "ELB", "EBS,EC2": "EBS"},
	// Monitoring.State, EC2 API, 2026-08.
	"instance.monitoring": {"enabled": "detailed", "disabled": "basic"},
	// Target group attributes, ELBv2 API, 2026-08; a load balancer's own is always true.
	"target_group.load_balancing_cross_zone_enabled": {"use_load_balancer_configuration": "true"},
}

// plannedChoices are values that AWS has and a later version will have.
func plannedChoices(path string) []string {
	switch path {
	case "load_balancer.load_balancer_type":
		return []string{"network", "gateway", "classic"}
	case "auto_scaling_group.health_check_type":
		return []string{"VPC_LATTICE"}
	}
	return nil
}

// unmodelledChoices are values that AWS has and we have not.
func unmodelledChoices(path string) []string {
	switch path {
	case "alarm.N.comparison_operator":
		return []string{"LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold"}
	}
	return nil
}
