package scenarios

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"asgsim/sim/asg"
	"asgsim/sim/des"
)

// clocks lists when a schedule runs, in UTC.
func clocks(c *Config, s *asg.Schedule) string {
	var out []string
	for _, at := range s.At {
		u := c.World.Calendar.Start + int64(at)/int64(des.Second)
		out = append(out, time.Unix(u, 0).UTC().Format("2 15:04"))
	}
	return strings.Join(out, ", ")
}

func TestScheduledActionsRunOnTheClocksOfTheirZone(t *testing.T) {
	for _, x := range []struct{ name, top, action, want string }{
		{"TV-37 Tuesdays in UTC", `start = 2026-03-02`, `recurrence = "30 6 * * 2"`, "3 06:30, 10 06:30, 17 06:30, 24 06:30, 31 06:30"},
		{"TV-38 New York in winter and in summer", "start = 2026-03-06\nduration = \"4d\"", "time_zone = \"America/New_York\"\nrecurrence = \"0 8 * * *\"", "6 13:00, 7 13:00, 8 12:00, 9 12:00"},
		{"a skipped time is left out", "start = 2026-03-28\nduration = \"3d\"", "time_zone = \"Europe/Berlin\"\nrecurrence = \"30 2 * * *\"", "28 01:30, 30 00:30"},
		{"a repeated time counts once", "start = 2026-10-24\nduration = \"3d\"", "time_zone = \"Europe/Berlin\"\nrecurrence = \"30 2 * * *\"", "24 00:30, 25 00:30, 26 01:30"},
		{"a run that begins in the second showing", "start = 2026-10-25T01:00:00\nduration = \"2d\"", "time_zone = \"Europe/Berlin\"\nrecurrence = \"30 2 * * *\"", "26 01:30"},
		{"a wildcard works through both hours", "start = 2026-10-24T23:00:00\nduration = \"4h\"", "time_zone = \"Europe/Berlin\"\nrecurrence = \"30 * * * *\"", "24 23:30, 25 00:30, 25 01:30, 25 02:30"},
		{"at start_time, then by recurrence, to end_time", "start = 2026-03-02\nduration = \"6d\"", "recurrence = \"0 8 * * *\"\nstart_time = 2026-03-03T07:15:00Z\nend_time = 2026-03-05T08:00:00Z", "3 07:15, 3 08:00, 4 08:00, 5 08:00"},
		{"start_time on the clocks of the zone", "start = 2026-03-02\nduration = \"2d\"", "time_zone = \"Europe/Berlin\"\nstart_time = 2026-03-03T07:15:00", "3 06:15"},
		{"a start_time before the run", "start = 2026-03-02\nduration = \"2d\"", "recurrence = \"0 8 * * 1\"\nstart_time = 2026-01-03T07:15:00Z", "2 08:00"},
	} {
		t.Run(x.name, func(t *testing.T) {
			if !strings.Contains(x.top, "duration") {
				x.top += "\nduration = \"30d\""
			}
			c := &load(t, x.top+base+"[schedule.x]\nmin_size = 2\n"+x.action).Configs[0]
			if got := clocks(c, &c.World.Schedule[0]); got != x.want {
				t.Errorf("runs at %s, want %s", got, x.want)
			}
		})
	}
}

// When an action ran last before the run, on the clocks of its zone.
func TestScheduledActionsRanBefore(t *testing.T) {
	for _, x := range []struct{ name, action, want string }{
		{"yesterday", `recurrence = "0 18 * * *"`, "1 18:00"},
		{"today, before the run", `recurrence = "30 11 * * *"`, "2 11:30"},
		{"a weekday of last week", `recurrence = "0 8 * * 5"`, "27 08:00"},
		{"once a year", `recurrence = "0 0 15 6 *"`, "15 00:00"},
		{"not since its start_time", "recurrence = \"0 8 * * *\"\nstart_time = 2026-03-02T13:00:00Z", "never"},
		{"at its start_time", "recurrence = \"0 8 * * *\"\nstart_time = 2026-03-02T09:00:00Z", "2 09:00"},
		{"no later than its end_time", "recurrence = \"0 8 * * *\"\nend_time = 2026-02-20T09:00:00Z", "20 08:00"},
	} {
		c := &load(t, "start = 2026-03-02T12:00:00\nduration = \"1d\""+base+"[schedule.x]\nmin_size = 2\n"+x.action).Configs[0]
		got := "never"
		if ran := c.World.Schedule[0].Ran; ran < 0 {
			got = time.Unix(c.World.Calendar.Start+int64(ran)/int64(des.Second), 0).UTC().Format("2 15:04")
		}
		if got != x.want {
			t.Errorf("%s: ran at %s, want %s", x.name, got, x.want)
		}
	}
}

