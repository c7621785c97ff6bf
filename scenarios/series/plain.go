package series

import "encoding/json"

// plain is the text of a JSON string or number.
func plain(text json.RawMessage) string {
	var s string
	if json.Unmarshal(text, &s) == nil {
		return s
	}
	return string(text)
}
