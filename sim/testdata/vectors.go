// Package testdata reads the tables of vectors beside it, for the tests of the packages
// of sim.
package testdata

import (
	"embed"
	"encoding/csv"
	"testing"
)

//go:embed vectors
var files embed.FS

// Rows are the rows of a table below its heading.
func Rows(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := files.Open("vectors/" + name)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}
