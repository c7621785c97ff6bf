package imports

import (
	"errors"
	"strings"

	"asgsim/report/clean"
	"asgsim/scenarios/prices"
)

// mapper makes a draft of what was found.
type mapper struct {
	*draft
	found  *Found
	group  *Resource // nil: the files have none
	region string    // of the group's zones; empty: not known
	// replays are the recorded metrics that have a table, by what tells them apart.
	replays map[string]string
	first   targets    // [target_group]
	groups  []*targets // the other target groups
}

// catalogue is the imported prices of the group's region; nil where there are none.
func (m *mapper) catalogue() *prices.Catalogue {
	if m.found.prices == nil {
		return nil
	}
	return m.found.prices(m.region)
}

// fill maps what the table of a resource's properties says: prefix is what the keys of
// a table of named things begin with, "hook.setup".
func (m *mapper) fill(r *Resource, prefix string) {
	for _, p := range Properties(r.Sort) {
		if p.as == nil {
			continue
		}
		if v := r.Value.Get(pathOf(r.Sort, p.Path)...); v != nil {
			m.convert(keyIn(p.Key, prefix), v, p.as)
		}
	}
}

// pathOf splits a path of properties; the names of attributes hold dots of their own.
func pathOf(sort Sort, path string) []string {
	if sort == TargetAttrs || sort == BalancerAttrs {
		return []string{path}
	}
	return strings.Split(path, ".")
}

// keyIn puts a name into a key of named things.
func keyIn(key, prefix string) string {
	if prefix == "" {
		return key
	}
	parts := strings.Split(key, ".")
	for i, part := range parts {
		if part == "N" {
			return prefix + "." + strings.Join(parts[i+1:], ".")
		}
	}
	return key
}

// convert puts a value, or notes why it cannot be.
func (m *mapper) convert(key string, v *Value, as convert) {
	if v.Kind == Unknown {
		m.lose(v.Place(), "is not known: "+v.Text+"; without it "+key+" has its default")
		return
	}
	if v.Kind == Text && v.Text == "" {
		return
	}
	value, err := as(v)
	switch {
	case errors.Is(err, errUnset):
		if m.found.Defaults == "terraform" && strings.HasPrefix(key, "schedule.") {
			m.put(key, "-1", v, "") // left out it would be 0
		}
	case err != nil:
		m.lose(v.Place(), err.Error()+"; without it "+key+" has its default")
	default:
		m.put(key, value, v, "")
	}
}

// tell notes what of a resource is lost, what changes nothing, and what nobody knows.
func (m *mapper) tell(r *Resource) {
	all := Properties(r.Sort)
	told := map[string]bool{}
	m.walk(r, r.Value, "", func(path string, v *Value) bool {
		p, known := covering(all, path)
		switch {
		case !known && (v.Kind == Table || v.Kind == List) && len(v.Items) > 0 && partly(all, path):
			return true // what lies below it is known
		case v.empty() || v.idle() && p.Quiet == "" || p.Quiet != "" && v.text() == p.Quiet:
			return false
		case known && (p.Path != path || v.Kind == Table || v.Kind == List) && partly(all, path):
			return true
		case told[p.Path] && known:
			return false
		case !known:
			m.lose(v.Place(), "is a property that this version does not know: it changes nothing here, whatever it does in AWS")
		case p.Lost:
			m.lose(v.Place(), p.Effect)
		case p.Key == "":
			m.idle = append(m.idle, Note{clean.Line(path), p.Effect})
		}
		told[p.Path] = true
		return false
	})
}

// partly reports whether there are properties below a path.
func partly(all []Property, path string) bool {
	for _, p := range all {
		if strings.HasPrefix(p.Path, path+".") {
			return true
		}
	}
	return false
}

// walk calls visit with everything in a resource, by its path without the numbers of
// lists, and goes deeper where visit says so.
func (m *mapper) walk(r *Resource, v *Value, path string, visit func(string, *Value) bool) {
	switch v.Kind {
	case Table:
		for i, name := range v.Names {
			p := name
			if path != "" {
				p = path + "." + name
			}
			item := v.Items[i]
			if item.Kind == Null {
				continue
			}
			if deeper := visit(p, item); deeper {
				m.walk(r, item, p, visit)
			}
		}
	case List:
		for _, item := range v.Items {
			m.walk(r, item, path, visit)
		}
	}
}

// named begins the table of a resource that has a name.
func (m *mapper) named(path string, r *Resource) *table {
	t := m.table(path)
	t.from = r.Value
	if title := r.title(); len(r.Names) > 0 && !strings.Contains("."+path+".", "."+title+".") {
		t.about = clean.Quoted(title)
	}
	return t
}

// warmup writes a policy's own warm-up.
func (m *mapper) warmup(r *Resource, path string) {
	if v := r.Value.Get("EstimatedInstanceWarmup"); v != nil {
		m.convert(path+".estimated_instance_warmup", v, secondsOrUnset)
	}
}
