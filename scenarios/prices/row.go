package prices

// row is a price of a list with what it is for, in AWS's words: a line of the CSV, or a
// rate of the JSON with its product.
type row struct {
	term, length, option, class  string // "OnDemand" or "Reserved", "1yr", "No Upfront", "standard"
	begin, unit, price, currency string
	product
}

// product is what is sold.
type product struct {
	family, region, place              string // place: "AWS Region"
	kind, vcpu, memory                 string
	system, tenancy, software, licence string
	capacity, market                   string // "Used", "OnDemand"
	usage, operation                   string
	volume                             string // "gp3"
}

// isInstance reports whether a product is an instance as a group launches it.
func (p *product) isInstance() (of string, is bool) {
	if p.family != "Compute Instance" && p.family != "Compute Instance (bare metal)" {
		return "", false
	}
	system, tenancy := systemOf(p.system), tenancyOf(p.tenancy)
	if system == "" || tenancy == "" || p.software != "" && p.software != "NA" || p.licence == "Bring your own license" ||
		p.capacity != "" && p.capacity != "Used" || p.market != "" && p.market != "OnDemand" {
		return "", false
	}
	return system + "/" + tenancy, true
}

// kept reports whether anything of a product is kept.
func (p *product) kept() bool {
	if p.place != "" && p.place != "AWS Region" {
		return false // Local Zones and Wavelength Zones have prices of their own
	}
	if _, is := p.isInstance(); is {
		return true
	}
	switch p.family {
	case "Load Balancer-Application":
		return usages.balancer.MatchString(p.usage) || usages.lcu.MatchString(p.usage)
	case "Metric":
		return usages.metric.MatchString(p.usage)
	case "Storage":
		return usages.volume.MatchString(p.usage)
	case "CPU Credits":
		return usages.credits.MatchString(p.usage) && systemOf(p.system) != ""
	}
	return false
}

// row keeps the price of a row.
func (c *collector) row(r *row) error {
	if !r.kept() {
		return nil
	}
	if r.currency != "" && r.currency != "USD" {
		c.skip("prices in " + currencyName(r.currency))
		return nil
	}
	region, ok := c.wants(r.region)
	if !ok {
		return nil
	}
	price, err := priceOf(r.price)
	if err != nil {
		return err
	}
	if of, is := r.isInstance(); is {
		f := fact{region: region, of: of, name: r.kind, vcpu: int(number(r.vcpu)), memory: number(r.memory), price: price}
		if f.vcpu > MaxVCPU || f.memory > MaxMemory {
			return nil
		}
		switch r.term {
		case "OnDemand":
			f.kind = "on_demand"
		case "Reserved":
			kind := map[string]string{"standard": "reserved", "convertible": "convertible"}[r.class]
			term := years(r.length)
			if f.kind = committed(kind, term, paymentOf(r.option)); f.kind == "" {
				return nil
			}
			if r.unit == "Quantity" { // paid upfront, once
				f.kind, f.price = f.kind+upfront, f.price/(float64(term)*hoursAYear)
			}
		default:
			return nil
		}
		return c.instance(f)
	}
	if r.term != "OnDemand" || !(price > 0 && price <= MaxPrice) || r.begin != "" && r.begin != "0" {
		return nil
	}
	g := &c.region(region).c
	switch r.family {
	case "Load Balancer-Application":
		if usages.lcu.MatchString(r.usage) {
			g.LCUHour = price
		} else {
			g.BalancerHour = price
		}
	case "Metric":
		g.MetricMonth = price
	case "Storage":
		g.Volumes[usages.volume.FindStringSubmatch(r.usage)[1]] = price
	case "CPU Credits":
		g.Credits[systemOf(r.system)+"/"+usages.credits.FindStringSubmatch(r.usage)[1]] = price
	}
	return nil
}

// hoursAYear is that of AWS's terms: 365 days.
const hoursAYear = 8760
