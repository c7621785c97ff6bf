package scenarios

import (
	"regexp"
	"slices"
	"strings"

	"asgsim/sim/asg"
	"asgsim/sim/record"
)

// resizing reads the sizes that somebody sets by hand.
func (d *decoder) resizing(p string, e *asg.Event, w *record.Config) {
	e.Sizes = asg.Sizes{Min: asg.Keep, Max: asg.Keep, Desired: asg.Keep}
	keys := []string{"desired_capacity"}
	if e.Kind == asg.EventUpdate {
		keys = []string{"min_size", "max_size", "desired_capacity"}
	} else {
		e.Honour, _ = d.boolean(p + "honor_cooldown")
	}
	some := false
	for _, key := range keys {
		v, ok := d.count(p + key)
		some = some || d.isGiven(p+key)
		if !ok {
			continue
		}
		switch key {
		case "min_size":
			e.Sizes.Min = v
		case "max_size":
			e.Sizes.Max = v
		default:
			e.Sizes.Desired = v
		}
	}
	s, path := e.Sizes, strings.TrimSuffix(p, ".")
	switch {
	case !some && e.Kind == asg.EventUpdate:
		d.problem(path, d.at(path), wrong("write min_size, max_size or desired_capacity", "changes nothing"))
	case s.Min != asg.Keep && s.Max != asg.Keep && s.Min > s.Max:
		d.problem(p+"min_size", d.at(p+"min_size"), wrong("lower it, or raise max_size", "is above max_size: %d > %d", s.Min, s.Max))
	case s.Desired != asg.Keep && s.Max != asg.Keep && s.Desired > s.Max || s.Desired != asg.Keep && s.Desired < s.Min:
		d.problem(p+"desired_capacity", d.at(p+"desired_capacity"), wrong("AWS refuses it otherwise", "must be between min_size and max_size of the update: %d", s.Desired))
	case s.Desired > w.Group.Max && s.Max == asg.Keep && d.ok("auto_scaling_group.max_size"):
		d.warn(p+"desired_capacity", "[event.NAME.update] raises max_size", "is above the group's max_size, %d > %d: AWS refuses it unless something has raised that", s.Desired, w.Group.Max)
	case s.Desired != asg.Keep && s.Desired < w.Group.Min && s.Min == asg.Keep && d.ok("auto_scaling_group.min_size"):
		d.warn(p+"desired_capacity", "[event.NAME.update] lowers min_size", "is below the group's min_size, %d < %d: AWS refuses it unless something has lowered that", s.Desired, w.Group.Min)
	case s.Min > w.Group.Max && s.Max == asg.Keep && d.ok("auto_scaling_group.max_size"):
		d.warn(p+"min_size", "name max_size too", "is above the group's max_size, %d > %d: AWS refuses it unless something has raised that", s.Min, w.Group.Max)
	}
}

// instanceID is the form of EC2's ids.
var instanceID = regexp.MustCompile(`^i-[0-9a-f]{17}$`)

// chosen reads which instances an event concerns.
func (d *decoder) chosen(p string, e *asg.Event, w *record.Config) {
	if e.Kind == asg.EventRecommend && w.Template.Spot == nil {
		d.warn(strings.TrimSuffix(p, "."), "", "has nothing to do: the group has no Spot Instances")
	}
	if zone, ok := d.text(p + "zone"); ok {
		if e.Zone = zone; !slices.Contains(w.Group.Zones, zone) {
			d.problem(p+"zone", d.at(p+"zone"), wrong("availability_zones are "+strings.Join(w.Group.Zones, ", "), "is no zone of the group: %q", zone))
		}
	}
	id, ok := d.text(p + "instance")
	if !ok {
		return
	}
	e.Instance = id
	switch {
	case !instanceID.MatchString(id):
		d.problem(p+"instance", d.at(p+"instance"), wrong("instances.csv of a run with this seed has the ids: \"i-\" and 17 hexadecimal digits", "is no instance id: %q", id))
	case d.isGiven(p+"count") || e.Zone != "":
		d.problem(p+"instance", d.at(p+"instance"), wrong("leave count and zone out", "names the one instance: count and zone have no meaning beside it"))
	}
}
