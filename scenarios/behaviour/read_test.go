package behaviour

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// read reads one text and tells all series: metric, statistic, and rows as seconds after
// 2026-03-02T00:00:00Z (Unix 1772409600) or from the start, and values.
func read(t *testing.T, file, text string, names map[string]string) (string, *Record, error) {
	t.Helper()
	r := NewRecord(names)
	if err := r.Read(file, strings.NewReader(text)); err != nil {
		return "", r, err
	}
	if err := r.Done(); err != nil {
		return "", r, err
	}
	return told(r), r, nil
}

func told(r *Record) string {
	var out []string
	for _, s := range r.Series {
		line := s.Metric.String()
		if s.Stat.Percentile > 0 {
			line += " " + s.Stat.String()
		}
		for _, v := range s.Rows {
			at := v.At
			if at > 1e8 {
				at -= 1772409600
			}
			line += fmt.Sprintf(" %g:%.4g", at, v.V)
		}
		out = append(out, line)
	}
	return strings.Join(out, "; ")
}

// What each shape says stands in it: 120 and 180 requests of a minute are 2 and 3 a
// second, 50 percent are 0.5, 200 milliseconds 0.2 seconds.
func TestShapes(t *testing.T) {
	for name, c := range map[string]struct {
		file, text, want string
		names            map[string]string
	}{
		"get-metric-data": {"m.json", `{"MetricDataResults":[
			{"Id":"m1","Label":"RequestCount","Timestamps":["2026-03-02T00:01:00+00:00","2026-03-02T00:00:00+00:00"],"Values":[180.0,120.0],"StatusCode":"Complete"},
			{"Id":"m2","Label":"CPUUtilization","Timestamps":["2026-03-02T00:01:00+00:00","2026-03-02T00:00:00+00:00"],"Values":[0.5,50.0],"StatusCode":"Complete"},
			{"Id":"p99","Label":"TargetResponseTime","Timestamps":["2026-03-02T00:00:00Z"],"Values":[0.2],"StatusCode":"Complete"},
			{"Id":"tp50","Label":"TargetResponseTime","Timestamps":[1772409600],"Values":[7],"StatusCode":"Complete"},
			{"Id":"e","Label":"web GroupInServiceInstances","Timestamps":["2026-03-02T00:00:00Z"],"Values":[4]},
			{"Id":"x","Label":"NetworkIn","Timestamps":["2026-03-02T00:00:00Z"],"Values":[4]}]}`,
			"RequestCount 0:2 60:3; CPUUtilization 0:0.5 60:0.005; TargetResponseTime p99 0:0.2; TargetResponseTime p50 0:7; GroupInServiceInstances 0:4", nil},
		"get-metric-statistics": {"a.json", `{"Label":"TargetResponseTime","Datapoints":[{"Timestamp":"2026-03-02T00:01:00Z","Average":0.3,"Unit":"Seconds","ExtendedStatistics":{"p99":0.9,"p99.9":2}},{"Timestamp":"2026-03-02T00:00:00Z","Average":0.2,"Maximum":9,"Unit":"Seconds","ExtendedStatistics":{"p99":0.8,"p99.9":1}}]}`,
			"TargetResponseTime 0:0.2 60:0.3; TargetResponseTime p99 0:0.8 60:0.9; TargetResponseTime p99.9 0:1 60:2", nil},
		"several answers, one after another": {"all.json", `{"Label":"RequestCount","Datapoints":[{"Timestamp":"2026-03-02T00:00:00Z","Sum":120},{"Timestamp":"2026-03-02T00:01:00Z","Sum":180}]}
			{"Label":"GroupDesiredCapacity","Datapoints":[{"Timestamp":"2026-03-02T00:00:00Z","Average":3.0}]}`,
			"RequestCount 0:2 60:3; GroupDesiredCapacity 0:3", nil},
		"cut by --query": {"CPUUtilization.json", `[{"Timestamp":"2026-03-02T00:00:00+00:00","Average":50,"Unit":"Percent"}]`, "CPUUtilization 0:0.5", nil},
		"a list of results": {"x.json", `[{"Id":"m1","Label":"HealthyHostCount","Timestamps":["2026-03-02T00:00:00Z"],"Values":[3]}]`,
			"HealthyHostCount 0:3", nil},
		"the console's CSV": {"data.csv", "Full label,RequestCount,CPUUtilization,TargetResponseTime\nStatistic,Sum,Average,p99\nPeriod,60,60,60\n2026/03/02 00:00:00,120,50,0.2\n2026/03/02 00:01:00,180,,0.3\n",
			"RequestCount 0:2 60:3; CPUUtilization 0:0.5; TargetResponseTime p99 0:0.2 60:0.3", nil},
		"Grafana's CSV": {"export.csv", "sep=,\r\n\"Time\",\"RequestCount Sum\",\"p99 latency (ms)\",\"note\"\r\n1772409600000,120,200,x\r\n1772409660000,180,300,y\r\n",
			"RequestCount 0:2 60:3; TargetResponseTime p99 0:0.2 60:0.3", nil},
		"Prometheus": {"q.json", `{"status":"success","data":{"resultType":"matrix","result":[
			{"metric":{"__name__":"aws_applicationelb_request_count_sum"},"values":[[1772409600,"120"],[1772409660,"NaN"]]},
			{"metric":{"__name__":"aws_ec2_cpuutilization_average","instance":"a"},"values":[[1772409600,"40"]]},
			{"metric":{"__name__":"aws_ec2_cpuutilization_average","instance":"b"},"values":[[1772409600,"50"]]},
			{"metric":{"__name__":"aws_ec2_cpuutilization_average","instance":"c"},"values":[[1772409600,"60"]]}]}}`,
			"RequestCount 0:2; CPUUtilization 0:0.5", nil},
		"Prometheus without a name": {"cpu.json", `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1772409600,"0.5"],[1772409660,"0.25"]]}]}}`,
			"CPUUtilization 0:0.5 60:0.25", nil},
		"plain CSV": {"day.csv", "time;requests_per_second;cpu;p50_ms;in_service;desired\n0;2,5;50,0;200;4;5\n60;3,5;60,0;300;4;5\n",
			"RequestCount 0:2.5 60:3.5; CPUUtilization 0:0.5 60:0.6; TargetResponseTime p50 0:0.2 60:0.3; GroupInServiceInstances 0:4 60:4; GroupDesiredCapacity 0:5 60:5", nil},
		"milliseconds by their size": {"l.csv", "time,p50,p99\n0,20,80\n60,21,90\n", "TargetResponseTime p50 0:0.02 60:0.021; TargetResponseTime p99 0:0.08 60:0.09", nil},
		"told what it is":            {"l.csv", "time,foo,requests\n0,20,80\n60,21,90\n", "CPUUtilization 0:0.2 60:0.21", map[string]string{"foo": "CPUUtilization", "requests": "none"}},
		"codes": {"c.csv", "time,HTTPCode_Target_5XX_Count,HTTPCode_ELB_5XX_Count,HTTPCode_Target_2XX_Count\n0,60,6,1\n60,0,0,1\n",
			"HTTPCode_Target_5XX_Count 0:1 60:0; HTTPCode_ELB_5XX_Count 0:0.1 60:0; HTTPCode_* 0:0.01667 60:0.01667", nil},
	} {
		got, _, err := read(t, c.file, c.text, c.names)
		if err != nil || got != c.want {
			t.Errorf("%s:\n got %s\nwant %s\n%v", name, got, c.want, err)
		}
	}
}

