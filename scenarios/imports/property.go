package imports

import (
	"strings"
)

// Property is what becomes of a property of a resource, by AWS's API's name. The tables
// of properties are the documentation and the program: what is not in them is told as
// unknown.
type Property struct {
	Path   string // from the resource; what lies below it is meant too
	Key    string // of a scenario that it becomes; empty: none
	Effect string // of a scenario without it, or why it has none
	Lost   bool   // a simulation without it is another; else it is the same
	Quiet  string // the value, beside none, with which nothing is lost

	as convert // nil: read by code of its own
}

// convert writes a value as TOML.
type convert func(*Value) (string, error)

// becomes is a property that a key has, simply converted.
func becomes(path, key string, as convert) Property {
	return Property{Path: path, Key: key, as: as}
}

// read is a property that a key has, in other words or together with others.
func read(path, key, how string) Property { return Property{Path: path, Key: key, Effect: how} }

// lost is a property that a scenario cannot hold, and what is other without it.
func lost(path, effect string) Property { return Property{Path: path, Effect: effect, Lost: true} }

// lostUnless is lost, but for one value.
func lostUnless(value, path, effect string) Property {
	return Property{Path: path, Effect: effect, Lost: true, Quiet: value}
}

// idle are properties that change nothing that is simulated.
func idle(why string, paths ...string) []Property {
	var out []Property
	for _, p := range paths {
		out = append(out, Property{Path: p, Effect: why})
	}
	return out
}

// Why nothing changes without a property, in words used more than once.
const (
	identity = "names and ties things together; nothing to simulate"
	status   = "how it stands now; the simulation finds its own state"
	stuck    = "requests of one user stay on one target in AWS, which loads targets unevenly and keeps new ones idle for longer; here every request goes where the algorithm says"
	security = "security: no effect on capacity or cost here"
	software = "what runs on the instance: measure it, as request.cpu, instance.boot and so on"
)

// covering returns the property that a path belongs to, the closest one.
func covering(all []Property, path string) (Property, bool) {
	best := -1
	for i, p := range all {
		if (path == p.Path || strings.HasPrefix(path, p.Path+".")) && (best < 0 || len(p.Path) > len(all[best].Path)) {
			best = i
		}
	}
	if best < 0 {
		return Property{}, false
	}
	return all[best], true
}
