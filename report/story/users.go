package story

import (
	"fmt"

	"asgsim/report/format"
	"asgsim/sim/des"
)

// worst is the worst minute, if users noticed it.
func (t *teller) worst() []Moment {
	m := t.r.Summary.WorstMinute
	if m == nil || t.r.Summary.SLO.BreachedMinutes == 0 {
		return nil
	}
	return []Moment{{At: des.Time(des.Seconds(m.AtS)), Label: "worst minute",
		Text: fmt.Sprintf("%s of requests slow or failed: %s", format.Share(m.BadShare), t.cause(&m.Why))}}
}

// quiet is how long no minute is breached between two breaches that are told apart.
const quiet = 10 * des.Minute

// breach is a stretch of breached minutes.
type breach struct {
	first, last des.Time
	minutes     int
	bad, done   uint64
}

// breaches are the stretches of breached minutes.
func (t *teller) breaches() []Moment {
	var all []breach
	for i := range t.r.Rows {
		r := &t.r.Rows[i]
		if !r.Breached || r.At < t.from {
			continue
		}
		if n := len(all); n == 0 || r.At.Sub(all[n-1].last) > quiet {
			all = append(all, breach{first: r.At})
		}
		b := &all[len(all)-1]
		b.last, b.minutes = r.At.Add(t.r.Interval), b.minutes+int(t.r.Interval/des.Minute)
		b.bad, b.done = b.bad+r.Slow+r.Fail, b.done+r.Served+r.Fail
	}
	var out []Moment
	for _, b := range all {
		if len(all) == 1 && t.r.Summary.WorstMinute != nil {
			break // the worst minute tells of it
		}
		how := "none of their requests had ended with the run"
		if b.done > 0 {
			how = format.Share(float64(b.bad)/float64(b.done)) + " of their requests slow or failed"
		}
		out = append(out, Moment{At: b.first, Label: "breach", Text: fmt.Sprintf("%s breached until %s, %s", format.Plural(b.minutes, "minute"), t.clock(b.last), how)})
	}
	return out
}

// saved closes the story with the money.
func (t *teller) saved() []Moment {
	for _, s := range t.r.Summary.Savings {
		if s.Estimate {
			continue
		}
		hours := float64(s.Instances) * t.end.Sub(t.from).Hours()
		text := fmt.Sprintf("%s instance-hours instead of the %s of %s", format.Hours(t.r.Summary.InstanceHours), format.Hours(hours), s.Baseline)
		if s.Instances == 0 { // the same instances on other terms
			text = fmt.Sprintf("EC2 for %s; the same instances all on demand: %s", format.Money(s.BaselineUS-s.USD), format.Money(s.BaselineUS))
		}
		label := "saved"
		if s.USD <= 0 || !s.Comparable {
			label = "cost"
		}
		return []Moment{{At: t.end - 1, Label: label, Text: text}}
	}
	return nil
}
