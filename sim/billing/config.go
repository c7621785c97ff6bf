package billing

// Config is what usage costs. Prices are on demand, us-east-1, Linux, unless the
// user gave others.
type Config struct {
	Discount float64 // share taken off every line, 0 to 1
	// NoBalancer: there is no load balancer, and no line for one.
	NoBalancer bool
	// BalancerHour and LCUHour are the load balancer's two prices.
	BalancerHour, LCUHour USD
	// MonitoringHour is detailed monitoring an instance-hour: 7 metrics at $0.30 a
	// month of 730 hours; 0 with basic monitoring.
	MonitoringHour USD
	// FineHour is what metrics with periods below a minute cost an instance-hour:
	// custom metrics, at $0.30 each for a month of 730 hours ("Amazon CloudWatch
	// pricing", us-east-1, the first ten thousand); 0 without any.
	FineHour USD
	// Volume is the size of an instance's volume in GiB and VolumeMonth the price of a
	// GiB for a month of 730 hours. Only members of a warm pool are charged: the
	// volumes of the others are on no line.
	Volume      float64
	VolumeMonth USD

	// What a request means in LCUs.
	RequestBytes, ResponseBytes float64 // a request
	RequestsPerConnection       float64
	ConnectionSeconds           float64 // how long a connection stays open
	Rules                       int     // listener rules evaluated a request; the first 10 are free
}
