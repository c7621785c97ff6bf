package story

import (
	"fmt"
	"math"
	"strings"

	"asgsim/report/format"
	"asgsim/sim/collapse"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// collapsed tells of death spirals, retry storms and metastable states; unit is what
// capacity is counted in.
func collapsed(c *collapse.Findings, cfg *record.Config, unit string) []Moment {
	if c == nil {
		return nil
	}
	var out []Moment
	add := func(fromS float64, label, text string) {
		out = append(out, Moment{At: des.Time(des.Seconds(fromS)), Label: label, Text: text})
	}
	for k := range c.Stuck {
		add(c.Stuck[k].FromS, "metastable", stuck(c, &c.Stuck[k], cfg, unit))
	}
	for k := range c.Spirals {
		add(c.Spirals[k].FromS, "death spiral", spiral(&c.Spirals[k], cfg, unit))
	}
	for k := range c.Storms {
		add(c.Storms[k].FromS, "retry storm", storm(&c.Storms[k], cfg))
	}
	return out
}

// spiral says what a death spiral did.
func spiral(s *collapse.Spiral, cfg *record.Config, unit string) string {
	text := fmt.Sprintf("%s that no fault had struck were terminated for answering health checks too late, with %s in use: %d healthy %ss became %d, and each one fewer left more to the others",
		format.Instances(s.Terminated), used(s.Resource, s.Used), s.Before, unit, s.Fewest)
	if s.New > 0 {
		text += fmt.Sprintf("; %d of them were new", s.New)
	}
	if s.Well > 0 {
		text += fmt.Sprintf("; %d were healthy again when they went, as a mark is not taken back", s.Well)
	}
	return fmt.Sprintf("%s; the last went at %s; %s keeps them", text, clock(cfg, s.ToS), byEC2Checks)
}

// storm says what a retry storm did.
func storm(s *collapse.Storm, cfg *record.Config) string {
	worst := ""
	if s.Peak >= s.PerRequest+0.1 {
		worst = fmt.Sprintf(" (%s in the worst minute)", format.Decimal(s.Peak))
	}
	return fmt.Sprintf("attempts come at %s for requests at %s, %s a request%s: %s of the load are retries, with %s in use, until %s; %s spares them",
		format.Rate(math.Round(s.Attempts)), format.Rate(math.Round(s.Requests)), format.Decimal(s.PerRequest), worst, format.Percent(s.Share), used(s.Resource, s.Used),
		clock(cfg, s.ToS), fewerRetries(cfg))
}

// stuck says since when a metastable state lasts, and what holds it.
func stuck(c *collapse.Findings, s *collapse.Stuck, cfg *record.Config, unit string) string {
	over := ""
	switch s.Trigger {
	case collapse.TriggerFault:
		over = "fault " + s.Fault + " is over; "
	case collapse.TriggerCapacity:
		over = "the capacity is back; "
	}
	up := fmt.Sprintf("the %d %ss that are up", s.Serving, unit)
	if s.HeldBy[0] == collapse.HeldByChecks {
		up = fmt.Sprintf("the %d %ss that there were", s.Serving, unit)
	}
	enough := up + " have served as much before"
	switch {
	case s.Needed >= s.Serving:
		enough = up + " would just do"
	case s.Needed >= 0:
		enough = fmt.Sprintf("about %d of %s would do", s.Needed, up)
	}
	until := "for " + format.Duration(s.ToS-s.FromS)
	if s.Open {
		until += ", to the end of the run"
	}
	at := format.Rate(math.Round(s.Rate))
	if s.Needed >= 0 && math.Round(s.Most) > math.Round(s.Rate) { // what is needed is for the most of its minutes
		at = "up to " + format.Rate(math.Round(s.Most))
	}
	busy := "the fleet"
	if c.LimitAt(des.Time(des.Seconds(s.FromS))) != nil {
		busy = "the dependency"
	}
	return fmt.Sprintf("%sat %s %s, yet %s of the requests are slow or failed %s: %s%s; %s takes that away",
		over, at, enough, format.Share(s.BadShare), until, held(s.HeldBy, busy), stuckBy(s), unstick(cfg, s))
}

// clock prints a local weekday and time of an instant in seconds.
func clock(cfg *record.Config, atS float64) string {
	return cfg.Calendar.Local(des.Time(des.Seconds(atS))).DayClock()
}

// used says how much of a resource was in use.
func used(what collapse.Resource, share float64) string {
	switch what {
	case collapse.Workers:
		return format.Percent(share) + " of the workers"
	case collapse.Dependency:
		return format.Percent(share) + " of a dependency's workers"
	}
	return format.Percent(share) + " of the CPU"
}

// held says what keeps a metastable state going: what keeps what busy.
func held(by []collapse.Hold, busy string) string {
	words := map[collapse.Hold]string{collapse.HeldByRetries: "retries", collapse.HeldByAbandoned: "work for clients that have left", collapse.HeldByBacklog: "the backlog"}
	var parts []string
	text, fleet, verb := "", busy, " keeps "
	for _, h := range by {
		if h == collapse.HeldByChecks {
			text, fleet = "health checks that terminate instances as they come keep the fleet too small", "it"
			continue
		}
		if parts = append(parts, words[h]); len(parts) > 1 || h == collapse.HeldByRetries {
			verb = " keep "
		}
	}
	if len(parts) == 0 {
		return text
	}
	if text != "" {
		text += ", "
	}
	return text + strings.Join(parts, " and ") + verb + fleet + " busy"
}

// stuckBy is what a metastable state is seen by, in brackets; empty for a backlog.
func stuckBy(s *collapse.Stuck) string {
	var parts []string
	for _, h := range s.HeldBy {
		switch h {
		case collapse.HeldByRetries:
			parts = append(parts, format.Percent(s.Share)+" of the attempts are retries")
		case collapse.HeldByAbandoned:
			parts = append(parts, format.Percent(s.Abandoned)+" of the attempts time out")
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
