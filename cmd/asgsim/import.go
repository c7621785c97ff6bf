package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/scenarios/imports"
)

// importing is what the flags of import say.
type importing struct {
	out        string
	force      bool
	parameters []string // NAME=VALUE
	commands   string   // the group of --print-commands
	load       string   // the recording of --load
	column     string   // of its values
	recordings          // of --metrics
	diff       string   // the scenario to compare with
	o          imports.Options
}

func (a *app) importCommand() *cobra.Command {
	var i importing
	c := &cobra.Command{
		Use:   "import FILE|FOLDER...",
		Short: "Make a scenario of what AWS's tools say of a group",
		Long: `Make a scenario of what AWS's tools say of a group. Nothing is asked of AWS: it reads files, also
gzipped, and - for standard input; what each is it finds out by itself. Any mix of

  aws autoscaling describe-auto-scaling-groups, describe-policies, describe-scheduled-actions,
      describe-lifecycle-hooks, describe-warm-pool, describe-launch-configurations,
      describe-instance-refreshes
  aws cloudwatch describe-alarms          (step and simple scaling: without it they are left out)
  aws elbv2 describe-target-groups, describe-target-group-attributes,
      describe-load-balancers, describe-load-balancer-attributes
  aws ec2 describe-launch-template-versions, describe-instance-types (of types that no price list has)

as JSON or YAML, one file or several, whole or cut by --query; also the input of put-scaling-policy,
create-auto-scaling-group and their like, and lines of a shell that give it with --cli-input-json (what
asgsim export aws-cli writes); none is run. Or
  - a CloudFormation template, JSON or YAML, also what cdk synth makes: parameters have their defaults, or
    what --parameter says;
  - what terraform show -json prints of a plan or a state;
  - a folder of .tf and .tf.json files, of which is told what is not known without a plan. DIR//SUB reads SUB of DIR,
    with modules anywhere in DIR; --parameter gives variables values.
Every value of the scenario says where it comes from. What it cannot hold is listed with what that changes,
and so is what is assumed, load and requests above all: no configuration knows them.
asgsim help properties lists what becomes of every property.`,
		Example: `  asgsim import --print-commands web       the aws ... lines to run, for a group of that name
  asgsim import asg.json policies.json -o web.toml
  asgsim import asg.json policies.json --load requests.json -o web.toml
  asgsim import asg.json policies.json --metrics recorded/ -o web.toml
  asgsim import *.json --group web -o web.toml
  asgsim import *.json --diff web.toml     what has changed in AWS since
  asgsim import stack.yaml --parameter MaxSize=40 -o web.toml
  terraform show -json plan.out > plan.json && asgsim import plan.json -o web.toml
  asgsim import infra//envs/prod --parameter stage=prod -o web.toml`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case i.commands != "" && len(args) > 0:
				return errors.New("--print-commands NAME reads no files")
			case i.commands == "" && len(args) == 0:
				return errors.New("import needs at least one file of AWS's tools, or - for standard input; see asgsim import --help")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if i.commands != "" {
				_, err := io.WriteString(a.out, importCommands(i.commands))
				return err
			}
			return a.importFiles(c.Context(), args, i)
		},
	}
	c.Flags().StringVarP(&i.out, "output", "o", "", "the scenario to write (default: standard output)")
	c.Flags().StringVar(&i.o.Group, "group", "", "the group to import, where the files hold several")
	c.Flags().StringArrayVar(&i.parameters, "parameter", nil, "the value of a template's parameter or a Terraform variable, as NAME=VALUE; may be repeated (default: its default)")
	c.Flags().StringVar(&i.load, "load", "", "the recording of a load to run, in any shape that [load.NAME.trace] reads: RequestCount of CloudWatch, an access log and others")
	c.Flags().StringVar(&i.column, "column", "", "of its columns or series the one with the values (default: the only one)")
	i.flags(c.Flags(), "metrics", "calibrate the scenario by how the group was recorded, as asgsim calibrate does, and replay metrics that alarms and policies follow and asgsim does not produce")
	c.Flags().StringVar(&i.diff, "diff", "", "print what has changed since an earlier import, the scenario of this name, key by key; nothing is written but to --output")
	c.Flags().BoolVar(&i.force, "force", false, "overwrite the file if it exists")
	c.Flags().StringVar(&i.commands, "print-commands", "", "print the commands that get all import can use of the group of this name, and run none")
	c.Flags().Var(&a.reach.largest, "max-file-size", "the largest file that is read, unpacked, such as 256MiB (default 64MiB)")
	return c
}

