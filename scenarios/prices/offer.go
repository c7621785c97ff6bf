package prices

import (
	"encoding/json"

	"asgsim/report/clean"
)

// offer is a list of AWS's as JSON: products first, then their prices.
type offer struct {
	*collector
	region   string // of a list of savings plans
	products map[string]product
	plans    map[string]plan
}

// plan is a savings plan that is for sale.
type plan struct {
	family, option string
	years          int
}

// readOffer reads a list of AWS's.
func (c *collector) readOffer(s *stream) error {
	o := offer{collector: c, products: map[string]product{}, plans: map[string]plan{}}
	return s.each(func(name string) error {
		switch name {
		case "offerCode":
			var text string
			err := s.next(&text)
			c.kind = clean.Short(text, 40)
			return err
		case "publicationDate":
			var text string
			err := s.next(&text)
			c.date = dayOf(text)
			return err
		case "regionCode":
			err := s.next(&o.region)
			if !IsRegion(o.region) {
				o.region = ""
			}
			return err
		case "products":
			return o.readProducts(s)
		case "terms":
			return o.readTerms(s)
		}
		return s.skip()
	})
}

// soldProduct is a product, in AWS's words.
type soldProduct struct {
	SKU           string            `json:"sku"`
	ProductFamily string            `json:"productFamily"`
	Attributes    map[string]string `json:"attributes"`
}

// readProducts reads what is sold: by SKU, or, of savings plans, a list.
func (o *offer) readProducts(s *stream) error {
	one := func() error {
		var p soldProduct
		if err := s.next(&p); err != nil {
			return err
		}
		return o.keep(&p)
	}
	t, err := s.token()
	if err != nil {
		return err
	}
	list := t == json.Delim('[')
	if !list && t != json.Delim('{') {
		return nil
	}
	for s.More() {
		if !list {
			if _, err := s.token(); err != nil {
				return err
			}
		}
		if err := one(); err != nil {
			return err
		}
	}
	_, err = s.token()
	return err
}

// keep remembers a product of which a price may be kept.
func (o *offer) keep(p *soldProduct) error {
	if len(o.products)+len(o.plans) > MaxPrices || len(p.SKU) > 64 {
		return errTooMany
	}
	a := p.Attributes
	if planOf(p.ProductFamily) != "" {
		o.plans[p.SKU] = plan{p.ProductFamily, a["purchaseOption"], years(a["purchaseTerm"])}
		return nil
	}
	x := product{
		family: p.ProductFamily, region: a["regionCode"], place: a["locationType"],
		kind: a["instanceType"], vcpu: a["vcpu"], memory: a["memory"],
		system: a["operatingSystem"], tenancy: a["tenancy"], software: a["preInstalledSw"], licence: a["licenseModel"],
		capacity: a["capacitystatus"], market: a["marketoption"], usage: a["usagetype"], operation: a["operation"], volume: a["volumeApiName"],
	}
	if !x.kept() {
		return nil
	}
	if o.o.Region != "" && x.region != "" && x.region != o.o.Region {
		return nil
	}
	o.products[p.SKU] = x
	return nil
}

// readTerms reads the prices.
func (o *offer) readTerms(s *stream) error {
	return s.each(func(term string) error {
		switch term {
		case "OnDemand", "Reserved":
			return s.each(func(sku string) error {
				p, ok := o.products[sku]
				if !ok {
					return s.skip()
				}
				return o.readPrices(s, term, p)
			})
		case "savingsPlan":
			return s.items(func() error { return o.readPlan(s) })
		}
		return s.skip()
	})
}

// offered is one offer of a product, in AWS's words.
type offered struct {
	PriceDimensions map[string]struct {
		Unit         string            `json:"unit"`
		BeginRange   string            `json:"beginRange"`
		PricePerUnit map[string]string `json:"pricePerUnit"`
	} `json:"priceDimensions"`
	TermAttributes struct {
		LeaseContractLength, OfferingClass, PurchaseOption string
	} `json:"termAttributes"`
}

// readPrices reads the offers of one product.
func (o *offer) readPrices(s *stream, term string, p product) error {
	return s.each(func(string) error {
		var f offered
		if err := s.next(&f); err != nil {
			return err
		}
		for _, d := range f.PriceDimensions {
			t := f.TermAttributes
			r := row{term: term, length: t.LeaseContractLength, option: t.PurchaseOption, class: t.OfferingClass, begin: d.BeginRange, unit: d.Unit, product: p}
			usd, ok := d.PricePerUnit["USD"]
			if !ok {
				for r.currency = range d.PricePerUnit {
				}
			}
			r.price = usd
			if err := o.row(&r); err != nil {
				return err
			}
		}
		return nil
	})
}

// readPlan reads the rates of one savings plan.
func (o *offer) readPlan(s *stream) error {
	var p plan
	return s.each(func(name string) error {
		switch name {
		case "sku":
			var sku string
			if err := s.next(&sku); err != nil {
				return err
			}
			p = o.plans[sku]
			return nil
		case "rates":
			if p.years == 0 {
				return s.skip()
			}
			return s.items(func() error {
				var x struct {
					DiscountedUsageType, DiscountedOperation, DiscountedRegionCode, DiscountedInstanceType string
					DiscountedRate                                                                         struct{ Price, Currency string }
				}
				if err := s.next(&x); err != nil {
					return err
				}
				if x.DiscountedRegionCode == "" {
					x.DiscountedRegionCode = o.region
				}
				return o.rate(&rate{family: p.family, region: x.DiscountedRegionCode, usage: x.DiscountedUsageType, operation: x.DiscountedOperation,
					kind: x.DiscountedInstanceType, years: p.years, option: p.option, price: x.DiscountedRate.Price, currency: x.DiscountedRate.Currency})
			})
		}
		return s.skip()
	})
}
