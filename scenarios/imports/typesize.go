package imports

// addType takes one type of describe-instance-types.
func (f *Found) addType(v *Value) {
	f.read(v, "describe-instance-types")
	vcpus, ok := v.Get("VCpuInfo", "DefaultVCpus").number()
	memory, also := v.Get("MemoryInfo", "SizeInMiB").number()
	const most = 1 << 20 // of either: far beyond any machine
	if name := v.text("InstanceType"); ok && also && name != "" && vcpus >= 1 && vcpus <= most && memory >= 1 && memory <= most<<10 {
		if f.types == nil {
			f.types = map[string]typeSize{}
		}
		f.types[name] = typeSize{int(vcpus), memory / 1024}
	}
}
