package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"asgsim/sim"
	"asgsim/sim/account"
	"asgsim/sim/record"
)

// explainedMost is how many explained runs are kept; the oldest go.
const explainedMost = 20

// explainedEnd is what their files' names end with.
const explainedEnd = ".run"

// explained is the run to explain: the one that an earlier question about the same
// configuration, seed and build has left in the user's cache folder, else a new one,
// which is left there. What cannot be read or written is simulated again.
func (a *app) explained(ctx context.Context, cfg *record.Config, name string, seed uint64) (*account.Result, error) {
	m := a.memoryOf("explained")
	key, err := sim.Fingerprint("explained", cfg, seed)
	if err != nil || m.dir == "" {
		return a.watch(ctx, cfg, name, seed)
	}
	path := strings.TrimSuffix(m.path(key), ".json") + explainedEnd
	if res := restored(path, cfg); res != nil {
		return res, nil
	}
	res, err := a.watch(ctx, cfg, name, seed)
	if err != nil || m.disk.MkdirAll(m.dir) != nil {
		return res, err
	}
	if err := write(m.disk, path, res.Save); err == nil { // kept or not, the result stands
		forgetOldest(m.disk, m.dir)
	}
	return res, nil
}

// explainedLargest is the largest file of a kept run that is read, in bytes.
const explainedLargest = 1 << 28

// restored reads a kept run, nil where there is none that can be read, or one that
// breaks the laws of the audit: a file that somebody changed.
func restored(path string, cfg *record.Config) (res *account.Result) {
	defer func() {
		if recover() != nil { // what a changed record leads to is no fault of the program's
			res = nil
		}
	}()
	f, err := openRegular(filepath.Dir(path), filepath.Base(path))
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // read only
	res, err = account.Restore(io.LimitReader(f, explainedLargest), cfg)
	if err != nil || len(res.Violations) > 0 {
		return nil
	}
	return res
}

// forgetOldest removes the kept runs that are too many.
func forgetOldest(d disk, dir string) {
	files, err := filepath.Glob(filepath.Join(dir, "*"+explainedEnd))
	if err != nil || len(files) <= explainedMost {
		return
	}
	age := map[string]int64{}
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			age[f] = info.ModTime().UnixNano()
		}
	}
	sort.Slice(files, func(i, j int) bool { return age[files[i]] > age[files[j]] })
	for _, f := range files[explainedMost:] {
		_ = d.Remove(f) // it is only too many
	}
}
