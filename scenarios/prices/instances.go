package prices

import (
	"encoding/json"
	"slices"
	"strings"
)

// listedType is an instance type of ec2instances.info's list.
type listedType struct {
	Name    string                                `json:"instance_type"`
	VCPU    amount                                `json:"vCPU"`
	Memory  amount                                `json:"memory"`
	Pricing map[string]map[string]json.RawMessage `json:"pricing"` // by region and system
}

// listedPrice is what a type costs in a region with an operating system.
type listedPrice struct {
	OnDemand     amount            `json:"ondemand"`
	Reserved     map[string]amount `json:"reserved"`
	SpotAverage  amount            `json:"spot_avg"`
	SpotSaving   amount            `json:"pct_savings_od"`
	Interruption string            `json:"pct_interrupt"`
}

// amount is a number, or a text that is one; 0 where it is none ("N/A").
type amount float64

// UnmarshalJSON implements json.Unmarshaler.
func (a *amount) UnmarshalJSON(text []byte) error {
	*a = amount(number(strings.Trim(string(text), `"`)))
	return nil
}

// listedSystems are ec2instances.info's names of the operating systems.
var listedSystems = map[string]string{"linux": "linux", "mswin": "windows", "rhel": "rhel", "sles": "suse"}

// readTypes reads an array of instance types.
func (c *collector) readTypes(s *stream) error {
	c.kind = "ec2instances"
	return s.items(func() error {
		var t listedType
		if err := s.next(&t); err != nil {
			return err
		}
		if t.VCPU > MaxVCPU || t.Memory > MaxMemory {
			return nil
		}
		for region, systems := range t.Pricing {
			region, ok := c.wants(region)
			if !ok || region == "" {
				continue
			}
			for system, text := range systems {
				of, known := listedSystems[system]
				var p listedPrice
				if !known || json.Unmarshal(text, &p) != nil {
					continue
				}
				if err := c.listed(&t, fact{region: region, of: of + "/shared", name: t.Name, vcpu: int(t.VCPU), memory: float64(t.Memory)}, &p); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// listed keeps the prices of a type.
func (c *collector) listed(t *listedType, f fact, p *listedPrice) error {
	f.kind, f.price = "on_demand", float64(p.OnDemand)
	if err := c.instance(f); err != nil || f.price == 0 {
		return err
	}
	for name, price := range p.Reserved {
		if f.kind = listedCommitment(name); f.kind == "" {
			continue
		}
		f.price = float64(price)
		if err := c.instance(f); err != nil {
			return err
		}
	}
	region := c.regions[f.region]
	if region == nil {
		return nil // nothing of it was kept: the type has no name
	}
	x := region.terms[t.Name+"\x00"+f.of]
	if x == nil {
		return nil
	}
	switch average := float64(p.SpotAverage); {
	case average > 0 && average <= float64(p.OnDemand):
		x.SpotSaving = min(1-average/float64(p.OnDemand), 0.99)
	case p.SpotSaving > 0 && p.SpotSaving < 100:
		x.SpotSaving = min(float64(p.SpotSaving)/100, 0.99)
	}
	if i := slices.Index(bands[:], p.Interruption); i >= 0 {
		x.Interruption = [...]float64{0.03, 0.075, 0.125, 0.175, 0.30}[i]
	}
	return nil
}

// bands are those of the share of instances reclaimed in a month, as the Spot Instance
// advisor has them; what stands for each is what package ec2 takes for it.
var bands = [...]string{"<5%", "5-10%", "10-15%", "15-20%", ">20%"}

// listedCommitment reads "yrTerm1Standard.noUpfront"; empty where it is none.
func listedCommitment(name string) string {
	what, payment, _ := strings.Cut(name, ".")
	for kind, words := range map[string]string{"reserved": "Standard", "convertible": "Convertible", "compute": "Savings", "instance": "InstanceSavings"} {
		for _, term := range [...]int{1, 3} {
			if what == map[int]string{1: "yrTerm1", 3: "yrTerm3"}[term]+words {
				return committed(kind, term, paymentOf(payment))
			}
		}
	}
	return ""
}
