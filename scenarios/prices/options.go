package prices

// Options say what is kept of a list.
type Options struct {
	Name   string // of the file, for the catalogue
	Region string // the only one that is kept, and that of rows that name none; empty: all
	Date   string // of a list that does not say its own, "2026-11-01"
}
