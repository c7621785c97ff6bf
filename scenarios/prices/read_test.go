package prices

import (
	"bytes"
	"compress/gzip"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func read(t *testing.T, text string, o Options) []*Catalogue {
	t.Helper()
	out, err := Read(strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range out {
		var b bytes.Buffer
		if err := c.Write(&b); err != nil {
			t.Fatal(err)
		}
		back, err := Parse(&b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, back, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("a catalogue that was written is read otherwise: %s", diff)
		}
	}
	return out
}

// near compares prices to a millionth of a dollar.
func near() cmp.Options {
	return cmp.Options{cmpopts.EquateApprox(0, 1e-6), cmpopts.EquateEmpty(), cmpopts.IgnoreFields(Catalogue{}, "Sources")}
}

// frankfurt is what offers() says of eu-central-1, by hand: what is paid at once is spread
// over 8,760 hours.
func frankfurt() *Catalogue {
	return &Catalogue{
		Schema: Schema, Region: "eu-central-1", Date: "2026-11-01",
		Types: []Type{
			{Name: "c7g.large", VCPU: 2, MemoryGiB: 8, Terms: []Terms{{Of: "linux/shared", OnDemand: 0.0824}}},
			{Name: "m7i.large", VCPU: 2, MemoryGiB: 8, Terms: []Terms{
				{Of: "linux/dedicated", OnDemand: 0.1317},
				{Of: "linux/shared", OnDemand: 0.1197, Committed: map[string]float64{
					"reserved/1y/no_upfront": 0.0790, "reserved/1y/partial_upfront": 329.0/8760 + 0.0376, "reserved/1y/all_upfront": 657.0 / 8760}},
				{Of: "windows/shared", OnDemand: 0.2117},
			}},
		},
		BalancerHour: 0.027, LCUHour: 0.008, MetricMonth: 0.30, Volumes: map[string]float64{"gp3": 0.0952}, Credits: map[string]float64{"linux/t3": 0.05},
	}
}

// A list of AWS's is the same in CSV and JSON, and holds what it holds.
func TestOffersInBothForms(t *testing.T) {
	for name, text := range map[string]string{"csv": asCSV(offers()), "json": asJSON(offers())} {
		got := read(t, text, Options{Name: name})
		if len(got) != 2 || got[1].Region != "us-east-1" {
			t.Fatalf("%s: %d regions", name, len(got))
		}
		if diff := cmp.Diff(frankfurt(), got[0], near()); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
		if s := got[0].Sources; len(s) != 1 || s[0] != (Source{name, "AmazonEC2", "2026-11-01"}) {
			t.Errorf("%s: sources %v", name, s)
		}
		if one := read(t, text, Options{Region: "us-east-1"}); len(one) != 1 || one[0].Types[0].Terms[0].OnDemand != 0.1008 {
			t.Errorf("%s: --region: %+v", name, one)
		}
	}
}

// Gzipped, with a mark of its encoding, and with Windows line ends it is the same list.
func TestOffersPacked(t *testing.T) {
	text := "\xef\xbb\xbf" + strings.ReplaceAll(asCSV(offers()), "\n", "\r\n")
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(frankfurt(), read(t, packed.String(), Options{})[0], near()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// Savings plans are the same in CSV and JSON, and lie upon the prices on demand.
func TestSavingsPlans(t *testing.T) {
	want := map[string]float64{"compute/1y/no_upfront": 0.0958, "instance/3y/all_upfront": 0.0455}
	for name, text := range map[string]string{"csv": plansCSV, "json": plansJSON} {
		plans := read(t, text, Options{Name: name})
		if len(plans) != 1 || plans[0].Region != "eu-central-1" {
			t.Fatalf("%s: %+v", name, plans)
		}
		all := Merge(frankfurt(), plans[0])
		typ, _ := all.Type("m7i.large")
		linux, _ := typ.Under("linux", "shared")
		if linux.OnDemand != 0.1197 || all.Date != "2026-11-01" || typ.VCPU != 2 {
			t.Errorf("%s: the prices on demand and their day stay: %+v of %s", name, linux, all.Date)
		}
		for kind, price := range want {
			if linux.Committed[kind] != price {
				t.Errorf("%s: %s costs %v, want %v", name, kind, linux.Committed[kind], price)
			}
		}
		if len(linux.Committed) != 5 { // two, and three that were there
			t.Errorf("%s: %v", name, linux.Committed)
		}
		if windows, _ := typ.Under("windows", "shared"); windows.Committed["compute/1y/no_upfront"] != 0.1878 {
			t.Errorf("%s: Windows: %+v", name, windows)
		}
	}
}

// ec2instances' list has what Spot saves too: by its average price, else by its share.
func TestInstancesList(t *testing.T) {
	got := read(t, instancesJSON, Options{Date: "2026-11-03"})
	if len(got) != 2 || got[0].Date != "2026-11-03" || len(got[0].Types) != 1 {
		t.Fatalf("%+v", got)
	}
	typ, _ := got[0].Type("m7i.large")
	x, _ := typ.Under("linux", "shared")
	if typ.VCPU != 2 || typ.MemoryGiB != 8 || x.OnDemand != 0.1197 || x.Interruption != 0.075 || math.Abs(x.SpotSaving-(1-0.0399/0.1197)) > 1e-9 {
		t.Errorf("%+v: %+v", typ, x)
	}
	want := map[string]float64{"reserved/1y/no_upfront": 0.0790, "convertible/3y/all_upfront": 0.0512, "compute/1y/no_upfront": 0.0958, "instance/3y/all_upfront": 0.0455}
	if diff := cmp.Diff(want, x.Committed); diff != "" {
		t.Error(diff)
	}
	if w, _ := typ.Under("windows", "shared"); w.OnDemand != 0.2117 {
		t.Errorf("Windows %+v", w)
	}
	typ, _ = got[1].Type("m7i.large")
	if x, _ := typ.Under("linux", "shared"); x.OnDemand != 0.1008 || x.SpotSaving != 0.65 || x.Interruption != 0 {
		t.Errorf("us-east-1 %+v", x)
	}
}

// What is no list of prices is refused with what it is not.
func TestNoList(t *testing.T) {
	if testing.Short() {
		t.Skip("a fifth of a second or more")
	}
	euros := strings.ReplaceAll(asCSV(offers()[:1]), `,USD,`, `,EUR,`)
	for text, want := range map[string]string{
		"":                       "is empty",
		"hello":                  "is neither a price list of AWS's",
		"a,b\nc,d\n":             "no line of columns that begins with SKU",
		`{"products":{}}`:        "holds no price",
		`{"products":{},"terms"`: "ends too early",
		`{"products":{"A":{"sku":"A","attributes":["x"]}}}`: "is not as AWS's price lists are",
		`{"products" "x"}`:       "is not JSON",
		`[{"instance_type":7}]`:  "is not as AWS's price lists are",
		"SKU,TermType,a,b,c,d\n": `lacks the column "unit"`,
		asCSV(nil):               "holds no price",
		euros:                    "prices in EUR",
		strings.Replace(asCSV(offers()), "0.0824", "n/a", 1):                 `has the price "n/a", which is no number`,
		strings.Replace(asCSV(offers()), "Instance Type", "InstanceType", 1): `lacks the column "instance type"`,
		"\x1f\x8b\x00": "gzipped file and is none",
		asCSV(offers())[:700] + `"` + "\n" + `"x`:                                                                     "is not CSV",
		"SKU,TermType,Unit,PricePerUnit,Product Family,x\n" + strings.Repeat("x", mostLine+1):                         "has a line of more than",
		`{"disclaimer":"` + strings.Repeat("x", 2*mostValue) + `"}`:                                                   "has a value of more than",
		strings.ReplaceAll(strings.ReplaceAll(asCSV(offers()[:1]), "eu-central-1", ""), "Region Code", "Region Name"): "--region says it",
	} {
		_, err := Read(strings.NewReader(text), Options{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: got %v, want %q", text, err, want)
		}
	}
}

// A catalogue that is damaged is not believed.
func TestDamagedCatalogue(t *testing.T) {
	for text, want := range map[string]string{
		"{}":                            "is not a catalogue",
		`{"schema":"asgsim.prices/v1"}`: "its region or date is none",
		`{"schema":"asgsim.prices/v1","region":"eu-west-1","date":"2026-01-01","lcu_hour":-1}`:                                                                "a price is none",
		`{"schema":"asgsim.prices/v1","region":"eu-west-1","date":"2026-01-01","types":[{"name":"b.large"},{"name":"a.large"}]}`:                              "not in order",
		`{"schema":"asgsim.prices/v1","region":"eu-west-1","date":"2026-01-01","types":[{"name":"b.large","vcpu":-1}]}`:                                       "impossible size",
		`{"schema":"asgsim.prices/v1","region":"eu-west-1","date":"2026-01-01","types":[{"name":"b.large","terms":[{"of":"linux/shared","spot_saving":2}]}]}`: "impossible terms",
	} {
		if _, err := Parse(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80s: got %v, want %q", text, err, want)
		}
	}
}

// Whatever a list holds, it has an answer, and what it gives can be written and read.
func FuzzRead(f *testing.F) {
	for _, text := range []string{asCSV(offers()), asJSON(offers()), plansCSV, plansJSON, instancesJSON, "[]", "{}", "a,b"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		all, err := Read(bytes.NewReader(text), Options{Region: "eu-central-1", Date: "2026-01-01"})
		if err != nil {
			return
		}
		for _, c := range all {
			var b bytes.Buffer
			if err := c.Write(&b); err != nil {
				t.Fatal(err)
			}
			if _, err := Parse(&b); err != nil {
				t.Fatalf("%v: %s", err, b.String())
			}
		}
	})
}

// A type without a name is passed over, and is no panic, whatever else is said of it.
func TestATypeWithoutAName(t *testing.T) {
	text := `[{"vCPU": 2, "memory": 8, "pricing": {"eu-central-1": {"linux": {"ondemand": "0.1197", "spot_avg": "0.0399"}}}}]`
	got, err := Read(strings.NewReader(text), Options{Name: "x.json", Date: "2026-11-01"})
	if err == nil {
		for _, c := range got {
			if len(c.Types) > 0 {
				t.Errorf("%+v", c.Types)
			}
		}
	}
}
