package behaviour

import (
	"encoding/csv"
	"math"
	"regexp"
	"strings"

	"asgsim/scenarios/series"
)

// activityWord is how the descriptions of activities begin that are looked for in rows.
var activityWord = regexp.MustCompile(`(?i)(launching a new ec2|terminating ec2|moving ec2 instance|attaching an existing ec2|detaching ec2)`)

// keyed is a line of a listing of keys and values: YAML, or the table of --output table.
var keyed = regexp.MustCompile(`^[\s|\-"]*(ActivityId|Cause|Description|StartTime|EndTime|StatusCode)["\s:|]+(.*?)[\s|",]*$`)

// activityRows reads activities out of text: what aws prints with --output text, table or
// yaml, a table in CSV, or rows copied from the console, whatever the order of their
// columns. ok is false where nothing in it looks like an activity.
func activityRows(text string) (out []Activity, skipped int, ok bool) {
	if !activityWord.MatchString(text) {
		return nil, 0, false
	}
	if out, skipped = keyedActivities(text); len(out) > 0 {
		return out, skipped, true
	}
	first, _, _ := strings.Cut(text, "\n")
	for _, line := range rowsOf(text, first) {
		if a, ok := rowActivity(line); ok {
			out = append(out, a)
		} else if activityWord.MatchString(strings.Join(line, " ")) {
			skipped++
		}
	}
	return out, skipped, len(out) > 0
}

// keyedActivities reads listings in which every key has a line.
func keyedActivities(text string) (out []Activity, skipped int) {
	now := map[string]string{}
	flush := func() {
		if now["Description"] == "" && now["StartTime"] == "" {
			return
		}
		var c series.Clock
		start, err := c.Read(now["StartTime"])
		end, late := c.Read(now["EndTime"])
		if late != nil {
			end = math.NaN()
		}
		if a, ok := NewActivity(now["Description"], now["Cause"], now["StatusCode"], start, end); ok && err == nil {
			out = append(out, a)
		} else {
			skipped++
		}
		clear(now)
	}
	for line := range strings.Lines(text) {
		m := keyed.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		if m == nil {
			continue
		}
		if _, again := now[m[1]]; again {
			flush()
		}
		now[m[1]] = strings.Trim(m[2], `'"`)
	}
	flush()
	return out, skipped
}

// rowsOf splits a text into rows of fields.
func rowsOf(text, first string) [][]string {
	comma := ','
	switch {
	case strings.Contains(first, "\t") || strings.Contains(text, "\tLaunching") || strings.Contains(text, "\tTerminating"):
		comma = '\t'
	case strings.Count(first, "|") > 2:
		comma = '|'
	case strings.Count(first, ";") > strings.Count(first, ","):
		comma = ';'
	}
	if comma == '\t' { // quotes mean nothing there
		var rows [][]string
		for line := range strings.Lines(text) {
			rows = append(rows, strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
		}
		return rows
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = comma, -1, true, true
	var rows [][]string
	for {
		row, err := r.Read()
		if len(row) > 0 {
			rows = append(rows, row)
		}
		if err != nil && len(row) == 0 {
			return rows
		}
	}
}

// rowActivity makes an activity of the fields of a row, by what they look like: two times,
// a description, a cause, a status.
func rowActivity(row []string) (Activity, bool) {
	start, end := math.NaN(), math.NaN()
	description, cause, status := "", "", ""
	for _, field := range row {
		field = strings.Trim(strings.TrimSpace(field), `"'`)
		var c series.Clock
		at, err := c.Read(field)
		word := strings.ToLower(strings.ReplaceAll(field, " ", ""))
		switch {
		case err == nil && c.Civil():
			if math.IsNaN(start) {
				start = at
			} else if math.IsNaN(end) {
				start, end = min(start, at), max(start, at)
			}
		case strings.HasPrefix(word, "at20") || strings.Contains(field, " At 20"):
			cause = field
		case activityWord.MatchString(field) && description == "":
			description = field
		case strings.Contains("successful failed cancelled inprogress prein-service waitingforelbconnectiondraining", word) && len(word) > 5 || strings.HasPrefix(word, "waitingfor"):
			status = field
		}
	}
	if math.IsNaN(start) || description == "" {
		return Activity{}, false
	}
	return NewActivity(description, cause, status, start, end)
}
