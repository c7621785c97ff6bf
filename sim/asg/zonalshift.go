package asg

import "asgsim/sim/des"

// shifts is a balancer whose traffic can be shifted away from one zone at a time.
type shifts interface {
	Shift(zone int) bool
	Unshift()
}

// shifter shifts the balancer's traffic. The group goes on as before, in that zone too: its
// own zonal shift is another switch (AvailabilityZoneImpairmentPolicy).
type shifter struct {
	kernel  *des.Kernel
	zones   []string // their names
	observe func()   // to be called after every change
	traffic shifts
}

// begin begins a zonal shift and plans its end, of which over hears.
func (s *shifter) begin(zone int, lasts des.Duration, over func(why string)) (string, bool) {
	name := s.zones[zone]
	if !s.traffic.Shift(zone) {
		return "zonal shift away from zone " + name + " refused: another is active, and AWS allows one at a time", false
	}
	s.kernel.After(lasts, des.Schedule, func() {
		s.traffic.Unshift()
		s.observe()
		over("the zonal shift is over: zone " + name + " gets traffic again")
	})
	return "zonal shift: zone " + name + " gets no new requests for " + lasts.String(), true
}
