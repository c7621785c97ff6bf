package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/scenarios/exports"
)

// exporting is what the flags of export say.
type exporting struct {
	variant, out string
	sets         []string
	force        bool
}

func (a *app) exportCommand() *cobra.Command {
	var e exporting
	c := &cobra.Command{
		Use:   "export terraform|cloudformation|aws-cli SCENARIO",
		Short: "Write a scenario's group for Terraform, CloudFormation or AWS's command line",
		Long: `Write the group of a scenario, or of a variant, as your tool wants it: launch template, target group, the
group with its mixed instances and warm pool, lifecycle hooks, policies with their alarms, scheduled actions.

  terraform         HCL, for the AWS provider
  cloudformation    a template in YAML
  aws-cli           lines for a POSIX shell, each with its input as JSON (--cli-input-json)

Every value in force is written, defaults too, so that nothing hangs on whose defaults hold. What the scenario
holds and AWS has no place for, load, faults, other clouds' autoscalers and such, is listed as comments and on
standard error; so is what only you know, such as the VPC. The image is Amazon Linux: write yours. Read it over
before you apply it: asgsim applies nothing, and asks nobody.
asgsim import reads what export has written, and makes the same group of it. CloudFormation has no names of
policies and scheduled actions but their ids, and no suspended processes.`,
		Example: `  asgsim export terraform web.toml -o web.tf
  asgsim export cloudformation web.toml --variant proposed -o web.yaml
  asgsim export aws-cli web.toml -o web.sh`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) != 2:
				return fmt.Errorf("export needs a tool, one of %s, and a scenario", strings.Join(exports.Tools(), ", "))
			case !slices.Contains(exports.Tools(), args[0]):
				hint := "there are " + strings.Join(exports.Tools(), ", ")
				if near := nearest(args[0], exports.Tools()); near != "" {
					hint = fmt.Sprintf("did you mean %q?", near)
				}
				return fmt.Errorf("no export for %s: %s", clean.Quoted(args[0]), hint)
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.export(args[0], args[1], e) },
	}
	c.Flags().StringVar(&e.variant, "variant", "", "the variant to write (default: the plain scenario)")
	c.Flags().StringArrayVar(&e.sets, "set", nil, "change a key first, as key=value; may be repeated")
	c.Flags().StringVarP(&e.out, "output", "o", "", "the file to write (default: standard output)")
	c.Flags().BoolVar(&e.force, "force", false, "overwrite the file if it exists")
	return c
}

// export writes the group of a scenario.
func (a *app) export(tool, arg string, e exporting) error {
	if _, err := os.Lstat(e.out); e.out != "" && e.out != "-" && err == nil && !e.force {
		return usagef("%s exists; --force overwrites it", clean.Line(e.out))
	}
	name := e.variant
	if name == "" {
		name = scenarios.Plain
	}
	s, err := a.load(arg, scenarios.Options{Sets: e.sets, Only: []string{name}, Unadvised: true})
	if err != nil {
		return err
	}
	from := arg
	if e.variant != "" {
		from += ", variant " + e.variant
	}
	res, err := exports.Export(tool, from, &s.Configs[0])
	if err != nil {
		return err
	}
	a.tellExport(res)
	if e.out == "" || e.out == "-" {
		_, err := a.out.Write(res.Text)
		return err
	}
	if err := write(a.disk, e.out, func(w io.Writer) error { _, err := w.Write(res.Text); return err }); err != nil {
		return err
	}
	a.say(fmt.Sprintf("wrote %s\n", clean.Line(e.out)))
	return nil
}

// tellExport says on standard error what is not written, and what is to be given.
func (a *app) tellExport(res *exports.Result) {
	var b strings.Builder
	list := func(heading string, lines []string) {
		if len(lines) == 0 {
			return
		}
		fmt.Fprintf(&b, "%s\n", heading)
		for _, text := range lines {
			for k, line := range wrap(clean.Line(text), 110) {
				fmt.Fprintf(&b, "%s%s\n", [...]string{"- ", "  "}[min(k, 1)], line)
			}
		}
	}
	var left []string
	for _, n := range res.NotInIt {
		left = append(left, n.What+": "+n.Why)
	}
	list("in the scenario, and not in the export", left)
	list("to be given by you", res.Inputs)
	fmt.Fprint(a.stderr, b.String())
}
