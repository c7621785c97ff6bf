package series

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"asgsim/report/clean"
)

// short quotes the first 60 characters of a text from a file, cleaned.
func short(text string) string { return strconv.Quote(clean.Short(text, 60)) }

// harmless reports whether a text is certainly a header or the label of a metric.
func harmless(name string) bool {
	return name != "" && len(name) <= 40 && !strings.ContainsFunc(name, func(r rune) bool {
		return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune(" _-.%()", r))
	})
}

// Cell quotes what is certainly a number or a time, and nothing else.
func Cell(text string) string {
	if text == "" || len(text) > 40 || strings.Trim(text, "0123456789+-.:eETZ $/,") != "" {
		return ""
	}
	return ": " + strconv.Quote(text)
}

// Header quotes what is certainly the header of a table, and nothing else.
func Header(header []string) string {
	if len(header) < 2 || slices.ContainsFunc(header, func(n string) bool { return !harmless(n) }) {
		return ""
	}
	return "; its header is " + short(strings.Join(header, ", "))
}

// rate is what names of values say that are a second's.
var rate = regexp.MustCompile(`(?i)(/ ?s(ec)?(?:$|[^a-z])|per[ _-]?s(ec|econd)?(?:$|[^a-z])|(?:^|[^a-z])(rps|rate|qps)(?:$|[^a-z]))`)

// Rated reports whether a name says that its values are a second's: "rps", "requests/s".
func Rated(name string) bool { return rate.MatchString(name) }
