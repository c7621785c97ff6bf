package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"asgsim/report"
)

func (a *app) showCommand() *cobra.Command {
	var variant string
	var sets []string
	c := &cobra.Command{
		Use:   "show SCENARIO",
		Short: "Print every effective value of a scenario and where it came from",
		Example: `  asgsim show day-night
  asgsim show web.toml --variant proposed --set auto_scaling_group.max_size=12`,
		Args:              oneScenario,
		ValidArgsFunction: completeScenario,
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := a.loadOne(args[0], variant, sets)
			if err != nil {
				return err
			}
			for _, w := range s.Configs[0].Warnings {
				fmt.Fprintf(a.stderr, "warning: %s\n", w.Error())
			}
			var b strings.Builder
			if err := s.Configs[0].Show(&b); err != nil {
				return err
			}
			_, err = io.WriteString(a.out, report.FitTOML(b.String(), a.columns()))
			return err
		},
	}
	c.Flags().StringVar(&variant, "variant", "", "show this variant")
	c.Flags().StringArrayVar(&sets, "set", nil, "change a key, as key=value; may be repeated")
	return c
}
