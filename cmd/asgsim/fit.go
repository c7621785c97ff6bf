package main

import (
	"context"
	"fmt"
	"strings"

	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/scenarios/behaviour"
	"asgsim/scenarios/calibrate"
)

// fitting says what of a scenario is fitted.
type fitting struct {
	variant string
	sets    []string
}

// fit calibrates a scenario, and returns its text with the fitted values.
func (a *app) fit(ctx context.Context, src scenarios.Source, open scenarios.Opener, rec *behaviour.Record, o fitting) (*calibrate.Result, string, error) {
	a.at.set("calibrating")
	only := scenarios.Plain
	if o.variant != "" {
		only = o.variant
	}
	load := func(text string, sets []string) (*scenarios.Scenario, error) {
		return scenarios.Load(scenarios.Source{Name: src.Name, Text: []byte(text)}, open, scenarios.Options{Sets: sets, Only: []string{only}, Prices: a.openPrices, MaxRows: int(a.reach.rows), MaxFiles: int64(a.reach.largest)})
	}
	text := string(src.Text)
	s, err := load(text, o.sets)
	if err != nil {
		return nil, "", err
	}
	c, in := &s.Configs[0], o.variant
	if scenarios.Given(text, "variant."+in) == "" {
		in = "" // the plain scenario, perhaps by its label
	}
	if text, err = asSet(text, c, in, o.sets); err != nil {
		return nil, "", err
	}
	if err := a.ofGroup(rec, c.World.Group.Name); err != nil {
		return nil, "", err
	}
	fitted, err := calibrate.Fit(ctx, &c.World, rec, calibrate.Options{Simulate: a.simulate, Seed: s.Seed,
		Given: c.Given, Loads: c.LoadKinds()})
	switch {
	case ctx.Err() != nil:
		return nil, "", stopped(ctx)
	case err != nil:
		return nil, "", err
	}
	for {
		after, err := scenarios.EditText(text, edits(fitted, in))
		if err == nil {
			_, err = load(after, nil)
		}
		if err == nil {
			return fitted, after, nil
		}
		// The load may be what variants of the file build upon.
		if !fitted.Without("load.") {
			return nil, "", fmt.Errorf("the fitted values cannot be written into %s: %w", clean.Line(src.Name), err)
		}
	}
}

// inVariant is a key of a variant; of the plain scenario it is the key itself.
func inVariant(variant, key string) string {
	if variant == "" {
		return key
	}
	return "variant." + variant + "." + key
}

// asSet writes what --set says into the text of the configuration that it was said of.
func asSet(text string, c *scenarios.Config, variant string, sets []string) (string, error) {
	var out []scenarios.Edit
	for _, set := range sets {
		key, _, _ := strings.Cut(set, "=")
		key = strings.TrimSpace(key)
		value := ""
		for _, v := range c.Values {
			if v.Key == key {
				value = v.Text
			}
		}
		if value == "" {
			return "", usagef("--set %s: calibrate changes a key with a value in %s alone; change the file", clean.Short(set, 80), variantName(variant))
		}
		out = append(out, scenarios.Edit{Key: inVariant(variant, key), Value: value, Note: "--set"})
	}
	text, err := scenarios.EditText(text, out)
	if err != nil {
		return "", usagef("--set: %w", err)
	}
	return text, nil
}

func variantName(variant string) string {
	if variant == "" {
		return "the scenario"
	}
	return "variant " + clean.Line(variant)
}

// edits write what was fitted into a variant, or into the plain scenario.
func edits(r *calibrate.Result, variant string) []scenarios.Edit {
	var out []scenarios.Edit
	for _, c := range r.Changes {
		note := "calibrated"
		if c.Note != "" {
			note += ": " + c.Note
		}
		e := scenarios.Edit{Key: inVariant(variant, c.Key), Value: c.Now, Note: note}
		if c.Now == "" && e.Key != c.Key { // the plain scenario keeps its load
			e.Key, e.Value = inVariant(variant, "loads"), `["recorded"]`
		}
		out = append(out, e)
	}
	return out
}