func TestScheduledSizesAndPicks(t *testing.T) {
	s := load(t, base+`
[schedule.up]
recurrence = "0 7 * * *"
desired_capacity = 3
max_size = 8
[schedule.down]
recurrence = "0 20 * * *"
min_size = 1
lateness = "0s"
[variant.one]
schedules = ["down"]
[variant.none]
schedules = []
`)
	w := s.Configs[0].World
	if up := w.Schedule[0]; up.Name != "up" || up.Min != asg.Keep || up.Max != 8 || up.Desired != 3 || up.Late != 10*des.Second || len(up.At) != 2 {
		t.Errorf("up: %+v", up)
	}
	if down := w.Schedule[1]; down.Min != 1 || down.Late != 0 {
		t.Errorf("down: %+v", down)
	}
	if len(s.Configs[1].World.Schedule) != 1 || len(s.Configs[2].World.Schedule) != 0 {
		t.Error("schedules picks")
	}
}

func TestADesiredCapacityOutsideTheBoundsIsWarnedAbout(t *testing.T) {
	s := load(t, base+"\n[schedule.morning]\nrecurrence = \"30 8 * * *\"\ndesired_capacity = 5000\n")
	if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0].Error(), "is above the group's max_size, 5000 > ") {
		t.Errorf("warnings: %v", s.Warnings)
	}
}

func TestAScheduleInUTCIsSaidLocally(t *testing.T) {
	const action = "\n[schedule.morning]\nrecurrence = \"30 8 * * *\"\nmin_size = 2\n"
	const top = "timezone = \"Europe/Berlin\"\nstart = 2026-03-28\nduration = \"3d\"\n"
	s := load(t, top+base+action)
	if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0].Error(), "08:30 UTC is 09:30 Europe/Berlin, from 29 March on 10:30") {
		t.Errorf("warnings: %v", s.Warnings)
	}
	s = load(t, top+base+action+"time_zone = \"Europe/Berlin\"\n")
	if len(s.Warnings) != 0 {
		t.Errorf("warnings: %v", s.Warnings)
	}
	s = load(t, top+base+action+"time_zone = \"Europe/London\"\n")
	var b bytes.Buffer
	if err := s.Configs[0].showValues(&b); err != nil {
		t.Fatal(err)
	}
	if len(s.Warnings) != 0 || !strings.Contains(b.String(), "08:30 Europe/London is 09:30 Europe/Berlin") {
		t.Errorf("%v\n%s", s.Warnings, b.String())
	}
}

func TestGates(t *testing.T) {
	s := load(t, base+`
[gate.slow]
metric = "p99"
max = "400ms"
[gate.band]
metric = "breached_minutes"
max = 12
min = "0min"
[gate.good]
metric = "good_share"
min = "99.5%"
`)
	var got []string
	for _, g := range s.Configs[0].Gates {
		got = append(got, g.Name+" "+g.Text)
	}
	if want := "slow p99<=400ms|band breached_minutes<=12|band breached_minutes>=0min|good good_share>=99.5%"; strings.Join(got, "|") != want {
		t.Errorf("gates %s", strings.Join(got, "|"))
	}
	if g := s.Configs[0].Gates; g[0].Limit != 0.4 || g[0].AtLeast || g[2].Limit != 0 || !g[2].AtLeast || g[3].Limit != 0.995 {
		t.Errorf("limits %+v", g)
	}
}
