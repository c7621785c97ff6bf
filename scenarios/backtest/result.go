package backtest

// Schema names the shape of a [Result]. Within v1 fields are only added.
const Schema = "asgsim.backtest/v1"

// Result is a record and the runs beside it.
type Result struct {
	Schema     string      `json:"schema"`
	Scenario   string      `json:"scenario"`
	Seed       uint64      `json:"seed"`
	Runs       int         `json:"runs"`
	From       string      `json:"from"` // RFC 3339, or from the start of the record
	Hours      float64     `json:"hours"`
	BinS       float64     `json:"bin_s"`
	Errors     []Error     `json:"errors"`
	Activities *Activities `json:"activities"` // null: nothing tells of the record's
	Instances  *Hours      `json:"instances"`  // null: instances in service are not recorded
	Partings   []Parting   `json:"partings"`
	Gates      []Gate      `json:"gates"`
	Notes      []string    `json:"notes"`
	Lines      []Line      `json:"lines"`
	// Clock prints seconds since the start of the run for people.
	Clock func(at float64) string `json:"-"`
}

// Line is one figure over time, by bins of BinS from the start of the run; NaN where it is
// not known. A figure that is recorded more coarsely stands for all bins of its period.
type Line struct {
	Key      string    `json:"key"`
	What     string    `json:"what"`
	Unit     string    `json:"unit"`     // "instances", "share", "s", "/s"
	PeriodS  float64   `json:"period_s"` // of the record's values
	Recorded []float64 `json:"recorded"`
	Mean     []float64 `json:"simulated"` // mean of the runs
	Low      []float64 `json:"low"`       // least of the runs
	High     []float64 `json:"high"`
	each     [][]float64
}

// Spread is a value of all runs together.
type Spread struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"` // of an interval of 95 % over the runs; NaN with one
	High  float64 `json:"high"`
	each  []float64
}

// Error is how far a figure is off.
type Error struct {
	Key  string `json:"key"`
	What string `json:"what"`
	Bins int    `json:"bins"`
	// MAPE is the mean absolute error relative to the record; of shares of errors, which
	// are often 0, in shares of the requests.
	MAPE  Spread `json:"mape"`
	Bias  Spread `json:"bias"` // mean error, likewise: above 0 the simulation has more
	Share bool   `json:"share,omitempty"`
	Worst Worst  `json:"worst_hour"`
	// InBand is the share of bins in which the record lies between the least and the most
	// of the runs; NaN with one run.
	InBand float64 `json:"in_band"`
}

// Worst is the hour with the largest error.
type Worst struct {
	At   float64 `json:"at_s"` // since the start of the run
	MAPE float64 `json:"mape"`
}

// Activities are launches and terminations that answer to a capacity, beside each other.
type Activities struct {
	ToleranceS float64 `json:"tolerance_s"`
	Recorded   int     `json:"recorded"`
	Simulated  int     `json:"simulated"` // of the first run
	Matched    int     `json:"matched"`
	Share      Spread  `json:"matched_share"` // twice the matched of recorded and simulated together
	Missed     []Act   `json:"missed"`        // recorded, not simulated
	Extra      []Act   `json:"extra"`         // simulated, not recorded
	Others     [2]int  `json:"others"`        // replacements of both: deploys, health, rebalancing
	From       string  `json:"from"`          // what the record's are taken from
	shares     []float64
}

// Act is a launch or a termination.
type Act struct {
	At     float64 `json:"at_s"`
	Launch bool    `json:"launch"`
	Why    string  `json:"why"`
}

// Hours are instance-hours and what they cost.
type Hours struct {
	Recorded  float64 `json:"recorded_hours"`
	Simulated Spread  `json:"simulated_hours"`
	Error     Spread  `json:"relative_error"`
	// Dollars of EC2, at the price of an instance-hour of the simulation.
	RecordedUSD  float64 `json:"recorded_usd"`
	SimulatedUSD Spread  `json:"simulated_usd"`
}

// Parting is a stretch in which record and simulation have different numbers of instances.
type Parting struct {
	From float64 `json:"from_s"`
	To   float64 `json:"to_s"`
	Text string  `json:"text"`
}

// Gate is a limit on an error, judged.
type Gate struct {
	Text    string `json:"gate"`
	Value   Spread `json:"value"`
	Verdict string `json:"verdict"` // "pass", "fail", "inconclusive"
}
