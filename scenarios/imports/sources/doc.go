// Package sources evaluates the sources of Terraform, .tf and .tfvars, as far as they say
// something without a provider: variables with defaults, locals, count and for_each over
// what is known, common functions, modules in the same folder. What it finds has the form
// in which Terraform shows a plan, so that whoever reads one reads the other.
//
// Open plan.go first.
package sources
