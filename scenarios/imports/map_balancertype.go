package imports

import (
	"slices"
	"strings"

	"asgsim/report/clean"
)

// network tells that what is not an Application Load Balancer is taken for one.
func (m *mapper) network(protocol *Value) {
	if protocol == nil {
		return
	}
	switch protocol.Text {
	case "HTTP", "HTTPS":
		return
	case "GENEVE":
		m.takenFor("gateway", protocol)
	default:
		m.takenFor("network", protocol)
	}
}

// takenFor tells, once and before all else, that a load balancer of another kind stands for
// an Application Load Balancer, and what that changes; the scenario says so where it has
// the type.
func (m *mapper) takenFor(kind string, v *Value) {
	const key = "load_balancer.load_balancer_type"
	if m.has(key) {
		return
	}
	name := map[string]string{"network": "Network", "gateway": "Gateway", "classic": "Classic", "known classic": "Classic"}[kind]
	if name == "" {
		name = clean.Short(kind, clean.Quote)
	}
	m.put(key, `"application"`, v, "a "+name+" Load Balancer is not modelled: taken for an Application one")
	effect := map[string]string{
		"network":       ". A Network one sends a connection to one target for as long as it lasts: new instances get new connections alone, so they fill slowly and the load is less even; clients see resets where they see 502 to 504 here, it has no RequestCount and no slow start, and its bill counts other units",
		"gateway":       ". A Gateway one sends flows to appliances, each to one for as long as it lasts, and its bill counts other units",
		"known classic": " with its health checks, draining and idle timeout. A Classic one queues 1,024 requests beyond what its targets take, and its bill counts hours and bytes",
		"classic":       " with AWS's defaults for those. A Classic one has health checks and draining of its own (give aws elb describe-load-balancers and describe-load-balancer-attributes too, or write target_group.health_check and deregistration_delay as they are there), sends requests to whoever has fewest outstanding (load_balancing_algorithm_type = \"least_outstanding_requests\"), queues 1,024 requests beyond that, and its bill counts hours and bytes",
	}[kind]
	m.lost = slices.Insert(m.lost, 0, Note{clean.Short(v.Place(), 300), "a " + name + " Load Balancer is not modelled: it is taken for an Application Load Balancer" + effect})
}

// shortARN is what of an ARN says something to people.
func shortARN(s string) string { return s[strings.LastIndexByte(s, ':')+1:] }
