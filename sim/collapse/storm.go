package collapse

import (
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// Storm is a retry storm: the attempts that fail for want of capacity come again, and
// are a good part of the load that there is no capacity for.
type Storm struct {
	FromS      float64  `json:"from_s"`
	ToS        float64  `json:"to_s"`
	Requests   float64  `json:"requests_per_s"` // first attempts
	Attempts   float64  `json:"attempts_per_s"`
	PerRequest float64  `json:"attempts_per_request"`
	Peak       float64  `json:"attempts_per_request_max"` // of a minute
	Share      float64  `json:"retry_share"`              // of the attempts, that are retries
	Resource   Resource `json:"resource"`                 // what was scarcest in it, and the mean share in use
	Used       float64  `json:"used"`
	Remedy     string   `json:"remedy"` // a setting under which it would not have come about, written by those who tell
}

// A storm lasts two minutes at least in which a third of the attempts are retries, one
// and a half attempts a request, while nothing is left of CPU or workers. It is one storm
// that calms down for five minutes at most.
const (
	stormShare = 1.0 / 3
	stormLeast = 2 * des.Minute
	stormCalm  = 5 * des.Minute
)

// storms are those of the window.
func storms(r *record.Record, rows []record.Row) []Storm {
	var out []Storm
	stormy := func(row *record.Row) bool {
		_, used := scarcest(row)
		return row.At >= r.From() && row.Sent > 0 && float64(row.Retries) >= stormShare*float64(row.Sent) && used >= hot
	}
	for i := 0; i < len(rows); i++ {
		if !stormy(&rows[i]) {
			continue
		}
		k, lasted := i, des.Duration(0) // k: the last stormy row
		for j := i; j < len(rows) && rows[j].At.Sub(endOf(r, &rows[k])) <= stormCalm; j++ {
			if stormy(&rows[j]) {
				k, lasted = j, lasted+endOf(r, &rows[j]).Sub(rows[j].At)
			}
		}
		if lasted >= stormLeast {
			out = append(out, storm(rows[i:k+1], endOf(r, &rows[k])))
		}
		i = k
	}
	return out
}

// storm tells of a stretch of rows.
func storm(rows []record.Row, to des.Time) Storm {
	s := Storm{FromS: rows[0].At.Seconds(), ToS: to.Seconds()}
	var sent, retries uint64
	used := map[Resource]float64{}
	for k := range rows {
		r := &rows[k]
		sent, retries = sent+r.Sent, retries+r.Retries
		s.Peak = max(s.Peak, perRequest(r.Sent, r.Retries))
		what, share := scarcest(r)
		used[what] += share
	}
	seconds := s.ToS - s.FromS
	s.Requests, s.Attempts = float64(sent-retries)/seconds, float64(sent)/seconds
	s.PerRequest, s.Share = perRequest(sent, retries), ratio(float64(retries), float64(sent))
	s.Resource = CPU
	for _, what := range [...]Resource{Workers, Dependency} {
		if used[what] > used[s.Resource] {
			s.Resource = what
		}
	}
	s.Used = (used[CPU] + used[Workers] + used[Dependency]) / float64(len(rows))
	return s
}

// perRequest is attempts by first attempts; at least one of these, that a minute of
// nothing but retries has a number.
func perRequest(sent, retries uint64) float64 {
	return float64(sent) / float64(max(1, sent-retries))
}
