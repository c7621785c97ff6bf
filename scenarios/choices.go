package scenarios

import "slices"

// alias returns the choice that AWS writes another way.
func alias(k *Key, s string) (int, bool) {
	i := slices.Index(k.Choices, awsWords[k.Path][s])
	return i, i >= 0
}

// awsWords are the values of AWS's own enumerations where ours are shorter.
var awsWords = map[string]map[string]string{
	// LifecycleHook.LifecycleTransition, EC2 Auto Scaling API, 2026-08.
	"hook.N.lifecycle_transition": {"autoscaling:EC2_INSTANCE_LAUNCHING": "launching", "autoscaling:EC2_INSTANCE_TERMINATING": "terminating"},
	// Monitoring.State, EC2 API, 2026-08.
	"instance.monitoring": {"enabled": "detailed", "disabled": "basic"},
}

// plannedChoices are values that AWS has and a later version will have.
func plannedChoices(path string) []string {
	switch path {
	case "load_balancer.load_balancer_type":
		return []string{"network", "gateway", "classic"}
	case "auto_scaling_group.health_check_type":
		return []string{"VPC_LATTICE", "EBS"}
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
