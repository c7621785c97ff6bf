package imports

import (
	"fmt"
	"strconv"
	"strings"
)

// recordedLoad makes a recording the load, and a request so dear that its peak keeps the
// fleet that the assumed load would be for busy by half; it returns that, with words.
func (m *mapper) recordedLoad(l *Load, high float64) (work float64, why string) {
	const table = "load.recorded.trace"
	m.put(table+".file", quoted(l.File), nil, l.Said)
	values := "count"
	if l.Rate {
		values = "rate"
	}
	m.put(table+".values", quoted(values), nil, "")
	if l.Column != "" {
		m.put(table+".column", quoted(l.Column), nil, "")
	}
	if l.Gaps {
		m.put(table+".gaps", quoted("hold"), nil, "bins are missing")
		m.assume(table+".gaps", `bins are missing from the recording: the one before goes on; write "zero" where nobody came`)
	}
	if l.Rate {
		m.assume(table+".values", `its numbers are requests a second, by their name; write values = "count" where they are the requests of each bin`)
	} else {
		m.assume(table+".values", `its numbers are the requests of each bin; write values = "rate" where they are requests a second`)
	}
	if l.Far {
		m.assume(table+".file", "it does not lie in the scenario's folder: run needs --allow-path and its folder")
	}
	work = min(max(assumedBusy*high*m.cores()/max(l.Peak, 1e-3), 1e-4), 5)
	return work, fmt.Sprintf("%s of a vCPU, with which the recorded peak of %s keeps %s busy by half", milliseconds(work), rate(l.Peak), count(int(high), "instance"))
}

// assumedLoad is a day of a load that the fleet carries.
func (m *mapper) assumedLoad(low, high float64) (work float64, why string) {
	cores := m.cores()
	work, why = m.work(high * cores)
	trough, peak := low*cores/work*assumedBusy/2, high*cores/work*assumedBusy
	about := fmt.Sprintf("by night half of what %s at %d %% CPU, by day what %s", instances(low), int(assumedBusy*100), instances(high))
	if peak > mostRate {
		trough, peak = trough*mostRate/peak, mostRate
		about = fmt.Sprintf("%g requests a second at most, so that a run takes seconds: less than the group can carry", mostRate)
	}
	const load = "load.assumed.day_night"
	t := m.table(load)
	t.assumed = true
	m.put(load+".trough", quoted(rate(trough)), nil, "assumed")
	m.put(load+".peak", quoted(rate(peak)), nil, "assumed")
	m.assume("[load.assumed]", "no configuration knows the load: "+about+"; --load FILE takes a recording")
	if len(m.replays) == 0 { // else the run is as long as what is replayed
		m.put("duration", quoted("1d"), nil, "assumed")
	}
	return work, why
}

// work is how much of a vCPU a request is taken to need, with words for it: where a
// policy follows requests as much as makes an instance busy by half at its target; else
// so much that a load of mostRate keeps all vCPUs busy by half, within reason.
func (m *mapper) work(cores float64) (seconds float64, why string) {
	for _, t := range m.tables {
		kind, target := m.find(t.path+".predefined_metric_type"), m.find(t.path+".target_value")
		if kind == nil || target == nil || kind.value != `"ALBRequestCountPerTarget"` {
			continue
		}
		if n, err := strconv.ParseFloat(target.value, 64); err == nil && n > 0 {
			all := float64(1 + len(m.groups)) // target groups, with as many requests each
			seconds = min(max(assumedBusy*m.cores()*60/(n*all), 0.001), 5)
			why = fmt.Sprintf("%s of a vCPU, with which an instance is busy by half at the %s requests a minute that a policy holds it at", milliseconds(seconds), target.value)
			if all > 1 {
				why += ", of one of " + count(len(m.groups)+1, "target group")
			}
			return seconds, why
		}
	}
	seconds = min(max(assumedWork, assumedBusy*cores/mostRate), mostWork)
	return seconds, milliseconds(seconds) + " of a vCPU"
}

// cores are the vCPUs of an instance.
func (m *mapper) cores() float64 {
	if e := m.find("instance.type"); e != nil {
		if t, ok, _ := m.listed(strings.Trim(e.value, `"`)); ok {
			return float64(t.VCPU)
		}
		if v := m.find("instance.vcpus"); v != nil {
			if n, err := strconv.Atoi(v.value); err == nil {
				return float64(n)
			}
		}
	}
	return 2
}
