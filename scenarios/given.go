package scenarios

import (
	"slices"
	"strings"

	"asgsim/scenarios/form"
)

// Given returns a value of a scenario's text as TOML, empty where it does not stand there.
func Given(text, key string) string {
	root, _ := form.Parse(text, "")
	n := nodeAt(root, key)
	if n == nil {
		return ""
	}
	return n.TOML()
}

// Given is the value of a key, or of the first one below a table, that somebody has given;
// empty where nobody has.
func (c *Config) Given(key string) string {
	for _, v := range c.Values {
		if (v.Key == key || strings.HasPrefix(v.Key, key+".")) && v.Text != "" && !strings.HasPrefix(v.From, "default") && !strings.HasPrefix(v.From, "derived") {
			return v.Text
		}
	}
	return ""
}

// LoadKinds are the loads in force, with their kinds.
func (c *Config) LoadKinds() (out [][2]string) {
	for _, v := range c.Values {
		if parts := strings.Split(v.Key, "."); len(parts) > 3 && parts[0] == "load" && !slices.Contains(out, [2]string{parts[1], parts[2]}) {
			out = append(out, [2]string{parts[1], parts[2]})
		}
	}
	return out
}
