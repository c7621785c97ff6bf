package scenarios

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// errorsTable is [fault.N.errors].
type errorsTable struct{}

func (errorsTable) kind() string { return "errors" }

func (errorsTable) keys(p string) []Key {
	return append(hitsKeys(p),
		Key{Path: p + "share", Type: Share, Default: `"100%"`, Above: `"0%"`, Max: `"100%"`, Doc: "Share of requests that the instance answers at once with an error."},
		Key{Path: p + "health_checks", Type: Choice, Choices: []string{"pass", "fail"}, Default: `"pass"`, Doc: "What health checks see: pass, they are answered well; fail, each is answered with an error."},
		ailsKey(p))
}

func (errorsTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	f := fault.Errors{Plan: d.hits(p, name, w)}
	f.Share, _ = d.Share(p + "share")
	checks, _ := d.Choice(p + "health_checks")
	f.ChecksFail = checks == 1
	f.Lasts, _ = d.dur(p + "duration")
	return f
}
