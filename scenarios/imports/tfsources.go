package imports

import (
	"asgsim/scenarios/imports/sources"
)

// readSources finds resources in a folder of Terraform sources.
func (f *Found) readSources(folder Folder, o Options, left *budget) error {
	plan, err := sources.Read(folder.Files, folder.Dir, o.Parameters)
	if err != nil {
		return Seems{err}
	}
	for _, name := range plan.Variables {
		f.declare(name)
	}
	for _, q := range plan.Open {
		f.Unread = append(f.Unread, Unread{Note{q.Place, q.Why}, q.Of})
	}
	if f.Region == "" && regionName.MatchString(plan.Region) {
		f.Region = plan.Region
	}
	f.Defaults = "terraform"
	f.Read = append(f.Read, folder.Name+": Terraform sources")
	if len(plan.Resources) == 0 && len(plan.Open) == 0 {
		return seems("holds no resources of AWS in its .tf files")
	}
	unknown := map[string]any{}
	for a, u := range plan.Unknown {
		unknown[a] = u
	}
	return f.planned(plan.Resources, folder.Name, func(a string) string { return plan.Places[a] }, &references{root: plan.Config}, unknown, left)
}
