package imports

import (
	"maps"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// references are the configuration of a plan: which expression refers to what.
type references struct {
	root      *tfjson.ConfigModule
	addresses []string // of all resources
}

// mostHops is how many modules a reference is followed through.
const mostHops = 20

// bare is an address without the keys of count and for_each.
func bare(address string) string {
	var names []string
	for _, s := range stepsOf(address) {
		names = append(names, s.name)
	}
	return strings.Join(names, ".")
}

// step is one name of an address or of a reference, with the key of count or for_each
// behind it: `["blue"]`, `[0]`, or none.
type step struct{ name, key string }

// stepsOf divides an address or a reference into its steps.
func stepsOf(address string) []step {
	var out []step
	name, index, depth, quoted := strings.Builder{}, strings.Builder{}, 0, false
	end := func() {
		out = append(out, step{name.String(), index.String()})
		name.Reset()
		index.Reset()
	}
	for i := range len(address) {
		c := address[i]
		switch {
		case c == '"' && depth > 0 && address[i-1] != '\\':
			quoted = !quoted
		case c == '[' && !quoted:
			depth++
		case c == '.' && depth == 0:
			end()
			continue
		}
		if depth > 0 {
			index.WriteByte(c)
		} else {
			name.WriteByte(c)
		}
		if c == ']' && !quoted {
			depth--
		}
	}
	end()
	return out
}

// modules are those of an address, and what follows them.
func modules(address string) (path, rest []step) {
	all := stepsOf(address)
	for len(all) > 2 && all[0].name == "module" {
		path, all = append(path, all[1]), all[2:]
	}
	return path, all
}

// module returns a module's configuration.
func (s *references) module(path []step) *tfjson.ConfigModule {
	m := s.root
	for _, step := range path {
		if m == nil {
			return nil
		}
		call := m.ModuleCalls[step.name]
		if call == nil {
			return nil
		}
		m = call.Module
	}
	return m
}

// resource returns a resource's configuration.
func (s *references) resource(module []step, kind, name string) *tfjson.ConfigResource {
	m := s.module(module)
	if m == nil {
		return nil
	}
	for _, r := range m.Resources {
		if r != nil && r.Type == kind && r.Name == name {
			return r
		}
	}
	return nil
}

// anyKey is the key of a step that may be any of its instances.
const anyKey = "[*]"

// refer returns the addresses of the resources that an expression in a module refers to,
// through variables of the module and outputs of others: of the instances of a module its
// own. own is the key of what the expression is of, which each.key and count.index are.
func (s *references) refer(e *tfjson.Expression, module []step, own string, hops int) []string {
	if e == nil || e.ExpressionData == nil || hops > mostHops {
		return nil
	}
	var out []string
	add := func(found []string) {
		for _, a := range found {
			if !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	keyed := slices.ContainsFunc(e.References, func(ref string) bool {
		return ref == "each.key" || ref == "each.value" || ref == "count.index"
	})
	for _, ref := range e.References {
		parts := stepsOf(ref)
		if len(parts) < 2 || s.general(e.References, parts) {
			continue
		}
		to := parts[1]
		switch {
		case to.key != "":
		case keyed && own != "":
			to.key = own
		default:
			to.key = anyKey
		}
		switch {
		case parts[0].name == "var" && len(module) > 0:
			above, called := module[:len(module)-1], module[len(module)-1]
			if m := s.module(above); m != nil {
				if call := m.ModuleCalls[called.name]; call != nil {
					add(s.refer(call.Expressions[to.name], above, called.key, hops+1))
				}
			}
		case parts[0].name == "module" && len(parts) > 2:
			below := append(slices.Clone(module), to)
			if m := s.module(below); m != nil && m.Outputs[parts[2].name] != nil {
				add(s.refer(m.Outputs[parts[2].name].Expression, below, "", hops+1))
			}
		case parts[0].name == "module" && !slices.ContainsFunc(e.References, func(r string) bool { return strings.HasPrefix(r, ref+".") }):
			// module.x[each.key].y is shown without its y: it may be any output.
			below := append(slices.Clone(module), to)
			if m := s.module(below); m != nil {
				for _, name := range slices.Sorted(maps.Keys(m.Outputs)) {
					add(s.refer(m.Outputs[name].Expression, below, "", hops+1))
				}
			}
		case providerTypes()[parts[0].name] != "":
			add(s.of(module, parts[0].name, to))
		}
	}
	for _, block := range e.NestedBlocks {
		for _, inner := range block {
			add(s.refer(inner, module, own, hops+1))
		}
	}
	return out
}

// general reports whether a reference is without a key and another is to one instance of
// the same: Terraform lists x.y beside x.y["blue"].
func (s *references) general(all []string, parts []step) bool {
	return parts[1].key == "" && slices.ContainsFunc(all, func(other string) bool {
		o := stepsOf(other)
		return len(o) > 1 && o[0].name == parts[0].name && o[1].name == parts[1].name && o[1].key != ""
	})
}

// of returns the addresses of a resource of a module, of all its instances that are meant.
func (s *references) of(module []step, kind string, to step) []string {
	var exact, all []string
	for _, a := range s.addresses {
		path, rest := modules(a)
		if len(path) != len(module) || len(rest) != 2 || rest[0].name != kind || rest[1].name != to.name {
			continue
		}
		within := true
		for i, m := range module {
			within = within && m.name == path[i].name && (m.key == path[i].key || m.key == anyKey || path[i].key == "")
		}
		if !within {
			continue
		}
		all = append(all, a)
		if to.key == rest[1].key {
			exact = append(exact, a)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return all
}

// nearest puts the addresses first that share most of their beginning with another, and
// its key where they have one: of the instances of a module or resource the one that is
// meant.
func nearest(to string, all []string) []string {
	score := func(a string) int {
		n := 0
		for n < min(len(a), len(to)) && a[n] == to[n] {
			n++
		}
		if k := key(to); k != "" && key(a) == k {
			n += 1000
		}
		return n
	}
	slices.SortStableFunc(all, func(a, b string) int { return score(b) - score(a) })
	return all
}

// key is that of count or for_each at the end of an address.
func key(address string) string {
	if !strings.HasSuffix(address, "]") {
		return ""
	}
	return address[strings.LastIndexByte(address, '['):]
}
