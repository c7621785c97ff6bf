package ec2

import (
	"asgsim/workload"
)

// Version is what a new version of the launch template changes about the instances
// launched from it.
type Version struct {
	Speed   float64       // of the application, relative to the version before; 1
	Boot    workload.Dist // nil: as before
	Errors  float64       // share of requests (and health checks) answered with an error
	Checks  Checks        // what health checks see of the errors
	Healthy bool          // false: the application never comes up
}

// Checks is what health checks see of a version's errors.
type Checks uint8

// What they see.
const (
	ChecksAsRequests Checks = iota // an error in the same share
	ChecksPass                     // nothing
	ChecksFail                     // an error, each of them
)

// Same reports whether instances of two versions would be alike; nil is the first
// version.
func (v *Version) Same(o *Version) bool {
	first := Version{Speed: 1, Healthy: true}
	if v == nil {
		v = &first
	}
	if o == nil {
		o = &first
	}
	if v.Speed != o.Speed || v.Errors != o.Errors || v.Checks != o.Checks || v.Healthy != o.Healthy || (v.Boot == nil) != (o.Boot == nil) {
		return false
	}
	for _, p := range [...]float64{0.1, 0.5, 0.9} {
		if v.Boot != nil && v.Boot.Quantile(p) != o.Boot.Quantile(p) {
			return false
		}
	}
	return true
}

// SetVersion makes a version the one that is launched from now on; nil is the
// first one.
func (f *Fleet) SetVersion(v *Version) { f.version = v }

// Models are the types the fleet can launch, in order of priority.
func (f *Fleet) Models() []*Model { return f.models }

// Version is what is launched now; nil: the first.
func (f *Fleet) Version() *Version { return f.version }

// Speed is that of an instance's vCPUs when nothing ails it.
func (f *Fleet) Speed(i *Instance) float64 {
	if i.Version == nil {
		return i.Model.Speed
	}
	return i.Model.Speed * i.Version.Speed
}

func (f *Fleet) bootTime(v *Version) workload.Dist {
	if v == nil || v.Boot == nil {
		return f.template.Boot
	}
	return v.Boot
}

// errors is the share of requests that instances of a version answer with an error.
func (v *Version) errors() float64 {
	if v == nil {
		return 0
	}
	return v.Errors
}

// sick is the share of health checks that they answer badly.
func (v *Version) sick() float64 {
	switch {
	case v == nil || v.Checks == ChecksPass:
		return 0
	case v.Checks == ChecksFail:
		return 1
	}
	return v.Errors
}
