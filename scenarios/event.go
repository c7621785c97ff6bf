package scenarios

import (
	"regexp"
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/record"
)

// eventKinds are the kinds of scripted events, in the order of asg.EventKind.
var eventKinds = [...]string{"standby", "exit_standby", "detach", "set_protection", "suspend", "resume", "instance_refresh", "cancel_instance_refresh", "attach", "zones", "rollback_instance_refresh",
	"set_desired_capacity", "update", "terminate_instance", "rebalance_recommendation", "zonal_shift"}

// chosen documents how an event names the instances it concerns.
func chosen(p string) []Key {
	return []Key{
		{Path: p + "instance", Type: Text, Absent: "chosen at random", Doc: "Id of the one instance it concerns, as activities.json and instances.csv have it: the same seed launches the same ids."},
		{Path: p + "zone", Type: Text, Absent: "all", Doc: "Zone of the instances that it may concern."},
	}
}

func eventKeys() []Key {
	const guide = "AWS EC2 Auto Scaling User Guide, 2023-04-27"
	var out []Key
	for i, kind := range eventKinds {
		p := "event.N." + kind + "."
		out = append(out, Key{Path: p + "at", Type: Whens, Required: true, Doc: "When it happens: \"Mon 15:40\" is the first such in the run; several in an array."})
		switch k := asg.EventKind(i); k {
		case asg.EventRefresh:
			out = append(out, refreshKeys(p)...)
		case asg.EventCancelRefresh:
			out[len(out)-1].Doc += " The instance refresh in progress stops where it is: what it has replaced stays."
		case asg.EventRollbackRefresh:
			out[len(out)-1].Doc += " The instance refresh in progress puts the old version back."
		case asg.EventAttach:
			out = append(out, Key{Path: p + "count", Type: Count, Unit: "instances", Default: "1", Min: "1", Max: "100000", Source: guide, Doc: "How many instances that ran elsewhere, with their application up, the group takes in; desired rises with each, not above max_size."})
		case asg.EventZones:
			out = append(out, Key{Path: p + "availability_zones", Type: NameList, Required: true, Source: guide, Doc: "The zones the group uses from then on. It evens out what is in others, one instance at a time, launching before it terminates."})
		case asg.EventSuspend, asg.EventResume:
			out = append(out, Key{Path: p + "processes", Type: NameList, Absent: "all", Source: guide, Doc: "The processes: Launch, Terminate, HealthCheck, ReplaceUnhealthy, AlarmNotification, ScheduledActions, AZRebalance, AddToLoadBalancer, InstanceRefresh."})
		case asg.EventSetDesired:
			out[len(out)-1].Doc += " Somebody sets the desired capacity; outside min_size and max_size AWS refuses it."
			out = append(out, Key{Path: p + "desired_capacity", Type: Count, Unit: "instances", Required: true, Min: "0", Max: "100000", Source: "AWS SetDesiredCapacity, API of 2026-08", Doc: "The new desired capacity. Policies may change it right after."},
				Key{Path: p + "honor_cooldown", Type: Bool, Default: "false", Source: "AWS SetDesiredCapacity, API of 2026-08", Doc: "true: refused while a simple scaling activity or its cooldown lasts."})
		case asg.EventUpdate:
			const update = "AWS UpdateAutoScalingGroup, API of 2026-08"
			out[len(out)-1].Doc += " Somebody changes the group's sizes; AWS refuses bounds that exclude each other, and a desired capacity outside of them."
			out = append(out, Key{Path: p + "min_size", Type: Count, Unit: "instances", Absent: "stays", Min: "0", Max: "100000", Source: update, Doc: "New min_size; a desired capacity below it rises to it."},
				Key{Path: p + "max_size", Type: Count, Unit: "instances", Absent: "stays", Min: "0", Max: "100000", Source: update, Doc: "New max_size; a desired capacity above it falls to it."},
				Key{Path: p + "desired_capacity", Type: Count, Unit: "instances", Absent: "stays, within the bounds", Min: "0", Max: "100000", Source: update, Doc: "New desired capacity."})
		case asg.EventZonalShift:
			out[len(out)-1].Doc += " Somebody shifts the load balancer's traffic away from a zone, with ARC: its targets get no new requests, healthy or not, with cross-zone balancing or without; what is in flight on them ends there, and they are still checked. One zone at a time; where all targets are in it, nothing happens. The group goes on as before: it scales by averages that the idle instances lower, and launches in that zone too."
			out = append(out, Key{Path: p + "zone", Type: Text, Required: true, Sample: `"a"`, Source: "ARC guide, Application Load Balancers, read 2026-11", Doc: "The zone that traffic leaves."},
				Key{Path: p + "duration", Type: Duration, Required: true, Min: `"1m"`, Max: `"3d"`, Source: "ARC API, StartZonalShift, expiresIn, read 2026-11", Doc: "How long until the zone gets traffic again."})
		case asg.EventRecommend:
			out[len(out)-1].Doc += " EC2 recommends to rebalance Spot Instances, and does not interrupt them: capacity_rebalance replaces them all the same."
			out = append(append(out, Key{Path: p + "count", Type: Count, Unit: "instances", Absent: "all", Min: "1", Max: "100000", Doc: "How many of the Spot Instances in service, chosen at random."}), chosen(p)...)
		case asg.EventStandby, asg.EventDetach, asg.EventTerminate:
			verb := "takes away"
			if k == asg.EventTerminate {
				verb = "terminates, through drain and hooks, protected from scale-in or not"
			}
			out = append(out, Key{Path: p + "count", Type: Count, Unit: "instances", Default: "1", Min: "1", Max: "100000", Doc: "How many instances in service it " + verb + ", chosen at random."},
				Key{Path: p + "should_decrement_desired_capacity", Type: Bool, Default: "true", Doc: "true: desired falls with each, not below min_size. false: another is launched for each. AWS wants it given."})
			out = append(out, chosen(p)...)
		default:
			out = append(out, Key{Path: p + "count", Type: Count, Unit: "instances", Absent: "all", Min: "1", Max: "100000", Doc: "How many of the instances that it may concern, chosen at random."})
			out = append(out, chosen(p)...)
			if k == asg.EventProtect {
				out = append(out, Key{Path: p + "protected_from_scale_in", Type: Bool, Default: "true", Doc: "true: protect instances from scale-in. false: lift their protection."})
			}
		}
	}
	return out
}

