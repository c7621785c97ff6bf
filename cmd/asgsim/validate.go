package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/sim/ec2"
)

func (a *app) validateCommand() *cobra.Command {
	var sets []string
	c := &cobra.Command{
		Use:   "validate FILE...",
		Short: "Check scenarios; every problem at once, with its place and what to do",
		Example: `  asgsim validate web.toml
  asgsim validate scenarios/*.toml`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("validate needs at least one scenario file")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.validate(args, sets) },
	}
	c.Flags().StringArrayVar(&sets, "set", nil, "change a key first, as key=value; may be repeated")
	return c
}

// validate checks every file, says of the good ones what they hold, and returns
// the problems of all the others.
func (a *app) validate(args, sets []string) error {
	var all scenarios.Problems
	var other error
	shipped := false
	for _, arg := range args {
		if why := a.ended(); why != nil {
			return why
		}
		s, err := a.load(arg, scenarios.Options{Sets: sets})
		var problems scenarios.Problems
		switch {
		case errors.As(err, &problems):
			all = append(all, problems...)
			continue
		case err != nil:
			other = errors.Join(other, err)
			continue
		}
		a.say(fmt.Sprintf("%s: ok%s\n", clean.Line(arg), holds(s)))
		for _, text := range s.Understood {
			a.say(text + "\n")
		}
		if text := a.pricesOf(s); text != "" {
			a.say(text + "\n")
		}
		for _, w := range s.Warnings {
			fmt.Fprintf(a.stderr, "warning: %s\n", w.Error())
		}
		shipped = shipped || onShippedPrices(s)
	}
	if shipped {
		fmt.Fprintf(a.stderr, "note: prices are those that asgsim ships, of %s on %s, %s old; asgsim prices import reads AWS's list\n", ec2.PricesRegion, ec2.PricesDate, a.age(ec2.PricesDate))
	}
	if len(all) > 0 {
		return errors.Join(all, other)
	}
	return other
}

// holds says what a scenario holds beside the plain one.
func holds(s *scenarios.Scenario) string {
	if len(s.Configs) < 2 {
		return ""
	}
	var names []string
	for _, c := range s.Configs[1:] {
		names = append(names, c.Name)
	}
	return fmt.Sprintf(", %s: %s", count(len(names), "variant"), strings.Join(names, ", "))
}

// onShippedPrices reports whether a price of the shipped list is in force.
func onShippedPrices(s *scenarios.Scenario) bool {
	return slices.ContainsFunc(s.Configs, func(c scenarios.Config) bool { return c.World.Prices == "" && !c.World.Template.Model.OwnPrice })
}

// pricesOf says whose prices hold, and how old they are, where they are not the shipped
// ones or those are old.
func (a *app) pricesOf(s *scenarios.Scenario) string {
	var said []string
	for i := range s.Configs {
		w := &s.Configs[i].World
		if w.Prices == "" {
			continue
		}
		text := fmt.Sprintf("  prices: %s, %s old", w.Prices, a.age(w.Prices[strings.LastIndexByte(w.Prices, ' ')+1:]))
		if !slices.Contains(said, text) {
			said = append(said, text)
		}
	}
	return strings.Join(said, "\n")
}
