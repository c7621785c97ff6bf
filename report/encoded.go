package report

import (
	"bytes"
	"encoding/json"
	"io"

	"asgsim/report/clean"
)

// encoded writes v as encoding/json does, indented, clean for a terminal.
func encoded(w io.Writer, v any, indent string) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", indent)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(clean.JSON(b.Bytes()))
	return err
}
