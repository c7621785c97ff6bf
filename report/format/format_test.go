package format

import (
	"strings"
	"testing"
)

// The figures as people write them, at and on either side of every change of form.
func TestPrinters(t *testing.T) {
	for _, row := range []struct{ got, want string }{
		{Money(0), "$0.00"}, {Money(0.0725), "$0.0725"}, {Money(0.0999), "$0.0999"}, {Money(0.1), "$0.10"}, {Money(43.994), "$43.99"}, {Money(-2.5), "-$2.50"},
		{Money(999.99), "$999.99"}, {Money(999.996), "$1,000"}, {Money(1204.4), "$1,204"},
		{Share(0.9994), "99.94 %"}, {Share(0.5), "50 %"}, {Share(1), "100 %"}, {Share(0), "0 %"}, {Share(0.99996), "99.996 %"}, {Share(0.00004), "0.004 %"},
		{Share(0.99999999), "over 99.9999 %"}, {Share(0.00000001), "under 0.0001 %"},
		{Percent(0.374), "37 %"}, {Percent(0.376), "38 %"},
		{Decimal(7.5), "7.5"}, {Decimal(7), "7"}, {Decimal(999.9), "999.9"}, {Decimal(999.96), "1,000"}, {Decimal(1440.2), "1,440"},
		{Latency(0), "0 s"}, {Latency(0.00085), "850 µs"}, {Latency(0.0009995), "1 ms"}, {Latency(0.0094), "9.4 ms"}, {Latency(0.00994), "9.9 ms"}, {Latency(0.00996), "10 ms"}, {Latency(0.0114), "11 ms"}, {Latency(0.017), "17 ms"},
		{Latency(0.9994), "999 ms"}, {Latency(1.24), "1.2 s"}, {Latency(9.94), "9.9 s"}, {Latency(9.96), "10 s"}, {Latency(61), "61 s"}, {Latency(9.95), "10 s"}, {Latency(0.9995), "1 s"}, {Latency(0.00995), "10 ms"},
		{Count(607), "607"}, {Count(12345), "12,345"}, {Count(999_999), "999,999"}, {Count(1_000_000), "1.0 M"}, {Count(85_149_000), "85.1 M"}, {Count(999_949_999), "999.9 M"}, {Count(999_950_000), "1.0 G"}, {Lost(1), "1 request lost"}, {Lost(2168), "2,168 requests lost"}, {Count(1_250_000_000), "1.3 G"},
		{Rate(2.5), "2.5/s"}, {Rate(2), "2/s"}, {Rate(9.999), "10/s"}, {Rate(900), "900/s"}, {Rate(1500), "1,500/s"},
		{Plural(1, "minute"), "1 minute"}, {Plural(0, "minute"), "0 minutes"}, {Plural(1234, "minute"), "1,234 minutes"}, {Instances(1), "1 instance"},
		{Minutes(1), "1 minute"}, {Minutes(2.5), "2.5 minutes"}, {Minutes(1.04), "1 minute"},
		{Thousands(0), "0"}, {Thousands(999), "999"}, {Thousands(1000), "1,000"}, {Thousands(1234567), "1,234,567"}, {Thousands(-1500), "-1,500"}, {Thousands(100), "100"},
		{TrimZeros("2.50"), "2.5"}, {TrimZeros("2.00"), "2"}, {TrimZeros("200"), "200"},
		{Duration(0), "0 s"}, {Duration(17.4), "17 s"}, {Duration(99.4), "99 s"}, {Duration(100), "2 min"}, {Duration(1440), "24 min"}, {Duration(5999), "100 min"},
		{Duration(6000), "1.7 h"}, {Duration(5400 * 4), "6 h"}, {Duration(259199), "72 h"}, {Duration(259200), "3 days"},
		{Value(34), "34"}, {Value(98.94), "98.9"}, {Value(99.96), "100"}, {Value(123.4), "123"}, {Value(1204.4), "1,204"}, {Value(999.6), "1,000"}, {Value(1), "1"}, {Value(0.0346), "0.035"}, {Value(-98.94), "-98.9"},
		{Beside(50.4, 50), "50.4"}, {Beside(50.02, 50), "50.02"}, {Beside(50, 50), "50"}, {Beside(61, 50), "61"},
		{Hours(7.54), "7.5"}, {Hours(99.94), "99.9"}, {Hours(99.96), "100"}, {Hours(1296.4), "1,296"},
	} {
		if row.got != row.want {
			t.Errorf("%q, want %q", row.got, row.want)
		}
	}
}

// A value beside its limit is never printed as the limit, unless it is.
func TestBesideTellsApart(t *testing.T) {
	for _, v := range []float64{50.0004, 49.9996, 0.30001, 1200.3} {
		limit := float64(int(v + 0.5))
		if v < 1 {
			limit = 0.3
		}
		if got := Beside(v, limit); got == Value(limit) || strings.Contains(got, "e") {
			t.Errorf("%v beside %v reads %q", v, limit, got)
		}
	}
}

// Two digits where they tell, none where a rate has two before the point.
func TestAsFewDigitsAsTell(t *testing.T) {
	for _, row := range []struct{ got, want string }{
		{Share(0.99943), "99.94 %"}, {Share(0.123456), "12.35 %"}, {Rate(10.4), "10/s"}, {Rate(9.4), "9.4/s"}, {Beside(50.0000004, 50), "50.00000"},
	} {
		if row.got != row.want {
			t.Errorf("%q, want %q", row.got, row.want)
		}
	}
}
