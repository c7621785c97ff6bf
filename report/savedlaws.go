package report

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"asgsim/sim/account"
)

// consistent checks what the fields of a saved result say of each other.
func (d *Document) consistent() error {
	s := &d.Setup
	switch {
	case len(d.Inputs.SHA256) != 64 || strings.Trim(d.Inputs.SHA256, "0123456789abcdef") != "":
		return errors.New("has an inputs.sha256 that is none")
	case s.WarmUpS < 0 || s.DurationS <= s.WarmUpS || s.DurationS > 3660*86400:
		return fmt.Errorf("has a run of %g s with a warm-up of %g s", s.DurationS, s.WarmUpS)
	}
	for _, law := range [...]func(*Document) error{savedRequests, savedSLO, savedCapacity, savedLatency, savedCost, savedSavings} {
		if err := law(d); err != nil {
			return err
		}
	}
	return nil
}

// agree reports whether two figures agree but for rounding.
func agree(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b))+1e-6 }

func savedRequests(d *Document) error {
	r := &d.Summary.Requests
	done := r.Offered - r.InFlight
	switch {
	case r.Served+r.Failed+r.InFlight != r.Offered:
		return fmt.Errorf("has %d requests offered, but %d served + %d failed + %d in flight", r.Offered, r.Served, r.Failed, r.InFlight)
	case r.Good+r.Slow != r.Served:
		return fmt.Errorf("has %d requests served, but %d good + %d slow", r.Served, r.Good, r.Slow)
	case (r.GoodShare == nil) != (done == 0), r.GoodShare != nil && !agree(*r.GoodShare, float64(r.Good)/float64(done)):
		return fmt.Errorf("has %d of %d requests good, but another share", r.Good, done)
	}
	return nil
}

func savedSLO(d *Document) error {
	o, share := &d.Summary.SLO, d.Summary.Requests.GoodShare
	met := float64(o.BreachedMinutes) <= o.AllowedMinutes
	if share != nil && math.Abs(*share-o.Good) < 1e-9 {
		met = met && o.Met // rounding decides
	} else if share != nil {
		met = met && *share >= o.Good
	}
	switch {
	case float64(o.BreachedMinutes) > d.Setup.DurationS/60+1:
		return fmt.Errorf("has %d minutes breached in a run of %g s", o.BreachedMinutes, d.Setup.DurationS)
	case met != o.Met:
		return fmt.Errorf("has summary.slo.met %v, which its share and its minutes deny", o.Met)
	}
	return nil
}

func savedCapacity(d *Document) error {
	c := &d.Summary.Capacity.InService
	if c.Min > c.Max || c.Mean > float64(c.Max)*1.000001 || c.Mean < float64(c.Min)*0.999999 {
		return fmt.Errorf("has %d to %d instances in service, %g on average", c.Min, c.Max, c.Mean)
	}
	return nil
}

func savedLatency(d *Document) error {
	all := &d.Summary.LatencyAll
	for _, l := range [...]account.Latency{d.Summary.Latency, d.Summary.TargetResponse, {P50: all.P50, P90: all.P90, P95: all.P95, P99: all.P99, P999: all.P999}} {
		last := 0.0
		for _, p := range [...]*float64{l.P50, l.P90, l.P95, l.P99, l.P999, l.Max} {
			switch {
			case p == nil:
				continue
			case *p < last*0.98: // percentiles are to 1 %, the highest is exact
				return fmt.Errorf("has percentiles of latency out of order: %g s after %g s", *p, last)
			case *p > d.Setup.DurationS*1.02:
				return fmt.Errorf("has a latency of %g s in a run of %g s", *p, d.Setup.DurationS)
			}
			last = *p
		}
		if l.Mean != nil && l.Max != nil && *l.Mean > *l.Max*1.000001 {
			return fmt.Errorf("has a mean latency of %g s, and %g s at most", *l.Mean, *l.Max)
		}
	}
	return nil
}

// dearest is the highest price of an instance-hour that a scenario may have, in USD.
const dearest = 1e6

func savedCost(d *Document) error {
	c, s := &d.Summary.Cost, &d.Setup
	days := (s.DurationS - s.WarmUpS) / 86400
	switch {
	case !agree(c.Total, c.EC2+c.LoadBalancer+c.Monitoring+c.Storage):
		return fmt.Errorf("has a total of $%g, but parts of $%g", c.Total, c.EC2+c.LoadBalancer+c.Monitoring+c.Storage)
	case !agree(c.PerDay, c.Total/days), !agree(c.EC2PerDay, c.EC2/days):
		return fmt.Errorf("has $%g in %g days, but $%g a day", c.Total, days, c.PerDay)
	case c.EC2-c.SurplusCredits > dearest*d.Summary.InstanceHours*1.000001+1e-6:
		return fmt.Errorf("has $%g for %g instance-hours", c.EC2, d.Summary.InstanceHours)
	}
	return nil
}

func savedSavings(d *Document) error {
	for _, s := range d.Summary.Savings {
		if !agree(s.USD, s.BaselineUS-d.Summary.Cost.EC2) {
			return fmt.Errorf("saves $%g of $%g with an EC2 cost of $%g", s.USD, s.BaselineUS, d.Summary.Cost.EC2)
		}
	}
	return nil
}
