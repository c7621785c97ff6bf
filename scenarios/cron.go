package scenarios

import (
	"strings"
	"time"

	"asgsim/scenarios/form"
	"asgsim/sim/des"

	"github.com/robfig/cron/v3"
)

// recurrence is a cron expression on the clocks of a zone.
type recurrence struct {
	text     string
	schedule cron.Schedule
	zone     zone
	hourly   bool // the hour is a wildcard: a repeated hour is worked through twice
}

// maxRuns bounds how often one scheduled action may run.
const maxRuns = 100_000

const cronForm = `write five fields, minute hour day-of-month month day-of-week: "30 8 * * 1-5" is 08:30 on weekdays`

// parseRecurrence reads a cron expression as AWS does: exactly five fields of
// numbers, names, lists, ranges and steps.
func parseRecurrence(s string, z zone) (*recurrence, *form.Mistake) {
	fields := strings.Fields(s)
	if len(fields) != 5 {
		return nil, form.Wrong(cronForm, "has %d fields, not 5: %q", len(fields), s)
	}
	for _, f := range fields {
		for _, c := range f {
			switch {
			case c >= '0' && c <= '9', strings.ContainsRune("*,-/", c), c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			default:
				return nil, form.Wrong(cronForm, "knows * , - / and no %q: %q", c, s)
			}
		}
	}
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	schedule, err := parser.Parse(s)
	if err != nil {
		why, _, _ := strings.Cut(err.Error(), ": strconv") // "failed to parse int from L"
		return nil, form.Wrong(cronForm, "is not a recurrence: %q: %s", s, why)
	}
	return &recurrence{s, schedule, z, strings.HasPrefix(fields[1], "*")}, nil
}

// between returns the instants (Unix seconds) in [from, to], and false if there
// are more than maxRuns. What the clocks skip is left out; what they show twice
// counts the first time only, unless the hour is a wildcard.
func (r *recurrence) between(from, to int64) ([]int64, bool) {
	var out []int64
	var last time.Time
	t := time.Unix(from-1, 0).In(r.zone.loc)
	for {
		t = r.schedule.Next(t)
		if t.IsZero() || t.Unix() > to {
			return out, true
		}
		if !r.hourly && (!last.IsZero() && sameClock(last, t) || len(out) == 0 && r.again(t)) {
			continue
		}
		if len(out) == maxRuns {
			return nil, false
		}
		last, out = t, append(out, t.Unix())
	}
}

// again reports whether the clocks showed this time before, an hour ago or so.
func (r *recurrence) again(t time.Time) bool {
	u := r.zone.unix(t)
	return len(u) == 2 && u[1] == t.Unix()
}

func sameClock(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay() && a.Hour() == b.Hour() && a.Minute() == b.Minute()
}

// moment reads an instant of a scheduled action: in the forms of all instants, on
// the clocks of z.
func (d *decoder) moment(n *form.Node, z zone) (int64, *form.Mistake) {
	if d.zone.loc == nil {
		return 0, nil // which has been said
	}
	there := &decoder{zone: z, duration: d.duration, cal: z.calendar(d.cal.Start, d.duration)}
	at, b := there.parseWhen(n)
	return d.cal.Start + int64(at/des.Time(des.Second)), b
}

// instants turns Unix seconds into instants of the run.
func (d *decoder) instants(unix []int64) []des.Time {
	var out []des.Time
	for _, u := range unix {
		out = append(out, des.Time(u-d.cal.Start)*des.Time(des.Second))
	}
	return out
}
