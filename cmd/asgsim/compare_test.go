package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"asgsim/sim/account"
	"asgsim/sim/record"
	"asgsim/sim/world"
)

// An interrupt in the middle prints the partial table, marked as such, writes
// complete files and ends with 130.
func TestInterruptedComparison(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	dir := t.TempDir()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var runs atomic.Int32
	var out, msg bytes.Buffer
	code := run(ctx, []string{"compare", "-", "--out", dir, "-n", "500"}, machine{
		stdin: strings.NewReader(tiny + "[variant.one.auto_scaling_group]\nmin_size = 1\nmax_size = 1\n"), stdout: &out, stderr: &msg,
		getenv: func(string) string { return "" }, now: time.Now, disk: &osDisk{},
		simulate: func(ctx context.Context, c *record.Config, seed uint64) (*account.Result, error) {
			if runs.Add(1) == 30 {
				stop()
			}
			return world.Run(ctx, c, seed)
		}})
	if code != exitInterrupted {
		t.Errorf("exit code %d: %s", code, msg.String())
	}
	for _, want := range []string{"INTERRUPTED after ", "EC2 cost/day", "Best:"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("stdout lacks %q:\n%s", want, out.String())
		}
	}
	if !strings.Contains(msg.String(), "interrupted after ") {
		t.Errorf("stderr %q", msg.String())
	}
	if got := names(t, dir); strings.Join(got, " ") != "compare.csv compare.json compare.md compare.png" {
		t.Errorf("written: %v", got)
	}
}

// One broken audit among many runs: the variant and the seed are named, the
// replication is excluded and said so, everything is written, exit code 1.
func TestOneBrokenAuditAmongMany(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	dir := t.TempDir()
	var out, msg bytes.Buffer
	var runs atomic.Int32
	code := run(context.Background(), []string{"compare", "-", "--out", dir, "-n", "4", "--seed", "5"}, machine{
		stdin: strings.NewReader(tiny + "[variant.one.auto_scaling_group]\nmin_size = 1\nmax_size = 1\n"), stdout: &out, stderr: &msg,
		getenv: func(string) string { return "" }, now: time.Now, disk: &osDisk{},
		simulate: func(ctx context.Context, c *record.Config, seed uint64) (*account.Result, error) {
			res, err := world.Run(ctx, c, seed)
			if err == nil && c.Variant == "one" && seed != 5 && runs.Add(1) == 1 {
				res.Violations = append(res.Violations, record.Violation{Law: "requests are conserved", Detail: "12 is not 11"})
			}
			return res, err
		}})
	if code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	for _, want := range []string{"3 replications of 2 variants", "EXCLUDED: one, replication "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("stdout lacks %q:\n%s", want, out.String())
		}
	}
	for _, want := range []string{"variant one, seed ", "requests are conserved: 12 is not 11"} {
		if !strings.Contains(msg.String(), want) {
			t.Errorf("stderr lacks %q: %s", want, msg.String())
		}
	}
	if got := names(t, filepath.Clean(dir)); len(got) != 4 {
		t.Errorf("written: %v", got)
	}
}
