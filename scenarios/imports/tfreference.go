package imports

import (
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
	var b strings.Builder
	depth, quoted := 0, false
	for i := range len(address) {
		c := address[i]
		switch {
		case c == '"' && depth > 0 && address[i-1] != '\\':
			quoted = !quoted
		case c == '[' && !quoted:
			depth++
		case c == ']' && !quoted:
			depth--
			continue
		}
		if depth <= 0 {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// steps are the names of the modules of an address without keys.
func steps(module string) []string {
	var out []string
	parts := strings.Split(module, ".")
	for i := 0; i+1 < len(parts); i += 2 {
		if parts[i] == "module" {
			out = append(out, parts[i+1])
		}
	}
	return out
}

// module returns a module's configuration.
func (s *references) module(path []string) *tfjson.ConfigModule {
	m := s.root
	for _, name := range path {
		if m == nil {
			return nil
		}
		call := m.ModuleCalls[name]
		if call == nil {
			return nil
		}
		m = call.Module
	}
	return m
}

// resource returns a resource's configuration.
func (s *references) resource(module []string, kind, name string) *tfjson.ConfigResource {
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

// refer returns the addresses of the resources that an expression in a module refers to,
// through variables of the module and outputs of others.
func (s *references) refer(e *tfjson.Expression, module []string, hops int) []string {
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
	for _, ref := range e.References {
		parts := strings.Split(bare(ref), ".")
		switch {
		case len(parts) < 2:
		case parts[0] == "var" && len(module) > 0:
			above := module[:len(module)-1]
			if m := s.module(above); m != nil {
				if call := m.ModuleCalls[module[len(module)-1]]; call != nil {
					add(s.refer(call.Expressions[parts[1]], above, hops+1))
				}
			}
		case parts[0] == "module" && len(parts) > 2:
			below := append(slices.Clone(module), parts[1])
			if m := s.module(below); m != nil && m.Outputs[parts[2]] != nil {
				add(s.refer(m.Outputs[parts[2]].Expression, below, hops+1))
			}
		case providerTypes()[parts[0]] != "":
			add(s.of(module, parts[0]+"."+parts[1]))
		}
	}
	for _, block := range e.NestedBlocks {
		for _, inner := range block {
			add(s.refer(inner, module, hops+1))
		}
	}
	return out
}

// of returns the addresses of a resource of a module, of all its instances.
func (s *references) of(module []string, resource string) []string {
	want := resource
	if len(module) > 0 {
		want = "module." + strings.Join(module, ".module.") + "." + resource
	}
	var out []string
	for _, a := range s.addresses {
		if bare(a) == want {
			out = append(out, a)
		}
	}
	return out
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
