package record

// Processing is how long a worker is expected to take for a message that has the instance to
// itself, in seconds, and how many messages a second an instance of the first type deletes at
// most: what its vCPUs carry, or its workers.
func (c *Config) Processing() (seconds, perSecond float64) {
	cpu, wait := c.Classes[0].CPU.Mean()/c.Template.Speed, 0.0
	if w := c.Classes[0].Wait; w != nil {
		wait = w.Mean()
	}
	seconds = cpu + wait
	return seconds, min(float64(c.Template.Type.VCPU)/cpu, float64(c.Template.Workers)/seconds)
}

// ProcessingMost is how long a message may take, in seconds, with all workers of an instance
// busy: the p-quantiles of its work, which the workers share the vCPUs for, and of its wait.
func (c *Config) ProcessingMost(p float64) float64 {
	most := c.Classes[0].CPU.Quantile(p) / c.Template.Speed * max(1, float64(c.Template.Workers)/float64(c.Template.Type.VCPU))
	if w := c.Classes[0].Wait; w != nil {
		most += w.Quantile(p)
	}
	return most
}