// What says nothing, or cannot be read, is refused with what to do.
func TestRefused(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"an average of counts":   {"m.json", `{"MetricDataResults":[{"Id":"a","Label":"RequestCount Average","Timestamps":["2026-03-02T00:00:00Z"],"Values":[1]}]}`, "ask for Sum"},
		"a negative value":       {"m.csv", "time,cpu\n0,-1\n60,2\n", "is no value of CPUUtilization"},
		"words":                  {"m.csv", "time,cpu\n0,1\n60,x\n", `line 3: column "cpu" is not a number`},
		"formatted by Grafana":   {"m.csv", "time,cpu\n0,1 %\n60,2 %\n", "Formatted data"},
		"other JSON":             {"m.json", `{"Reservations":[]}`, "nothing that is read here"},
		"half JSON":              {"m.json", `{"MetricDataResults":[`, "is not whole JSON"},
		"no known metric":        {"m.csv", "time,foo\n0,1\n60,2\n", "no metric that is known"},
		"a load test":            {"k6.json", `{"type":"Metric","metric":"http_reqs","data":{}}` + "\n", "a load test"},
		"a counter":              {"p.json", `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"http_requests_total"},"values":[[1772409600,"2"]]}]}}`, "sum(rate("},
		"timestamps and values":  {"m.json", `{"MetricDataResults":[{"Id":"a","Label":"RequestCount","Timestamps":["2026-03-02T00:00:00Z"],"Values":[]}]}`, "1 timestamps and 0 values"},
		"activities without any": {"a.json", `{"Activities":[]}`, "no metric"},
	} {
		_, r, err := read(t, c.file, c.text, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, %v", name, err, r.Said)
		}
	}
}

