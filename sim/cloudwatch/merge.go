package cloudwatch

// Merge takes another datapoint of the same metric and statistic in: sums and counts add
// up, extremes stay extremes, averages are weighted by their samples. No percentile of an
// hour follows from those of its minutes: the highest stands.
func (p *Point) Merge(o Point, kind StatisticKind) {
	switch kind {
	case Sum, SampleCount:
		p.Value += o.Value
	case Minimum:
		p.Value = min(p.Value, o.Value)
	case Maximum, Percentile:
		p.Value = max(p.Value, o.Value)
	default:
		if all := float64(p.Samples + o.Samples); all > 0 {
			p.Value = (p.Value*float64(p.Samples) + o.Value*float64(o.Samples)) / all
		}
	}
	p.Samples += o.Samples
	p.Known = max(p.Known, o.Known)
}
