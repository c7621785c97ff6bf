package prices

// rate is what an hour costs under a savings plan, in AWS's words.
type rate struct {
	family, region, usage, operation, kind string
	years                                  int
	option, price, currency                string
}

// rate keeps the price of an instance-hour under a savings plan. What is paid upfront is
// in it already.
func (c *collector) rate(r *rate) error {
	kind := committed(planOf(r.family), r.years, paymentOf(r.option))
	system := systemOfOperation(r.operation)
	if kind == "" || system == "" {
		return nil
	}
	var tenancy, name string
	if m := usages.shared.FindStringSubmatch(r.usage); m != nil {
		tenancy, name = "shared", m[1]
	} else if m := usages.dedicated.FindStringSubmatch(r.usage); m != nil {
		tenancy, name = "dedicated", m[1]
	} else {
		return nil
	}
	if r.kind != "" {
		name = r.kind
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
	return c.instance(fact{region: region, kind: kind, of: system + "/" + tenancy, name: name, price: price})
}
