package imports

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// assumeRest adds what no configuration says: without it nothing runs.
func (m *mapper) assumeRest() {
	m.sizes()
	m.timezone()
	low, high := m.fleet()
	var work float64
	var cost string
	if l := m.found.load; l != nil {
		work, cost = m.recordedLoad(l, high)
	} else {
		work, cost = m.assumedLoad(low, high)
	}
	m.table("request").assumed = true
	m.put("request.cpu", quoted(milliseconds(work)), nil, "assumed")
	timeout := "10s"
	if slowFactor*work >= 10 {
		timeout = "1m"
	}
	m.put("request.timeout", quoted(timeout), nil, "assumed")
	m.assume("request.cpu", "no configuration knows what a request costs: "+cost+"; [request.measured] derives it from CPUUtilization and RequestCountPerTarget")
	if work > assumedWork {
		m.table("slo").assumed = true
		m.put("slo.latency", quoted(milliseconds(slowFactor*work)), nil, "assumed")
		m.assume("slo.latency", fmt.Sprintf("a request is slow that takes %d times the CPU time assumed of one", slowFactor))
	}
	m.boot()
	if m.found.Defaults != "" {
		m.put("defaults", quoted(m.found.Defaults), nil, "for what the sources leave out")
	}
}

// boot assumes how long the application takes to come up: a minute, or less where the
// group's health checks would else replace its instances before they serve.
func (m *mapper) boot() {
	const key = "instance.boot"
	median, why := 60, "a minute"
	kind, grace := m.find(groupTable+".health_check_type"), 0
	if m.found.Defaults == "terraform" {
		grace = 300
	}
	if e := m.find(groupTable + ".health_check_grace_period"); e != nil {
		n, err := strconv.Atoi(strings.Trim(e.value, `"s`))
		if grace = n; err != nil {
			grace = 3600 // in hours or days
		}
	}
	if kind != nil && strings.Contains(kind.value, "ELB") && grace < 2*median {
		median = max(10, grace/2)
		why = fmt.Sprintf("%d s, with which instances outlive the health checks, whose grace period is %d s", median, grace)
	}
	m.put(key, fmt.Sprintf(`{ median = "%ds", p95 = "%ds" }`, median, median*3/2), nil, "assumed")
	m.assume(key, "how long the application takes to come up is not in the files: "+why)
}

// size reads a size of the draft.
func (m *mapper) size(key string) (float64, bool) {
	e := m.find(key)
	if e == nil {
		return 0, false
	}
	n, err := strconv.ParseFloat(e.value, 64)
	return n, err == nil
}

// sizes assumes bounds that are not in the files.
func (m *mapper) sizes() {
	const low, high, desired = groupTable + ".min_size", groupTable + ".max_size", groupTable + ".desired_capacity"
	bottom, hasLow := m.size(low)
	top, hasHigh := m.size(high)
	now, hasNow := m.size(desired)
	if !hasLow {
		bottom = 1
		if hasHigh {
			bottom = min(bottom, top)
		}
		m.put(low, strconv.FormatFloat(bottom, 'f', -1, 64), nil, "assumed")
		m.assume(low, "not in the files")
	}
	if !hasHigh {
		top = max(4, bottom)
		if hasNow {
			top = max(top, now)
		}
		m.put(high, strconv.FormatFloat(top, 'f', -1, 64), nil, "assumed")
		m.assume(high, "not in the files")
	}
	if hasNow && (now < bottom || now > top) {
		m.find(desired).off = "outside min_size and max_size"
	}
	m.table(groupTable).entries = bySize(m.table(groupTable).entries)
}

// bySize puts the name and the sizes first, and what a reader asks for next.
func bySize(entries []*entry) []*entry {
	rank := []string{"name", "min_size", "max_size", "desired_capacity", "availability_zones", "health_check_type"}
	slices.SortStableFunc(entries, func(a, b *entry) int {
		i, j := slices.Index(rank, a.key), slices.Index(rank, b.key)
		if i < 0 {
			i = len(rank)
		}
		if j < 0 {
			j = len(rank)
		}
		return i - j
	})
	return entries
}

// fleet is how many instances the assumed load is for, by night and by day: with the
// policies to follow it, two thirds of the way to max_size.
func (m *mapper) fleet() (low, high float64) {
	bottom, _ := m.size(groupTable + ".min_size")
	top, _ := m.size(groupTable + ".max_size")
	weight := m.weight()
	bottom, top = bottom/weight, top/weight
	low = max(1, math.Ceil(bottom))
	high = max(low, math.Round(bottom+(top-bottom)*2/3))
	scales := slices.ContainsFunc(m.tables, func(t *table) bool {
		return strings.HasPrefix(t.path, "policy.") || strings.HasPrefix(t.path, "schedule.")
	})
	if !scales {
		high = low
		if now, ok := m.size(groupTable + ".desired_capacity"); ok {
			high = max(1, math.Floor(now/weight))
			low = high
		}
	}
	return low, high
}

// weight is how many units of capacity the first type counts for.
func (m *mapper) weight() float64 {
	if e := m.find(mixedTable + ".overrides"); e != nil {
		if _, rest, ok := strings.Cut(e.value, "weighted_capacity = "); ok {
			digits := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
			if n, err := strconv.ParseFloat(rest[:max(digits, 0)], 64); err == nil && n >= 1 {
				return n
			}
		}
	}
	return 1
}

// timezone takes the zone that all scheduled actions have, so that the assumed day is
// that of the people whose group it is.
func (m *mapper) timezone() {
	zone := (*Value)(nil)
	for _, r := range m.found.mine(Schedule, m.group) {
		v := r.Value.Get("TimeZone")
		if v == nil || v.Kind != Text || v.Text == "" || zone != nil && v.Text != zone.Text {
			return
		}
		zone = v
	}
	if zone != nil {
		m.convert("timezone", zone, text)
	}
}
