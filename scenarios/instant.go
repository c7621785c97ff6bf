package scenarios

import (
	"fmt"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/des"
)

// Instant reads an instant of a run as a person types it, in the forms of the
// file. The error says what to write instead.
func (c *Config) Instant(text string) (des.Time, error) {
	d := &decoder{cal: c.World.Calendar, duration: c.World.Duration}
	z, b := loadZone(d.cal.Zone)
	if b != nil {
		z, _ = loadZone("UTC")
	}
	d.zone = z
	at, _, b := d.within(&form.Node{Scalar: text})
	if b == nil {
		return at, nil
	}
	// Rules that quote the value are of files; here it stands in front.
	rule := strings.TrimSuffix(strings.Replace(b.Rule, ": "+text+";", ";", 1), fmt.Sprintf(": %q", text))
	if b.Remedy == "" {
		return 0, fmt.Errorf("%q %s", text, rule)
	}
	return 0, fmt.Errorf("%q %s; %s", text, rule, b.Remedy)
}
