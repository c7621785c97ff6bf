package exports

// requirements is what types are chosen by; nil where they are named.
func (r *resources) requirements() any {
	const t = mixedTable + ".instance_requirements."
	if r.node(t+"vcpu_count.min") == nil {
		return nil
	}
	span := func(key string, get func(string) any) any {
		return (&object{}).put("Min", get(t+key+".min")).put("Max", get(t+key+".max")).filled()
	}
	return (&object{}).put("VCpuCount", span("vcpu_count", r.whole)).put("MemoryMiB", span("memory_mib", r.whole)).
		put("MemoryGiBPerVCpu", span("memory_gib_per_vcpu", r.number)).
		put("CpuManufacturers", r.texts(t+"cpu_manufacturers")).put("InstanceGenerations", r.texts(t+"instance_generations")).
		put("BurstablePerformance", r.text(t+"burstable_performance")).put("BareMetal", r.text(t+"bare_metal")).
		put("AllowedInstanceTypes", r.texts(t+"allowed_instance_types")).put("ExcludedInstanceTypes", r.texts(t+"excluded_instance_types")).
		put("OnDemandMaxPricePercentageOverLowestPrice", r.whole(t+"on_demand_max_price_percentage_over_lowest_price")).
		put("SpotMaxPricePercentageOverLowestPrice", r.whole(t+"spot_max_price_percentage_over_lowest_price")).
		put("MaxSpotPriceAsPercentageOfOptimalOnDemandPrice", r.whole(t+"max_spot_price_as_percentage_of_optimal_on_demand_price")).filled()
}
