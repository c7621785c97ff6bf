package record

import (
	"fmt"

	"asgsim/sim/ec2"
)

// BillBasis says what the prices are: of which list and day, or the user's own.
func (c *Config) BillBasis() string {
	basis := fmt.Sprintf("on demand, %s, Linux, %s", ec2.PricesRegion, ec2.PricesDate)
	if c.Prices != "" {
		basis = c.Prices
	}
	if c.Template.OwnPrice {
		basis = "own price"
	}
	if d := c.Bill.Discount; d > 0 {
		basis += fmt.Sprintf(", less %.3g %%", 100*d)
	}
	return basis
}
