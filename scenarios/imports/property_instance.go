package imports

import "slices"

// templateProperties are those of a version of a launch template, its LaunchTemplateData
// in the first place.
func templateProperties() []Property {
	const d = "LaunchTemplateData."
	return slices.Concat([]Property{
		read(d+"InstanceType", "instance.type", "of a type that the price list does not have, instance.vcpus, memory_size and price too"),
		read(d+"Monitoring", "instance.monitoring", "left out it is basic, as in AWS"),
		read(d+"CreditSpecification", "instance.credit_specification", "of burstable types"),
		read(d+"InstanceMarketOptions", "auto_scaling_group.mixed_instances_policy", "Spot: of one type, with nothing on demand"),
		lostUnless("open", d+"CapacityReservationSpecification.CapacityReservationPreference", "reserved capacity is not modelled: launches find capacity as everywhere"),
		lost(d+"CapacityReservationSpecification.CapacityReservationTarget", "reserved capacity is not modelled: launches find capacity as everywhere"),
		lost(d+"CpuOptions", "an instance has all vCPUs of its type"),
		read(d+"Placement.Tenancy", "prices.tenancy", "dedicated, where imported prices have it; else told"),
		lost(d+"Placement", "placement is not modelled: launches do not fail for want of room"),
		lost(d+"NetworkPerformanceOptions", "network bandwidth is not modelled"),
		lost(d+"LicenseSpecifications", "licences are not on the bill: write instance.price with them"),
		lost(d+"ElasticGpuSpecifications", "accelerators are neither simulated nor billed"),
		lost(d+"ElasticInferenceAccelerators", "accelerators are neither simulated nor billed"),
	},
		requirementProperties("LaunchTemplateData"),
		idle(identity, "LaunchTemplateId", "LaunchTemplateName", "VersionNumber", "VersionDescription", "DefaultVersion", "CreateTime", "CreatedBy", "Operator", d+"Operator", d+"TagSpecifications", d+"PrivateDnsNameOptions", "TagSpecifications"),
		idle(software, d+"ImageId", d+"UserData", d+"KernelId", d+"RamDiskId", d+"HibernationOptions", d+"MaintenanceOptions"),
		idle("EBS is neither simulated nor billed, but for the volumes of a warm pool", d+"BlockDeviceMappings", d+"EbsOptimized"),
		idle(security, d+"IamInstanceProfile", d+"KeyName", d+"SecurityGroupIds", d+"SecurityGroups", d+"MetadataOptions", d+"EnclaveOptions", d+"DisableApiStop", d+"DisableApiTermination", d+"NetworkInterfaces", d+"SecondaryInterfaces", d+"InstanceInitiatedShutdownBehavior"),
	)
}

func launchConfigurationProperties() []Property {
	return slices.Concat([]Property{
		read("InstanceType", "instance.type", "of a type that the price list does not have, instance.vcpus, memory_size and price too"),
		read("InstanceMonitoring", "instance.monitoring", "left out it is detailed, as in AWS"),
		read("SpotPrice", "auto_scaling_group.mixed_instances_policy", "Spot: of one type, with nothing on demand, at this price at most"),
		read("PlacementTenancy", "prices.tenancy", "dedicated, where imported prices have it; else told"),
	},
		idle(identity, "LaunchConfigurationName", "LaunchConfigurationARN", "CreatedTime", "InstanceId"),
		idle(software, "ImageId", "UserData", "KernelId", "RamdiskId"),
		idle("EBS is neither simulated nor billed, but for the volumes of a warm pool", "BlockDeviceMappings", "EbsOptimized"),
		idle(security, "IamInstanceProfile", "KeyName", "SecurityGroups", "MetadataOptions", "AssociatePublicIpAddress", "ClassicLinkVPCId", "ClassicLinkVPCSecurityGroups"),
	)
}
