package exports

import (
	"fmt"
	"slices"
	"strings"

	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/sim/ec2"
)

// Result is a group as a tool wants it.
type Result struct {
	Text []byte
	// NotInIt is what the scenario holds and AWS has no place for.
	NotInIt []Note
	Left    []scenarios.Value // the same, value by value
	Inputs  []string          // what the user must give, with what it is
}

// Export writes the group of a configuration. from names the scenario in comments.
func Export(tool, from string, c *scenarios.Config) (*Result, error) {
	r := &resources{values: valuesOf(c), c: c, region: regionOf(c), partly: map[string][]string{}}
	r.build()
	out := &Result{NotInIt: r.left(tool), Left: r.unwritten(), Inputs: r.inputs()}
	head := []string{fmt.Sprintf("%s, exported from %s by asgsim.", clean.Line(r.groupName()), clean.Line(from)), "",
		"Yours to fill in: the image of the launch template (Amazon Linux here), its network and security,", "and subnets instead of zones where the group is not in the default VPC."}
	if len(out.NotInIt) > 0 {
		head = append(head, "", "In the scenario, and not here:")
		for _, n := range out.NotInIt {
			head = append(head, wrapped("- "+clean.Line(n.What)+": "+n.Why, 98)...)
		}
	}
	var err error
	switch tool {
	case Terraform:
		out.Text = writeTerraform(head, r.all)
	case CloudFormation:
		out.Text, err = writeTemplate(head, r.all)
	case AWSCLI:
		out.Text = writeCLI(head, r.all)
	default:
		return nil, fmt.Errorf("no export for %s: there are %s", clean.Quoted(tool), strings.Join(Tools(), ", "))
	}
	return out, err
}

// regionOf is the region of zones with short names: the one whose prices hold.
func regionOf(c *scenarios.Config) string {
	for _, v := range c.Values {
		if v.Key == "prices.region" && v.Text != "" {
			return strings.Trim(v.Text, `"`)
		}
	}
	return ec2.PricesRegion
}

// inputs are what the resources need of the user.
func (r *resources) inputs() []string {
	var out []string
	var walk func(v any)
	walk = func(v any) {
		switch x := v.(type) {
		case path:
			walk([]any(x))
		case input:
			if text := x.name + ": " + x.about; !slices.Contains(out, text) {
				out = append(out, text)
			}
		case []any:
			for _, item := range x {
				walk(item)
			}
		case *object:
			for _, item := range x.items {
				walk(item)
			}
		}
	}
	for _, x := range r.all {
		walk(x.body)
	}
	return out
}

// wrapped breaks a line of a list at spaces.
func wrapped(text string, width int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > width {
			out = append(out, line)
			line = " "
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(out, line)
}
