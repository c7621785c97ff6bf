package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"asgsim/scenarios"
)

func (a *app) initCommand() *cobra.Command {
	var from string
	var force bool
	c := &cobra.Command{
		Use:   "init FILE",
		Short: "Write a shipped scenario, with all its comments, to a file of your own",
		Example: `  asgsim init web.toml
  asgsim init web.toml --from flash-crowd
  asgsim init - --from blind-cpu`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("init needs the name of one file to write, or - for standard output")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.init(args[0], from, force) },
	}
	c.Flags().StringVar(&from, "from", "day-night", "the shipped scenario to begin with (asgsim list)")
	c.Flags().BoolVar(&force, "force", false, "overwrite the file if it exists")
	must(c.RegisterFlagCompletionFunc("from", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return scenarios.Names(), cobra.ShellCompDirectiveNoFileComp
	}))
	return c
}

// init writes the scenario byte for byte, and beside it the traces it mentions.
func (a *app) init(path, from string, force bool) error {
	src, err := scenarios.Shipped(from)
	if err != nil {
		return usage(err)
	}
	if path == "-" {
		_, err := a.out.Write(src.Text)
		return err
	}
	files := map[string][]byte{path: src.Text}
	order := []string{path}
	entries, err := scenarios.Library.ReadDir(".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if name := e.Name(); filepath.Ext(name) == ".csv" && bytes.Contains(src.Text, []byte(name)) {
			text, err := scenarios.Library.ReadFile(name)
			if err != nil {
				return err
			}
			beside := filepath.Join(filepath.Dir(path), name)
			files[beside] = text
			order = append(order, beside)
		}
	}
	for _, f := range order {
		if _, err := os.Lstat(f); err == nil && !force {
			return usagef("%s exists; --force overwrites it", f)
		}
	}
	for _, f := range order {
		if err := write(a.disk, f, func(w io.Writer) error { _, err := w.Write(files[f]); return err }); err != nil {
			return err
		}
	}
	fmt.Fprintf(a.out, "wrote %s\n", strings.Join(order, ", "))
	fmt.Fprintf(a.stderr, "next: edit it, then asgsim validate %s and asgsim run %s\n", path, path)
	return nil
}

// must stops the program where only a mistake of ours can fail.
func must(err error) {
	if err != nil {
		panic("asgsim: " + err.Error())
	}
}
