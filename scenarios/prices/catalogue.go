package prices

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
)

// Schema names the shape of a catalogue's file.
const Schema = "asgsim.prices/v1"

// Catalogue is what a region costs, in US dollars.
type Catalogue struct {
	Schema  string   `json:"schema"`
	Region  string   `json:"region"`
	Date    string   `json:"date"` // of the list of instances, "2026-11-01"; of another one where there is none
	Sources []Source `json:"sources"`
	Types   []Type   `json:"types"` // by name
	// BalancerHour and LCUHour are those of an Application Load Balancer; 0: not known.
	BalancerHour float64 `json:"balancer_hour,omitempty"`
	LCUHour      float64 `json:"lcu_hour,omitempty"`
	// MetricMonth is a metric's of CloudWatch, of the first ten thousand; 0: not known.
	MetricMonth float64 `json:"metric_month,omitempty"`
	// Volumes are the prices of a GB-month of EBS, by kind ("gp3").
	Volumes map[string]float64 `json:"volumes,omitempty"`
	// Credits are the prices of a vCPU-hour of surplus CPU credits, by operating system
	// and family ("linux/t3").
	Credits map[string]float64 `json:"credits,omitempty"`
}

// Source is a list that was read.
type Source struct {
	Name string `json:"name"` // of the file
	Kind string `json:"kind"` // "AmazonEC2", "AWSComputeSavingsPlan", "ec2instances"
	Date string `json:"date"`
}

// Type is an instance type.
type Type struct {
	Name      string  `json:"name"`
	VCPU      int     `json:"vcpu,omitempty"`       // 0: the lists did not say
	MemoryGiB float64 `json:"memory_gib,omitempty"` // 0: the lists did not say
	Terms     []Terms `json:"terms"`                // by Of
}

// Terms is what an instance-hour costs with an operating system, on a tenancy.
type Terms struct {
	Of       string  `json:"of"`                  // "linux/shared"
	OnDemand float64 `json:"on_demand,omitempty"` // 0: not known
	// Committed are the prices of an hour for those who commit themselves, what is paid
	// upfront spread over the term: by "kind/term/payment", as "reserved/1y/no_upfront".
	Committed map[string]float64 `json:"committed,omitempty"`
	// SpotSaving is the share of the price on demand that Spot saves on average,
	// Interruption the share of instances reclaimed in a month; 0: not known.
	SpotSaving   float64 `json:"spot_saving,omitempty"`
	Interruption float64 `json:"interruption,omitempty"`
}

// The operating systems and tenancies of a catalogue.
var (
	OperatingSystems = [...]string{"linux", "windows", "rhel", "suse"}
	Tenancies        = [...]string{"shared", "dedicated"}
)

// Type returns the type called name.
func (c *Catalogue) Type(name string) (Type, bool) {
	i, ok := slices.BinarySearchFunc(c.Types, name, func(t Type, name string) int { return compare(t.Name, name) })
	if !ok {
		return Type{}, false
	}
	return c.Types[i], true
}

// Under returns the terms of an operating system on a tenancy.
func (t *Type) Under(system, tenancy string) (Terms, bool) {
	for _, x := range t.Terms {
		if x.Of == system+"/"+tenancy {
			return x, true
		}
	}
	return Terms{}, false
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Write writes a catalogue.
func (c *Catalogue) Write(w io.Writer) error {
	return json.NewEncoder(w).Encode(c)
}

// MaxCatalogue is the most bytes of a catalogue's file.
const MaxCatalogue = 64 << 20

var (
	regionName = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$`)
	dateName   = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
)

// IsRegion reports whether a text is the name of a region, as AWS names them.
func IsRegion(s string) bool { return len(s) <= 32 && regionName.MatchString(s) }

// Parse reads a catalogue, and believes no price that is none.
func Parse(r io.Reader) (*Catalogue, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxCatalogue+1))
	if err != nil {
		return nil, err
	}
	if len(text) > MaxCatalogue {
		return nil, fmt.Errorf("is larger than %d bytes", MaxCatalogue)
	}
	var c Catalogue
	if err := json.Unmarshal(text, &c); err != nil || c.Schema != Schema {
		return nil, errors.New("is not a catalogue that asgsim prices import has written; make it with asgsim prices import")
	}
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("is damaged: %w; make it anew with asgsim prices import", err)
	}
	return &c, nil
}

func (c *Catalogue) check() error {
	if !IsRegion(c.Region) || !dateName.MatchString(c.Date) {
		return errors.New("its region or date is none")
	}
	all := []float64{c.BalancerHour, c.LCUHour, c.MetricMonth}
	for _, v := range c.Volumes {
		all = append(all, v)
	}
	for _, v := range c.Credits {
		all = append(all, v)
	}
	for i, t := range c.Types {
		if i > 0 && c.Types[i-1].Name >= t.Name {
			return fmt.Errorf("type %d is not in order", i+1)
		}
		if t.VCPU < 0 || t.VCPU > MaxVCPU || t.MemoryGiB < 0 || t.MemoryGiB > MaxMemory || len(t.Name) > longestType {
			return fmt.Errorf("type %d is of an impossible size", i+1)
		}
		for _, x := range t.Terms {
			if all = append(all, x.OnDemand); x.SpotSaving < 0 || x.SpotSaving > 0.99 || x.Interruption < 0 || x.Interruption > 0.999 {
				return fmt.Errorf("type %d has impossible terms of Spot", i+1)
			}
			for _, v := range x.Committed {
				all = append(all, v)
			}
		}
	}
	if slices.ContainsFunc(all, func(v float64) bool { return math.IsNaN(v) || v < 0 || v > MaxPrice }) {
		return errors.New("a price is none")
	}
	return nil
}

// What a type may be, and an hour may cost.
const (
	MaxVCPU     = 4096
	MaxMemory   = 1 << 17 // GiB
	MaxPrice    = 100_000 // dollars
	longestType = 48
)
