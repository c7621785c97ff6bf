package scenarios

import (
	"fmt"
	"regexp"
	"strings"

	"asgsim/report/clean"
	"asgsim/scenarios/form"
)

// Edit is a change of a file's text: a key gets a value, or goes as a comment.
type Edit struct {
	Key   string
	Value string // TOML; empty: the key, or the table of that name, becomes a comment
	Note  string // a comment behind the value, or above what goes
}

// EditText changes a scenario's text and leaves everything else of it as it is. The error
// names the key that cannot be changed so.
func EditText(text string, edits []Edit) (string, error) {
	for _, e := range edits {
		lines := strings.Split(text, "\n")
		root, problems := form.Parse(text, "")
		if root == nil {
			return "", problems
		}
		var err error
		if e.Value == "" {
			lines, err = commented(root, lines, e)
		} else {
			lines, err = assigned(root, lines, e)
		}
		if err != nil {
			return "", fmt.Errorf("%s: %w", e.Key, err)
		}
		text = strings.Join(lines, "\n")
		after, problems := form.Parse(text, "")
		got := nodeAt(after, e.Key)
		want := ""
		if e.Value != "" {
			want = form.Literal(e.Value).TOML()
		}
		if len(problems) > 0 || e.Value == "" && got != nil || e.Value != "" && (got == nil || got.TOML() != want) {
			return "", fmt.Errorf("%s: %w", e.Key, errByHand)
		}
	}
	return text, nil
}

// errByHand is a place that is not found by lines.
var errByHand = fmt.Errorf("stands in the file in a form that is not changed by machine: a table within braces, or a value of several lines")

// nodeAt is the value of a key, nil where there is none.
func nodeAt(root *form.Node, key string) *form.Node {
	for _, part := range strings.Split(key, ".") {
		if root == nil || root.Table == nil {
			return nil
		}
		root = root.Table.Get(part)
	}
	return root
}

// assigned writes a value where the key stands, or at the end of its table, or a new table.
func assigned(root *form.Node, lines []string, e Edit) ([]string, error) {
	table, key := form.Parent(e.Key), e.Key[strings.LastIndexByte(e.Key, '.')+1:]
	note := ""
	if e.Note != "" {
		note = "  # " + clean.Line(e.Note)
	}
	if n := nodeAt(root, e.Key); n != nil && !headed(n, lines) {
		from, to, ok := extent(n, key, lines)
		if !ok {
			return nil, errByHand
		}
		name, _, _ := strings.Cut(lines[from], "=")
		return splice(lines, from, to, strings.TrimRight(name, " \t")+" = "+e.Value+note), nil
	}
	line := key + " = " + e.Value + note
	at, ok := sectionEnd(table, lines)
	if !ok {
		return append(trimEnd(lines), "", "["+table+"]", line, ""), nil
	}
	return splice(lines, at, at-1, line), nil
}

// commented makes comments of a key or of all tables under a name.
func commented(root *form.Node, lines []string, e Edit) ([]string, error) {
	n := nodeAt(root, e.Key)
	if n == nil {
		return lines, nil
	}
	hit := false
	inside := false
	for k, l := range lines {
		if name, ok := header(l); ok {
			if inside = name == e.Key || strings.HasPrefix(name, e.Key+"."); inside {
				if !hit && e.Note != "" {
					l = "# (" + clean.Line(e.Note) + ")\n# " + l
				} else {
					l = "# " + l
				}
				lines[k], hit = l, true
				continue
			}
		}
		if inside && strings.TrimSpace(l) != "" && !strings.HasPrefix(l, "#") {
			lines[k] = "# " + l
		}
	}
	if hit {
		return lines, nil
	}
	from, to, ok := extent(n, e.Key[strings.LastIndexByte(e.Key, '.')+1:], lines)
	if !ok {
		return nil, errByHand
	}
	for k := from; k <= to; k++ {
		lines[k] = "# " + lines[k]
	}
	return lines, nil
}

var headerLine = regexp.MustCompile(`^\s*\[\s*([^\[\]]+?)\s*\]\s*(#.*)?$`)

// header is the name of the table that a line begins.
func header(line string) (string, bool) {
	m := headerLine.FindStringSubmatch(line)
	if m == nil {
		return "", false
	}
	return strings.NewReplacer(`"`, "", " ", "").Replace(m[1]), true
}

// headed reports whether a value is a table with a header of its own.
func headed(n *form.Node, lines []string) bool {
	if n.Table == nil || n.Key.Line < 1 || n.Key.Line > len(lines) {
		return false
	}
	_, ok := header(lines[n.Key.Line-1])
	return ok
}

// extent are the lines, from 0, on which a key and its value stand and nothing else does.
func extent(n *form.Node, key string, lines []string) (from, to int, ok bool) {
	from = n.Key.Line - 1
	if from < 0 || from >= len(lines) || !regexp.MustCompile(`^\s*([\w"-]+\s*\.\s*)*"?`+regexp.QuoteMeta(key)+`"?\s*=`).MatchString(lines[from]) {
		return 0, 0, false
	}
	const most = 400
	for to = from; to < len(lines) && to < from+most; to++ {
		if root, problems := form.Parse(strings.Join(lines[from:to+1], "\n"), ""); root != nil && len(problems) == 0 {
			return from, to, true
		}
	}
	return 0, 0, false
}

// sectionEnd is the line before which a key is added to a table.
func sectionEnd(table string, lines []string) (at int, ok bool) {
	for k, l := range lines {
		name, begins := header(l)
		if ok && begins {
			break
		}
		if begins && name == table {
			at, ok = k+1, true
		}
		if ok && strings.TrimSpace(l) != "" && !strings.HasPrefix(strings.TrimSpace(l), "#") {
			at = k + 1
		}
	}
	return at, ok
}

// splice puts a line in the place of those from from to to.
func splice(lines []string, from, to int, line string) []string {
	out := append([]string(nil), lines[:from]...)
	out = append(out, line)
	return append(out, lines[to+1:]...)
}

func trimEnd(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return append([]string(nil), lines...)
}
