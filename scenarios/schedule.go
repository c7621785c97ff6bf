package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/des"
)

// scheduleKeys documents [schedule.N].
func scheduleKeys() []Key {
	const api = "AWS PutScheduledUpdateGroupAction, API of 2026-08"
	const p = "schedule.N."
	return []Key{
		{Path: p + "recurrence", Type: Text, Absent: "once, at start_time", Source: api, Doc: "Five cron fields: minute, hour, day of month, month, day of week (0 is Sunday). A time that a change of the clock skips is left out that day; one that comes twice counts the first time only, unless the hour is a wildcard."},
		{Path: p + "time_zone", Type: Text, Default: `"UTC"`, Source: api, Doc: "IANA name of the zone of recurrence. UTC unless given, whatever timezone says: as in AWS."},
		{Path: p + "start_time", Type: Moment, Absent: "recurrence holds from the start of the run", Source: api, Doc: "The action runs at this instant, then by recurrence: 2026-03-02T07:00:00Z as AWS writes it, or without Z on the clocks of time_zone."},
		{Path: p + "end_time", Type: Moment, Absent: "recurrence holds to the end of the run", Source: api, Doc: "The action does not run after this instant; written like start_time."},
		{Path: p + "min_size", Type: Count, Unit: "instances", Terraform: "0", Absent: "stays", Min: "0", Max: "100000", Source: api, Doc: "New min_size of the group; with Terraform's defaults -1 leaves it alone. A desired capacity below it rises to it."},
		{Path: p + "max_size", Type: Count, Unit: "instances", Terraform: "0", Absent: "stays", Min: "0", Max: "100000", Source: api, Doc: "New max_size of the group; a desired capacity above it falls to it."},
		{Path: p + "desired_capacity", Type: Count, Unit: "instances", Terraform: "0", Absent: "stays, within the bounds", Min: "0", Max: "100000", Source: api, Doc: "New desired capacity, within the bounds then in force. Policies may change it right after."},
		{Path: p + "lateness", Type: Duration, Default: `"10s"`, Min: `"0s"`, Max: `"120s"`, Source: "undocumented by AWS, X-36; EC2 Auto Scaling guide, Scheduled scaling, read 2026-11: mostly within seconds, up to two minutes", Doc: "How late the action comes at most; each time is drawn uniformly from 0 to this."},
	}
}

// maxSchedules is AWS's limit of scheduled actions per group ("Quotas", EC2 Auto
// Scaling User Guide, read 2023-04-27).
const maxSchedules = 125

// schedules reads the picked scheduled actions.
func (d *decoder) schedules(g *asg.Config, names []string) []asg.Schedule {
	var out []asg.Schedule
	taken := map[des.Time]string{}
	for i, name := range names {
		if i == maxSchedules {
			d.Problem("schedule."+name, d.At("schedule."+name), form.Wrong("", "is one too many: a group has at most %d scheduled actions", maxSchedules))
		}
		s := d.scheduled(name, g)
		for _, at := range s.At {
			if other, ok := taken[at]; ok {
				d.Problem("schedule."+name, d.At("schedule."+name), form.Wrong("move one of them by a minute",
					"runs at %s, as schedule %s does: AWS refuses two actions of a group at the same time", d.cal.RFC3339(at), other))
				break
			}
			taken[at] = name
		}
		out = append(out, s)
	}
	return out
}

