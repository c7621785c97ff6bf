package report

import (
	"fmt"
	"testing"

	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// Each way to end has the code that the load balancer's guide gives it ("Troubleshoot your
// Application Load Balancers", read 2026-11), in the line and in the table; codes of which
// there are none are left out.
func TestCodesInWords(t *testing.T) {
	ended := [serving.Reasons]uint64{serving.OK: 1000, serving.NoTarget: 2, serving.QueueFull: 4, serving.Refused: 8, serving.CutOff: 16, serving.TimedOut: 32, serving.Error: 64, serving.GatewayTimeout: 128, serving.DependencyFailed: 256}
	h := record.HTTPOf(&ended, 9)
	if got, want := wrong(&h), "attempts: 24 × 502, 2 × 503, 128 × 504, 324 × 5XX of targets, 32 × 460 (the client left)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	want := "[[HTTPCode_Target_2XX_Count 1,000] [HTTPCode_Target_5XX_Count 324] [HTTPCode_ELB_4XX_Count (460) 32] [HTTPCode_ELB_5XX_Count 154] " +
		"[HTTPCode_ELB_502_Count 24] [HTTPCode_ELB_503_Count 2] [HTTPCode_ELB_504_Count 128] [TargetConnectionErrorCount 9]]"
	if got := fmt.Sprint(answers(&h)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := answers(nil); got != nil || wrong(nil) != "" || wrong(&record.HTTP{Target2XX: 5}) != "" {
		t.Errorf("without a balancer %v", got)
	}
}
