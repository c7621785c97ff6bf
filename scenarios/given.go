package scenarios

import "asgsim/scenarios/form"

// Given returns a value of a scenario's text as TOML, empty where it does not stand there.
func Given(text, key string) string {
	root, _ := form.Parse(text, "")
	n := nodeAt(root, key)
	if n == nil {
		return ""
	}
	return n.TOML()
}

// Loads returns the names and kinds of the loads in a scenario's text.
func Loads(text string) (out [][2]string) {
	root, _ := form.Parse(text, "")
	loads := nodeAt(root, "load")
	if loads == nil || loads.Table == nil {
		return nil
	}
	for _, name := range loads.Table.Keys {
		if n := loads.Table.Get(name); n.Table != nil && len(n.Table.Keys) > 0 {
			out = append(out, [2]string{name, n.Table.Keys[0]})
		}
	}
	return out
}
