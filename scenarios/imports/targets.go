package imports

import (
	"slices"
	"strings"
)

// targets is a target group beside [target_group].
type targets struct {
	table string    // its name in the scenario
	ref   string    // how the group names it
	group *Resource // nil: not in the files
}

// meant reports whether a resource label or a dimension, "targetgroup/NAME/ID", an ARN or
// a reference within a template, means the target group of a resource or reference.
func meant(text, ref string, group *Resource) bool {
	short := text
	if i := strings.Index(text, "targetgroup/"); i >= 0 {
		short = text[i:]
	} else if i := strings.LastIndexByte(text, '/'); i >= 0 {
		short = text[i+1:] // a reference within a template
	}
	names := []string{ref}
	if group != nil {
		names = append(names, group.Names...)
	}
	return slices.ContainsFunc(names, func(n string) bool {
		return n != "" && (n == text || n == short || strings.HasSuffix(n, ":"+short) || strings.HasPrefix(short, "targetgroup/"+n+"/"))
	})
}
