package report

// sloTold says what became of the SLO, by its verdict.
func sloTold(verdict string) string {
	return map[string]string{"pass": "met", "fail": "missed", "inconclusive": "cannot tell"}[verdict]
}
