package scenarios

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// ebsImpairedTable is [fault.N.ebs_impaired].
type ebsImpairedTable struct{}

func (ebsImpairedTable) kind() string { return "ebs_impaired" }

func (ebsImpairedTable) keys(p string) []Key {
	return append(hitsKeys(p),
		Key{Path: p + "share", Type: Share, Default: `"100%"`, Above: `"0%"`, Max: `"100%"`, Doc: "Share of requests that need the volume, which stands still: they are never answered."},
		Key{Path: p + "health_checks", Type: Choice, Choices: []string{"pass", "fail"}, Default: `"pass"`, Doc: "The balancer's: pass, they do not need the volume; fail, they do, as requests do. EC2's attached EBS status check is impaired either way: health_check_type = \"EBS\" has the instance replaced for it."},
		ailsKey(p))
}

func (ebsImpairedTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	f := fault.EBSImpaired{Plan: d.hits(p, name, w)}
	f.Share, _ = d.Share(p + "share")
	checks, _ := d.Choice(p + "health_checks")
	f.ChecksFail = checks == 1
	f.Lasts, _ = d.dur(p + "duration")
	return f
}