// events reads the scripted events.
func (d *decoder) events(w *record.Config) []asg.Event {
	var out []asg.Event
	for _, name := range d.Entries("event") {
		kind := d.Kind("event."+name, eventKinds[:])
		if kind == "" {
			continue
		}
		p := "event." + name + "." + kind + "."
		e := asg.Event{Name: name, Kind: asg.EventKind(slices.Index(eventKinds[:], kind)), Count: asg.All}
		e.At, _ = d.whens(p + "at")
		switch e.Kind {
		case asg.EventSuspend, asg.EventResume:
			var given bool
			if e.Processes, given = d.processes(p + "processes"); !given {
				for k := range asg.Processes() {
					e.Processes = append(e.Processes, asg.Process(k))
				}
			}
		case asg.EventRefresh:
			e.Refresh = d.refresh(p, w)
		case asg.EventCancelRefresh, asg.EventRollbackRefresh:
		case asg.EventAttach:
			e.Count, _ = d.Count(p + "count")
		case asg.EventZones:
			e.Zones = d.zonesFromNow(p+"availability_zones", &w.Group)
		case asg.EventSetDesired, asg.EventUpdate:
			d.resizing(p, &e, w)
		case asg.EventZonalShift:
			d.zonalShift(p, &e, w)
		case asg.EventStandby, asg.EventDetach, asg.EventTerminate:
			e.Count, _ = d.Count(p + "count")
			e.Decrement, _ = d.Bool(p + "should_decrement_desired_capacity")
			d.chosen(p, &e, w)
		default:
			d.chosen(p, &e, w)
			if n, ok := d.Count(p + "count"); ok {
				e.Count = n
			}
			if e.Kind == asg.EventProtect {
				e.Protected, _ = d.Bool(p + "protected_from_scale_in")
			}
		}
		out = append(out, e)
	}
	return out
}

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
