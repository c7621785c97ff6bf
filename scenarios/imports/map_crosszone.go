package imports

// crossZoneOf writes whether balancing is cross-zone, where an attribute says it.
func (m *mapper) crossZoneOf(v *Value) {
	if v.Text == "use_load_balancer_configuration" {
		return
	}
	m.convert("target_group.load_balancing_cross_zone_enabled", v, truth)
}
