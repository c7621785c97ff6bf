package scenarios

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"asgsim/sim/billing"
	"asgsim/sim/des"
)

// str reads a scalar that must be text.
func str(n *node, what string) (string, *bad) {
	s, ok := n.scalar.(string)
	if !ok {
		return "", wrong("", "must be %s in quotes, not %s", what, n.text())
	}
	return s, nil
}

// withUnit reads text with parse and explains a bare number.
func withUnit[T any](n *node, what, unit string, parse func(string) (T, *bad)) (T, *bad) {
	var zero T
	switch n.scalar.(type) {
	case string:
		return parse(n.scalar.(string))
	case int64, float64:
		return zero, wrong(fmt.Sprintf("did you mean \"%s%s\"?", n.text(), unit), "has no unit: %s", n.text())
	}
	return zero, wrong("", "must be %s in quotes, not %s", what, n.text())
}

// bare reports whether a key takes a number without its unit because AWS does:
// whole seconds, percent.
func (k *Key) bare() bool {
	return strings.HasPrefix(k.Source, "AWS") && (k.Type == Duration || k.Type == Share || k.Type == ShareOrOff)
}

// awsSeconds reads a duration; whole seconds without a unit where AWS has them.
func awsSeconds(n *node, k *Key) (des.Duration, *bad) {
	if v, ok := n.scalar.(int64); ok && k.bare() && v >= 0 && v <= int64(maxSpan/des.Second) {
		return des.Duration(v) * des.Second, nil
	}
	return withUnit(n, "a duration", "s", duration)
}

// sharePercent reads a share; percent without a unit where AWS has them.
func sharePercent(n *node, k *Key) (float64, *bad) {
	if k.bare() {
		if v, b := number64(n); b == nil {
			return v / 100, nil
		}
	}
	return withUnit(n, "a percentage", "%", share)
}

func (d *decoder) text(path string) (string, bool) {
	return take(d, path, func(n *node, _ *Key) (string, *bad) { return str(n, "text") })
}

func (d *decoder) dur(path string) (des.Duration, bool) {
	return ordered(d, path, awsSeconds)
}

func (d *decoder) rate(path string) (float64, bool) {
	return ordered(d, path, func(n *node, _ *Key) (float64, *bad) { return withUnit(n, "a rate", "/s", rate) })
}

func (d *decoder) share(path string) (float64, bool) {
	return ordered(d, path, sharePercent)
}

func (d *decoder) size(path string) (float64, bool) {
	return ordered(d, path, func(n *node, _ *Key) (float64, *bad) { return withUnit(n, "a size", "B", size) })
}

func (d *decoder) price(path string) (billing.USD, bool) {
	return ordered(d, path, func(n *node, _ *Key) (billing.USD, *bad) {
		v, b := withUnit(n, "a price", "/h", money)
		if b != nil && strings.HasPrefix(b.remedy, "did you mean") {
			b.remedy = fmt.Sprintf("did you mean \"$%s/h\"?", n.text())
		}
		return v, b
	})
}

// awsPrice reads a price as AWS has it, dollars an hour in text, or with its unit. The
// empty text, with which AWS takes a price away, is none.
func (d *decoder) awsPrice(path string) (billing.USD, bool) {
	if n := d.find(path); n != nil && n.scalar == "" {
		d.key(path)
		return 0, false
	}
	return ordered(d, path, func(n *node, _ *Key) (billing.USD, *bad) {
		if s, ok := n.scalar.(string); ok {
			if v, err := strconv.ParseFloat(s, 64); err == nil && v >= 0 && v <= 1e6 {
				return billing.Dollars(v), nil
			}
		}
		if v, b := number64(n); b == nil && v >= 0 && v <= 1e6 {
			return billing.Dollars(v), nil
		}
		return withUnit(n, "a price", "/h", money)
	})
}

func (d *decoder) count(path string) (int, bool) {
	return ordered(d, path, func(n *node, _ *Key) (int, *bad) { return whole(n) })
}

// whole reads a whole number.
func whole(n *node) (int, *bad) {
	if v, ok := n.scalar.(int64); ok {
		return int(v), nil
	}
	return 0, wrong("", "must be a whole number, not %s", n.text())
}

// bound reads a whole number or "unlimited", which is -1.
func (d *decoder) bound(path string) (int, bool) {
	return take(d, path, func(n *node, k *Key) (int, *bad) {
		if n.scalar == "unlimited" {
			return -1, nil
		}
		v, b := whole(n)
		if b != nil {
			return 0, wrong("", "must be a whole number or \"unlimited\", not %s", n.text())
		}
		low, _ := whole(setValue(k.Min))
		high, _ := whole(setValue(k.Max))
		if v < low || v > high {
			return 0, wrong("", "must be %s, or \"unlimited\", not %d", k.Range(), v)
		}
		return v, nil
	})
}

func (d *decoder) number(path string) (float64, bool) {
	return ordered(d, path, func(n *node, _ *Key) (float64, *bad) { return number64(n) })
}

// number64 reads a finite number.
func number64(n *node) (float64, *bad) {
	switch v := n.scalar.(type) {
	case int64:
		return float64(v), nil
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return v, nil
		}
	}
	return 0, wrong("", "must be a number, not %s", n.text())
}

func (d *decoder) boolean(path string) (bool, bool) {
	return take(d, path, func(n *node, k *Key) (bool, *bad) {
		if v, ok := n.scalar.(bool); ok {
			return v, nil
		}
		if s, ok := n.scalar.(string); ok && strings.HasPrefix(k.Source, "AWS") { // attributes of the load balancer are text in AWS
			switch {
			case s == "true", s == "use_load_balancer_configuration" && k.Path == "target_group.load_balancing_cross_zone_enabled":
				return true, nil
			case s == "false":
				return false, nil
			}
		}
		return false, wrong("", "must be true or false, not %s", n.text())
	})
}

// choice reads one of the key's choices and returns its index.
func (d *decoder) choice(path string) (int, bool) {
	return take(d, path, func(n *node, k *Key) (int, *bad) {
		s, b := str(n, "text")
		if b != nil {
			return 0, b
		}
		if i := slices.Index(k.Choices, s); i >= 0 {
			return i, nil
		}
		if i, ok := alias(k, s); ok {
			return i, nil
		}
		remedy := "it is one of " + strings.Join(k.Choices, ", ")
		if len(k.Choices) == 1 {
			remedy = "only " + strconv.Quote(k.Choices[0]) + " is built"
		}
		if c := nearest(s, k.Choices); c != "" {
			remedy = fmt.Sprintf("did you mean %q?", c)
		}
		switch {
		case isOne(plannedChoices(k.Path), s):
			return 0, wrong(remedy, "%q is planned but not built in this version", s)
		case isOne(unmodelledChoices(k.Path), s):
			return 0, wrong(remedy, "%q is AWS's, and not modelled", s)
		}
		return 0, wrong(remedy, "does not know %q", s)
	})
}

// names reads an array of names.
func (d *decoder) names(path string) ([]string, bool) {
	return take(d, path, func(n *node, _ *Key) ([]string, *bad) {
		if !n.array {
			return nil, wrong(`write for example ["a", "b"]`, "must be an array of names, not %s", n.text())
		}
		var out []string
		for _, e := range n.list {
			s, ok := e.scalar.(string)
			if !ok || s == "" {
				return nil, wrong(`write for example ["a", "b"]`, "must hold names in quotes, not %s", e.text())
			}
			if isOne(out, s) {
				return nil, wrong("", "names %q twice", s)
			}
			out = append(out, s)
		}
		return out, nil
	})
}
