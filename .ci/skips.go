// Command skips reads the events of go test -json, prints a line a package and
// whatever a failed test said, and counts the tests that were skipped: one that is
// not expected to be, fails.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
)

// mayBeSkipped are the tests that need what a fresh clone does not have, and why.
var mayBeSkipped = map[string]string{
	"TestRealTracesAreReplayed":           "recorded traces beside the checkout",
	"TestRealTracesLoad":                  "recorded traces beside the checkout",
	"TestForecastBeatsSeasonalNaive":      "recorded traces beside the checkout",
	"TestKeep":                            "writes pictures for people, with -keep DIR",
	"TestCoverageStudy":                   "minutes of simulation, on request; a small part always runs",
	"TestOtherGroupsAreFound":             "five half days and fleets for each, on request; TestTheHiddenGroupIsFound always runs",
	"TestRecording":                       "makes the shipped recording anew, on request",
	"TestAGigabyteOfLogTakesLittleMemory": "reads a generated gigabyte, on request",
}

type event struct {
	Action, Package, Test, Output string
	Elapsed                       float64
}

func main() {
	said := map[string]*strings.Builder{}
	skipped, unexpected, failed := []string{}, []string{}, false
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var e event
		if err := json.Unmarshal(in.Bytes(), &e); err != nil {
			fmt.Println(in.Text()) // what the build says
			continue
		}
		key := e.Package + " " + e.Test
		if said[key] == nil {
			said[key] = &strings.Builder{}
		}
		switch e.Action {
		case "output", "build-output":
			said[key].WriteString(e.Output)
		case "skip":
			if e.Test == "" {
				continue // no test files
			}
			top, _, _ := strings.Cut(e.Test, "/")
			if _, ok := mayBeSkipped[top]; !ok {
				unexpected = append(unexpected, key)
			}
			skipped = append(skipped, key)
		case "fail", "build-fail":
			failed = true
			fmt.Printf("FAIL  %s\n%s", key, said[key])
		case "pass":
			if e.Test == "" {
				fmt.Printf("ok    %s  %.1f s\n", e.Package, e.Elapsed)
			}
		}
	}
	sort.Strings(unexpected)
	fmt.Printf("%d tests were skipped, %d of them unexpectedly\n", len(skipped), len(unexpected))
	for _, key := range unexpected {
		fmt.Printf("skipped: %s\n%s", key, said[key])
	}
	if failed || len(unexpected) > 0 {
		os.Exit(1)
	}
}
