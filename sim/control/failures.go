package control

import (
	"fmt"

	"asgsim/sim/des"
)

// failures counts evaluations of a formula that gave no number.
type failures struct {
	count, of int
	first     des.Time
	why       string
}

// asked is the most that the formulas ask for: other policies do not scale in below.
func (p *policies) asked() int {
	n := 0
	for _, r := range p.runs {
		n = max(n, r.asks)
	}
	return n
}

func (f *failures) add(now des.Time, err error) {
	f.of++
	if err == nil {
		return
	}
	if f.count == 0 {
		f.first, f.why = now, err.Error()
	}
	f.count++
}

// formulaWarnings says which formulas failed.
func (p *policies) formulaWarnings() []string {
	var out []string
	for _, r := range p.runs {
		if f := &r.failed; f.count > 0 {
			out = append(out, fmt.Sprintf("policy %s: its formula failed in %d of %d evaluations, which changed nothing; the first at %s: %s",
				r.about.Name, f.count, f.of, p.ctl.cfg.Calendar.RFC3339(f.first), f.why))
		}
	}
	return out
}
