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
	program string // the sum of what searched: results of another build do not count
	disk    disk
}

// newMemory opens the memory in a folder, for the program of that sum.
func newMemory(dir, program string, d disk) memory {
	if dir == "" || program == "" {
		return memory{}
	}
	return memory{dir, program, d}
}

// sumOf is the SHA-256 of a file in hexadecimal; empty if it cannot be read.
func sumOf(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }() // read only
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}

// ownSum is that of this program.
func ownSum() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	return sumOf(path)
}

// memoSchema names the shape of a file of the memory.
const memoSchema = "asgsim.memo/v1"

// memoMost is the largest file of the memory that is read, in bytes.
const memoMost = 1 << 20

// memo is a file of the memory. What another program, another version or a broken disk
// has left there is not believed.
type memo struct {
	Schema string          `json:"schema"`
	Key    string          `json:"key"`    // its own name, in hexadecimal
	SHA256 string          `json:"sha256"` // of found, in hexadecimal
	Found  json.RawMessage `json:"found"`
}

// Recall reads what was found under a key, and reports whether it was: whole, and
// possible, which what is found says itself.
func (m memory) Recall(key string, found interface{ Possible() bool }) bool {
	if m.dir == "" {
		return false
	}
	f, err := openRegular(m.dir, filepath.Base(m.path(key))) // what a pipe has to say is not waited for
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // read only
	text, err := io.ReadAll(io.LimitReader(f, memoMost+1))
	var k memo
	if err != nil || len(text) > memoMost || json.Unmarshal(text, &k) != nil || k.Schema != memoSchema || k.Key != m.name(key) || k.SHA256 != hexSum(k.Found) {
		return false
	}
	if json.Unmarshal(k.Found, found) != nil || !found.Possible() {
		return false
	}
	again, err := json.Marshal(found) // neither less nor more than is kept
	return err == nil && bytes.Equal(again, k.Found)
}

// Keep writes what was found under a key.
func (m memory) Keep(key string, found any) {
	text, err := json.Marshal(found)
	if m.dir == "" || err != nil || m.disk.MkdirAll(m.dir) != nil {
		return
	}
	if text, err = json.Marshal(memo{memoSchema, m.name(key), hexSum(text), text}); err != nil {
		return
	}
	_ = write(m.disk, m.path(key), func(w io.Writer) error { // kept or not, the result stands
		_, err := io.Copy(w, bytes.NewReader(text))
		return err
	})
}

func hexSum(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// name is what the file of a key is called.
func (m memory) name(key string) string { return hexSum([]byte(m.program + key)) }

func (m memory) path(key string) string { return filepath.Join(m.dir, m.name(key)+".json") }

// remembered is the memory of searches of this call.
func (a *app) remembered() memory { return a.memoryOf("yardsticks") }

// memoryOf is the memory in one folder of the user's cache.
func (a *app) memoryOf(what string) memory {
	if a.cacheDir == "" {
		return memory{}
	}
	return newMemory(filepath.Join(a.cacheDir, "asgsim", what), a.program(), a.disk)
}
