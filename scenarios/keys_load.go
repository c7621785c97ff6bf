package scenarios

// loadKeys documents [load.N.KIND].
func loadKeys() []Key {
	out := []Key{
		{Path: "load.N.constant.rate", Type: Rate, Required: true, Min: `"0/s"`, Max: `"10000000/s"`, Doc: "Requests per time, always."},

		{Path: "load.N.day_night.trough", Type: Rate, Required: true, Min: `"0/s"`, Max: `"10000000/s"`, Doc: "Rate at the quietest time of the local day."},
		{Path: "load.N.day_night.trough_at", Type: Clock, Default: `"03:00"`, Doc: "Local time of the trough."},
		{Path: "load.N.day_night.peak", Type: Rate, Required: true, Min: `"0/s"`, Max: `"10000000/s"`, Doc: "Rate at the busiest time of the local day."},
		{Path: "load.N.day_night.peak_at", Type: Clock, Default: `"14:00"`, Doc: "Local time of the peak."},
		{Path: "load.N.day_night.weekend", Type: Share, Default: `"100%"`, Min: `"0%"`, Max: `"1000%"`, Doc: "Trough and peak of Saturday and Sunday as a share of the weekday ones; the curve runs over into the weekend without a jump."},
		{Path: "load.N.day_night.shape", Type: Choice, Choices: []string{"smooth", "plateau"}, Default: `"smooth"`, Doc: "smooth: cosine waves from trough to peak and back. plateau: level for a third of the way at both ends, straight between."},

		{Path: "load.N.hourly.rates", Type: Rates, Required: true, Doc: "24 rates from 00:00 of every local day, or 168 from Monday 00:00. The hour missing in spring has none of its requests, the one repeated in autumn has them twice."},
		{Path: "load.N.hourly.shape", Type: Choice, Choices: []string{"step", "linear"}, Default: `"step"`, Doc: "step: each rate holds for its hour. linear: straight lines between the beginnings of the hours."},

		{Path: "load.N.ramp.from", Type: Rate, Required: true, Min: `"0/s"`, Max: `"10000000/s"`, Doc: "Rate before the ramp."},
		{Path: "load.N.ramp.to", Type: Rate, Required: true, Min: `"0/s"`, Max: `"10000000/s"`, Doc: "Rate after the ramp."},
		{Path: "load.N.ramp.at", Type: When, Default: `"0s"`, Doc: "Instant at which the ramp begins."},
		{Path: "load.N.ramp.over", Type: Duration, Absent: "to the end of the run", Min: `"0s"`, Doc: "Length of the ramp, a straight line; \"0s\" is a step."},

		{Path: "load.N.spike.at", Type: When, Required: true, Doc: "Instant at which the spike begins."},
		{Path: "load.N.spike.add", Type: Rate, Required: true, Min: `"0/s"`, Max: `"10000000/s"`, Doc: "Rate at the top of the spike; before and after it the load is silent."},
		{Path: "load.N.spike.rise", Type: Duration, Default: `"0s"`, Min: `"0s"`, Doc: "Straight line from nothing to the top."},
		{Path: "load.N.spike.hold", Type: Duration, Default: `"0s"`, Min: `"0s"`, Doc: "How long the load stays at the top."},
		{Path: "load.N.spike.decay", Type: Duration, Default: `"0s"`, Min: `"0s"`, Doc: "Straight line from the top back to nothing."},

		{Path: "load.N.trace.file", Type: Text, Required: true, Sample: `"requests.csv"`, Doc: "CSV with a header; its first column holds times, RFC 3339 or seconds, of the beginnings of the bins. The path is relative to the scenario's folder."},
		{Path: "load.N.trace.column", Type: Text, Absent: "the second", Doc: "Header of the column with the values."},
		{Path: "load.N.trace.values", Type: Choice, Choices: []string{"count", "rate"}, Required: true, Doc: "count: requests in the bin. rate: requests per second."},
		{Path: "load.N.trace.counts", Type: Choice, Choices: []string{"poisson", "exact"}, Default: `"poisson"`, Doc: "poisson: the recorded rate with the noise of independent users. exact: that many requests in every bin, uniform inside it."},
		{Path: "load.N.trace.scale", Type: Number, Default: "1", Above: "0", Max: "1000000", Doc: "Multiplies every value."},
		{Path: "load.N.trace.start", Type: When, Absent: "what its own times say", Doc: "Instant of the run at which the first bin falls."},
		{Path: "load.N.trace.repeat", Type: Again, Default: "false", Doc: "true: played again and again to the end of the run. A duration is the period, at least the trace's span."},
		{Path: "load.N.trace.gaps", Type: Choice, Choices: optionNames(enum(gapZero)), Default: `"error"`, Doc: "What a missing bin means: a problem to be told about, the bin before it going on, or silence."},
		{Path: "load.N.trace.bin", Type: Duration, Absent: "the most common distance between times", Above: `"0s"`, Doc: "Length of a bin; what goes beyond one and a half of it is a gap."},
	}
	for _, kind := range loadKinds {
		p := "load.N." + kind + "."
		if kind != "trace" {
			out = append(out, Key{Path: p + "arrivals", Type: Arrival, Default: `"poisson"`, Doc: "poisson: independent users. regular: evenly spaced. { bursty = { idc = 8, cycle = \"30s\" } }: bunched, variance / mean of counts over long windows = idc."})
		}
		out = append(out,
			Key{Path: p + "growth", Type: Growth, Absent: "none", Doc: "Compound growth since the start: \"2%/week\" (day, week, month of 730 h, year of 8760 h), in steps of an hour."},
			Key{Path: p + "noise", Type: Noisy, Absent: "none", Doc: "Seeded lognormal factor of mean 1: \"10%\" is its coefficient of variation, drawn anew every minute from the seed of the run: replications meet different loads, the variants of one replication the same; { cv = \"10%\", every = \"5m\" }."})
	}
	return out
}

// loadKinds are the load curves in the order of the documentation.
var loadKinds = [...]string{"constant", "day_night", "hourly", "ramp", "spike", "trace"}
