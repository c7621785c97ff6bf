package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"asgsim/report"
	"asgsim/report/clean"
	"asgsim/scenarios"
)

// usageFile is a usage file of Infracost's in the making: how many instances each group
// has on average after the change ("Usage file", Infracost's documentation, 2026-08).
type usageFile struct {
	disk  disk
	path  string // empty: none is asked for
	lines []string
}

// prepare tries the destination before anything is simulated.
func (u *usageFile) prepare() error {
	if u.path == "" {
		return nil
	}
	if info, err := os.Stat(u.path); err == nil && info.IsDir() {
		return usagef("--infracost-usage %s: is a folder", clean.Line(u.path))
	}
	if err := (&outputs{disk: u.disk}).tryFolder(filepath.Dir(u.path)); err != nil {
		return usagef("--infracost-usage %s: cannot be written: %w; its folder must be there", clean.Line(u.path), err)
	}
	return nil
}

// add takes a group's figure: that of the last variant.
func (u *usageFile) add(address string, d *report.Comparison) {
	mean := d.Variants[len(d.Variants)-1].Figures["in_service_mean"].Value
	if address == "" || mean == nil {
		return
	}
	name, err := json.Marshal(address) // as YAML has it too
	if err != nil {
		return // a text is always one
	}
	u.lines = append(u.lines, fmt.Sprintf("  %s:\n    instances: %.2f\n", name, *mean))
}

// write writes the file, if one is asked for and there is anything to write.
func (u *usageFile) write() error {
	if u.path == "" || len(u.lines) == 0 {
		return nil
	}
	return write(u.disk, u.path, func(w io.Writer) error {
		_, err := io.WriteString(w, "# Written by asgsim: instances in service on average, simulated.\nversion: 0.1\nresource_usage:\n"+strings.Join(u.lines, ""))
		return err
	})
}

// changesOf is what differs between two configurations.
func changesOf(from, to *scenarios.Config) []report.Change {
	out := []report.Change{}
	for _, c := range scenarios.Changes(from, to) {
		out = append(out, report.Change{Key: c.Key, Old: c.Old, New: c.New})
	}
	return out
}

// resourceName is a group's name as Terraform's resources are named.
func resourceName(name string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' {
			return c
		}
		return '_'
	}, name)
}
