package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"asgsim/scenarios"
)

func (a *app) showCommand() *cobra.Command {
	var o scenarios.Options
	c := &cobra.Command{
		Use:   "show SCENARIO",
		Short: "Print every effective value of a scenario and where it came from",
		Example: `  asgsim show day-night
  asgsim show web.toml --variant proposed --set auto_scaling_group.max_size=12`,
		Args:              oneScenario,
		ValidArgsFunction: completeScenario,
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := a.load(args[0], o)
			if err != nil {
				return err
			}
			for _, w := range s.Configs[0].Warnings {
				fmt.Fprintf(a.stderr, "warning: %s\n", w.Error())
			}
			return s.Configs[0].Show(a.out)
		},
	}
	c.Flags().StringVar(&o.Variant, "variant", "", "show this variant")
	c.Flags().StringArrayVar(&o.Sets, "set", nil, "change a key, as key=value; may be repeated")
	return c
}
