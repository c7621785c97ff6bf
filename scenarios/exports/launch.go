package exports

import "strings"

// launched is the launch template. Its image is Amazon Linux, for the processors of the
// type: which is the user's own, no scenario says.
func (r *resources) launched() {
	const p = "instance."
	kind, _ := r.text(p + "type").(string)
	data := (&object{}).put("ImageId", "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-"+processors(kind)).put("InstanceType", kind)
	data.put("Monitoring", (&object{}).put("Enabled", r.text(p+"monitoring") == "detailed"))
	if credits := r.text(p + "credit_specification"); credits != nil && r.c.World.Template.Type.Burstable {
		data.put("CreditSpecification", (&object{}).put("CpuCredits", credits))
	}
	r.template = r.add(launchTemplate, r.groupName(), (&object{}).put("LaunchTemplateName", r.groupName()).put("LaunchTemplateData", data))
}

// processors are those of a type, as images are named by: families with a g behind their
// generation have Graviton.
func processors(kind string) string {
	family, _, _ := strings.Cut(kind, ".")
	if strings.ContainsRune(strings.TrimLeft(family, "abcdefghijklmnopqrstuvwxyz"), 'g') {
		return "arm64"
	}
	return "x86_64"
}
