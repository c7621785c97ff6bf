package billing

import "math/big"

// Surplus prices CPU credits beyond what was earned, given in vCPU-nanoseconds, at
// a price a vCPU-hour. The product exceeds 64 bits; it is rounded once, half up.
func Surplus(vcpuNanos int64, price USD) USD {
	const hour = 3_600_000_000_000
	n := new(big.Int).Mul(big.NewInt(vcpuNanos), big.NewInt(int64(price)))
	n.Add(n, big.NewInt(hour/2))
	return USD(n.Div(n, big.NewInt(hour)).Int64())
}

// Surplus prices surplus CPU credits, discount taken off.
func (c *Config) Surplus(vcpuNanos int64, price USD) USD {
	return c.off(float64(Surplus(vcpuNanos, price)))
}
