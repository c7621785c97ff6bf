package imports

import (
	"bytes"
	"encoding/json"

	tfjson "github.com/hashicorp/terraform-json"

	"asgsim/report/clean"
)

// PlannedGroup is a group that a Terraform plan is about.
type PlannedGroup struct {
	Address       string
	Before, After bool // it is there before, and afterwards
}

// PlannedGroups lists the groups of a plan, as terraform show -json prints it, in its
// order. The error is of type [Seems] where a text is no plan.
func PlannedGroups(name string, text []byte) ([]PlannedGroup, error) {
	text, err := unpack(text, MaxFile)
	if err != nil {
		return nil, err
	}
	text = bytes.TrimPrefix(fromUTF16(text), []byte("\xef\xbb\xbf")) // as PowerShell's > writes it
	docs, err := parseJSON(fileBase(name), text, newBudget())
	if err != nil {
		return nil, Seems{err}
	}
	if len(docs) != 1 || !isTerraform(docs[0]) || !docs[0].has("planned_values") {
		return nil, seems("is not what terraform show -json prints of a plan (terraform plan -out plan.out; terraform show -json plan.out)")
	}
	var plan tfjson.Plan
	plan.UseJSONNumber(true)
	if err := json.Unmarshal(text, &plan); err != nil {
		return nil, seems("is a Terraform plan that cannot be read: %w", err)
	}
	var out []PlannedGroup
	for _, c := range plan.ResourceChanges {
		if c == nil || c.Change == nil || c.Type != "aws_autoscaling_group" || c.Mode == tfjson.DataResourceMode {
			continue
		}
		g := PlannedGroup{Address: clean.Line(c.Address), Before: true, After: true}
		switch {
		case c.Change.Actions.Create():
			g.Before = false
		case c.Change.Actions.Delete():
			g.After = false
		}
		out = append(out, g)
	}
	return out, nil
}
