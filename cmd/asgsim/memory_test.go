package main

import (
	"os"
	"path/filepath"
	"testing"
)

type found struct{ N int }

func TestMemory(t *testing.T) {
	program := filepath.Join(t.TempDir(), "program")
	build := func(text string) {
		if err := os.WriteFile(program, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(t.TempDir(), "cache")
	open := func() memory { return newMemory(dir, program, &osDisk{}) }
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
	newMemory(filepath.Join(program, "no folder"), program, &osDisk{}).Keep("a", found{7})
	for _, m := range []memory{{}, newMemory("", program, &osDisk{}), newMemory(dir, "/no/such/program", &osDisk{})} {
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
		code, out, msg := callWith(t, machine{disk: &osDisk{}, cacheDir: cache}, "run", "-", "--out", t.TempDir(), "--yardsticks", "--json")
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
	if err := os.WriteFile(file, []byte(`{"fixed_minimum":{"instances":77,"ec2_usd":1},"fixed_same_headroom":{"instances":78,"ec2_usd":2}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if doc := decoded(t, call()); doc.Yardsticks.FixedMinimum.Instances != 77 {
		t.Errorf("told %+v", doc.Yardsticks)
	}
}
