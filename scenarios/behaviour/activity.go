package behaviour

import (
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"

	"asgsim/scenarios/series"
)

// Activity is one entry of a group's history, as aws autoscaling
// describe-scaling-activities has it.
type Activity struct {
	Start, End  float64 // Unix seconds; End is NaN while in progress
	Launch      bool    // an instance came into the group
	Terminate   bool    // one left it
	Pool        bool    // it is about the warm pool alone
	FromPool    bool    // the launch took its instance out of the warm pool
	Group       string  // whose it is; empty: not said
	OK          bool    // Successful, or still under way
	Instance    string  // its id; may be empty
	Before, Now int     // capacity by the cause, "from 2 to 3"; -1: it does not say
	Why         Why
	Policy      bool   // a scaling policy asked for it
	Text        string // the description
	Cause       string // its beginning
}

// Why is what an activity answers to.
type Why uint8

// The reasons.
const (
	Capacity Why = iota // a difference between desired and actual capacity
	Health              // an instance was unhealthy
	Replace             // a refresh, a rebalancing, the age of an instance
)

// answer is an Activity as AWS answers it. Names are matched whatever their case.
type answer struct {
	ActivityID                                                   string `json:"ActivityId"`
	AutoScalingGroupName, Description, Cause, StatusCode, Status string
	StartTime, EndTime                                           json.RawMessage
}

// mostCause is how much of a cause is kept, in bytes.
const mostCause = 600

var (
	instanceID = regexp.MustCompile(`\bi-[0-9a-f]{8,17}\b`)
	fromTo     = regexp.MustCompile(`capacity (?:of \S+ )?from (\d{1,6}) to (\d{1,6})`)
	sizeWas    = regexp.MustCompile(`(?:changing the desired capacity|decreasing|increasing|shrinking)[^.]*? from (\d{1,6}) to (\d{1,6})`)
)

// NewActivity makes sense of a description, a cause and a status; ok is false for what is
// no activity at all.
func NewActivity(description, cause, status string, start, end float64) (a Activity, ok bool) {
	text := strings.ToLower(description)
	a = Activity{Start: start, End: end, Text: description, Cause: cause[:min(len(cause), mostCause)], Before: -1, Now: -1, Instance: instanceID.FindString(description)}
	if a.Instance == "" {
		a.Instance = instanceID.FindString(cause)
	}
	switch {
	case strings.HasPrefix(text, "launching"), strings.HasPrefix(text, "attaching an existing ec2"), strings.HasPrefix(text, "moving ec2 instance out of standby"):
		a.Launch = true
	case strings.HasPrefix(text, "terminating"), strings.HasPrefix(text, "detaching ec2"), strings.HasPrefix(text, "moving ec2 instance to standby"):
		a.Terminate = true
	case strings.HasPrefix(text, "moving"), strings.HasPrefix(text, "updating"), strings.HasPrefix(text, "attaching"), strings.HasPrefix(text, "detaching"),
		strings.HasPrefix(text, "adding"), strings.HasPrefix(text, "removing"), strings.HasPrefix(text, "executing"), strings.HasPrefix(text, "placing"):
	default:
		return a, false
	}
	a.FromPool = strings.Contains(text, "from warm pool")
	a.Pool = strings.Contains(text, "warm pool") && !a.FromPool
	switch strings.ToLower(strings.ReplaceAll(status, " ", "")) {
	case "failed", "cancelled":
	default:
		a.OK = true
	}
	why := strings.ToLower(cause)
	switch {
	case strings.Contains(why, "health check") || strings.Contains(why, "unhealthy"):
		a.Why = Health
	case strings.Contains(why, "refresh") || strings.Contains(why, "rebalance") || strings.Contains(why, "lifetime") || strings.Contains(why, "replace"):
		a.Why = Replace
	}
	a.Policy = strings.Contains(why, "policy")
	for _, form := range []*regexp.Regexp{fromTo, sizeWas} {
		if all := form.FindAllStringSubmatch(cause, -1); len(all) > 0 {
			a.Before, _ = strconv.Atoi(all[len(all)-1][1]) // digits
			a.Now, _ = strconv.Atoi(all[len(all)-1][2])
			break
		}
	}
	return a, true
}

// activityOf reads an activity as JSON has it; ok is false for other JSON.
func activityOf(text json.RawMessage) (a Activity, ok bool) {
	var r answer
	if json.Unmarshal(text, &r) != nil || r.Description == "" || len(r.StartTime) == 0 {
		return a, false
	}
	start, ok := instant(r.StartTime)
	if !ok {
		return a, false
	}
	end, ok := instant(r.EndTime)
	if !ok {
		end = math.NaN()
	}
	if r.StatusCode == "" {
		r.StatusCode = r.Status
	}
	a, ok = NewActivity(r.Description, r.Cause, r.StatusCode, start, end)
	a.Group = r.AutoScalingGroupName
	return a, ok
}

// instant reads a time of JSON: text, or a number.
func instant(text json.RawMessage) (float64, bool) {
	var s string
	if json.Unmarshal(text, &s) != nil {
		s = string(text)
	}
	var c series.Clock
	at, err := c.Read(s)
	return at, err == nil && c.Civil()
}
