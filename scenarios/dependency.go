package scenarios

import (
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// dependencyKeys documents [dependency.N].
func dependencyKeys() []Key {
	const p = "dependency.N."
	return []Key{
		{Path: p + "work", Type: Random, Required: true, Sample: `"10ms"`, Doc: "Time for which a request that asks it takes one of its workers. A duration alone is the mean of an exponential. Requests ask after their work on the CPU and before request.wait, hold their worker of the instance meanwhile, and are served first come first served; those that ask several dependencies do so in the order of the file."},
		{Path: p + "workers", Type: Count, Unit: "requests", Required: true, Min: "1", Max: "1000000", Sample: "50", Doc: "Requests that it serves at once, of all instances together: the connections of a database, or what its CPUs work on at a time. It carries workers / (share x work) requests a second, however many instances there are."},
		{Path: p + "share", Type: Share, Default: `"100%"`, Above: `"0%"`, Max: `"100%"`, Doc: "Share of requests that ask it; the same ones in every variant, and at every attempt."},
		{Path: p + "queue", Type: Bound, Default: `"unlimited"`, Min: "0", Max: "10000000", Doc: "Requests that wait for one of its workers at most; the instance answers the next with a 500, the reason dependency."},
		{Path: p + "timeout", Type: Duration, Absent: "none: it waits as long as it takes", Above: `"0s"`, Max: `"1h"`, Doc: "How long a request waits for one of its workers (a pool's connection timeout); the instance then answers with a 500, the reason dependency. Who is being served is not interrupted."},
	}
}

// dependencies reads [dependency.N]; the run's fidelity is known.
func (d *decoder) dependencies(w *record.Config) []serving.Dependency {
	var out []serving.Dependency
	names := d.Entries("dependency")
	for _, name := range names {
		p := "dependency." + name + "."
		s := serving.Dependency{Name: name}
		s.Work, _ = d.random(p+"work", true)
		s.Workers, _ = d.Count(p + "workers")
		s.Share, _ = d.Share(p + "share")
		s.Queue, _ = d.Bound(p + "queue")
		s.Timeout, _ = d.dur(p + "timeout")
		switch {
		case s.Work == nil || d.Failed(p+"work"):
		case s.Work.Mean() == 0:
			d.Problem(p+"work", d.At(p+"work"), form.Wrong("", "must be above 0s"))
		default:
			d.tooLongWork(p+"work", s.Work)
		}
		if s.Queue == 0 && s.Timeout > 0 {
			d.Problem(p+"timeout", d.At(p+"timeout"), form.Wrong("leave it out, or give it a queue", "is how long a request waits, and with queue = 0 none does"))
		}
		out = append(out, s)
	}
	switch {
	case len(out) > serving.MostDependencies:
		last := "dependency." + names[serving.MostDependencies]
		d.Problem(last, d.At(last), form.Wrong("join those that are asked together", "is one too many: a request asks at most %d", serving.MostDependencies))
	case len(out) == 0:
	case d.Find("request.measured") != nil:
		first := "dependency." + names[0]
		d.Problem(first, d.At(first), form.Wrong("write request.cpu and request.wait, without what the dependency takes", "cannot stand beside [request.measured]: the latencies measured there hold its share already"))
	case d.IsGiven("fidelity") && w.Fidelity == record.Sampled:
		d.Problem("fidelity", d.At("fidelity"), form.Wrong(`write fidelity = "exact", or leave it out`, "is sampled, and a dependency is shared by all requests: stretches of them do not stand for the rest"))
	}
	return out
}

// dependencyOf reads which dependency a key names; the only one unless it says.
func (d *decoder) dependencyOf(path string, w *record.Config) int {
	var names []string
	for k := range w.Dependencies {
		names = append(names, w.Dependencies[k].Name)
	}
	name, given := d.Text(path)
	table := strings.TrimSuffix(path, ".dependency")
	switch k := slices.Index(names, name); {
	case len(names) == 0:
		d.Problem(table, d.At(table), form.Wrong(`write [dependency.NAME] with work = "10ms" and workers = 50`, "slows a dependency, and there is none"))
	case given && k < 0:
		d.Problem(path, d.At(path), form.Wrong("there are "+strings.Join(names, ", "), "is no dependency: %q", name))
	case given:
		return k
	case len(names) > 1:
		d.Problem(table, d.At(table), form.Wrong("write dependency = \""+names[0]+"\", for example", "does not say which of the dependencies %s", strings.Join(names, ", ")))
	}
	return 0
}
