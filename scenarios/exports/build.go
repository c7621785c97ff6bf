package exports

// build makes all resources, those that others refer to first.
func (r *resources) build() {
	r.used["load_balancer.load_balancer_type"] = true // the group has a target group, or none
	r.launched()
	if !r.c.World.Bill.NoBalancer {
		r.balanced()
	}
	r.scaled()
	if r.c.World.Group.WarmPool != nil {
		r.pool()
	}
	for _, name := range r.entries("hook") {
		r.hook(name)
	}
	alarms := map[string][]*resource{}
	for _, name := range r.entries("policy") {
		r.policy(name, alarms)
	}
	for _, name := range r.entries("alarm") {
		if used := alarms[name]; len(used) > 0 {
			r.alarm(name, used)
		}
	}
	for _, name := range r.entries("schedule") {
		r.schedule(name)
	}
}
