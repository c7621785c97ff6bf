package report

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
)

// activity has the fields of an Activity of describe-scaling-activities (Amazon
// EC2 Auto Scaling API reference, Activity), in the order the AWS CLI prints them.
type activity struct {
	ActivityID    string `json:"ActivityId"`
	Group         string `json:"AutoScalingGroupName"`
	Description   string
	Cause         string
	StartTime     string
	EndTime       string `json:",omitempty"` // absent while in progress
	StatusCode    string
	StatusMessage string `json:",omitempty"`
	Progress      int
	Details       string // JSON in a string
	// Note is not AWS's: the arithmetic behind the cause, the choice of a type.
	Note string `json:",omitempty"`
}

// WriteActivities writes the group's history as aws autoscaling
// describe-scaling-activities prints it: newest first.
func WriteActivities(w io.Writer, res *account.Result) error {
	out := struct{ Activities []activity }{Activities: make([]activity, 0, len(res.Activities))}
	for i := len(res.Activities) - 1; i >= 0; i-- {
		out.Activities = append(out.Activities, awsActivity(res, &res.Activities[i]))
	}
	return encoded(w, out, "    ")
}

func awsActivity(res *account.Result, a *asg.Activity) activity {
	cal := &res.Config.Calendar
	out := activity{ActivityID: activityID(res.Seed, a.ID), Group: res.Config.Group.Name, Description: a.Description, Cause: a.Cause, Note: a.Note,
		StartTime: cal.RFC3339(a.Start), StatusCode: string(a.Status), StatusMessage: a.Message, Progress: progress(a.Status)}
	if a.End != des.Never {
		out.EndTime = cal.RFC3339(a.End)
	}
	details, err := json.Marshal(map[string]string{"Availability Zone": a.Zone})
	if err != nil {
		panic(fmt.Sprintf("report: a map of strings has no JSON: %v", err))
	}
	out.Details = string(details)
	return out
}

// progress is AWS's rough percentage: half while under way.
func progress(s asg.Status) int {
	switch s {
	case asg.Successful, asg.Failed, asg.Cancelled:
		return 100
	case asg.WaitingDrain, asg.PreInService:
		return 50
	}
	return 30
}

// activityID makes a UUID that is the same for the same seed and activity.
func activityID(seed uint64, id int) string {
	h := fnv.New128a()
	fmt.Fprintf(h, "%d/%d", seed, id)
	s := h.Sum(nil)
	return fmt.Sprintf("%x-%x-%x-%x-%x", s[0:4], s[4:6], s[6:8], s[8:10], s[10:16])
}
