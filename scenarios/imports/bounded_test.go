package imports

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// within fails the test if what is done does not end.
func within(t *testing.T, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("does not end")
	}
}

// Conditions that name each other tenfold, forty deep, are decided once each: 10^40 ways
// lead down, and all say yes.
func TestConditionsAreDecidedOnce(t *testing.T) {
	var b strings.Builder
	b.WriteString("Conditions:\n  C40: !Equals [a, a]\n")
	for k := range 40 {
		fmt.Fprintf(&b, "  C%d: !And [%s]\n", k, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("{Condition: C%d}, ", k+1), 10), ", "))
	}
	b.WriteString("Resources:\n  G:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties:\n      MinSize: !If [C0, '2', '3']\n      MaxSize: '9'\n")
	within(t, func() {
		res, err := Import([]File{{Name: "deep.yaml", Text: []byte(b.String())}}, Options{}, func([]byte) []Fault { return nil })
		if err != nil || !strings.Contains(string(res.Text), "min_size = 2 ") {
			t.Errorf("%v: %s", err, res.Text)
		}
	})
}

// Of more policies than a scenario holds the first are in it, and that is told.
func TestMorePoliciesThanAScenarioHolds(t *testing.T) {
	var policies []string
	for k := range 200 {
		policies = append(policies, fmt.Sprintf(`{"AutoScalingGroupName":"g","PolicyName":"p%d","PolicyType":"TargetTrackingScaling","TargetTrackingConfiguration":{"PredefinedMetricSpecification":{"PredefinedMetricType":"ASGAverageCPUUtilization"},"TargetValue":50}}`, k))
	}
	files := []File{{Name: "g.json", Text: []byte(`{"AutoScalingGroups":[{"AutoScalingGroupName":"g","MinSize":1,"MaxSize":2}]}`)},
		{Name: "p.json", Text: []byte(`{"ScalingPolicies":[` + strings.Join(policies, ",") + `]}`)}}
	res, err := Import(files, Options{}, func([]byte) []Fault { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(res.Text), "\n[policy."); n != 128 {
		t.Errorf("%d policies", n)
	}
	told := false
	for _, n := range res.NotInIt {
		told = told || strings.Contains(n.Effect, "200 are in the files, of which 128 at most are read")
	}
	if !told {
		t.Errorf("not told: %v", res.NotInIt)
	}
}

// A pipe among the sources is not waited for.
func TestAPipeAmongSources(t *testing.T) {
	for _, name := range []string{"main.tf", "x.auto.tfvars"} {
		dir := t.TempDir()
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
		within(t, func() {
			_, err := Import(nil, Options{Folders: []Folder{{Name: dir, Files: os.DirFS(dir), Dir: "."}}}, nil)
			if err == nil || !strings.Contains(err.Error(), name+": is not a regular file") {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}