// scheduled reads one [schedule.N].
func (d *decoder) scheduled(name string, g *asg.Config) asg.Schedule {
	p := "schedule." + name + "."
	s := asg.Schedule{Name: name, Min: asg.Keep, Max: asg.Keep, Desired: asg.Keep}
	d.times(p, &s)
	some := false
	for _, f := range [...]struct {
		key  string
		size *int
	}{{"min_size", &s.Min}, {"max_size", &s.Max}, {"desired_capacity", &s.Desired}} {
		v, ok := d.scheduledSize(p + f.key)
		if ok && v >= 0 {
			*f.size, some = v, true
		}
		some = some || d.Failed(p+f.key)
	}
	s.Late, _ = d.dur(p + "lateness")
	switch {
	case !some:
		d.Problem("schedule."+name, d.At("schedule."+name), form.Wrong("write min_size, max_size or desired_capacity", "changes nothing"))
	case s.Min != asg.Keep && s.Max != asg.Keep && s.Min > s.Max:
		d.Problem(p+"min_size", d.At(p+"min_size"), form.Wrong("lower it, or raise max_size"+d.filled(p+"max_size"), "is above max_size: %d > %d", s.Min, s.Max))
	case s.Desired != asg.Keep && s.Max != asg.Keep && s.Desired > s.Max:
		d.Problem(p+"desired_capacity", d.At(p+"desired_capacity"), form.Wrong("lower it, or raise max_size"+d.filled(p+"max_size"), "must be between the action's min_size and max_size: %d > %d", s.Desired, s.Max))
	case s.Desired != asg.Keep && s.Desired < s.Min:
		d.Problem(p+"desired_capacity", d.At(p+"desired_capacity"), form.Wrong("raise it, or lower min_size"+d.filled(p+"desired_capacity"), "must be between the action's min_size and max_size: %d < %d", s.Desired, s.Min))
	case s.Min > g.Max && s.Max == asg.Keep && d.OK("auto_scaling_group.max_size"):
		d.Warn(p+"min_size", "name max_size too", "is above the group's max_size, %d > %d: the action is refused unless another has raised it", s.Min, g.Max)
	case s.Max != asg.Keep && s.Max < g.Min && s.Min == asg.Keep && d.OK("auto_scaling_group.min_size"):
		d.Warn(p+"max_size", "name min_size too", "is below the group's min_size, %d < %d: the action is refused unless another has lowered it", s.Max, g.Min)
	case s.Desired != asg.Keep && s.Desired > g.Max && s.Max == asg.Keep && d.OK("auto_scaling_group.max_size"):
		d.Warn(p+"desired_capacity", "name max_size too", "is above the group's max_size, %d > %d: it is cut to that unless another action has raised it", s.Desired, g.Max)
	case s.Desired != asg.Keep && s.Desired < g.Min && s.Min == asg.Keep && d.OK("auto_scaling_group.min_size"):
		d.Warn(p+"desired_capacity", "name min_size too", "is below the group's min_size, %d < %d: it is raised to that unless another action has lowered it", s.Desired, g.Min)
	}
	return s
}

// scheduledSize reads a size of a scheduled action. With Terraform's defaults -1
// leaves it alone, which its provider does not send ("aws_autoscaling_schedule",
// Terraform AWS provider, 2026-08).
func (d *decoder) scheduledSize(path string) (int, bool) {
	n := d.Find(path)
	if n == nil || n.Scalar != int64(-1) {
		return d.Count(path)
	}
	if d.Defaults != "terraform" {
		d.Problem(path, n.At, form.Wrong("leave the key out; -1 is Terraform's, with defaults = \"terraform\"", "must be %s, not -1", d.Key(path).Range()))
		return 0, false
	}
	return take(d, path, func(*form.Node, *Key) (int, *form.Mistake) { return -1, nil })
}

// filled says where a size that nobody wrote comes from.
func (d *decoder) filled(path string) string {
	if d.Defaults == "terraform" && !d.IsGiven(path) {
		return ": " + path[strings.LastIndexByte(path, '.')+1:] + " is 0 by Terraform's default; -1 leaves it alone"
	}
	return ""
}

// times reads when an action runs and compiles it to the instants of the run.
func (d *decoder) times(p string, s *asg.Schedule) {
	z, begin, end, r := d.scheduleTimes(p)
	name := strings.TrimSuffix(p, ".")
	hasBegin, hasEnd := d.OK(p+"start_time"), d.OK(p+"end_time")
	if d.Failed(p+"recurrence") || d.Failed(p+"start_time") || d.Failed(p+"end_time") || d.zone.loc == nil || z.loc == nil {
		return
	}
	if hasBegin && hasEnd && end <= begin {
		d.Problem(p+"end_time", d.At(p+"end_time"), form.Wrong("", "must be after start_time"))
		return
	}
	first, last := d.cal.Start, d.cal.Start+int64((d.duration-1)/des.Second)
	var unix []int64
	switch {
	case r == nil && !hasBegin:
		d.Problem(name, d.At(name), form.Wrong(`write recurrence = "30 8 * * 1-5" or a start_time`, "has no time"))
		return
	case r == nil && begin > last && d.shortened():
		d.warnLate(p + "start_time")
		return
	case r == nil && (begin < first || begin > last):
		d.Problem(p+"start_time", d.At(p+"start_time"), form.Wrong("", "is outside the run: %s; the run lasts from %s to %s", d.Find(p+"start_time").Text(),
			d.cal.RFC3339(0), d.cal.RFC3339(des.Time(0).Add(d.duration))))
		return
	}
	if hasBegin {
		first = max(first, begin)
		if begin >= d.cal.Start && begin <= last {
			unix = append(unix, begin)
		}
	}
	if hasEnd {
		last = min(last, end)
	}
	if r != nil {
		if d.spent.runs > maxRecurring {
			d.Problem(p+"recurrence", d.At(p+"recurrence"), form.Wrong("shorten the run, or take fewer actions or variants", "makes more than %d runs, of all actions of all variants together", maxRecurring))
			return
		}
		list, ok := r.between(first, last)
		if d.spent.runs += len(list); !ok {
			d.spent.runs += maxRuns
			d.Problem(p+"recurrence", d.At(p+"recurrence"), form.Wrong("", "makes more than %d runs", maxRuns))
			return
		}
		unix = slices.Compact(slices.Sorted(slices.Values(append(unix, list...))))
		d.locally(p, r, list)
	}
	s.At = d.instants(unix)
	if ran, ok := d.ranBefore(r, begin, end, hasBegin, hasEnd); ok {
		s.Ran = d.instants([]int64{ran})[0]
	}
}

