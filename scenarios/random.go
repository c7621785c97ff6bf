package scenarios

import (
	"fmt"
	"sort"
	"strings"

	"asgsim/workload"
)

// randomForms says how random quantities are written.
const randomForms = `write "40s", { median = "40s", p95 = "75s" }, { mean = "40s", cv = 0.5 }, or by name: exponential, constant, gamma, weibull, uniform, triangular, pareto, empirical`

// random reads a random quantity in seconds. bareMean says what a duration alone
// means: the mean of an exponential, or a constant.
func (d *decoder) random(path string, bareMean bool) (workload.Dist, bool) {
	return take(d, path, func(n *node, _ *Key) (workload.Dist, *bad) { return parseRandom(n, bareMean) })
}

func parseRandom(n *node, bareMean bool) (workload.Dist, *bad) {
	if n.table == nil {
		if n.array {
			return nil, wrong(randomForms, "is not a random quantity: %s", n.text())
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
	keys := append([]string(nil), n.table.keys...)
	sort.Strings(keys)
	form := strings.Join(keys, " ")
	for _, k := range keys {
		if !isOne(randomKeys[:], k) {
			remedy := randomForms
			if c := nearest(k, randomKeys[:]); c != "" {
				remedy = fmt.Sprintf("did you mean %q?", c)
			}
			return nil, wrong(remedy, "does not know %q", k)
		}
	}
	switch form {
	case "median p90", "median p95", "median p99":
		m, b := seconds(n.table.get("median"))
		if b != nil {
			return nil, b
		}
		name := keys[1]
		q, b := seconds(n.table.get(name))
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
		return nil, wrong(randomForms, "is not a random quantity: %s", n.text())
	}
	return oneForm(keys[0], n.table.get(keys[0]))
}

// randomKeys are the words of the grammar of random quantities.
var randomKeys = [...]string{"median", "p90", "p95", "p99", "mean", "cv", "low", "mode", "high", "constant", "exponential", "lognormal", "gamma", "weibull", "uniform", "triangular", "pareto", "empirical"}

// oneForm reads { form = n }.
func oneForm(form string, n *node) (workload.Dist, *bad) {
	switch form {
	case "constant", "exponential":
		v, b := seconds(n)
		if b != nil {
			return nil, b
		}
		if form == "constant" {
			return dist(workload.NewConstant(v))
		}
		return dist(workload.NewExponential(v))
	case "lognormal":
		if n.table != nil {
			return parseRandom(n, false)
		}
	case "gamma":
		return meanCV(n, func(mean, cv float64) (workload.Dist, error) { return workload.NewGamma(mean, cv) })
	case "weibull":
		return fields(n, []string{"mean", "shape"}, func(v []float64) (workload.Dist, error) { return workload.NewWeibullMean(v[0], v[1]) })
	case "pareto":
		return fields(n, []string{"low", "high", "alpha"}, func(v []float64) (workload.Dist, error) { return workload.NewBoundedPareto(v[0], v[1], v[2]) })
	case "uniform", "triangular", "empirical":
		if !n.array {
			break
		}
		var v []float64
		for _, e := range n.list {
			s, b := seconds(e)
			if b != nil {
				return nil, b
			}
			v = append(v, s)
		}
		switch {
		case form == "uniform" && len(v) == 2:
			return dist(workload.NewUniform(v[0], v[1]))
		case form == "triangular" && len(v) == 3:
			return dist(workload.NewTriangular(v[0], v[1], v[2]))
		case form == "empirical":
			return dist(workload.NewEmpirical(v))
		}
	}
	return nil, wrong(randomForms, "is not a random quantity: %s = %s", form, n.text())
}

func meanCV(n *node, law func(mean, cv float64) (workload.Dist, error)) (workload.Dist, *bad) {
	return fields(n, []string{"mean", "cv"}, func(v []float64) (workload.Dist, error) { return law(v[0], v[1]) })
}

// fields reads a table of exactly the named numbers; those that are times carry
// a unit.
func fields(n *node, names []string, law func([]float64) (workload.Dist, error)) (workload.Dist, *bad) {
	if n.table == nil || len(n.table.keys) != len(names) {
		return nil, wrong(randomForms, "must be a table of %s, not %s", strings.Join(names, ", "), n.text())
	}
	var v []float64
	for _, name := range names {
		e := n.table.get(name)
		if e == nil {
			return nil, wrong(randomForms, "lacks %q: %s", name, n.text())
		}
		x, b := number64(e)
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
func seconds(n *node) (float64, *bad) {
	v, b := withUnit(n, "a duration", "s", duration)
	if b != nil {
		return 0, b
	}
	if v < 0 {
		return 0, wrong("", "must not be negative: %s", unquoted(n.text()))
	}
	return v.Seconds(), nil
}

// dist passes a distribution on and turns its error into ours.
func dist[D workload.Dist](v D, err error) (workload.Dist, *bad) {
	if err != nil {
		return nil, wrong("", "%s", err.Error())
	}
	return v, nil
}
