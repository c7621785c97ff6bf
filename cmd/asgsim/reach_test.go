package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// webWith is a scenario with a trace.
const webWith = `[load.a.trace]
file = %q
values = "count"
[request]
cpu = "5ms"
[instance]
type = "c7g.large"
boot = "30s"
[auto_scaling_group]
min_size = 1
max_size = 3
`

// A scenario reads regular files in its own folder or below, and in allowed ones. What
// it names otherwise is refused for what it is, and nothing of a content is told.
func TestWhichFilesAreRead(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	const data, secret = "t,n\n0,10\n60,20\n", "AWS_SECRET=hunter2,KEY=value\nline,two\n"
	for name, text := range map[string]string{"web/in.csv": data, "web/below/in.csv": data, "web/secret": secret, "beside/out.csv": data, "beside/secret": secret, "web/seconds.csv": "when,n\nhunter2,5\n1,2\n",
		"web/long.csv": "t,n\n" + strings.Repeat("1", 70_000), "web/quoted.csv": "t,n\n\"" + strings.Repeat("1\n", 70_000)} {
		mustDo(t, os.MkdirAll(filepath.Dir(at(name)), 0o755))
		mustDo(t, os.WriteFile(at(name), []byte(text), 0o644))
	}
	mustDo(t, os.Symlink(at("beside/out.csv"), at("web/link.csv")))
	mustDo(t, os.Symlink("in.csv", at("web/inner.csv")))
	mustDo(t, os.Symlink("loop.csv", at("web/loop.csv")))
	mustDo(t, syscall.Mkfifo(at("web/pipe.csv"), 0o600))
	for _, c := range []struct {
		file  string
		flags []string
		want  string // empty: it is read
	}{
		{"in.csv", nil, ""},
		{"below/in.csv", nil, ""},
		{"below/../in.csv", nil, ""},
		{"inner.csv", nil, ""},
		{"../beside/out.csv", nil, "is not in the scenario's folder"},
		{at("beside/out.csv"), nil, "is not in the scenario's folder"},
		{at("web/in.csv"), nil, "is not in the scenario's folder"},
		{"link.csv", nil, "is not in the scenario's folder"},
		{"../beside/out.csv", []string{"--allow-path", at("beside")}, ""},
		{at("beside/out.csv"), []string{"--allow-path", at("beside")}, ""},
		{"link.csv", []string{"--allow-path", at("beside")}, ""},
		{"../beside/out.csv", []string{"--allow-path", at("web")}, "is not in the scenario's folder"},
		{"/proc/self/environ", nil, "is not in the scenario's folder"},
		{"/proc/self/environ", []string{"--allow-path", "/proc/self"}, "is not a regular file but what the machine tells of itself"},
		{"/dev/zero", []string{"--allow-path", "/dev"}, "is not a regular file but a device"},
		{"pipe.csv", nil, "is not a regular file but a pipe"},
		{"below", nil, "is not a regular file but a folder"},
		{"none.csv", nil, "there is no file"},
		{"", nil, "load.a.trace.file: is empty; name a CSV file"},
		{"loop.csv", nil, " cannot be opened: too many levels of symbolic links"},
		{"in\x00.csv", nil, " cannot be opened: invalid argument"},
		{strings.Repeat("n", 256), nil, "nnn…\" cannot be opened: file name too long"},
		{"secret", nil, "line 2"},
		{"seconds.csv", nil, "line 2: is neither"},
		{"long.csv", nil, "line 2: is longer than 65536 bytes"},
		{"quoted.csv", nil, "is longer than 65536 bytes"},
		{"a\x1b[2J\nweb.toml: ok", nil, "there is no file"},
	} {
		t.Setenv("HUNTER2", "hunter2")
		text := strings.Replace(webWith, "%q", tomlText(c.file), 1)
		mustDo(t, os.WriteFile(at("web/web.toml"), []byte(text), 0o644))
		var out, errs bytes.Buffer
		code := run(context.Background(), append([]string{"validate", at("web/web.toml")}, c.flags...), machine{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, getenv: os.Getenv, now: time.Now, disk: &osDisk{}})
		said := errs.String()
		if c.file != "" {
			said = strings.ReplaceAll(said, tomlText(c.file), "")
		}
		if c.want == "" && code != 0 || c.want != "" && (code != 2 || !strings.Contains(said, c.want)) {
			t.Errorf("%q %v: exit %d, %s", c.file, c.flags, code, said)
		}
		if strings.Contains(said, "hunter2") || strings.ContainsAny(said, "\x1b\r") || len(said) > 1000 {
			t.Errorf("%q tells too much: %q", c.file, said)
		}
	}
}

// What the command line names may be anywhere, and is a regular file of bounded size.
func TestNamedFilesAreRegularAndBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	dir := t.TempDir()
	pipe, large := filepath.Join(dir, "pipe.toml"), filepath.Join(dir, "large.toml")
	mustDo(t, syscall.Mkfifo(pipe, 0o600))
	mustDo(t, os.WriteFile(large, bytes.Repeat([]byte("# a comment\n"), 400_000), 0o644))
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"validate", pipe}, "is not a regular file but a pipe; - reads standard input"},
		{[]string{"validate", "/dev/zero"}, "is not a regular file but a device"},
		{[]string{"validate", dir}, "is not a regular file but a folder"},
		{[]string{"validate", "/proc/self/environ"}, "is not a file on a disk"},
		{[]string{"validate", large}, "is larger than 4194304 bytes; --max-file-size raises the limit"},
		{[]string{"validate", large, "--max-file-size", "8MiB"}, "load: there is no load"},
		{[]string{"validate", "-"}, "stdin: is larger than 4194304 bytes"},
		{[]string{"compare", "a=" + pipe[:len(pipe)-5] + ".json"}, "there is no file"},
		{[]string{"compare", "a=/dev/zero.json"}, "there is no file"},
	} {
		var out, errs bytes.Buffer
		if code := run(context.Background(), c.args, machine{stdin: endless{}, stdout: &out, stderr: &errs, getenv: os.Getenv, now: time.Now, disk: &osDisk{}}); code != 2 || !strings.Contains(errs.String(), c.want) {
			t.Errorf("%v: exit %d, %s", c.args, code, errs.String())
		}
	}
}

// endless is standard input that does not end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	return copy(p, bytes.Repeat([]byte("#\n"), len(p)/2+1)), nil
}

// tomlText is a text as a scenario has it.
func tomlText(s string) string {
	return `"` + strings.NewReplacer("\x1b", `\u001B`, "\x00", `\u0000`, "\n", `\n`).Replace(s) + `"`
}

func mustDo(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
