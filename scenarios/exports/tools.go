package exports

// The tools for which an export is written.
const (
	Terraform      = "terraform"
	CloudFormation = "cloudformation"
	AWSCLI         = "aws-cli"
)

// Tools lists them.
func Tools() []string { return []string{Terraform, CloudFormation, AWSCLI} }
