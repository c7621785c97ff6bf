package imports

import (
	"fmt"
	"slices"

	"asgsim/report/clean"
)

// template returns the version of the launch template, or the launch configuration, from
// which the group launches; nil if it is not in the files.
func (m *mapper) template() *Resource {
	if m.group == nil {
		if all := slices.Concat(m.found.of(Template), m.found.of(LaunchConfig)); len(all) == 1 {
			return all[0]
		}
		return nil
	}
	g := m.group.Value
	if name := g.text("LaunchConfigurationName"); name != "" {
		for _, r := range m.found.of(LaunchConfig) {
			if r.named(name) {
				return r
			}
		}
	}
	spec := g.Get("LaunchTemplate")
	if mixed := g.Get("MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification"); mixed != nil {
		spec = mixed
	}
	var last *Resource
	version := spec.text("Version")
	for _, r := range m.found.of(Template) {
		if !r.named(spec.text("LaunchTemplateName")) && !r.named(spec.text("LaunchTemplateId")) {
			continue
		}
		is, ok := r.Value.Get("DefaultVersion").truth()
		switch number := r.Value.text("VersionNumber"); {
		case number == "" || number == version:
			return r
		case (version == "$Default" || version == "") && ok && is:
			return r
		case version == "$Latest" && (last == nil || newer(r, last)):
			last = r
		}
	}
	return last
}

// newer reports whether a version of a template has a greater number than another.
func newer(r, than *Resource) bool {
	a, _ := r.Value.Get("VersionNumber").number()
	b, _ := than.Value.Get("VersionNumber").number()
	return a > b
}

// missingTemplate tells of a launch template that is not in the files.
func (m *mapper) missingTemplate() {
	if m.group == nil {
		return
	}
	g := m.group.Value
	for _, spec := range []*Value{g.Get("LaunchTemplate"), g.Get("MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification")} {
		if spec != nil && spec.Kind == Table {
			name := spec.text("LaunchTemplateName")
			if name == "" {
				name = spec.text("LaunchTemplateId")
			}
			m.lose(spec.Place(), fmt.Sprintf("version %s of %s is not in the files: its monitoring, Spot and CPU credits are not known; give aws ec2 describe-launch-template-versions too", clean.Quoted(spec.text("Version")), clean.Quoted(name)))
			return
		}
	}
	if v := g.Get("LaunchConfigurationName"); v != nil && v.Kind == Text {
		m.lose(v.Place(), fmt.Sprintf("launch configuration %s is not in the files: its monitoring and Spot price are not known; give aws autoscaling describe-launch-configurations too", clean.Quoted(v.Text)))
	}
}
