package scenarios

import (
	"fmt"

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
	switch {
	case b == nil:
		return at, nil
	case b.Remedy == "":
		return 0, fmt.Errorf("%q %s", text, b.Rule)
	}
	return 0, fmt.Errorf("%q %s; %s", text, b.Rule, b.Remedy)
}
