package cloudwatch

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MathError is what is wrong with an expression.
type MathError struct {
	At   int // character, from 1
	Text string
}

// Error implements error.
func (e *MathError) Error() string { return fmt.Sprintf("at character %d: %s", e.At, e.Text) }

// node is a part of an expression: a value of a period, NaN where there is none.
type node func(*scope) float64

// scope is what an expression sees of a period.
type scope struct {
	values map[string]float64
	period float64
	last   map[*byte]float64
}

// mathParser reads metric math: one operator binds closer than the ones before it, as
// everywhere: or, and, comparisons, sums, products, powers, signs.
type mathParser struct {
	text  string
	ids   []string
	at    int // behind the token
	token string
	begin int
	depth int
	err   *MathError
}

// mostNested is how deep parentheses may lie in each other.
const mostNested = 100

func (p *mathParser) fail(text string) {
	if p.err == nil {
		p.err = &MathError{utf8.RuneCountInString(p.text[:p.begin]) + 1, text}
	}
	p.token = ""
}

// next reads a token: a name, a number or an operator; empty at the end.
func (p *mathParser) next() {
	if p.err != nil {
		return
	}
	for p.at < len(p.text) && strings.ContainsRune(" \t\n\r", rune(p.text[p.at])) {
		p.at++
	}
	p.begin = p.at
	rest := p.text[p.at:]
	n := 0
	for n < len(rest) && (rest[n] == '_' || rest[n] >= '0' && rest[n] <= '9' || rest[n] >= 'a' && rest[n] <= 'z' || rest[n] >= 'A' && rest[n] <= 'Z' || rest[n] == '.') {
		n++
	}
	if n == 0 && rest != "" {
		n = 1
		for _, two := range [...]string{"<=", ">=", "==", "!=", "&&", "||"} {
			if strings.HasPrefix(rest, two) {
				n = 2
			}
		}
	}
	p.token, p.at = rest[:n], p.at+n
}