// importFiles reads files and writes the scenario made of them.
func (a *app) importFiles(ctx context.Context, args []string, i importing) (err error) {
	if err := free(i.out, i.force); err != nil {
		return err
	}
	if i.o.Parameters, err = parametersOf(i.parameters); err != nil {
		return err
	}
	if args = a.moreRecordings(args, &i.recordings); len(args) == 0 {
		return usagef("import needs at least one file of AWS's tools beside the recordings of --metrics")
	}
	a.at.set("reading %s", clean.Line(strings.Join(args, " ")))
	args, release, err := i.folders(args)
	defer release()
	if err != nil {
		return err
	}
	files, err := a.importedFiles(args)
	if err != nil {
		return err
	}
	open := opened{}
	if i.load != "" {
		if err = a.importedLoad(&i, open); err != nil {
			return err
		}
	}
	if err := a.importedRecordings(&i, open); err != nil {
		return err
	}
	i.o.Prices = a.importedPrices
	i.o.Most = int(a.reach.largest)
	res, err := imports.Import(files, i.o, func(text []byte) []imports.Fault { return a.faults(text, open.open) })
	switch {
	case errors.As(err, new(imports.Choose)), errors.As(err, new(imports.Seems)):
		return usage(err)
	case err != nil:
		return err
	}
	a.tellImport(res)
	if len(i.recordings.files) > 0 {
		if err := a.importMetrics(ctx, res, open.open, &i); err != nil {
			return err
		}
	}
	if i.diff != "" {
		if err := a.diffImport(i.diff, res.Text, open.open); err != nil || i.out == "" {
			return err
		}
	}
	if i.out == "" || i.out == "-" {
		_, err := a.out.Write(res.Text)
		return err
	}
	if err := write(a.disk, i.out, func(w io.Writer) error { _, err := w.Write(res.Text); return err }); err != nil {
		return err
	}
	name := clean.Shell(i.out)
	a.say(fmt.Sprintf("wrote %s\n", clean.Line(i.out)))
	if far := i.farFolder(res); far != "" {
		name += " --allow-path " + clean.Shell(far)
	}
	fmt.Fprintf(a.stderr, "next: asgsim validate %s, asgsim run %s; then replace what is assumed\n", name, name)
	return nil
}

// parametersOf reads NAME=VALUE.
func parametersOf(list []string) (map[string]string, error) {
	out := map[string]string{}
	for _, p := range list {
		name, value, ok := strings.Cut(p, "=")
		if !ok || name == "" {
			return nil, usagef("--parameter %s: must be NAME=VALUE", clean.Quoted(p))
		}
		out[name] = value
	}
	return out, nil
}

