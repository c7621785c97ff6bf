package imports

const requirementsTable = mixedTable + ".instance_requirements"

// requirementProperties are what types are chosen by, at a path of a resource.
func requirementProperties(path string) []Property {
	p := path + ".InstanceRequirements."
	const k = requirementsTable + "."
	out := []Property{
		read(path+".InstanceRequirements", requirementsTable, "of several the first"),
		read(p+"VCpuCount", k+"vcpu_count.min", "and max"),
		read(p+"MemoryMiB", k+"memory_mib.min", "and max"),
		read(p+"MemoryGiBPerVCpu", k+"memory_gib_per_vcpu.min", "and max"),
		read(p+"CpuManufacturers", k+"cpu_manufacturers", ""),
		read(p+"InstanceGenerations", k+"instance_generations", ""),
		read(p+"BurstablePerformance", k+"burstable_performance", ""),
		read(p+"BareMetal", k+"bare_metal", ""),
		read(p+"AllowedInstanceTypes", k+"allowed_instance_types", ""),
		read(p+"ExcludedInstanceTypes", k+"excluded_instance_types", ""),
		read(p+"OnDemandMaxPricePercentageOverLowestPrice", k+"on_demand_max_price_percentage_over_lowest_price", ""),
		read(p+"SpotMaxPricePercentageOverLowestPrice", k+"spot_max_price_percentage_over_lowest_price", ""),
		read(p+"MaxSpotPriceAsPercentageOfOptimalOnDemandPrice", k+"max_spot_price_as_percentage_of_optimal_on_demand_price", ""),
	}
	for _, name := range []string{"LocalStorage", "LocalStorageTypes", "TotalLocalStorageGB", "BaselineEbsBandwidthMbps", "NetworkInterfaceCount",
		"NetworkBandwidthGbps", "AcceleratorTypes", "AcceleratorCount", "AcceleratorManufacturers", "AcceleratorNames", "AcceleratorTotalMemoryMiB", "BaselinePerformanceFactors", "RequireHibernateSupport", "RequireEncryptionInTransit"} {
		out = append(out, lost(p+name, "no type is left out for it: the group may have cheaper ones than in AWS"))
	}
	return out
}
