package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/sim/account"
	"asgsim/sim/record"
)

// machine is all of the outside world that the command uses.
type machine struct {
	stdin                                io.Reader
	stdout, stderr                       io.Writer
	inTerminal, outTerminal, errTerminal bool
	width                                int // of the terminal that standard output is; 0: it is none
	getenv                               func(string) string
	now                                  func() time.Time
	disk                                 disk
	freeMemory                           float64       // bytes that the machine has to give; 0: no limit
	at                                   *stage        // what the command is at; nil: nobody asks
	cacheDir                             string        // of the user; empty: nothing is kept between calls
	program                              func() string // the sum of this program, by which it knows what it kept itself
	configDir                            string        // of the user; empty: no prices are imported
	simulate                             func(context.Context, *record.Config, uint64) (*account.Result, error)
}

// app is one call of the command.
type app struct {
	machine
	out *sink     // stdout, remembering its first error
	id  *identity // of the run, once it is known

	reach     reach        // --allow-path, --max-file-size, --max-trace-rows
	maxMemory size         // --max-memory
	release   func()       // ends what watches the memory
	ended     func() error // why the command was told to stop; nil: it was not
}

// run executes the command line and returns the exit code.
func run(ctx context.Context, args []string, m machine) int {
	a := &app{machine: m, out: &sink{w: m.stdout}}
	a.stderr = messages{m.stderr, a.messageColumns()}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(m.stdin)
	root.SetOut(a.out)
	root.SetErr(a.stderr)
	root.PersistentPreRun = func(c *cobra.Command, _ []string) {
		ctx, release := a.guard(c.Context())
		a.release = release
		c.SetContext(ctx)
		a.ended = func() error {
			if ctx.Err() == nil {
				return nil
			}
			return stopped(ctx)
		}
	}
	a.release, a.ended = func() {}, func() error { return nil }
	err := execute(ctx, root)
	a.release()
	a.complain(err)
	a.complain(a.out.lost())
	if err == nil {
		err = a.out.err
	}
	return exitCode(err)
}

// execute runs a command; a panic is its error.
func execute(ctx context.Context, root *cobra.Command) (err error) {
	defer caught(&err)
	return root.ExecuteContext(ctx)
}

// complain says on stderr what went wrong: problems of scenarios as they are,
// each with its place, anything else after the command's name.
func (a *app) complain(err error) {
	var problems scenarios.Problems
	switch {
	case err == nil:
	case asFault(err) != nil:
		a.complainOfFault(a.stderr, asFault(err))
	case errors.As(err, &problems):
		fmt.Fprintln(a.stderr, problems.Error())
		fmt.Fprintf(a.stderr, "asgsim: %s\n", count(len(problems), "problem"))
	default:
		fmt.Fprintf(a.stderr, "asgsim: %s\n", clean.Lines(strings.TrimSpace(err.Error())))
	}
}

// root returns the command tree.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "asgsim",
		Short: "What would users feel, and what would you pay, if this Auto Scaling group ran under this load?",
		Long: `asgsim replays a load through a load balancer and an EC2 Auto Scaling group, request by request, on a
virtual clock: what users would feel, what it would cost, and why. No AWS account, one file in, one
picture out.`,
		Example: `  asgsim run day-night                     a shipped scenario: the lesson to begin with
  asgsim init web.toml --from day-night    your own copy of it, with all its comments
  asgsim run web.toml --set auto_scaling_group.max_size=12`,
		SilenceUsage:               true,
		SilenceErrors:              true,
		SuggestionsMinimumDistance: 2,
	}
	root.Version = buildInfo().String()
	root.SetVersionTemplate("{{.Version}}\n")
	root.Args = unknownVerb
	root.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	root.SetFlagErrorFunc(flagError)
	root.PersistentFlags().Var(&a.maxMemory, "max-memory", "memory that a command may hold, 64MiB or more, such as 4GiB (default: 90 % of what the machine has to give)")
	root.AddCommand(a.runCommand(), a.compareCommand(), a.explainCommand(), a.validateCommand(), a.showCommand(), a.initCommand(), a.importCommand(), a.calibrateCommand(), a.backtestCommand(), a.exportCommand(), a.pricesCommand(), a.listCommand(), a.versionCommand())
	for _, c := range root.Commands() {
		a.completion(c)
		if slices.Contains([]string{"run", "compare", "explain", "validate", "show", "export", "calibrate", "backtest"}, c.Name()) {
			a.reach.flags(c)
		}
	}
	root.AddCommand(a.topics()...)
	root.SetHelpFunc(a.help)
	root.SetHelpCommand(a.helpCommand(root))
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd("run")
	usageErrors(root)
	return root
}