// folders takes the folders of Terraform sources off the arguments: DIR, or DIR//SUB
// for SUB of DIR with modules anywhere in DIR. Nothing outside of DIR is read, whatever
// symbolic links say.
func (i *importing) folders(args []string) (files []string, release func(), err error) {
	var roots []*os.Root
	release = func() {
		for _, r := range roots {
			_ = r.Close() // read only
		}
	}
	for _, arg := range args {
		dir, sub, nested := strings.Cut(arg, "//")
		info, err := os.Stat(dir)
		if arg == "-" || err != nil || !info.IsDir() {
			files = append(files, arg)
			continue
		}
		sub = path.Clean(filepath.ToSlash(sub))
		if !nested {
			sub = "."
		}
		if !fs.ValidPath(sub) {
			return nil, release, usagef("%s: %s is not in %s", clean.Line(arg), clean.Quoted(sub), clean.Line(dir))
		}
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, release, fmt.Errorf("cannot read %s: %w", clean.Line(dir), err)
		}
		roots = append(roots, root)
		found, err := fs.Glob(root.FS(), path.Join(sub, "*.tf"))
		inJSON, _ := fs.Glob(root.FS(), path.Join(sub, "*.tf.json")) // the pattern is as sound as the other
		if err != nil || len(found)+len(inJSON) == 0 {
			return nil, release, usagef("%s is a folder without .tf files: name files, as in asgsim import %s/*.json", clean.Line(arg), clean.Line(strings.TrimRight(arg, "/")))
		}
		i.o.Folders = append(i.o.Folders, imports.Folder{Name: strings.TrimRight(arg, "/"), Files: root.FS(), Dir: sub})
	}
	return files, release, nil
}

// importedFiles reads the files that the command line names.
func (a *app) importedFiles(args []string) ([]imports.File, error) {
	var files []imports.File
	for _, arg := range args {
		name := "stdin"
		var text []byte
		var err error
		if arg == "-" {
			text, err = a.reach.bounded(a.stdin, name, imports.MaxFile)
		} else {
			name = arg
			text, err = a.importedFile(arg)
		}
		if err != nil {
			return nil, err
		}
		files = append(files, imports.File{Name: name, Text: text})
	}
	return files, nil
}

// importedFile reads one file.
func (a *app) importedFile(arg string) ([]byte, error) {
	text, err := a.reach.readNamed(arg, imports.MaxFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usagef("there is no file %s", clean.Line(arg))
	case errors.As(err, new(usageError)):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("cannot read it: %w", err)
	}
	return text, nil
}

// faults returns what is wrong with a scenario that import has made.
func (a *app) faults(text []byte, open scenarios.Opener) []imports.Fault {
	_, err := scenarios.Load(scenarios.Source{Name: "imported", Text: text}, open, scenarios.Options{Prices: a.openPrices, Unadvised: true})
	var problems scenarios.Problems
	if !errors.As(err, &problems) {
		return nil
	}
	var out []imports.Fault
	for _, p := range problems {
		out = append(out, imports.Fault{Line: p.Pos.Line, Key: p.Key, Rule: p.Rule})
	}
	return out
}

// noFiles opens none: an imported scenario names none but a recording.
func noFiles(string) (io.ReadCloser, error) { return nil, fs.ErrNotExist }

// tellImport says on standard error what was read, and what the scenario is not.
func (a *app) tellImport(res *imports.Result) {
	var b strings.Builder
	for _, line := range res.Read {
		fmt.Fprintf(&b, "read %s\n", clean.Line(line))
	}
	list := func(heading string, notes []imports.Note) {
		if len(notes) == 0 {
			return
		}
		fmt.Fprintf(&b, "\n%s\n", heading)
		for _, n := range notes {
			for k, line := range wrap(clean.Line(n.What+": "+n.Effect), 110) {
				fmt.Fprintf(&b, "%s%s\n", [...]string{"- ", "  "}[min(k, 1)], line)
			}
		}
	}
	list("not in the scenario, and what that changes", res.NotInIt)
	list("assumed, for no file says it", res.Assumed)
	list("without effect here", idleOnes(res.NoEffect))
	fmt.Fprintln(&b)
	fmt.Fprint(a.stderr, b.String())
}

// idleOnes puts together what has no effect for the same reason.
func idleOnes(notes []imports.Note) []imports.Note {
	var out []imports.Note
	at := map[string]int{}
	for _, n := range notes {
		if k, ok := at[n.Effect]; ok {
			out[k].What += ", " + n.What
			continue
		}
		at[n.Effect] = len(out)
		out = append(out, n)
	}
	return out
}