// ranBefore is when an action ran last before the start of the run, in the year
// before it.
func (d *decoder) ranBefore(r *recurrence, begin, end int64, hasBegin, hasEnd bool) (int64, bool) {
	last := d.cal.Start - 1
	if hasEnd {
		last = min(last, end)
	}
	if r != nil {
		for _, days := range [...]int64{1, 8, 32, 367} {
			first := d.cal.Start - days*86400
			if hasBegin {
				first = max(first, begin)
			}
			if list, _ := r.between(first, last); len(list) > 0 {
				return list[len(list)-1], true
			}
		}
	}
	return begin, hasBegin && begin <= last
}

// scheduleTimes reads the zone and the times of an action.
func (d *decoder) scheduleTimes(p string) (z zone, begin, end int64, r *recurrence) {
	zoneName, _ := d.Text(p + "time_zone")
	z, b := loadZone(zoneName)
	if b != nil {
		d.Problem(p+"time_zone", d.At(p+"time_zone"), b)
		z, _ = loadZone("UTC")
	}
	r, _ = take(d, p+"recurrence", func(n *form.Node, _ *Key) (*recurrence, *form.Mistake) {
		text, b := form.Str(n, "a cron expression")
		if b != nil {
			return nil, b
		}
		return parseRecurrence(text, z)
	})
	begin, _ = take(d, p+"start_time", func(n *form.Node, _ *Key) (int64, *form.Mistake) { return d.moment(n, z) })
	end, _ = take(d, p+"end_time", func(n *form.Node, _ *Key) (int64, *form.Mistake) { return d.moment(n, z) })
	return z, begin, end, r
}

// locally says what a recurrence in another zone means on the clocks of the
// scenario: as a warning where the zone was not given, else where `show` prints
// the source.
func (d *decoder) locally(p string, r *recurrence, unix []int64) {
	if len(unix) == 0 || r.zone.loc.String() == d.zone.loc.String() {
		return
	}
	at := func(u int64) (there, here string) {
		return time.Unix(u, 0).In(r.zone.loc).Format("15:04"), time.Unix(u, 0).In(d.zone.loc).Format("15:04")
	}
	there, here := at(unix[0])
	if there == here && !differs(unix, at) {
		return
	}
	text := fmt.Sprintf("%s %s is %s %s", there, r.zone.loc, here, d.zone.loc)
	for _, u := range unix[1:] {
		if a, b := at(u); a == there && b != here {
			text += fmt.Sprintf(", from %s on %s", time.Unix(u, 0).In(d.zone.loc).Format("2 January"), b)
			break
		}
	}
	if d.IsGiven(p + "time_zone") {
		for i := range d.Values {
			if d.Values[i].Key == p+"recurrence" {
				d.Values[i].From += ": " + text
			}
		}
		return
	}
	d.Warn(p+"recurrence", fmt.Sprintf("if local time is meant, set time_zone = %q", d.zone.loc), "is in UTC, as in AWS: %s", text)
}

// differs reports whether the clocks of the two zones ever differ.
func differs(unix []int64, at func(int64) (string, string)) bool {
	for _, u := range unix {
		if a, b := at(u); a != b {
			return true
		}
	}
	return false
}
