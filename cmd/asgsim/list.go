package main

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"asgsim/report"
	"asgsim/scenarios"
)

func (a *app) listCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "list",
		Short: "List the shipped scenarios",
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return a.list(asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print a JSON array")
	return c
}

func (a *app) list(asJSON bool) error {
	type entry struct {
		Name  string `json:"name"`
		About string `json:"about"`
	}
	entries := []entry{}
	rows := [][]string{}
	for _, name := range scenarios.Names() {
		src, err := scenarios.Shipped(name)
		if err != nil {
			return err
		}
		about := scenarios.Describe(src.Text)
		entries = append(entries, entry{name, about})
		rows = append(rows, []string{name, about})
	}
	if asJSON {
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", "  ")
		return enc.Encode(entries)
	}
	a.say(report.Table(0, []string{"scenario", "about"}, rows) + "\n")
	return nil
}
