package series

import (
	"fmt"
	"slices"
	"strings"
)

// choose finds a series by its name among several; the only one needs none. what names
// such a thing: "column", "series". Where the file is sure to be a series, its names may
// be shown whatever they are.
func choose(what, wanted string, names []string, sure bool) (int, error) {
	show := func() string {
		if !sure && slices.ContainsFunc(names, func(n string) bool { return !harmless(n) }) {
			return ""
		}
		return listed(names)
	}
	if wanted != "" {
		if k := slices.Index(names, wanted); k >= 0 {
			return k, nil
		}
		there := show()
		if there != "" {
			there = "; there is " + there
		}
		return 0, fmt.Errorf("has no %s %s%s", what, short(wanted), there)
	}
	if len(names) == 1 {
		return 0, nil
	}
	example := `"requests"`
	if len(names) > 0 && (sure || harmless(names[0])) {
		example = short(names[0])
	}
	return 0, fmt.Errorf("has %d %s of values: name one, as column = %s%s", len(names), plural(what), example, others(show()))
}

func plural(what string) string {
	if strings.HasSuffix(what, "s") {
		return what // series
	}
	return what + "s"
}

// listed quotes the first names.
func listed(names []string) string {
	const most = 8
	var quoted []string
	for _, n := range names[:min(len(names), most)] {
		quoted = append(quoted, short(n))
	}
	if more := len(names) - most; more > 0 {
		quoted = append(quoted, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(quoted, ", ")
}

func others(names string) string {
	if names == "" {
		return ""
	}
	return " (there are " + names + ")"
}