// binary reads operands with operators of one rank between them.
func (p *mathParser) binary(operand func() node, of map[string]func(a, b float64) float64) node {
	left := operand()
	for of[p.token] != nil {
		op := of[p.token]
		p.next()
		a, b := left, operand()
		left = func(s *scope) float64 {
			x, y := a(s), b(s)
			if math.IsNaN(x) || math.IsNaN(y) {
				return math.NaN()
			}
			return op(x, y)
		}
	}
	return left
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

func (p *mathParser) or() node {
	or := func(a, b float64) float64 { return truth(a != 0 || b != 0) }
	return p.binary(p.and, map[string]func(a, b float64) float64{"||": or, "OR": or})
}

func (p *mathParser) and() node {
	and := func(a, b float64) float64 { return truth(a != 0 && b != 0) }
	return p.binary(p.compare, map[string]func(a, b float64) float64{"&&": and, "AND": and})
}

func (p *mathParser) compare() node {
	return p.binary(p.sum, map[string]func(a, b float64) float64{
		"<": func(a, b float64) float64 { return truth(a < b) }, "<=": func(a, b float64) float64 { return truth(a <= b) },
		">": func(a, b float64) float64 { return truth(a > b) }, ">=": func(a, b float64) float64 { return truth(a >= b) },
		"==": func(a, b float64) float64 { return truth(a == b) }, "!=": func(a, b float64) float64 { return truth(a != b) },
	})
}

func (p *mathParser) sum() node {
	return p.binary(p.product, map[string]func(a, b float64) float64{
		"+": func(a, b float64) float64 { return a + b }, "-": func(a, b float64) float64 { return a - b },
	})
}

func (p *mathParser) product() node {
	return p.binary(p.power, map[string]func(a, b float64) float64{
		"*": func(a, b float64) float64 { return a * b }, "/": func(a, b float64) float64 { return a / b },
	})
}

// power reads a power. Of -a^b and a^b^c AWS says nowhere what they come to ("Use metric
// math", CloudWatch guide, read 2026-11), and others differ: they are refused.
func (p *mathParser) power() node {
	signed, count := p.token == "-", 0
	return p.binary(func() node {
		of := p.unary()
		if count++; p.token == "^" && count == 1 && signed {
			p.fail("AWS does not say which of - and ^ is meant first: write (-a)^b or -(a^b)")
		}
		if p.token == "^" && count > 1 {
			p.fail("AWS does not say which ^ is meant first: write (a^b)^c or a^(b^c)")
		}
		return of
	}, map[string]func(a, b float64) float64{"^": math.Pow})
}

func (p *mathParser) unary() node {
	if p.depth++; p.depth > mostNested {
		p.fail("lies too deep in parentheses")
	}
	defer func() { p.depth-- }()
	if p.token == "-" {
		p.next()
		of := p.unary()
		return func(s *scope) float64 { return -of(s) }
	}
	return p.atom()
}

// atom is a number, a metric, a function or a value in parentheses.
func (p *mathParser) atom() node {
	token := p.token
	switch {
	case token == "":
		p.fail("ends too early")
	case token == "(":
		p.next()
		v := p.or()
		p.expect(")")
		return v
	case token[0] >= '0' && token[0] <= '9' || token[0] == '.':
		v, err := strconv.ParseFloat(token, 64)
		if err != nil {
			p.fail(strconv.Quote(token) + " is no number")
		}
		p.next()
		return func(*scope) float64 { return v }
	case slices.Contains(p.ids, token):
		p.next()
		return func(s *scope) float64 {
			if v, ok := s.values[token]; ok {
				return v
			}
			return math.NaN()
		}
	case token[0] >= 'A' && token[0] <= 'Z':
		return p.function()
	case token[0] >= 'a' && token[0] <= 'z':
		p.fail(strconv.Quote(token) + " is none of its metrics: they are " + strings.Join(p.ids, ", "))
	default:
		p.fail(strconv.Quote(token) + " stands where a value should")
	}
	return func(*scope) float64 { return math.NaN() }
}

func (p *mathParser) expect(token string) {
	if p.token != token {
		p.fail("lacks " + strconv.Quote(token))
		return
	}
	p.next()
}

// function reads a call.
func (p *mathParser) function() node {
	name := p.token
	known := single(name) != nil || across(name) != nil || name == "IF" || name == "FILL" || name == "PERIOD"
	if !known {
		p.fail(fmt.Sprintf("%s is not modelled: %s are", name, mathFunctions))
		return func(*scope) float64 { return math.NaN() }
	}
	p.next()
	p.expect("(")
	var out node
	switch {
	case single(name) != nil:
		f, of := single(name), p.or()
		out = func(s *scope) float64 { return f(of(s)) }
	case across(name) != nil:
		out = p.over(name)
	case name == "IF":
		out = p.choice()
	case name == "FILL":
		out = p.fill()
	default: // PERIOD
		if !slices.Contains(p.ids, p.token) {
			p.fail("PERIOD wants one of its metrics")
		}
		p.next()
		out = func(s *scope) float64 { return s.period }
	}
	p.expect(")")
	return out
}

// over reads the list of a function over several metrics: [m1, m2], or METRICS().
func (p *mathParser) over(name string) node {
	f := across(name)
	var items []node
	switch p.token {
	case "METRICS":
		p.next()
		p.expect("(")
		for _, id := range p.ids {
			items = append(items, func(s *scope) float64 {
				if v, ok := s.values[id]; ok {
					return v
				}
				return math.NaN()
			})
		}
		p.expect(")")
	case "[":
		for p.token == "[" || p.token == "," {
			p.next()
			items = append(items, p.or())
		}
		p.expect("]")
	default:
		p.fail(fmt.Sprintf("%s of one metric is that of all its datapoints, which is not modelled: of several, [m1, m2] or METRICS(), it is", name))
	}
	return func(s *scope) float64 {
		var v []float64
		for _, item := range items {
			if x := item(s); !math.IsNaN(x) {
				v = append(v, x)
			}
		}
		if len(v) == 0 {
			return math.NaN()
		}
		return f(v)
	}
}

// choice reads IF(condition, value, other); without another there is no datapoint.
func (p *mathParser) choice() node {
	condition := p.or()
	p.expect(",")
	then := p.or()
	other := node(func(*scope) float64 { return math.NaN() })
	if p.token == "," {
		p.next()
		other = p.or()
	}
	return func(s *scope) float64 {
		switch c := condition(s); {
		case math.IsNaN(c):
			return c
		case c != 0:
			return then(s)
		}
		return other(s)
	}
}

// fill reads FILL(metric, number) and FILL(metric, REPEAT).
func (p *mathParser) fill() node {
	of := p.or()
	p.expect(",")
	switch p.token {
	case "REPEAT":
		p.next()
		place := new(byte)
		return func(s *scope) float64 {
			v := of(s)
			if !math.IsNaN(v) {
				s.last[place] = v
			} else if last, ok := s.last[place]; ok {
				v = last
			}
			return v
		}
	case "LINEAR":
		p.fail("FILL with LINEAR is not modelled: it waits for the next datapoint; a number or REPEAT is")
		return of
	}
	with := p.or()
	return func(s *scope) float64 {
		if v := of(s); !math.IsNaN(v) {
			return v
		}
		return with(s)
	}
}
