package report

import (
	"fmt"
	"strings"

	"asgsim/sim/record"
)

// answers lists the codes that the load balancer counted, for a table.
func answers(h *record.HTTP) [][]string {
	if h == nil {
		return nil
	}
	var rows [][]string
	for _, x := range []struct {
		name string
		n    uint64
	}{
		{"HTTPCode_Target_2XX_Count", h.Target2XX}, {"HTTPCode_Target_5XX_Count", h.Target5XX}, {"HTTPCode_ELB_4XX_Count (460)", h.ELB4XX}, {"HTTPCode_ELB_5XX_Count", h.ELB5XX},
		{"HTTPCode_ELB_502_Count", h.ELB502}, {"HTTPCode_ELB_503_Count", h.ELB503}, {"HTTPCode_ELB_504_Count", h.ELB504}, {"TargetConnectionErrorCount", h.Unconnected},
	} {
		if x.n > 0 {
			rows = append(rows, []string{x.name, Count(x.n)})
		}
	}
	return rows
}

// wrong says in a line what attempts that got no good answer got; empty where all did.
func wrong(h *record.HTTP) string {
	if h == nil {
		return ""
	}
	var parts []string
	for _, x := range []struct {
		what string
		n    uint64
	}{{"502", h.ELB502}, {"503", h.ELB503}, {"504", h.ELB504}, {"5XX of targets", h.Target5XX}, {"460 (the client left)", h.ELB4XX}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%s × %s", Count(x.n), x.what))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "attempts: " + strings.Join(parts, ", ")
}
