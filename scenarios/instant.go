package scenarios

import (
	"fmt"
	"strings"

	"asgsim/sim/des"
)

// Instant reads an instant of a run as a person types it: a time in the forms of
// the file, "10:34" for the first time the clock shows it, or a local date-time
// without its seconds. The error says what to write instead.
func (c *Config) Instant(text string) (des.Time, error) {
	d := &decoder{cal: c.World.Calendar, duration: c.World.Duration}
	z, b := loadZone(d.cal.Zone)
	if b != nil {
		z, _ = loadZone("UTC")
	}
	d.zone = z
	text = strings.TrimSpace(text)
	at, b := d.parseWhen(d.typed(text))
	if b == nil {
		return at, nil
	}
	if b.remedy == "" {
		return 0, fmt.Errorf("%q %s", text, b.rule)
	}
	return 0, fmt.Errorf("%q %s; %s", text, b.rule, b.remedy)
}

// typed is the node a person's text stands for.
func (d *decoder) typed(text string) *node {
	if second, b := clockSecond(text); b == nil {
		day := d.cal.Local(0).Day
		at := d.cal.At(day, second)
		if at < 0 {
			at = d.cal.At(day+1, second)
		}
		return &node{scalar: at.Sub(0).String()}
	}
	for _, form := range []string{text, text + ":00"} {
		form = strings.Replace(form, " ", "T", 1)
		if n := setValue(form); len(form) > 0 && form[0] >= '0' && form[0] <= '9' && strings.Contains(form, "-") && n.table == nil && !n.array {
			if _, b := civil(n); b == nil {
				return n
			}
		}
	}
	return &node{scalar: text}
}
