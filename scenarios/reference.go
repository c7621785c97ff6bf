package scenarios

import (
	"fmt"
	"io"
	"strings"

	"asgsim/scenarios/form"
)

// WriteReference prints the documentation of every key as Markdown.
func WriteReference(w io.Writer) error {
	var b strings.Builder
	b.WriteString(referenceHead)
	table := "\x00"
	var planned []string
	for _, k := range schema().Keys {
		if k.Planned {
			planned = append(planned, "`"+k.Path+"`")
			continue
		}
		if p := form.Parent(k.Path); p != table {
			if table = p; p == "" {
				b.WriteString("\n## Above all tables\n\n")
			} else {
				fmt.Fprintf(&b, "\n## [%s]\n\n", p)
			}
		}
		fmt.Fprintf(&b, "- `%s`: %s\n  *%s*\n", strings.TrimPrefix(k.Path[len(table):], "."), k.Doc, k.Facts())
	}
	fmt.Fprintf(&b, "\n## Planned\n\nRefused by name in this version: %s.\n", strings.Join(planned, ", "))
	b.WriteString(referenceTail)
	_, err := io.WriteString(w, b.String())
	return err
}

const referenceHead = `# Every key of a scenario file

Made from the tables that the decoder reads; ` + "`go test ./scenarios -run Reference -update`" + ` writes it anew.
N stands for a name of yours: letters and digits, then also _ and -.

**Quantities carry their unit**: durations "90s", "1h30m", "2d" (w d h m s ms us ns; a day is 24 hours), rates "400/s", "600/min",
"3600/h", "1.2M/min", shares "60%", prices "$0.0832/h", sizes "14kB", "900MiB". Where AWS takes whole seconds or percent without a
unit, so does the key.

**Instants** are "Tue 10:30" or "10:30" (the first such in the run), a local date-time 2026-03-03T10:30:00, one with its offset
(2026-03-03T09:30:00Z), or the time since the start, "34h30m"; in a file and on the command line alike.

**Random quantities**: "40s" is a constant (for request.cpu and request.wait the mean of an exponential), or
{ median, p90 | p95 | p99 } and { mean, cv } (lognormal), { exponential = "40s" }, { constant = "40s" }, { gamma = { mean, cv } },
{ weibull = { mean, shape } }, { uniform = [low, high] }, { triangular = [low, mode, high] }, { pareto = { low, high, alpha } },
{ empirical = [values] }, which draws the values given, each as likely as any other: their mean stays.

**Variants**: [variant.N] holds the same tables as the file and is laid upon it: tables merge key by key, arrays and single values
replace, a random quantity is replaced whole, another kind ([load.shop.spike] for [load.shop.constant]) replaces the old one.
policies, schedules, loads and faults pick by name, without = ["request.timeout", "fault.hardware"] removes. --set key=value comes last (in a comparison
it leaves alone the variants that set the key themselves);
--set variant.N.key=value changes one variant.
`

const referenceTail = `
## What AWS leaves open and no key changes

The keys marked "undocumented by AWS" are choices where AWS's documents are silent, or say only what stands beside the mark; each
has the default we recommend. The rest of these choices is fixed:

- X-11: target tracking does not tune itself; high_periods and alarm_period are what one may set instead.
- X-23: capacity-optimized takes the pool with the highest score of [spot], price-capacity-optimized the least price by score.
- X-28, X-29: the balancer has one node a zone (one in all with cross-zone balancing), is never overloaded itself, and queues nothing.
- X-35, X-43: in one instant metrics are published first, then alarms evaluated, then scheduled actions, predictive scaling and policies,
  then health, then launches and terminations.
- X-38: an instance that dies loses what is in flight on it; clients see errors.
- X-39: load balancer capacity units are charged by the averages of an hour; those of a minute would come to the same, since requests are
  alike and each dimension is in proportion to them.
`
