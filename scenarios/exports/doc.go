// Package exports writes the group of a scenario as the user's tool wants it: as Terraform,
// as a CloudFormation template, or as lines for AWS's command line.
//
// Open export.go first; then resources.go and what stands beside it: what AWS's resources
// are, by its API's names; then terraform.go, cloudformation.go and cli.go, which write
// them.
package exports
