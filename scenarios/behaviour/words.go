package behaviour

import (
	"regexp"
	"strconv"
	"strings"

	"asgsim/scenarios/series"
)

// meaning is what the name of a series says.
type meaning struct {
	metric   Metric
	stat     Stat
	rate     bool    // its values are a second's
	seconds  float64 // of one unit of a response time; 0: it does not say
	percent  float64 // of one unit of a utilization: 0.01 or 1; 0: it does not say
	exported bool    // a count of CloudWatch's by way of Prometheus
	wrong    string  // a statistic that says nothing of this metric, with the remedy
}

// known are the words that name a metric, without what is no letter or digit; the first
// that a name holds counts.
var known = [...]struct {
	word   string
	metric Metric
}{
	{"requestcountpertarget", RequestsPerTarget}, {"requestspertarget", RequestsPerTarget},
	{"httpcodetarget5xx", TargetErrors}, {"target5xx", TargetErrors}, {"httpcodebackend5xx", TargetErrors},
	{"httpcodeelb5", BalancerErrors}, {"elb5xx", BalancerErrors}, {"httpcode", OtherCodes},
	{"unhealthyhost", UnhealthyHostCount}, {"healthyhost", HealthyHostCount},
	{"groupinservice", InServiceInstances}, {"inserviceinstances", InServiceInstances}, {"inservicecapacity", InServiceInstances},
	{"groupdesired", DesiredCapacity}, {"desiredcapacity", DesiredCapacity},
	{"targetresponsetime", TargetResponseTime}, {"requestcount", RequestCount}, {"cpuutilization", CPUUtilization}, {"cpuutilisation", CPUUtilization},
	// What other tools call them.
	{"5xx", TargetErrors}, {"responsetime", TargetResponseTime}, {"latency", TargetResponseTime}, {"requestduration", TargetResponseTime}, {"duration", TargetResponseTime},
	{"unhealthy", UnhealthyHostCount}, {"healthy", HealthyHostCount}, {"inservice", InServiceInstances}, {"desired", DesiredCapacity},
	{"requestspersecond", RequestCount}, {"requests", RequestCount}, {"rps", RequestCount}, {"reqs", RequestCount}, {"httpreq", RequestCount},
	{"cpuhottest", None}, // of asgsim's timeline.csv: of one instance; its other columns are those below
	{"cpu", CPUUtilization}, {"instances", InServiceInstances}, {"capacity", InServiceInstances},
	{"offered", RequestCount}, {"routed", HealthyHostCount},
}

var (
	percentileWord = regexp.MustCompile(`(?i)(?:^|[^a-z0-9])(?:m_|q_)?t?p[ _-]?(\d{1,2})(?:[._](\d{1,2}))?(?:$|[^0-9a-z]|_)`)
	shareWord      = regexp.MustCompile(`(?i)quantile[ =_]*0?\.(\d+)`)
	statWord       = regexp.MustCompile(`(?i)(?:^|[^a-z])(average|avg|mean|sum|maximum|minimum|max|min|samplecount)(?:$|[^a-z])`)
	milliWord      = regexp.MustCompile(`(?i)(?:^|[^a-z])(ms|msec|millis|milliseconds)(?:$|[^a-z])`)
	microWord      = regexp.MustCompile(`(?i)(?:^|[^a-z])(us|µs|microseconds)(?:$|[^a-z])`)
	secondWord     = regexp.MustCompile(`(?i)(?:^|[^a-z/])(s|sec|secs|seconds)(?:$|[^a-z])`)
	percentWord    = regexp.MustCompile(`(?i)%|percent|pct`)
)

// squeezed is a name's letters and digits, in small letters.
func squeezed(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(name))
}

// mean finds out what a name says; the statistic and unit that the file gives apart come
// first.
func mean(name, stat, unit string) meaning {
	var m meaning
	text := squeezed(name)
	for _, k := range known {
		if strings.Contains(text, squeezed(k.word)) {
			m.metric = k.metric
			break
		}
	}
	said := stat + " " + name
	if m.stat = percentile(said); m.metric == None && m.stat.Percentile > 0 {
		m.metric = TargetResponseTime
	}
	if s := statWord.FindStringSubmatch(said); s != nil && m.stat.Percentile == 0 {
		m.wrong = fits(m.metric, strings.ToLower(s[1]))
	}
	units := unit + " " + name
	switch {
	case milliWord.MatchString(units):
		m.seconds = 1e-3
	case microWord.MatchString(units):
		m.seconds = 1e-6
	case secondWord.MatchString(units):
		m.seconds = 1
	}
	if percentWord.MatchString(units) {
		m.percent = 0.01
	}
	m.rate = series.Rated(units)
	return m
}

// percentile reads p99, p99.9, tp99 or quantile=0.99.
func percentile(name string) Stat {
	if m := percentileWord.FindStringSubmatch(name); m != nil {
		v, err := strconv.ParseFloat(m[1]+"."+m[2]+"0", 64)
		if err == nil && v > 0 && v < 100 {
			return Stat{v}
		}
	}
	if m := shareWord.FindStringSubmatch(name); m != nil {
		if v, err := strconv.ParseFloat("0."+m[1], 64); err == nil && v > 0 && v < 1 {
			return Stat{float64(int(v*1e6+0.5)) / 1e4}
		}
	}
	return Stat{}
}

// fits says what is wrong with a statistic of a metric, empty if nothing.
func fits(m Metric, stat string) string {
	switch stat {
	case "avg", "mean":
		stat = "average"
	case "max":
		stat = "maximum"
	case "min":
		stat = "minimum"
	}
	switch {
	case m == None:
	case (m == RequestCount || m == TargetErrors || m == BalancerErrors) && (stat == "average" || stat == "maximum" || stat == "minimum"):
		return "the " + stat + " of " + m.String() + " says nothing (each report counts 1 request or a few): ask for Sum"
	case !m.counted() && stat == "sum" && m != None:
		return "the sum of " + m.String() + " is no level: ask for Average"
	case (m == CPUUtilization || m == TargetResponseTime) && (stat == "maximum" || stat == "minimum" || stat == "samplecount"):
		return "the " + stat + " of " + m.String() + " is not used: ask for Average, or for percentiles of TargetResponseTime"
	}
	return ""
}
