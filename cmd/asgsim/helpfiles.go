package main

import (
	"fmt"
	"strings"

	"asgsim/report/format"
	"asgsim/scenarios"
	"asgsim/scenarios/imports"
	"asgsim/scenarios/prices"
)

// filesHelp says what asgsim opens, writes and bounds, and what it never does.
func filesHelp() string {
	var b strings.Builder
	b.WriteString(`Files

Scenarios, traces and results are passed around. Whoever opens one from a stranger
loses nothing: it is bounded, inert, and always has an answer.

What is read
  - The files that the command line names, wherever they are: regular files only. Of
    anything else - reads standard input.
  - The files that a scenario names (traces, Spot prices): regular files in the
    scenario's folder or below. No absolute path, no .. and no symbolic link leads out
    of it; --allow-path DIR allows another folder. Pipes, devices and the files of
    /proc are refused. Errors say what a file is not, and quote no more of it than
    a header, a number or a time.
  - The recordings of --metrics and --recorded, and all regular files in a folder that it names, but
    hidden ones and scenarios.
  - The .tf and .tfvars files of a folder that import is given, and of folders in it
    that they name as modules; no symbolic link leads out of it.
  - The scenario that a saved result names (explain): a shipped one, or a file in the
    current folder or below or in one of --allow-path, if it is what it was.
  - asgsim/yardsticks and asgsim/explained in the user's cache folder: what earlier
    searches and runs found. What is not whole and possible is searched and run again.
    Both may be deleted at any time. They are as trustworthy as the folder: who writes
    a whole and possible one there is believed.
  - asgsim/prices in the user's configuration folder: the prices of the region that a
    scenario asks for, as asgsim prices import has written them.
  - Its own program file (so that results of another build do not count), and of the
    machine how much memory there is (/proc/meminfo, /sys/fs/cgroup).

What is written
  - The folder of --out (default out/NAME), the files of --plot, init, import and
    export, the cache, and asgsim/prices in the user's configuration folder (prices import). Each file appears complete under its name or not at all.

What it never does
  - No network, no shell, no other program, no configuration beside the command line and imported prices.
  - Of the environment it reads NO_COLOR, TERM and COLUMNS, XDG_CACHE_HOME, XDG_CONFIG_HOME and
    HOME (on macOS HOME, on Windows LocalAppData and AppData) for the cache and prices; the Go runtime reads its
    own, such as GOMAXPROCS and GOMEMLIMIT. (A malformed GOMEMLIMIT ends the
    program in the runtime's words, before it has begun.)
  - Text from files reaches a terminal, Markdown, CSV, JSON or a picture as text alone:
    control characters, line ends and marks that turn text around are written as
    TOML writes them (\u001B); markup is escaped in Markdown and SVG, formulas in CSV.

When it ends
  - At the first Ctrl-C or SIGTERM every stretch of the program, reading, simulating or
    drawing, is over within a second, with exit code 130 and no half file; at a second
    one at once. A command that was told to stop before all was done and printed never
    ends with code 0. (In its first two milliseconds, before it has opened anything, the
    system's own answer to a signal holds.)
  - What would need more memory than --max-memory is refused before the run, with an
    estimate of what it needs; what grows beyond it is ended with a message. All that is
    resident counts, the program itself, some 20 MB, included; an eighth more may be
    held for a moment, and a quarter more where one long list grows. A run of over a minute says so first, formulas included.
  - Destinations are tried before a run, and figures are printed before files are
    written: a full disk costs files, no figures. Where standard output is full, or
    whoever read it has left, the files are written all the same.
  - A fault of the program's own says that it is one, and what to send.

At most
`)
	for _, x := range append(scenarios.FileBounds(),
		scenarios.FileBound{Of: "bytes of a saved result (--max-file-size raises it)", Most: maxResult},
		scenarios.FileBound{Of: "bytes of a file that import reads, unpacked (--max-file-size raises it)", Most: imports.MaxFile},
		scenarios.FileBound{Of: "values in all files that one import reads", Most: imports.MaxValues},
		scenarios.FileBound{Of: "values in them within each other", Most: imports.MaxDepth},
		scenarios.FileBound{Of: "prices of instances that one prices import keeps, of lists of any size", Most: prices.MaxPrices},
		scenarios.FileBound{Of: "bytes of a catalogue of prices", Most: prices.MaxCatalogue}) {
		fmt.Fprintf(&b, "  %13s  %s", format.Thousands(int64(x.Most)), hanging(x.Of, 17))
	}
	b.WriteString(`
A scenario within these bounds is checked within about two seconds and 200 MB, whatever
the files say that it names, but for [request.measured], each of which is simulated: a
second more. A file is read once for all loads and variants that name it. Where
--max-trace-rows allows more rows, each takes 20 bytes and half a microsecond.
`)
	return b.String()
}
