package scenarios

import (
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// badDeployTable is [fault.N.bad_deploy].
type badDeployTable struct{}

func (badDeployTable) kind() string { return "bad_deploy" }

func (badDeployTable) keys(p string) []Key {
	return append(lastsKeys(p, "the bad version is deployed"),
		Key{Path: p + "duration", Type: Duration, Absent: "never rolled back", Above: `"0s"`, Max: `"365d"`, Doc: "How long until it is rolled back."},
		Key{Path: p + "deploy", Type: Choice, Choices: []string{"launches", "all_at_once"}, Default: `"launches"`, Doc: "launches: instances launched meanwhile have it, and keep it after the rollback until they are replaced. all_at_once: those that run get it in place too, and the rollback takes it off all of them. For a deployment in steps see [event.N.instance_refresh]."},
		Key{Path: p + "errors", Type: Share, Default: `"0%"`, Min: `"0%"`, Max: `"100%"`, Doc: "Share of requests that the bad version answers at once with an error."},
		Key{Path: p + "speed", Type: Share, Default: `"100%"`, Above: `"0%"`, Max: `"100%"`, Doc: "Its speed relative to the version before: CPU work takes longer."},
		Key{Path: p + "health_checks", Type: Choice, Choices: []string{"pass", "fail"}, Default: `"pass"`, Doc: "What health checks see: pass, they are answered well; fail, each is answered with an error."})
}

func (badDeployTable) read(d *decoder, p, name string, _ *record.Config) fault.Fault {
	f := fault.BadDeploy{Plan: d.stretch(p, name), Version: &ec2.Version{Healthy: true, Speed: 1, Checks: ec2.ChecksPass}}
	deploy, _ := d.Choice(p + "deploy")
	f.InPlace = deploy == 1
	f.Version.Errors, _ = d.Share(p + "errors")
	if speed, ok := d.Share(p + "speed"); ok {
		f.Version.Speed = speed
	}
	checks, _ := d.Choice(p + "health_checks")
	if checks == 1 {
		f.Version.Checks = ec2.ChecksFail
	}
	if table := strings.TrimSuffix(p, "."); f.Version.Errors == 0 && f.Version.Speed == 1 && checks != 1 && !d.Failed(p+"errors") && !d.Failed(p+"speed") && !d.Failed(p+"health_checks") {
		d.Problem(table, d.Find(table).Key, form.Wrong(`write errors = "20%", speed = "50%" or health_checks = "fail"`, "is a version with nothing bad about it"))
	}
	return f
}