// example is AWS's own ("describe-scaling-activities", AWS CLI reference, 2026-11-28),
// with an end a minute after the start.
const example = `{"ActivityId":"5c44ca7a-83f9-6a3c-0000-000000000001","AutoScalingGroupName":"web","Description":"Launching a new EC2 instance: i-0d44425630326060f",
 "Cause":"At 2026-03-02T00:00:00Z a user request update of AutoScalingGroup constraints to min: 0, max: 16, desired: 16 changing the desired capacity from 0 to 16. At 2026-03-02T00:00:05Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 0 to 16.",
 "StartTime":"2026-03-02T00:00:07.252Z","EndTime":"2026-03-02T00:01:07Z","StatusCode":"Successful","Progress":100,"Details":"{\"Subnet ID\":\"subnet-5ea0c127\"}"}`

func TestActivitiesInManyShapes(t *testing.T) {
	const cause = "At 2026-03-02T00:00:05Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 0 to 16."
	for name, text := range map[string]string{
		"the answer":    `{"Activities":[` + example + `]}`,
		"a list":        `[` + example + `]`,
		"one":           example,
		"wrapped":       `{"describe-scaling-activities":[{"input":{"x":1},"output":{"Activities":[` + example + `]}}]}`,
		"two answers":   `{"Activities":[` + example + `]} {"Activities":[` + example + `]}`,
		"text":          "ACTIVITIES\t5c44\tweb\t" + cause + "\tLaunching a new EC2 instance: i-0d44425630326060f\t{}\t2026-03-02T00:01:07+00:00\t100\t2026-03-02T00:00:07.252000+00:00\tSuccessful\n",
		"yaml":          "Activities:\n- ActivityId: 5c44\n  Cause: " + cause + "\n  Description: 'Launching a new EC2 instance: i-0d44425630326060f'\n  EndTime: '2026-03-02T00:01:07+00:00'\n  Progress: 100\n  StartTime: '2026-03-02T00:00:07.252000+00:00'\n  StatusCode: Successful\n",
		"table":         "|  ActivityId   |  5c44  |\n|  Cause  | " + cause + " |\n|  Description  |  Launching a new EC2 instance: i-0d44425630326060f  |\n|  EndTime  |  2026-03-02T00:01:07Z  |\n|  StartTime | 2026-03-02T00:00:07.252Z |\n|  StatusCode | Successful |\n",
		"CSV":           "Status,Description,Cause,Start time,End time\nSuccessful,Launching a new EC2 instance: i-0d44425630326060f,\"" + cause + "\",2026-03-02T00:00:07.252Z,2026-03-02T00:01:07Z\n",
		"a spreadsheet": "StatusCode;StartTime;EndTime;Description;Cause\nSuccessful;2026-03-02 00:00:07 UTC;2026-03-02 00:01:07 UTC;Launching a new EC2 instance: i-0d44425630326060f;" + cause + "\n",
		"console":       "Successful\tLaunching a new EC2 instance: i-0d44425630326060f\t" + cause + "\t2026 March 01, 04:00:07 PM -08:00\t2026 March 01, 04:01:07 PM -08:00\n",
		"epoch seconds": strings.ReplaceAll(strings.ReplaceAll(example, `"2026-03-02T00:00:07.252Z"`, "1772409607.252"), `"2026-03-02T00:01:07Z"`, "1772409667"),
	} {
		r := NewRecord(nil)
		if err := r.Read("a", strings.NewReader(text)); err != nil || len(r.Activities) != 1 {
			t.Errorf("%s: %v, %+v", name, err, r.Activities)
			continue
		}
		a := r.Activities[0]
		if !a.Launch || a.Terminate || !a.OK || a.Pool || a.Instance != "i-0d44425630326060f" || math.Abs(a.Start-1772409607) > 0.5 || a.End != 1772409667 || a.Before != 0 || a.Now != 16 || a.Why != Capacity {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestKindsOfActivities(t *testing.T) {
	for _, c := range []struct {
		description, cause, status string
		want                       Activity
	}{
		{"Terminating EC2 instance: i-0123456789abcdef0", "At 2026-03-02T00:00:00Z an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from 3 to 2.", "Successful", Activity{Terminate: true, OK: true, Before: 3, Now: 2, Instance: "i-0123456789abcdef0"}},
		{"Terminating EC2 instance: i-0123456789abcdef0", "At 2026-03-02T00:00:00Z an instance was taken out of service in response to an ELB system health check failure.", "Successful", Activity{Terminate: true, OK: true, Before: -1, Now: -1, Why: Health, Instance: "i-0123456789abcdef0"}},
		{"Launching a new EC2 instance.  Status Reason: We currently do not have sufficient capacity", "", "Failed", Activity{Launch: true, Before: -1, Now: -1}},
		{"Launching a new EC2 instance into warm pool: i-0123456789abcdef0", "", "Successful", Activity{Launch: true, Pool: true, OK: true, Before: -1, Now: -1, Instance: "i-0123456789abcdef0"}},
		{"Launching a new EC2 instance from warm pool: i-0123456789abcdef0", "", "Successful", Activity{Launch: true, FromPool: true, OK: true, Before: -1, Now: -1, Instance: "i-0123456789abcdef0"}},
		{"Launching a new EC2 instance: i-0123456789abcdef0", "an instance refresh replacement", "InProgress", Activity{Launch: true, OK: true, Before: -1, Now: -1, Why: Replace, Instance: "i-0123456789abcdef0"}},
	} {
		got, ok := NewActivity(c.description, c.cause, c.status, 1, 2)
		c.want.Start, c.want.End, c.want.Text, c.want.Cause, c.want.Policy = 1, 2, c.description, c.cause, strings.Contains(c.cause, "policy")
		if !ok || got != c.want {
			t.Errorf("%+v\nwant %+v", got, c.want)
		}
	}
	if _, ok := NewActivity("Doing nothing", "", "", 1, 2); ok {
		t.Error("an activity of no known kind")
	}
}

// A log of two whole minutes between two that are cut off, 60 and 120 requests: rates 1
// and 2; of 120 response times of 1 to 120 ms the median is 60 ms.
func TestAccessLog(t *testing.T) {
	var b strings.Builder
	line := func(at string, target float64, status int) {
		fmt.Fprintf(&b, "http %s app/x/1 192.0.2.1:1 10.0.0.1:80 0.000 %g 0.000 %d %d 1 1 \"GET http://x/ HTTP/1.1\" \"-\" - - arn \"-\" \"-\" \"-\" 0 %s \"forward\" \"-\" \"-\"\n", at, target, status, status, at)
	}
	line("2026-03-02T00:00:59.5Z", 0.01, 200)
	for k := range 60 {
		line(fmt.Sprintf("2026-03-02T00:01:%02d.1Z", k), 0.01, 200)
	}
	for k := range 120 {
		line(fmt.Sprintf("2026-03-02T00:02:%02d.1Z", k/2), float64(k+1)/1000, 200+300*(k/119))
	}
	line("2026-03-02T00:03:00Z", 0.01, 200)
	_, r, err := read(t, "log", b.String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	bins, err := r.Bins(60)
	if err != nil || len(bins) < 2 {
		t.Fatal(len(bins), err)
	}
	if bins[0].Rate != 1 || bins[1].Rate != 2 || bins[0].Errors != 0 || bins[1].Errors != 1.0/60 || math.Abs(bins[1].Tails[0]/0.06-1) > 0.011 || !math.IsNaN(bins[0].Tails[0]) {
		t.Errorf("%+v", bins)
	}
}

// A five-minute utilization beside counts of a minute: bins of five minutes, in which
// rates are means.
func TestBins(t *testing.T) {
	r := NewRecord(nil)
	var counts strings.Builder
	counts.WriteString("time,RequestCount\n")
	for k := range 10 {
		fmt.Fprintf(&counts, "%d,%d\n", 60*k, 60*(k+1))
	}
	for _, text := range []string{counts.String(), "time,CPUUtilization\n0,50\n300,70\n", "time,GroupInServiceInstances\n0,2\n60,2\n120,2\n180,2\n240,2\n300,3\n"} {
		if err := r.Read("x.csv", strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Done(); err != nil {
		t.Fatal(err)
	}
	if p := r.Period(RequestCount, CPUUtilization); p != 300 {
		t.Error(p)
	}
	bins, err := r.Bins(300)
	if err != nil || len(bins) != 2 {
		t.Fatal(bins, err)
	}
	a, b := bins[0], bins[1]
	if a.Rate != 3 || b.Rate != 8 || a.CPU != 0.5 || math.Abs(b.CPU-0.7) > 1e-12 || a.InService != 2 || b.InService != 3 || a.PerTarget != 1.5 || !a.Changed || !a.Complete {
		t.Errorf("%+v", bins)
	}
}

// Activities of several groups are told apart by their name, and taken of none where the
// wanted one is not among them.
func TestActivitiesOfSeveralGroups(t *testing.T) {
	r := NewRecord(nil)
	if err := r.Read("a", strings.NewReader("["+example+","+strings.Replace(example, `"web"`, `"api"`, 1)+"]")); err != nil || len(r.Activities) != 2 {
		t.Fatal(err, r.Activities)
	}
	if all, ok := r.OfGroup("shop"); ok || strings.Join(all, " ") != "web api" || len(r.Activities) != 2 {
		t.Error(all, ok)
	}
	if _, ok := r.OfGroup("api"); !ok || len(r.Activities) != 1 || r.Activities[0].Group != "api" {
		t.Errorf("%+v", r.Activities)
	}
	if _, ok := r.OfGroup("shop"); !ok {
		t.Error("one group needs no name")
	}
}
