package scenarios

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/workload"
)

// randomForms says how random quantities are written.
const randomForms = `write "40s", { median = "40s", p95 = "75s" }, { mean = "40s", cv = 0.5 }, or by name: exponential, constant, gamma, weibull, uniform, triangular, pareto, empirical`

// random reads a random quantity in seconds. bareMean says what a duration alone
// means: the mean of an exponential, or a constant.
func (d *decoder) random(path string, bareMean bool) (workload.Dist, bool) {
	return take(d, path, func(n *form.Node, _ *Key) (workload.Dist, *form.Mistake) { return parseRandom(n, bareMean) })
}

func parseRandom(n *form.Node, bareMean bool) (workload.Dist, *form.Mistake) {
	if n.Table == nil {
		if n.Array {
			return nil, form.Wrong(randomForms, "is not a random quantity: %s", n.Text())
		}
		v, b := seconds(n)
		if b != nil {
			return nil, b
		}
		if bareMean && v > 0 {
			return dist(workload.NewExponential(v))
		}
		return dist(workload.NewConstant(v))
	}
	keys := append([]string(nil), n.Table.Keys...)
	sort.Strings(keys)
	shape := strings.Join(keys, " ")
	for _, k := range keys {
		if !slices.Contains(randomKeys[:], k) {
			remedy := randomForms
			if c := form.Nearest(k, randomKeys[:]); c != "" {
				remedy = fmt.Sprintf("did you mean %q?", c)
			}
			return nil, form.Wrong(remedy, "does not know %q", k)
		}
	}
	switch shape {
	case "median p90", "median p95", "median p99":
		m, b := seconds(n.Table.Get("median"))
		if b != nil {
			return nil, b
		}
		name := keys[1]
		q, b := seconds(n.Table.Get(name))
		if b != nil {
			return nil, b
		}
		return dist(workload.NewLognormal(m, map[string]float64{"p90": 0.90, "p95": 0.95, "p99": 0.99}[name], q))
	case "high low":
		return fields(n, []string{"low", "high"}, func(v []float64) (workload.Dist, error) { return workload.NewUniform(v[0], v[1]) })
	case "high low mode":
		return fields(n, []string{"low", "mode", "high"}, func(v []float64) (workload.Dist, error) { return workload.NewTriangular(v[0], v[1], v[2]) })
	case "cv mean":
		return meanCV(n, func(mean, cv float64) (workload.Dist, error) { return workload.NewLognormalMean(mean, cv) })
	}
	if len(keys) != 1 {
		return nil, form.Wrong(randomForms, "is not a random quantity: %s", n.Text())
	}
	return oneForm(keys[0], n.Table.Get(keys[0]))
}

// randomKeys are the words of the grammar of random quantities.
var randomKeys = [...]string{"median", "p90", "p95", "p99", "mean", "cv", "low", "mode", "high", "constant", "exponential", "lognormal", "gamma", "weibull", "uniform", "triangular", "pareto", "empirical"}

// oneForm reads { form = n }.
func oneForm(kind string, n *form.Node) (workload.Dist, *form.Mistake) {
	switch kind {
	case "constant", "exponential":
		v, b := seconds(n)
		if b != nil {
			return nil, b
		}
		if kind == "constant" {
			return dist(workload.NewConstant(v))
		}
		return dist(workload.NewExponential(v))
	case "lognormal":
		if n.Table != nil {
			return parseRandom(n, false)
		}
	case "gamma":
		return meanCV(n, func(mean, cv float64) (workload.Dist, error) { return workload.NewGamma(mean, cv) })
	case "weibull":
		return fields(n, []string{"mean", "shape"}, func(v []float64) (workload.Dist, error) { return workload.NewWeibullMean(v[0], v[1]) })
	case "pareto":
		return fields(n, []string{"low", "high", "alpha"}, func(v []float64) (workload.Dist, error) { return workload.NewBoundedPareto(v[0], v[1], v[2]) })
	case "uniform", "triangular", "empirical":
		if !n.Array {
			break
		}
		var v []float64
		for _, e := range n.List {
			s, b := seconds(e)
			if b != nil {
				return nil, b
			}
			v = append(v, s)
		}
		switch {
		case kind == "uniform" && len(v) == 2:
			return dist(workload.NewUniform(v[0], v[1]))
		case kind == "triangular" && len(v) == 3:
			return dist(workload.NewTriangular(v[0], v[1], v[2]))
		case kind == "empirical":
			return dist(workload.NewEmpirical(v))
		}
	}
	return nil, form.Wrong(randomForms, "is not a random quantity: %s = %s", kind, n.Text())
}

func meanCV(n *form.Node, law func(mean, cv float64) (workload.Dist, error)) (workload.Dist, *form.Mistake) {
	return fields(n, []string{"mean", "cv"}, func(v []float64) (workload.Dist, error) { return law(v[0], v[1]) })
}

// fields reads a table of exactly the named numbers; those that are times carry
// a unit.
func fields(n *form.Node, names []string, law func([]float64) (workload.Dist, error)) (workload.Dist, *form.Mistake) {
	if n.Table == nil || len(n.Table.Keys) != len(names) {
		return nil, form.Wrong(randomForms, "must be a table of %s, not %s", strings.Join(names, ", "), n.Text())
	}
	var v []float64
	for _, name := range names {
		e := n.Table.Get(name)
		if e == nil {
			return nil, form.Wrong(randomForms, "lacks %q: %s", name, n.Text())
		}
		x, b := form.Float(e)
		if name == "mean" || name == "low" || name == "mode" || name == "high" {
			x, b = seconds(e)
		}
		if b != nil {
			return nil, b
		}
		v = append(v, x)
	}
	out, err := law(v)
	return dist(out, err)
}

// seconds reads a duration that is not negative.
func seconds(n *form.Node) (float64, *form.Mistake) {
	v, b := form.WithUnit(n, "a duration", "s", duration)
	if b != nil {
		return 0, b
	}
	if v < 0 {
		return 0, form.Wrong("", "must not be negative: %s", form.Unquoted(n.Text()))
	}
	return v.Seconds(), nil
}

// dist passes a distribution on and turns its error into ours.
func dist[D workload.Dist](v D, err error) (workload.Dist, *form.Mistake) {
	if err != nil {
		return nil, form.Wrong("", "%s", err.Error())
	}
	return v, nil
}
