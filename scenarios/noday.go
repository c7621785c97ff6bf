package scenarios

import (
	"errors"
	"strings"
	"time"
)

// noDay reports whether text begins with a date that the calendar does not have.
func noDay(text string) bool {
	if len(text) < len(time.DateOnly) {
		return false
	}
	_, err := time.Parse(time.DateOnly, text[:len(time.DateOnly)])
	var wrong *time.ParseError
	return errors.As(err, &wrong) && strings.Contains(wrong.Message, "out of range")
}
