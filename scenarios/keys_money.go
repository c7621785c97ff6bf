package scenarios

// moneyKeys documents the credits of [instance].
func moneyKeys() []Key {
	const guide = "AWS EC2 User Guide, burstable performance instances, 2023-05-31"
	return []Key{
		{Path: "instance.credit_specification", Type: Choice, Choices: optionNames(creditModes()), Absent: "for burstable types standard (T2) or unlimited (T3, T3a, T4g)", Source: guide, Doc: "What an instance out of CPU credits does: slow down to its baseline, or go on and pay for the surplus."},
		{Path: "instance.initial_credits", Type: Share, Absent: "\"100%\" for burstable types", Min: `"0%"`, Max: `"100%"`, Doc: "CPU credits of burstable instances that run at the start, as a share of the most the type can hold. Those launched later begin with none, or with the launch credits of T2 in standard mode."},
		{Path: "instance.surplus_hours", Type: Choice, Choices: optionNames(surplusHours()), Absent: "\"since_launch\" for burstable types", Source: "undocumented by AWS, X-44", Doc: "At the end of which hours the surplus beyond a day's earnings is charged: each instance's own since it began to run, or those of the clock (UTC), the first one a part."},
	}
}

// commitmentKeys documents [commitment.N.KIND].
func commitmentKeys() []Key {
	const guide = "AWS Savings Plans User Guide, 2023-05"
	var out []Key
	for _, kind := range commitmentKinds {
		p := "commitment.N." + kind + "."
		if kind == "reserved_instances" {
			out = append(out, Key{Path: p + "count", Type: Count, Unit: "instances", Required: true, Min: "1", Max: "100000", Source: "AWS EC2 User Guide, Reserved Instances", Doc: "Instances that are reserved (regional, no upfront): paid every hour, used or not."},
				Key{Path: p + "instance_type", Type: Text, Absent: "the group's type; of a mixed group the first", Source: "AWS EC2 User Guide, Reserved Instances", Doc: "Type of the reserved instances. That a reservation may cover other sizes of its family is left out."})
		} else {
			out = append(out, Key{Path: p + "per_hour", Type: Price, Required: true, Min: `"$0/h"`, Doc: "Dollars committed an hour, at the discounted price: charged every hour, used or not.", Source: guide})
			if kind == "ec2_instance_savings_plan" {
				out = append(out, Key{Path: p + "instance_family", Type: Text, Absent: "that of the group's type; of a mixed group of the first", Source: guide, Doc: "Family that the plan is for, such as c7g. A Compute Savings Plan is for all; none covers Spot."})
			}
		}
		out = append(out,
			Key{Path: p + "discount", Type: Share, Required: true, Min: `"0%"`, Max: `"99%"`, Doc: "Off the on-demand price of what it covers. AWS has it by type and term; about 34% for one year without upfront payment, 55% for three, 20 to 27% for a Compute Savings Plan."},
			Key{Path: p + "until", Type: Civil, Absent: "beyond the run", Doc: "Local date and time at which it ends."})
	}
	return out
}
