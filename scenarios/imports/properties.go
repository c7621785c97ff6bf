package imports

import (
	"fmt"
	"slices"
	"strings"
)

// Properties are those of a sort of resource, in the order in which they are told.
func Properties(sort Sort) []Property {
	switch sort {
	case Group:
		return groupProperties()
	case Policy:
		return policyProperties()
	case Alarm:
		return alarmProperties()
	case Schedule:
		return scheduleProperties()
	case Hook:
		return hookProperties()
	case WarmPool:
		return warmPoolProperties()
	case TargetGroup:
		return targetGroupProperties()
	case TargetAttrs:
		return targetAttributes()
	case Balancer:
		return balancerProperties()
	case BalancerAttrs:
		return balancerAttributes()
	case Classic:
		return classicProperties()
	case Template:
		return templateProperties()
	case LaunchConfig:
		return launchConfigurationProperties()
	case Refresh:
		return refreshProperties()
	}
	return nil
}

// Documented are the sorts of resources with tables of properties.
func Documented() []Sort {
	return []Sort{Group, Template, LaunchConfig, WarmPool, Policy, Alarm, Schedule, Hook, TargetGroup, TargetAttrs, Balancer, BalancerAttrs, Classic, Refresh}
}

// Covers reports whether the tables say what becomes of a property of a resource.
func Covers(sort Sort, path string) bool {
	_, ok := covering(Properties(sort), path)
	return ok
}

// Documentation lists what becomes of every property, for the help.
func Documentation() string {
	var b strings.Builder
	for _, sort := range Documented() {
		fmt.Fprintf(&b, "\n%s\n", sort)
		none := map[string][]string{}
		var reasons []string
		for _, p := range Properties(sort) {
			switch {
			case p.Key != "":
				beside(&b, p.Path, p.Key+after(p.Effect))
			case p.Lost:
				beside(&b, p.Path, "- "+p.Effect)
			default:
				if !slices.Contains(reasons, p.Effect) {
					reasons = append(reasons, p.Effect)
				}
				none[p.Effect] = append(none[p.Effect], p.Path)
			}
		}
		for _, why := range reasons {
			for i, line := range wrapped(strings.Join(none[why], ", ")+": "+why, 100) {
				fmt.Fprintf(&b, "  %s %s\n", [...]string{"=", " "}[min(i, 1)], line)
			}
		}
	}
	return b.String()
}

// beside writes a text beside a path, or below it where that is long.
func beside(b *strings.Builder, path, text string) {
	lines := wrapped(text, 62)
	if len(path) > pathWidth {
		fmt.Fprintf(b, "  %s\n", path)
		path = ""
	}
	for _, line := range lines {
		fmt.Fprintf(b, "  %-*s  %s\n", pathWidth, path, line)
		path = ""
	}
}

// pathWidth is the width of the column of paths.
const pathWidth = 40

func after(effect string) string {
	if effect == "" {
		return ""
	}
	return ": " + effect
}
