package prices

// Merge lays a newer list upon what was known before: types, terms and prices that it
// has replace those of the same name.
func Merge(old, list *Catalogue) *Catalogue {
	if old == nil {
		return list
	}
	out := *old
	out.Types = mergeTypes(old.Types, list.Types)
	out.Volumes, out.Credits = over(old.Volumes, list.Volumes), over(old.Credits, list.Credits)
	for _, p := range []struct{ to, from *float64 }{{&out.BalancerHour, &list.BalancerHour}, {&out.LCUHour, &list.LCUHour}, {&out.MetricMonth, &list.MetricMonth}} {
		if *p.from > 0 {
			*p.to = *p.from
		}
	}
	out.Sources = nil
	for _, s := range old.Sources {
		if s.Kind != list.Sources[0].Kind {
			out.Sources = append(out.Sources, s)
		}
	}
	out.Sources = append(out.Sources, list.Sources...)
	if list.pricesInstances() || !old.pricesInstances() {
		out.Date = list.Date
	}
	return &out
}

// pricesInstances reports whether there is a price on demand.
func (c *Catalogue) pricesInstances() bool {
	for _, t := range c.Types {
		for _, x := range t.Terms {
			if x.OnDemand > 0 {
				return true
			}
		}
	}
	return false
}

func over(old, list map[string]float64) map[string]float64 {
	out := map[string]float64{}
	for _, m := range []map[string]float64{old, list} {
		for k, v := range m {
			out[k] = v
		}
	}
	return out
}

// mergeTypes merges two lists in the order of their names.
func mergeTypes(old, list []Type) []Type {
	var out []Type
	for len(old) > 0 || len(list) > 0 {
		switch {
		case len(list) == 0 || len(old) > 0 && old[0].Name < list[0].Name:
			out, old = append(out, old[0]), old[1:]
		case len(old) == 0 || list[0].Name < old[0].Name:
			out, list = append(out, list[0]), list[1:]
		default:
			out = append(out, mergeType(old[0], list[0]))
			old, list = old[1:], list[1:]
		}
	}
	return out
}

func mergeType(old, list Type) Type {
	out := old
	if list.VCPU > 0 {
		out.VCPU, out.MemoryGiB = list.VCPU, list.MemoryGiB
	}
	out.Terms = append([]Terms(nil), old.Terms...)
	for _, x := range list.Terms {
		at := -1
		for i := range out.Terms {
			if out.Terms[i].Of == x.Of {
				at = i
			}
		}
		if at < 0 {
			out.Terms = append(out.Terms, x)
			continue
		}
		t := &out.Terms[at]
		if x.OnDemand > 0 {
			t.OnDemand = x.OnDemand
		}
		if x.SpotSaving > 0 {
			t.SpotSaving, t.Interruption = x.SpotSaving, x.Interruption
		}
		if len(x.Committed) > 0 {
			t.Committed = over(t.Committed, x.Committed)
		}
	}
	return out
}
