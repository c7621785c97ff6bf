package scenarios

import (
	"sync"

	"asgsim/scenarios/form"
)

// Keys returns the documentation of every key of the format, reserved ones
// included, in the order in which `show` prints them.
func Keys() []Key {
	var out []Key
	for _, k := range schema().Keys {
		out = append(out, *k)
	}
	return out
}

// schema is the format: the keys of every table, a function of keys a table.
var schema = sync.OnceValue(func() *form.Schema {
	s := form.NewSchema(named[:], kinded[:], topKeys(), loadKeys(), requestKeys(), dependencyKeys(), queueKeys(), instanceKeys(), backgroundKeys(), moneyKeys(), balancerKeys(), groupKeys(), mixedKeys(), requirementKeys(),
		policyKeys(), alarmKeys(), recordedKeys(), scheduleKeys(), lifecycleKeys(), eventKeys(), warmPoolKeys(), faultKeys(), presetKeys(), gateKeys(), commitmentKeys(), priceKeys(), plannedKeys())
	s.SetExample = "for example --set auto_scaling_group.max_size=12"
	s.Words, s.Refused, s.Foreign = awsWord, refusedChoice, notOurs
	return s
})

// lookup returns the documentation of a key by its pattern, nil if there is none.
func lookup(pattern string) *Key { return schema().Lookup(pattern) }
