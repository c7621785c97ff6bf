package ec2

import "asgsim/sim/des"

// Used is the vCPU time in nanoseconds that an instance of so many vCPUs shows between
// begin and end of a run: what its requests kept busy, what booting takes, and what runs
// in the background once it is up.
func (t *Template) Used(requests float64, vcpu int, run *Run, begin, end des.Time) float64 {
	used := requests * (1 - t.Background)
	if booted := min(end, run.UpAt); booted > begin && run.UpAt != run.RunningAt {
		used += t.BootCPU * float64(vcpu) * float64(booted-begin)
	}
	if from := max(begin, run.UpAt); from < end {
		used += t.Background * float64(vcpu) * float64(end-from)
	}
	return used
}
