package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"asgsim/report"
)

// build is what the binary knows about itself.
type build struct {
	Name     string `json:"name"`
	Version  string `json:"version"`
	Revision string `json:"revision"` // of the source; empty if not built from a checkout
	Modified bool   `json:"modified"` // the source had changes
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// String prints the build on one line.
func (b build) String() string {
	source := ""
	if b.Revision != "" {
		source = " revision " + b.Revision
	}
	if b.Modified {
		source += " with changes"
	}
	return fmt.Sprintf("%s %s%s, %s %s", b.Name, b.Version, source, b.Go, b.Platform)
}

func buildInfo() build {
	b := build{Name: "asgsim", Version: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

// tool names the program in results: name and version, and no more than that, so
// that the same scenario and seed give the same bytes.
func tool() report.Tool {
	b := buildInfo()
	return report.Tool{Name: b.Name, Version: b.Version}
}

func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the version and what it was built from",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			b := buildInfo()
			if asJSON {
				enc := json.NewEncoder(a.out)
				enc.SetIndent("", "  ")
				return enc.Encode(b)
			}
			fmt.Fprintln(a.out, b)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print a JSON object")
	return c
}
