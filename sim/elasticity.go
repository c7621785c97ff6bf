package sim

import "math"

// Elasticity is how closely capacity followed what was needed: the measures of N.
// Herbst, S. Kounev and R. Reussner, "Elasticity in Cloud Computing: What It Is,
// and What It Is Not", ICAC 2013, as normalized by the SPEC research group
// ("Ready for Rain? A View from SPEC Research on the Future of Cloud Metrics",
// 2016). Supply is what is in service, demand what is needed for the SLO (an
// estimate); minutes without an answer are left out.
type Elasticity struct {
	// UnderAccuracy and OverAccuracy are the mean missing and surplus capacity,
	// relative to the demand; 0 is perfect.
	UnderAccuracy, OverAccuracy float64
	// UnderTimeshare and OverTimeshare are the shares of time with too little and
	// with too much.
	UnderTimeshare, OverTimeshare float64
	// Instability is the share of time in which supply and demand do not move in
	// the same direction.
	Instability float64
}

// elasticityOf measures what was in service against what was needed, row by row;
// NaN where no row has an answer.
func elasticityOf(inService []uint16, needed []int) Elasticity {
	var e Elasticity
	n, steps := 0.0, 0.0
	last := -1
	for i, need := range needed {
		if need <= 0 {
			continue
		}
		supply, demand := float64(inService[i]), float64(need)
		n++
		e.UnderAccuracy += math.Max(0, demand-supply) / demand
		e.OverAccuracy += math.Max(0, supply-demand) / demand
		if supply < demand {
			e.UnderTimeshare++
		} else if supply > demand {
			e.OverTimeshare++
		}
		if last >= 0 {
			steps++
			if sign(int(inService[i])-int(inService[last])) != sign(need-needed[last]) {
				e.Instability++
			}
		}
		last = i
	}
	if n == 0 {
		return noElasticity()
	}
	e.UnderAccuracy, e.OverAccuracy = e.UnderAccuracy/n, e.OverAccuracy/n
	e.UnderTimeshare, e.OverTimeshare = e.UnderTimeshare/n, e.OverTimeshare/n
	if steps > 0 {
		e.Instability /= steps
	}
	return e
}

func noElasticity() Elasticity {
	none := math.NaN()
	return Elasticity{none, none, none, none, none}
}

func sign(v int) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}
