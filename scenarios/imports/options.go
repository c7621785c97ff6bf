package imports

import (
	"io/fs"

	"asgsim/scenarios/prices"
)

// File is a file's content under the name by which messages and comments mean it.
type File struct {
	Name string
	Text []byte
}

// Options say what is made of the files.
type Options struct {
	Group  string // the group to import, by its name; empty: the only one
	Before bool   // of a Terraform plan what there was before it
	// Parameters are values of a template's parameters, by name.
	Parameters map[string]string
	Folders    []Folder // of Terraform sources
	// Prices returns the imported prices of a region; nil where there are none. May be nil.
	Prices func(region string) *prices.Catalogue
	Load   *Load // a recording; nil: a load is assumed
	// Recorded are recorded series, of which those of metrics that the simulator does not
	// produce are replayed.
	Recorded []Recorded
	Most     int // bytes that a file may have, unpacked; 0: MaxFile
}

// Folder is a folder of Terraform sources, under the name by which messages mean it.
type Folder struct {
	Name  string
	Files fs.FS
	Dir   string // in Files: modules elsewhere in them are read too
}

// Load is a recording that is to be the scenario's load.
type Load struct {
	File   string  // as the scenario names it
	Column string  // empty: the only one
	Rate   bool    // its values are requests a second, not counts
	Peak   float64 // requests a second, of its busiest bin
	Said   string  // what was understood of it
	Far    bool    // it does not lie in the scenario's folder
	Gaps   bool    // bins are missing
}

// mostOfAKind is how many policies, scheduled actions and hooks a scenario holds.
const mostOfAKind = 128
