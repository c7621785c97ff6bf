package behaviour

import "slices"

// MaxRows bounds the values of all series together.
const MaxRows = 2_000_000

// Record is all that was read of how a group behaved.
type Record struct {
	Series     []Series
	Activities []Activity // by start
	Said       []string   // what was understood, a file or series each
	Notes      []string   // what was left out, and why

	names       map[string]string // what the user says that a name means
	log         requestLog
	seen        map[string]bool // activities, by start and description
	logRequests int
	rows        int
	relative    bool // times are seconds from the start
	begun       bool
}

// NewRecord returns an empty record; names says of series by their name (label, header or
// id) which metric they are, "none" for those to leave out.
func NewRecord(names map[string]string) *Record {
	return &Record{names: names, seen: map[string]bool{}}
}

// has reports whether a series of a metric is there.
func (r *Record) has(m Metric, s Stat) bool { return r.Of(m, s) != nil }

// Of returns the series of a metric, nil without one.
func (r *Record) Of(m Metric, s Stat) *Series {
	for k := range r.Series {
		if r.Series[k].Metric == m && r.Series[k].Stat == s {
			return &r.Series[k]
		}
	}
	return nil
}

// OfGroup keeps of the activities those of a group, where they are of several. It reports
// the names of all; ok is false where none of several is the wanted one.
func (r *Record) OfGroup(name string) (all []string, ok bool) {
	for _, a := range r.Activities {
		if a.Group != "" && !slices.Contains(all, a.Group) {
			all = append(all, a.Group)
		}
	}
	if len(all) < 2 {
		return all, true
	}
	if !slices.Contains(all, name) {
		return all, false
	}
	r.Activities = slices.DeleteFunc(r.Activities, func(a Activity) bool { return a.Group != "" && a.Group != name })
	return all, true
}
