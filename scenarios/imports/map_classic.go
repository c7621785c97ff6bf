package imports

import "cmp"

// classicOf returns what the files say of a Classic Load Balancer: its description, and
// attributes that do not say whose they are; nothing where they do not have it.
func (m *mapper) classicOf(ref *Value) []*Resource {
	var out []*Resource
	for _, r := range m.found.of(Classic) {
		if ref.Kind == Text && r.named(ref.Text) || len(r.Names) == 0 {
			out = append(out, r)
		}
	}
	return out
}

// classic writes a Classic Load Balancer as the Application Load Balancer that stands for
// it: its health checks, draining, idle timeout and cross-zone balancing. Of HTTP it sends
// a request to whoever has fewest outstanding ("How Elastic Load Balancing works", read
// 2026-11).
func (m *mapper) classic(all []*Resource) {
	t := m.table("target_group")
	t.from = all[0].Value
	for _, r := range all {
		v := r.Value
		m.fill(r, "")
		drain := cmp.Or(v.Get("ConnectionDraining"), v.Get("ConnectionDrainingPolicy"))
		timeout := cmp.Or(drain.Get("Timeout"), v.Get("ConnectionDrainingTimeout"))
		on := drain
		if drain.Get("Enabled") != nil {
			on = drain.Get("Enabled")
		}
		const delay = "target_group.deregistration_delay"
		switch is, known := on.truth(); {
		case on == nil:
		case known && !is:
			m.put(delay, `"0s"`, on, "draining is not enabled")
		case timeout != nil:
			m.convert(delay, timeout, seconds)
		}
		cross := cmp.Or(v.Get("CrossZoneLoadBalancing", "Enabled"), v.Get("CrossZoneLoadBalancing"), v.Get("CrossZone"))
		if cross != nil {
			m.crossZoneOf(cross)
		}
		m.tell(r)
	}
	m.put("target_group.load_balancing_algorithm_type", `"least_outstanding_requests"`, nil, "as a Classic Load Balancer sends HTTP requests")
}
