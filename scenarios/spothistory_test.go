package scenarios

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"asgsim/sim/billing"
	"asgsim/sim/ec2"
)

// spotHistory is an answer of aws ec2 describe-spot-price-history: newest first, of two
// products, of a zone that the group does not use.
const spotHistory = `{"SpotPriceHistory": [
 {"AvailabilityZone": "us-east-1a", "InstanceType": "m7g.large", "ProductDescription": "Linux/UNIX", "SpotPrice": "0.030000", "Timestamp": "2026-03-02T06:00:00+00:00"},
 {"AvailabilityZone": "us-east-1a", "InstanceType": "m7g.large", "ProductDescription": "Windows", "SpotPrice": "0.120000", "Timestamp": "2026-03-02T06:00:00+00:00"},
 {"AvailabilityZone": "us-east-1f", "InstanceType": "m7g.large", "ProductDescription": "Linux/UNIX", "SpotPrice": "0.990000", "Timestamp": "2026-03-02T06:00:00+00:00"},
 {"AvailabilityZone": "us-east-1b", "InstanceType": "c7g.large", "ProductDescription": "Linux/UNIX (Amazon VPC)", "SpotPrice": "0.025000", "Timestamp": 1772409600.0},
 {"AvailabilityZone": "us-east-1a", "InstanceType": "m7g.large", "ProductDescription": "Linux/UNIX", "SpotPrice": "0.020000", "Timestamp": "2026-03-01T23:00:00Z"}], "NextToken": "x"}`

// A Monday at midnight, UTC: 1772409600.
func TestSpotPriceHistory(t *testing.T) {
	const start = 1772409600
	zones := []string{"us-east-1a", "us-east-1b"}
	want := []ec2.PriceSeries{
		{Type: "m7g.large", Zone: "us-east-1a", Step: []ec2.PriceStep{{At: -3600, Price: billing.Dollars(0.02)}, {At: 6 * 3600, Price: billing.Dollars(0.03)}}},
		{Type: "c7g.large", Zone: "us-east-1b", Step: []ec2.PriceStep{{At: 0, Price: billing.Dollars(0.025)}}},
	}
	_, list, _ := strings.Cut(spotHistory, ": ")
	list, _, _ = strings.Cut(list, `, "NextToken`)
	table := `Timestamp,AvailabilityZone,InstanceType,SpotPrice,ProductDescription
2026-03-02T06:00:00Z,us-east-1a,m7g.large,0.03,Linux/UNIX
2026-03-02T06:00:00Z,us-east-1a,m7g.large,0.12,Windows
2026-03-02T00:00:00Z,us-east-1b,c7g.large,0.025,
2026-03-01T23:00:00Z,us-east-1a,m7g.large,0.02,Linux/UNIX
`
	for name, text := range map[string]string{"answer": spotHistory, "list": list, "table": table} {
		got, err := readSpotPrices(strings.NewReader(text), start, zones, "linux")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
	windows, err := readSpotPrices(strings.NewReader(spotHistory), start, zones, "windows")
	if err != nil || len(windows) != 1 || windows[0].Step[0].Price != billing.Dollars(0.12) {
		t.Errorf("Windows: %+v, %v", windows, err)
	}
	for text, want := range map[string]string{
		"{":                         "is not JSON as aws ec2 describe-spot-price-history answers it",
		`{"SpotPriceHistory": 7}`:   "has no list",
		`{"SpotPriceHistory": [7]}`: "price 1: is not as aws ec2",
		`[{"Timestamp":"2026-03-02T00:00:00Z","InstanceType":"m5.large","SpotPrice":"-1"}]`: "price 1: is not a price",
		`[{"Timestamp":"yesterday","InstanceType":"m5.large","SpotPrice":"1"}]`:             "price 1: ",
	} {
		if _, err := readSpotPrices(strings.NewReader(text), start, zones, "linux"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// Whatever a file of Spot prices holds, it has an answer, in the order of time.
func FuzzSpotPrices(f *testing.F) {
	f.Add(spotHistory)
	f.Add("Timestamp,InstanceType,SpotPrice\n0,m5.large,0.03\n")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := readSpotPrices(strings.NewReader(text), 0, []string{"a"}, "linux")
		if err != nil {
			return
		}
		for _, s := range all {
			for i, p := range s.Step {
				if p.Price <= 0 && p.Price != 0 || i > 0 && p.At < s.Step[i-1].At {
					t.Fatalf("%+v", s)
				}
			}
		}
	})
}
