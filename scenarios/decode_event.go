package scenarios

import (
	"regexp"
	"slices"
	"strings"

	"asgsim/scenarios/form"
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
		e.Honour, _ = d.Bool(p + "honor_cooldown")
	}
	some := false
	for _, key := range keys {
		v, ok := d.Count(p + key)
		some = some || d.IsGiven(p+key)
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
		d.Problem(path, d.At(path), form.Wrong("write min_size, max_size or desired_capacity", "changes nothing"))
	case s.Min != asg.Keep && s.Max != asg.Keep && s.Min > s.Max:
		d.Problem(p+"min_size", d.At(p+"min_size"), form.Wrong("lower it, or raise max_size", "is above max_size: %d > %d", s.Min, s.Max))
	case s.Desired != asg.Keep && s.Max != asg.Keep && s.Desired > s.Max || s.Desired != asg.Keep && s.Desired < s.Min:
		d.Problem(p+"desired_capacity", d.At(p+"desired_capacity"), form.Wrong("AWS refuses it otherwise", "must be between min_size and max_size of the update: %d", s.Desired))
	case s.Desired > w.Group.Max && s.Max == asg.Keep && d.OK("auto_scaling_group.max_size"):
		d.Warn(p+"desired_capacity", "[event.NAME.update] raises max_size", "is above the group's max_size, %d > %d: AWS refuses it unless something has raised that", s.Desired, w.Group.Max)
	case s.Desired != asg.Keep && s.Desired < w.Group.Min && s.Min == asg.Keep && d.OK("auto_scaling_group.min_size"):
		d.Warn(p+"desired_capacity", "[event.NAME.update] lowers min_size", "is below the group's min_size, %d < %d: AWS refuses it unless something has lowered that", s.Desired, w.Group.Min)
	case s.Min > w.Group.Max && s.Max == asg.Keep && d.OK("auto_scaling_group.max_size"):
		d.Warn(p+"min_size", "name max_size too", "is above the group's max_size, %d > %d: AWS refuses it unless something has raised that", s.Min, w.Group.Max)
	}
}

// instanceID is the form of EC2's ids.
var instanceID = regexp.MustCompile(`^i-[0-9a-f]{17}$`)

// chosen reads which instances an event concerns.
func (d *decoder) chosen(p string, e *asg.Event, w *record.Config) {
	if e.Kind == asg.EventRecommend && w.Template.Spot == nil {
		d.Warn(strings.TrimSuffix(p, "."), "", "has nothing to do: the group has no Spot Instances")
	}
	if zone, ok := d.Text(p + "zone"); ok {
		if e.Zone = zone; !slices.Contains(w.Group.Zones, zone) {
			d.Problem(p+"zone", d.At(p+"zone"), form.Wrong("availability_zones are "+strings.Join(w.Group.Zones, ", "), "is no zone of the group: %q", zone))
		}
	}
	id, ok := d.Text(p + "instance")
	if !ok {
		return
	}
	e.Instance = id
	switch {
	case !instanceID.MatchString(id):
		d.Problem(p+"instance", d.At(p+"instance"), form.Wrong("instances.csv of a run with this seed has the ids: \"i-\" and 17 hexadecimal digits", "is no instance id: %q", id))
	case d.IsGiven(p+"count") || e.Zone != "":
		d.Problem(p+"instance", d.At(p+"instance"), form.Wrong("leave count and zone out", "names the one instance: count and zone have no meaning beside it"))
	}
}
