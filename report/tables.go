package report

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"asgsim/sim/account"
)

// Table renders rows below a header, without rules or borders; columns whose
// numbers are listed are set flush right. Where they are wider than columns together
// (0: no bound), the widest are broken; [Fit] breaks what is left.
func Table(columns int, header []string, rows [][]string, right ...int) string {
	w := table.NewWriter()
	style := table.StyleDefault
	style.Options = table.OptionsNoBordersAndSeparators
	style.Format.Header = text.FormatDefault
	style.Box.PaddingLeft, style.Box.PaddingRight = "  ", ""
	w.SetStyle(style)
	w.SuppressTrailingSpaces()
	widths := columnWidths(columns, append([][]string{header}, rows...))
	configs := make([]table.ColumnConfig, len(widths))
	for i := range configs {
		configs[i] = table.ColumnConfig{Number: i + 1, WidthMax: widths[i], WidthMaxEnforcer: text.WrapSoft}
	}
	for _, n := range right {
		configs[n-1].Align, configs[n-1].AlignHeader = text.AlignRight, text.AlignRight
	}
	w.SetColumnConfigs(configs)
	w.AppendHeader(tableRow(header))
	for _, r := range rows {
		w.AppendRow(tableRow(r))
	}
	return w.Render()
}

// columnWidths are how wide the columns of a table may be: as wide as their cells, the
// widest narrower down to their longest word where all together are too wide.
func columnWidths(columns int, rows [][]string) []int {
	widths, words := make([]int, len(rows[0])), make([]int, len(rows[0]))
	for _, r := range rows {
		for i, c := range r {
			widths[i] = max(widths[i], utf8.RuneCountInString(c))
			for _, word := range strings.Fields(c) {
				words[i] = max(words[i], utf8.RuneCountInString(word))
			}
		}
	}
	total := 2 * len(widths) // the padding
	for _, n := range widths {
		total += n
	}
	for ; columns > 0 && total > columns; total-- {
		widest := -1
		for i, n := range widths {
			if n > words[i] && (widest < 0 || n > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		widths[widest]--
	}
	return widths
}

func tableRow(cells []string) table.Row {
	r := make(table.Row, len(cells))
	for i, c := range cells {
		r[i] = c
	}
	return r
}

// answered names the latency that is not the users'.
func answered(d *Document) string {
	if d.Summary.Queue != nil {
		return "receive to delete"
	}
	return "as TargetResponseTime"
}

// tables adds what --verbose shows.
func (t *lines) tables(d *Document) {
	s := &d.Summary
	t.table("latency", []string{"", "mean", "p50", "p90", "p95", "p99", "p99.9", "max"}, [][]string{
		{"served, as users felt it", cell(s.Latency.Mean), cell(s.Latency.P50), cell(s.Latency.P90), cell(s.Latency.P95), cell(s.Latency.P99), cell(s.Latency.P999), cell(s.Latency.Max)},
		{"all, failures rank last", "", failed(s.LatencyAll.P50), failed(s.LatencyAll.P90), failed(s.LatencyAll.P95), failed(s.LatencyAll.P99), failed(s.LatencyAll.P999), ""},
		{answered(d), cell(s.TargetResponse.Mean), cell(s.TargetResponse.P50), cell(s.TargetResponse.P90), cell(s.TargetResponse.P95), cell(s.TargetResponse.P99), cell(s.TargetResponse.P999), cell(s.TargetResponse.Max)},
	}, 2, 3, 4, 5, 6, 7, 8)
	t.table("failed requests, by reason of the last attempt", []string{"reason", "requests"}, counts(s.Requests.FailedBy), 2)
	t.table("attempts, as the load balancer's metrics count them", []string{"metric", "sum"}, answers(s.Requests.HTTP), 2)
	var rows [][]string
	for _, x := range s.Savings {
		rows = append(rows, []string{x.Baseline, fmt.Sprint(x.Instances), Money(x.BaselineUS), Money(x.USD), Percent(x.Share), remark(x)})
	}
	t.table("savings, EC2 only", []string{"against", "instances", "costs", "saved", "share", ""}, rows, 2, 3, 4, 5)
	rows = nil
	for _, x := range s.Incidents {
		rows = append(rows, []string{x.Fault, x.Kind, x.Instance, cell(x.DetectS), cell(x.ReplaceS), cell(x.RecoverS), Count(x.Lost)})
	}
	t.table("faults", []string{"fault", "kind", "instance", "noticed after", "replaced after", "recovered after", "attempts lost"}, rows, 4, 5, 6, 7)
	rows = nil
	for _, x := range d.Bill {
		rows = append(rows, []string{x.Item, thousandsOf(x.Quantity), x.Unit, Money(x.PriceUSD), Money(x.USD)})
	}
	t.table("bill", []string{"item", "quantity", "", "price", "amount"}, rows, 2, 4, 5)
	t.types(s)
	if len(s.Cost.NotIncluded) > 0 {
		t.wrap("  not included  ", strings.Join(s.Cost.NotIncluded, ", "))
	}
	t.wrap("  engine  ", fmt.Sprintf("%s, %s requests, %s attempts, %s control events", s.Engine.Plane, Count(s.Engine.Requests), Count(s.Engine.Attempts), Count(s.Engine.ControlEvents)))
}

func (t *lines) table(title string, header []string, rows [][]string, right ...int) {
	if len(rows) == 0 {
		return
	}
	t.add("")
	t.add("  %s", title)
	t.out = append(t.out, strings.Split(Table(t.width(), header, rows, right...), "\n")...)
}

func counts(m map[string]uint64) [][]string {
	var rows [][]string
	for name, n := range m {
		if n > 0 {
			rows = append(rows, []string{name, Count(n)})
		}
	}
	sort.Slice(rows, func(i, j int) bool { return rows[i][0] < rows[j][0] })
	return rows
}

func cell(v *float64) string {
	if v == nil {
		return "-"
	}
	return Latency(*v)
}

func failed(v *float64) string {
	if v == nil {
		return "failed"
	}
	return Latency(*v)
}

func remark(s account.Saving) string {
	if !s.Comparable {
		return "not comparable: " + s.Reason
	}
	return ""
}

func thousandsOf(v float64) string {
	if v = math.Round(v*100) / 100; v == float64(int64(v)) {
		return thousands(int64(v))
	}
	whole := thousands(int64(v))
	return whole + fmt.Sprintf("%.2f", v-float64(int64(v)))[1:]
}
