package imports

import (
	"encoding/json"

	tfjson "github.com/hashicorp/terraform-json"
)

// before is the root of what a plan found: its prior state, or, where it has none, what
// its changes say that there was.
func before(plan *tfjson.Plan, text []byte) (*tfjson.StateModule, error) {
	var raw struct {
		PriorState json.RawMessage `json:"prior_state"`
	}
	if err := json.Unmarshal(text, &raw); err == nil && len(raw.PriorState) > 0 && string(raw.PriorState) != "null" {
		var state tfjson.State // by itself, so that its numbers stay as they are written
		state.UseJSONNumber(true)
		if err := json.Unmarshal(raw.PriorState, &state); err != nil {
			return nil, seems("is a Terraform plan whose prior state cannot be read: %w", err)
		}
		if state.Values != nil && state.Values.RootModule != nil {
			return state.Values.RootModule, nil
		}
	}
	root := &tfjson.StateModule{}
	for _, c := range plan.ResourceChanges {
		if c == nil || c.Change == nil || c.Mode == tfjson.DataResourceMode {
			continue
		}
		if was, ok := c.Change.Before.(map[string]any); ok {
			root.Resources = append(root.Resources, &tfjson.StateResource{Address: c.Address, Mode: c.Mode, Type: c.Type, Name: c.Name, Index: c.Index, ProviderName: c.ProviderName, AttributeValues: was})
		}
	}
	return root, nil
}
