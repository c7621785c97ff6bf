package form

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Str reads a scalar that must be text.
func Str(n *Node, what string) (string, *Mistake) {
	s, ok := n.Scalar.(string)
	if !ok {
		return "", Wrong("", "must be %s in quotes, not %s", what, n.Text())
	}
	return s, nil
}

// WithUnit reads text with parse and explains a bare number.
func WithUnit[T any](n *Node, what, unit string, parse func(string) (T, *Mistake)) (T, *Mistake) {
	var zero T
	switch n.Scalar.(type) {
	case string:
		return parse(n.Scalar.(string))
	case int64, float64:
		return zero, Wrong(fmt.Sprintf("did you mean \"%s%s\"?", n.Text(), unit), "has no unit: %s", n.Text())
	}
	return zero, Wrong("", "must be %s in quotes, not %s", what, n.Text())
}

// Seconds reads a duration; whole seconds without a unit where AWS has them.
func Seconds(n *Node, k *Key) (time.Duration, *Mistake) {
	if v, ok := n.Scalar.(int64); ok && k.Bare() && v >= 0 && v <= int64(MaxSpan/time.Second) {
		return time.Duration(v) * time.Second, nil
	}
	return WithUnit(n, "a duration", "s", ParseDuration)
}

// Percent reads a share; percent without a unit where AWS has them.
func Percent(n *Node, k *Key) (float64, *Mistake) {
	if k.Bare() {
		if v, b := Float(n); b == nil {
			return v / 100, nil
		}
	}
	return WithUnit(n, "a percentage", "%", ParseShare)
}

// Text reads text.
func (r *Reader) Text(path string) (string, bool) {
	return Take(r, path, func(n *Node, _ *Key) (string, *Mistake) {
		s, b := Str(n, "text")
		if b == nil && len(s) > MaxPlain {
			return "", Wrong("shorten it", "has %d bytes, at most %d are possible", len(s), MaxPlain)
		}
		return s, b
	})
}

// Duration reads a duration; whole seconds without a unit where AWS has them.
func (r *Reader) Duration(path string) (time.Duration, bool) {
	return Ordered(r, path, Seconds)
}

// Rate reads a rate, per second.
func (r *Reader) Rate(path string) (float64, bool) {
	return Ordered(r, path, func(n *Node, _ *Key) (float64, *Mistake) { return WithUnit(n, "a rate", "/s", ParseRate) })
}

// Share reads a share; percent without a unit where AWS has them.
func (r *Reader) Share(path string) (float64, bool) {
	return Ordered(r, path, Percent)
}

// Size reads a size in bytes.
func (r *Reader) Size(path string) (float64, bool) {
	return Ordered(r, path, func(n *Node, _ *Key) (float64, *Mistake) { return WithUnit(n, "a size", "B", ParseSize) })
}

// Count reads a whole number.
func (r *Reader) Count(path string) (int, bool) {
	return Ordered(r, path, func(n *Node, _ *Key) (int, *Mistake) { return Whole(n) })
}

// Whole reads a whole number.
func Whole(n *Node) (int, *Mistake) {
	if v, ok := n.Scalar.(int64); ok {
		return int(v), nil
	}
	if text, ok := n.Scalar.(string); ok && tooLarge(text) {
		return 0, Wrong(largestWhole, "is out of range: %s", text)
	}
	return 0, Wrong("", "must be a whole number, not %s", n.Text())
}

// tooLarge reports whether text is a whole number beyond those of TOML.
func tooLarge(text string) bool {
	_, err := strconv.ParseInt(text, 10, 64)
	return errors.Is(err, strconv.ErrRange)
}

// Bound reads a whole number or "unlimited", which is -1.
func (r *Reader) Bound(path string) (int, bool) {
	return Take(r, path, func(n *Node, k *Key) (int, *Mistake) {
		if n.Scalar == "unlimited" {
			return -1, nil
		}
		v, b := Whole(n)
		if b != nil {
			return 0, Wrong("", "must be a whole number or \"unlimited\", not %s", n.Text())
		}
		low, _ := Whole(r.schema.literal(k.Min))
		high, _ := Whole(r.schema.literal(k.Max))
		if v < low || v > high {
			return 0, Wrong("", "must be %s, or \"unlimited\", not %d", k.Range(), v)
		}
		return v, nil
	})
}

// Number reads a finite number.
func (r *Reader) Number(path string) (float64, bool) {
	return Ordered(r, path, func(n *Node, _ *Key) (float64, *Mistake) { return Float(n) })
}

// Float reads a finite number.
func Float(n *Node) (float64, *Mistake) {
	switch v := n.Scalar.(type) {
	case int64:
		return float64(v), nil
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return v, nil
		}
	}
	return 0, Wrong("", "must be a number, not %s", n.Text())
}

// Bool reads true or false.
func (r *Reader) Bool(path string) (bool, bool) {
	return Take(r, path, func(n *Node, k *Key) (bool, *Mistake) {
		if v, ok := n.Scalar.(bool); ok {
			return v, nil
		}
		if s, ok := n.Scalar.(string); ok && strings.HasPrefix(k.Source, "AWS") { // some attributes are text in AWS
			if w, ok := r.schema.Words(k, s); ok {
				s = w
			}
			if s == "true" || s == "false" {
				return s == "true", nil
			}
		}
		return false, Wrong("", "must be true or false, not %s", n.Text())
	})
}

// Choice reads one of the key's choices and returns its index.
func (r *Reader) Choice(path string) (int, bool) {
	return Take(r, path, func(n *Node, k *Key) (int, *Mistake) {
		s, b := Str(n, "text")
		if b != nil {
			return 0, b
		}
		if i := slices.Index(k.Choices, s); i >= 0 {
			return i, nil
		}
		if w, ok := r.schema.Words(k, s); ok {
			return slices.Index(k.Choices, w), nil
		}
		remedy := "it is one of " + strings.Join(k.Choices, ", ")
		if len(k.Choices) == 1 {
			remedy = "only " + strconv.Quote(k.Choices[0]) + " is built"
		}
		if c := Nearest(s, k.Choices); c != "" {
			remedy = fmt.Sprintf("did you mean %q?", c)
		}
		if b := r.schema.Refused(k, s, remedy); b != nil {
			return 0, b
		}
		return 0, Wrong(remedy, "does not know %q", s)
	})
}

// Names reads an array of names.
func (r *Reader) Names(path string) ([]string, bool) {
	return Take(r, path, func(n *Node, _ *Key) ([]string, *Mistake) {
		if !n.Array {
			return nil, Wrong(`write for example ["a", "b"]`, "must be an array of names, not %s", n.Text())
		}
		if len(n.List) > MaxNames {
			return nil, Wrong("", "holds %d names, at most %d are possible", len(n.List), MaxNames)
		}
		var out []string
		for _, e := range n.List {
			s, ok := e.Scalar.(string)
			if !ok || s == "" {
				return nil, Wrong(`write for example ["a", "b"]`, "must hold names in quotes, not %s", e.Text())
			}
			if slices.Contains(out, s) {
				return nil, Wrong("", "names %q twice", s)
			}
			out = append(out, s)
		}
		return out, nil
	})
}
