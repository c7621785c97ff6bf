package imports

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"asgsim/report/clean"
)

// PlannedGroup is a group that a Terraform plan is about.
type PlannedGroup struct {
	Address       string
	Names         []string // before and afterwards, as far as they are known
	Before, After bool     // it is there before, and afterwards
}

// Is reports whether a text names the group: by its address, the end or a module of it, or
// its name on either side.
func (g PlannedGroup) Is(text string) bool {
	return text == g.Address || strings.HasSuffix(g.Address, "."+text) || strings.HasPrefix(g.Address, text+".") || slices.Contains(g.Names, text)
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
	if errored(text) {
		return nil, seems("is a plan that Terraform could not finish (errored: true), which lacks what it had not reached: mend what terraform plan says, and plan again")
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
		for _, side := range [...]any{c.Change.Before, c.Change.After} {
			if values, ok := side.(map[string]any); ok {
				if name, ok := values["name"].(string); ok && name != "" && !slices.Contains(g.Names, name) {
					g.Names = append(g.Names, name)
				}
			}
		}
		out = append(out, g)
	}
	return out, nil
}

// errored reports whether Terraform ended a plan before its end.
func errored(text []byte) bool {
	var p struct{ Errored bool }
	return json.Unmarshal(text, &p) == nil && p.Errored
}
