package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the output in README.md")

// TestREADME runs the ```console blocks of README.md: every line that begins with
// "$ asgsim" is executed, in one folder, and what follows must be its output,
// standard error included. Only the seconds a run took may differ, and the days that the
// prices are old.
func TestREADME(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the day-night scenario")
	}
	var paths []string
	for _, name := range documents(t) {
		path, err := filepath.Abs(name)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	t.Chdir(t.TempDir())
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) { executed(t, path) })
	}
}

// documents are README.md and the pages of the help, from this folder.
func documents(t *testing.T) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join("pages", "*.md"))
	if err != nil || len(list) < 5 {
		t.Fatalf("pages %q, %v", list, err)
	}
	return append([]string{filepath.Join("..", "..", "README.md")}, list...)
}

// executed holds the blocks of a document against what their commands print.
func executed(t *testing.T, path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```console\n(.*?)```")
	got := blocks.ReplaceAllStringFunc(string(text), func(block string) string {
		return "```console\n" + replay(t, blocks.FindStringSubmatch(block)[1]) + "```"
	})
	seconds := regexp.MustCompile(`(?m) · [0-9.]+ s$|, [0-9]+ days? old`)
	if diff := cmp.Diff(seconds.ReplaceAllString(string(text), ""), seconds.ReplaceAllString(got, "")); diff != "" {
		if !*update {
			t.Fatalf("%s shows something else than the command prints (go test ./cmd/asgsim -run README -update): -document +command\n%s", filepath.Base(path), diff)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// replay executes the commands of a block and returns the block as it would be.
func replay(t *testing.T, block string) string {
	t.Helper()
	var out bytes.Buffer
	for line := range strings.Lines(block) {
		command, ok := strings.CutPrefix(line, "$ asgsim ")
		if !ok {
			continue
		}
		out.WriteString(line)
		args := strings.Fields(command)
		code := run(context.Background(), args, machine{stdin: strings.NewReader(""), stdout: &out, stderr: &out,
			getenv: func(string) string { return "" }, now: time.Now, disk: &osDisk{}, simulate: explained})
		if code != 0 && !strings.Contains(block, fmt.Sprintf("[exit code %d]", code)) {
			t.Errorf("$ asgsim %s: exit code %d", strings.TrimSpace(command), code)
		}
		if code != 0 {
			fmt.Fprintf(&out, "[exit code %d]\n", code)
		}
	}
	return out.String()
}

// The pictures that README.md shows exist, and every file it links to.
func TestREADMELinks(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	for _, name := range documents(t) {
		linked(t, name)
	}
}

// linked opens every file that a document links to.
func linked(t *testing.T, name string) {
	root := filepath.Dir(name)
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(string(text), -1) {
		f, err := os.Open(filepath.Join(root, m[1]))
		if err != nil {
			t.Error(err)
			continue
		}
		if strings.HasSuffix(m[1], ".png") {
			if _, err := png.Decode(f); err != nil {
				t.Errorf("%s: %v", m[1], err)
			}
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
