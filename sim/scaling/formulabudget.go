package scaling

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
)

// Bounds of a formula: it comes from a file, and whatever is written in it, reading
// and evaluating it ends soon and in little memory.
const (
	MaxFormulaLength = 4096    // characters
	MaxFormulaNodes  = 1000    // names, numbers, operators and calls
	MaxFormulaSteps  = 100_000 // of one evaluation: elements looked at, times what is computed of each
	MaxFormulaSpan   = 10_000  // elements of a range such as 1..10
	lookSteps        = 100     // what asking for a metric costs
	sortedSteps      = 16      // what sorting costs an element
)

// formulaBuiltins are the functions of the language that formulas have: those of
// numbers and lists. None makes a text, so nothing grows but lists, which the steps
// bound.
var formulaBuiltins = [...]string{"all", "none", "any", "one", "filter", "map", "find", "findIndex", "findLast", "findLastIndex", "count", "sum", "reduce",
	"len", "abs", "ceil", "floor", "round", "int", "float", "max", "min", "mean", "median", "first", "last", "take", "sort"}

// Names of the functions that a formula calls without writing them: none can be
// written. Each takes what it charges for and gives it back.
const (
	spanCall   = "(..)"
	floatsCall = "(floats)"
	intsCall   = "(ints)"
	listCall   = "(list)"
)

// bounded are the options that keep a formula within its bounds.
func bounded() []expr.Option {
	options := []expr.Option{expr.MaxNodes(MaxFormulaNodes), expr.DisableAllBuiltins(), expr.Patch(charges{})}
	for _, name := range formulaBuiltins {
		options = append(options, expr.EnableBuiltin(name))
	}
	return options
}

// charges puts a charge before each step that goes through a list.
type charges struct{}

// Visit implements ast.Visitor.
func (charges) Visit(n *ast.Node) {
	switch c := (*n).(type) {
	case *ast.BuiltinNode:
		each := 1
		if c.Name == "sort" {
			each = sortedSteps
		}
		for _, a := range c.Arguments {
			if p, ok := a.(*ast.PredicateNode); ok {
				each += nodes(p)
			}
		}
		for i := range c.Arguments {
			charge(&c.Arguments[i], each)
		}
	case *ast.BinaryNode:
		switch c.Operator {
		case "..":
			ast.Patch(n, &ast.CallNode{Callee: &ast.IdentifierNode{Value: spanCall}, Arguments: []ast.Node{c.Left, c.Right}})
		case "in", "==", "!=":
			charge(&c.Left, 1)
			charge(&c.Right, 1)
		}
	}
}

// charge replaces a list by a call that charges for it.
func charge(n *ast.Node, each int) {
	switch (*n).(type) {
	case *ast.PredicateNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NilNode:
		return
	}
	call := listCall
	switch t := (*n).Type(); {
	case t == nil:
	case t == reflect.TypeFor[[]float64]():
		call = floatsCall
	case t == reflect.TypeFor[[]int]():
		call = intsCall
	case t.Kind() != reflect.Slice && t.Kind() != reflect.Interface:
		return // no list
	}
	ast.Patch(n, &ast.CallNode{Callee: &ast.IdentifierNode{Value: call}, Arguments: []ast.Node{*n, &ast.IntegerNode{Value: each}}})
}

// nodes counts the nodes of a part of a formula.
func nodes(n ast.Node) int {
	var c counted
	ast.Walk(&n, &c)
	return int(c)
}

type counted int

func (c *counted) Visit(*ast.Node) { *c++ }

// budget is what is left to one evaluation.
type budget int

// spend takes steps off, and fails where too few are left.
func (b *budget) spend(steps int) error {
	if steps > int(*b) {
		return fmt.Errorf("takes more than %d steps: go through fewer elements, or through them less often", MaxFormulaSteps)
	}
	*b -= budget(steps)
	return nil
}

// span is the list from .. to.
func (b *budget) span(from, to int) ([]int, error) {
	if to < from {
		return nil, nil
	}
	n := uint(to) - uint(from) // cannot overflow
	if n >= MaxFormulaSpan {
		return nil, fmt.Errorf("%d..%d has more than %d elements", from, to, MaxFormulaSpan)
	}
	if err := b.spend(int(n) + 1); err != nil {
		return nil, err
	}
	out := make([]int, n+1)
	for i := range out {
		out[i] = from + i
	}
	return out, nil
}

func (b *budget) floats(list []float64, each int) ([]float64, error) {
	return list, b.spend(len(list) * each)
}

func (b *budget) ints(list []int, each int) ([]int, error) { return list, b.spend(len(list) * each) }

func (b *budget) list(value any, each int) (any, error) {
	n := 1
	if v := reflect.ValueOf(value); v.Kind() == reflect.Slice {
		n = v.Len()
	}
	return value, b.spend(n * each)
}

// tooLong is what is wrong with a formula before it is read; nil if nothing.
func tooLong(text string) *FormulaError {
	if n := len([]rune(text)); n > MaxFormulaLength {
		return &FormulaError{At: MaxFormulaLength + 1, Text: fmt.Sprintf("a formula has at most %d characters, this one has %d", MaxFormulaLength, n)}
	}
	return nil
}

// tooMany mends what the library says of too many nodes.
func tooMany(message string) string {
	if strings.Contains(message, "maximum allowed nodes") {
		return fmt.Sprintf("a formula has at most %d names, numbers, operators and calls, this one has more", MaxFormulaNodes)
	}
	return message
}
