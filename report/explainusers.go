package report

import (
	"fmt"
	"math"
	"sort"

	"asgsim/report/format"
)

// UsersView is the minute as users felt it.
type UsersView struct {
	Text     string  `json:"text"`
	Offered  uint64  `json:"offered"`
	Bad      uint64  `json:"bad"`
	P99      float64 `json:"p99_s"`
	CPU      float64 `json:"cpu"`
	Breached bool    `json:"breached"`
}

func (x *explainer) users() *UsersView {
	rows := x.res.Rows
	i := sort.Search(len(rows), func(i int) bool { return rows[i].At > x.at }) - 1
	if i < 0 {
		return nil
	}
	r := &rows[i]
	v := &UsersView{Offered: r.Offered, Bad: r.Slow + r.Fail, P99: r.P99, CPU: r.CPU, Breached: r.Breached}
	v.Text = fmt.Sprintf("%s from %s: %s requests", x.res.Interval, x.cal.Local(r.At).Clock(), Count(r.Offered))
	if r.Offered > 0 {
		v.Text += fmt.Sprintf(", %s slow or failed", Share(float64(v.Bad)/float64(r.Offered)))
	}
	if !math.IsNaN(r.P99) {
		v.Text += ", p99 " + Latency(r.P99)
	}
	if !math.IsNaN(r.CPU) {
		v.Text += fmt.Sprintf(", CPU %s, hottest %s", Percent(r.CPU), Percent(r.Hottest))
	}
	if m := r.Messages; m != nil {
		v.Text += fmt.Sprintf(", queue %s visible and %s in work", Count(uint64(m.Visible)), Count(uint64(m.NotVisible)))
		if m.Oldest > 0 {
			v.Text += ", the oldest " + format.Duration(math.Round(m.Oldest.Seconds()))
		}
	}
	for k := range r.Dependencies {
		v.Text += fmt.Sprintf(", dependency %s %s", x.res.Config.Dependencies[k].Name, Percent(r.Dependencies[k].Busy))
	}
	if r.Breached {
		v.Text += "; the SLO was breached"
	}
	return v
}
