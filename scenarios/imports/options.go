package imports

import "io/fs"

// File is a file's content under the name by which messages and comments mean it.
type File struct {
	Name string
	Text []byte
}

// Options say what is made of the files.
type Options struct {
	Group string // the group to import, by its name; empty: the only one
	// Parameters are values of a template's parameters, by name.
	Parameters map[string]string
	Folders    []Folder // of Terraform sources
	Most       int      // bytes that a file may have, unpacked; 0: MaxFile
}

// Folder is a folder of Terraform sources, under the name by which messages mean it.
type Folder struct {
	Name  string
	Files fs.FS
	Dir   string // in Files: modules elsewhere in them are read too
}
