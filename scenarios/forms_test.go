package scenarios

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/des"
)

// Values are printed as the format writes them: sizes in the largest unit that divides
// them, else to three digits.
func TestValuesArePrintedAsTheyAreWritten(t *testing.T) {
	const kib, mib, gib = 1 << 10, 1 << 20, 1 << 30
	for _, row := range [][2]string{
		{formatSize(7 * gib), `"7GiB"`}, {formatSize(3 * mib), `"3MiB"`}, {formatSize(2e9), `"2GB"`}, {formatSize(5e6), `"5MB"`}, {formatSize(14e3), `"14kB"`}, {formatSize(1500), `"1500B"`}, {formatSize(kib), `"1024B"`},
		{formatSize(1.5 * mib), `"1.5MiB"`}, {formatSize(1.23456 * gib), `"1.23GiB"`}, {formatSize(mib + 1), `"1MiB"`}, {formatSize(mib - 1), `"1048575B"`}, {formatSize(0), `"0B"`},
		{formatRate(2.5), `"2.5/s"`}, {formatShare(0.125), `"12.5%"`}, {formatDuration(90 * des.Second), `"1m30s"`}, {perSecond(1234.5), "1230/s"}, {percent(0.4567), "46 %"},
	} {
		if row[0] != row[1] {
			t.Errorf("%s, want %s", row[0], row[1])
		}
	}
	for v, want := range map[float64]float64{0: 0, 1234: 1230, 1000: 1000, 0.012345: 0.0123, -98.76: -98.8, 999.9: 1000} {
		if got := roundTo(v, 3); math.Abs(got-want) > 1e-9 {
			t.Errorf("%v to three digits: %v, want %v", v, got, want)
		}
	}
	if got := roundTo(math.Inf(1), 3); !math.IsInf(got, 1) {
		t.Errorf("%v", got)
	}
}

// A pool is always empty if it prepares no more than the group has anyway, or the group
// cannot grow, unless its minimum keeps some.
func TestPoolsThatAreAlwaysEmpty(t *testing.T) {
	for _, row := range []struct {
		group, pool string
		want        bool
	}{
		{"min_size = 1\nmax_size = 4", "max_group_prepared_capacity = 1", true}, {"min_size = 1\nmax_size = 4", "max_group_prepared_capacity = 2", false}, {"min_size = 1\nmax_size = 4", "max_group_prepared_capacity = 1\nmin_size = 1", false},
		{"min_size = 3\nmax_size = 3", "", true}, {"min_size = 3\nmax_size = 3", "min_size = 1", false}, {"min_size = 3\nmax_size = 3", "max_group_prepared_capacity = 5", false}, {"min_size = 3\nmax_size = 4", "", false},
	} {
		text := strings.Replace(lifecycleFile("[auto_scaling_group.warm_pool]\n"+row.pool+"\n"), "min_size = 1\nmax_size = 4", row.group, 1)
		s, err := Load(Source{Name: "x.toml", Text: []byte(text)}, nothing, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(s.Warnings.Error(), "always empty"); got != row.want {
			t.Errorf("%q, %q: %v", row.group, row.pool, s.Warnings)
		}
	}
}
