package exports_test

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"asgsim/scenarios"
	"asgsim/scenarios/exports"
)

func loaded(t *testing.T, text string) *scenarios.Config {
	t.Helper()
	s, err := scenarios.Load(scenarios.Source{Name: "x.toml", Text: []byte(text)}, nil, scenarios.Options{Unadvised: true})
	if err != nil {
		t.Fatal(err)
	}
	return &s.Configs[0]
}

// All that AWS has a place for comes back as it was, whatever units it was written in, and
// whatever a name holds.
func TestRoundTripOfEverything(t *testing.T) {
	for name, text := range map[string]string{"everything": exports.Everything, "mixed": exports.MixedOnes, "attributes": exports.Attributes} {
		c := loaded(t, text)
		for _, tool := range exports.Tools() {
			t.Run(name+"/"+tool, func(t *testing.T) {
				res, err := exports.Export(tool, "x.toml", c)
				if err != nil {
					t.Fatal(err)
				}
				if tool == exports.CloudFormation && name == "everything" {
					if said := notes(res); !strings.Contains(said, "suspended_processes: CloudFormation has no property for it") {
						t.Errorf("says nothing of suspended processes: %s", said)
					}
					c = loaded(t, strings.Replace(text, `suspended_processes = ["AZRebalance"]`, "", 1)) // as stated
					if res, err = exports.Export(tool, "x.toml", c); err != nil {
						t.Fatal(err)
					}
				}
				same(t, c, tool, res)
			})
		}
	}
}

func notes(res *exports.Result) string {
	var b strings.Builder
	for _, n := range res.NotInIt {
		b.WriteString(n.What + ": " + n.Why + "\n")
	}
	return b.String()
}

// What AWS has no place for is told, and what only the user knows.
func TestExportTellsWhatItLeaves(t *testing.T) {
	res, err := exports.Export(exports.Terraform, "x.toml", loaded(t, exports.Everything+"\n[fault.f.crash]\nat = \"1h\"\ncount = 1\n[variant.none]\n"))
	if err != nil {
		t.Fatal(err)
	}
	said := notes(res)
	for _, want := range []string{"load.web.constant.rate: who asks", "request.cpu", "fault.f.crash", "auto_scaling_group.reconcile_delay", "policy.cpu.target_tracking.low_ratio: how AWS itself behaves",
		"hook.setup.duration", "alarm.unused.metric_name", "instance.initial_credits"} {
		if !strings.Contains(said, want) {
			t.Errorf("lacks %q: %s", want, said)
		}
	}
	for _, not := range []string{"min_size", "heartbeat", "target_value"} {
		if strings.Contains(said, not) {
			t.Errorf("tells %s, which is written: %s", not, said)
		}
	}
	if got := strings.Join(res.Inputs, "\n"); !strings.Contains(got, "VPC_ID") || !strings.Contains(got, "LOAD_BALANCER") {
		t.Errorf("asks for %s", got)
	}
	hpa, err := exports.Export(exports.AWSCLI, "x.toml", loaded(t, exports.MixedOnes[:strings.Index(exports.MixedOnes, "capacity_rebalance")]+"[policy.pods.kubernetes_hpa]\naverage_utilization = \"50%\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if said := notes(hpa); !strings.Contains(said, "policy.pods.kubernetes_hpa: AWS has no such policy") || strings.Contains(string(hpa.Text), "put-scaling-policy") {
		t.Errorf("%s", said)
	}
	if _, err := exports.Export("pulumi", "x", loaded(t, exports.MixedOnes)); err == nil {
		t.Error("there is no such tool")
	}
}

// A shell reads the lines as they are meant: run by one, with a function in the place of
// AWS's command line, every input is JSON, variables are put in, and nothing else is.
func TestShellReadsTheLines(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	res, err := exports.Export(exports.AWSCLI, "x.toml", loaded(t, exports.Everything))
	if err != nil {
		t.Fatal(err)
	}
	script := `aws() { printf '%s\n' "$4" >&3; echo "arn:of:$2"; }
VPC_ID=vpc-1 LOAD_BALANCER=app/x
` + string(res.Text)
	c := exec.Command(sh, "-c", "{ "+script+"\n} 3>&1 >/dev/null")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) < 20 {
		t.Fatalf("%d calls", len(lines))
	}
	const name = `we'b $(date) "x" ${y} %{z} \ end`
	for _, line := range lines {
		var v map[string]any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if got, ok := v["AutoScalingGroupName"]; ok && got != name {
			t.Errorf("the group is %q", got)
		}
		if got, ok := v["VpcId"]; ok && got != "vpc-1" {
			t.Errorf("the VPC is %q", got)
		}
		if got, ok := v["TargetGroupARNs"].([]any); ok && got[0] != "arn:of:create-target-group" {
			t.Errorf("the target group is %q", got)
		}
		if got, ok := v["AlarmActions"].([]any); ok && got[0] != "arn:of:put-scaling-policy" {
			t.Errorf("an alarm does %q", got)
		}
	}
}