// usageErrors marks what cobra's own argument checks refuse as wrong usage.
func usageErrors(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(c *cobra.Command, args []string) error { return usage(check(c, args)) }
	}
	for _, sub := range c.Commands() {
		usageErrors(sub)
	}
}

func usage(err error) error {
	if err == nil {
		return nil
	}
	return usageError{err}
}

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// unknownVerb refuses a first argument that is no verb.
func unknownVerb(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var verbs []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			verbs = append(verbs, c.Name())
		}
	}
	if slices.Contains(planned(), args[0]) {
		return usagef("%s is planned but not built in this version: there are %s", args[0], strings.Join(verbs, ", "))
	}
	if near := nearest(args[0], verbs); near != "" {
		return usagef("unknown verb %q: did you mean %q?", args[0], near)
	}
	if _, err := scenarios.Shipped(args[0]); err == nil || strings.HasSuffix(args[0], ".toml") {
		return usagef("unknown verb %q: did you mean \"asgsim run %s\"?", args[0], args[0])
	}
	return usagef("unknown verb %q: there are %s", args[0], strings.Join(verbs, ", "))
}

// planned lists verbs that are not built yet; each goes when it works.
func planned() []string {
	return []string{"report", "sweep", "recommend"}
}

// flagError adds a suggestion to an unknown flag.
func flagError(c *cobra.Command, err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		f := invalid.GetFlag()
		return usagef("--%s %q: must be %s; see asgsim %s --help", f.Name, invalid.GetValue(), mustBe(f.Value.Type(), invalid.Unwrap()), c.Name())
	}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return usagef("%w; see asgsim %s --help", err, c.Name())
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	hint := fmt.Sprintf("see asgsim %s --help", c.Name())
	if near := nearest(unknown.GetSpecifiedName(), names); near != "" {
		hint = fmt.Sprintf("did you mean --%s?", near)
	}
	if digits := unknown.GetSpecifiedShortnames(); c.Name() == "explain" && numeric(digits) {
		return usagef("there is no moment -%s: moments are numbered from 1; a time since the start has a unit, as in 34h", digits)
	}
	dash := "--"
	if unknown.GetSpecifiedShortnames() != "" {
		dash = "-"
	}
	return usagef("unknown flag %s%s: %s", dash, unknown.GetSpecifiedName(), hint)
}

// numeric reports whether text is a whole number.
func numeric(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

// mustBe says what a value must be that was refused: where it is beyond a bound, which.
func mustBe(flag string, why error) string {
	if rule, ours := strings.CutPrefix(why.Error(), "must be "); ours && (flag == "size" || flag == "count" || flag == "name") {
		return rule
	}
	return kindOf(flag)
}

// kindOf says what a flag of a type takes.
func kindOf(flag string) string {
	switch flag {
	case "uint64", "int":
		return "a whole number, such as 20"
	case "duration":
		return `a time with its unit, such as "2m"`
	case "bool":
		return "true or false"
	case "size":
		return "a size, such as 4GiB"
	}
	return "a " + flag
}

// nearest returns the candidate that was probably meant, empty if none is near.
func nearest(word string, candidates []string) string { return scenarios.Nearest(word, candidates) }

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
