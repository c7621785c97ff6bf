package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type found struct{ N int }

// Possible is any number but a negative one.
func (f *found) Possible() bool { return f.N >= 0 }

// A file of the memory that is not whole, not ours, not of this search or not possible
// is as good as none, and is written anew.
func TestMemoryBelievesNothing(t *testing.T) {
	dir := t.TempDir()
	m := memory{dir, "program", &osDisk{}}
	m.Keep("a", found{7})
	whole, err := os.ReadFile(m.path("a"))
	if err != nil {
		t.Fatal(err)
	}
	signed := func(text string) string { // whoever writes into the folder can do that too
		return fmt.Sprintf(`{"schema":%q,"key":%q,"sha256":%q,"found":%s}`, memoSchema, m.name("a"), hexSum([]byte(text)), text)
	}
	for name, text := range map[string]string{"null": "null", "empty object": "{}", "nothing": "", "cut off": string(whole[:len(whole)/2]), "zeros": strings.Repeat("\x00", 100),
		"bare": `{"N":7}`, "another value": strings.Replace(string(whole), "7", "8", 1), "another key": strings.Replace(string(whole), m.name("a"), m.name("b"), 1),
		"another schema": strings.Replace(string(whole), "v1", "v2", 1), "negative": signed(`{"N":-1000000000}`), "null found": signed("null"), "nothing found": signed("{}"),
		"more found": signed(`{"N":7,"M":1}`), "text found": signed(`{"N":"7"}`), "large": string(whole) + strings.Repeat(" ", memoMost)} {
		if err := os.WriteFile(m.path("a"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if f := (found{}); m.Recall("a", &f) {
			t.Errorf("%s: recalled %+v", name, f)
		}
		m.Keep("a", found{7})
		if f := (found{}); !m.Recall("a", &f) || f.N != 7 {
			t.Errorf("%s: is not written anew: %+v", name, f)
		}
	}
}

func TestMemory(t *testing.T) {
	program := filepath.Join(t.TempDir(), "program")
	build := func(text string) {
		if err := os.WriteFile(program, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(t.TempDir(), "cache")
	open := func() memory { return newMemory(dir, sumOf(program), &osDisk{}) }
	recalled := func(key string) int {
		var f found
		open().Recall(key, &f)
		return f.N
	}
	build("one")
	if recalled("a") != 0 {
		t.Error("recalled from nothing")
	}
	open().Keep("a", found{7})
	if recalled("a") != 7 || recalled("b") != 0 {
		t.Errorf("a is %d, b is %d", recalled("a"), recalled("b"))
	}
	build("another")
	if recalled("a") != 0 {
		t.Error("another build recalled what this one found")
	}
	build("one")
	for _, name := range names(t, dir) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("{torn"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if recalled("a") != 0 {
		t.Error("recalled from a torn file")
	}
	// Where nothing can be kept, nothing is, and nobody is bothered.
	newMemory(filepath.Join(program, "no folder"), "sum", &osDisk{}).Keep("a", found{7})
	for _, m := range []memory{{}, newMemory("", "sum", &osDisk{}), newMemory(dir, sumOf("/no/such/program"), &osDisk{})} {
		m.Keep("a", found{7})
		if m.Recall("a", &found{}) {
			t.Errorf("%+v recalls", m)
		}
	}
}

// The second call of the same search runs nothing but the run itself, and says the
// same.
func TestYardsticksAreSearchedOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("whole runs")
	}
	cache := t.TempDir()
	call := func() string {
		code, out, msg := callWith(t, machine{disk: &osDisk{}, cacheDir: cache, program: sumOfTests}, "run", "-", "--out", t.TempDir(), "--yardsticks", "--json")
		if code != 0 {
			t.Fatal(msg)
		}
		return out
	}
	first := call()
	kept := filepath.Join(cache, "asgsim", "yardsticks")
	if n := len(names(t, kept)); n != 1 {
		t.Fatalf("%d files kept, want 1", n)
	}
	if call() == "" || len(names(t, kept)) != 1 || first == "" {
		t.Error("searched again")
	}
	// What is told comes from what was kept.
	file := filepath.Join(kept, names(t, kept)[0])
	leave := func(found string) int {
		text := fmt.Sprintf(`{"schema":%q,"key":%q,"sha256":%q,"found":%s}`, memoSchema, strings.TrimSuffix(filepath.Base(file), ".json"), hexSum([]byte(found)), found)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return decoded(t, call()).Yardsticks.FixedMinimum.Instances
	}
	if n := leave(`{"fixed_minimum":{"instances":77,"ec2_usd":1},"fixed_same_headroom":{"instances":78,"ec2_usd":2}}`); n != 77 {
		t.Errorf("told %d", n)
	}
	// What cannot be is searched again: one instance, as at first.
	if n := leave(`{"fixed_minimum":{"instances":-1000000000,"ec2_usd":1},"fixed_same_headroom":{"instances":78,"ec2_usd":2}}`); n != 1 {
		t.Errorf("believed %d", n)
	}
}
