package scenarios

// moneyKeys documents the credits of [instance].
func moneyKeys() []Key {
	const guide = "AWS EC2 User Guide, burstable performance instances, 2023-05-31"
	return []Key{
		{Path: "instance.credit_specification", Type: Choice, Choices: []string{"standard", "unlimited"}, Absent: "for burstable types standard (T2) or unlimited (T3, T3a, T4g)", Source: guide, Doc: "What an instance out of CPU credits does: slow down to its baseline, or go on and pay for the surplus."},
		{Path: "instance.initial_credits", Type: Share, Absent: "\"100%\" for burstable types", Min: `"0%"`, Max: `"100%"`, Doc: "CPU credits of burstable instances that run at the start, as a share of the most the type can hold. Those launched later begin with none, or with the launch credits of T2 in standard mode."},
	}
}
