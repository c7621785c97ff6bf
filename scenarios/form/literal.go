package form

import "strings"

// Literal reads the value of a --set: a TOML value, else the text itself.
func Literal(value string) *Node {
	if !strings.ContainsAny(value, "\n\r") {
		if root, problems := Parse("x = "+value, ""); len(problems) == 0 && len(root.Table.Keys) == 1 {
			return root.Table.Get("x")
		}
	}
	return &Node{Scalar: value}
}
