package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
)

// memory keeps what long searches found in the user's cache folder, so that the
// next call need not search again. It is a convenience: where it cannot read or
// write, it forgets.
type memory struct {
	dir     string // empty: nothing is kept
	program string // what searched: results of another build do not count
	disk    disk
}

// newMemory opens the memory in a folder, for the program at the path.
func newMemory(dir, program string, d disk) memory {
	f, err := os.Open(program)
	if err != nil || dir == "" {
		return memory{}
	}
	defer func() { _ = f.Close() }() // read only
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return memory{}
	}
	return memory{dir, hex.EncodeToString(h.Sum(nil)), d}
}

// Recall reads what was found under a key, and reports whether it was.
func (m memory) Recall(key string, found any) bool {
	if m.dir == "" {
		return false
	}
	text, err := os.ReadFile(m.path(key))
	return err == nil && json.Unmarshal(text, found) == nil
}

// Keep writes what was found under a key.
func (m memory) Keep(key string, found any) {
	text, err := json.Marshal(found)
	if m.dir == "" || err != nil || m.disk.MkdirAll(m.dir) != nil {
		return
	}
	_ = write(m.disk, m.path(key), func(w io.Writer) error { // kept or not, the result stands
		_, err := io.Copy(w, bytes.NewReader(text))
		return err
	})
}

func (m memory) path(key string) string {
	sum := sha256.Sum256([]byte(m.program + key))
	return filepath.Join(m.dir, hex.EncodeToString(sum[:])+".json")
}

// remembered is the memory of searches of this call.
func (a *app) remembered() memory { return a.memoryOf("yardsticks") }

// memoryOf is the memory in one folder of the user's cache.
func (a *app) memoryOf(what string) memory {
	if a.cacheDir == "" {
		return memory{}
	}
	program, err := os.Executable()
	if err != nil {
		return memory{}
	}
	return newMemory(filepath.Join(a.cacheDir, "asgsim", what), program, a.disk)
}
