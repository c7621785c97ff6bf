package scenarios

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/billing"
)

// price reads a price per hour.
func (d *decoder) price(path string) (billing.USD, bool) {
	return form.Ordered(d.Reader, path, func(n *form.Node, _ *Key) (billing.USD, *form.Mistake) {
		v, b := form.WithUnit(n, "a price", "/h", money)
		if b != nil && strings.HasPrefix(b.Remedy, "did you mean") {
			b.Remedy = fmt.Sprintf("did you mean \"$%s/h\"?", n.Text())
		}
		return v, b
	})
}

// awsPrice reads a price as AWS has it, dollars an hour in text, or with its unit. The
// empty text, with which AWS takes a price away, is none.
func (d *decoder) awsPrice(path string) (billing.USD, bool) {
	if n := d.Find(path); n != nil && n.Scalar == "" {
		d.Key(path)
		return 0, false
	}
	return form.Ordered(d.Reader, path, func(n *form.Node, _ *Key) (billing.USD, *form.Mistake) {
		if s, ok := n.Scalar.(string); ok {
			if v, err := strconv.ParseFloat(s, 64); err == nil && v >= 0 && v <= 1e6 {
				return billing.Dollars(v), nil
			}
		}
		if v, b := form.Float(n); b == nil && v >= 0 && v <= 1e6 {
			return billing.Dollars(v), nil
		}
		return form.WithUnit(n, "a price", "/h", money)
	})
}

// money reads "$0.0832/h".
func money(s string) (billing.USD, *form.Mistake) {
	const remedy = `write for example "$0.0832/h"`
	t := strings.TrimSpace(s)
	if !strings.HasPrefix(t, "$") || !strings.HasSuffix(t, "/h") {
		return 0, form.Wrong(remedy, "is not a price per hour: %q", s)
	}
	v, err := strconv.ParseFloat(t[1:len(t)-2], 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, form.Wrong(remedy, "is not a price per hour: %q", s)
	}
	if v < 0 || v > 1e6 {
		return 0, form.Wrong(remedy, "must be $0/h to $1000000/h, not %q", s)
	}
	return billing.Dollars(v), nil
}

// formatMoney prints a price per hour.
func formatMoney(u billing.USD) string {
	return strconv.Quote("$" + form.FormatNumber(u.Float()) + "/h")
}
