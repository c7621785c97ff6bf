package meter

import (
	"asgsim/sim/des"
)

// finest is the shortest period in which instances publish metrics of their own.
const finest = 10 * des.Second

// refine begins to read the instances for metrics with periods below a minute.
func (m *Meter) refine() {
	if m.fine {
		return
	}
	m.fine = true
	m.Fine(finest, func(at des.Time, used []Use) {
		contributors := m.contributors(at)
		for _, sensor := range m.sensors {
			if sensor.series.Period >= basePeriod {
				continue
			}
			for _, u := range used {
				if contributors[u.Instance] {
					sensor.samples = append(sensor.samples, 100*u.Share)
				}
			}
			sensor.weight, sensor.capacity = len(contributors), unitsOf(contributors)
			if int64(at)%int64(sensor.series.Period) == 0 {
				sensor.publish(at)
			}
		}
	})
}
