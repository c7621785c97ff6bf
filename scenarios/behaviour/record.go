package behaviour

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
