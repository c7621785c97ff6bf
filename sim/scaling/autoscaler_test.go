package scaling

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/des"
)

// threads is a profile on a metric divided by the instances: one more at or over
// out, one less under in.
func threads(out float64, in float64) *AzureAutoscale {
	rule := AzureRule{Name: "out", Metric: TotalRequests, PerInstance: true, Operator: AzureGreaterThanOrEqual, Threshold: out, Increase: true, Value: 1}
	less := AzureRule{Name: "in", Metric: TotalRequests, PerInstance: true, Operator: AzureLessThan, Threshold: in, Value: 1}
	return &AzureAutoscale{Rules: []AzureRule{rule, less}}
}

// The worked examples of Azure's page on flapping, as a count of instances after
// each look. total is the metric summed over the instances.
func TestAzureFlappingGuard(t *testing.T) {
	cpu := threads(50, 30)
	cpu.Rules[0].Operator = AzureGreaterThan
	for _, c := range []struct {
		id     string
		rules  *AzureAutoscale
		start  int
		totals []float64
		want   []int
		last   Block
	}{
		{"TV-68", cpu, 1, []float64{56, 56}, []int{2, 2}, BlockFlapping},
		{"TV-69", threads(600, 400), 2, []float64{1250, 1250, 1180}, []int{3, 3, 2}, NoBlock},
		{"TV-70", threads(600, 600), 3, []float64{1250}, []int{3}, BlockFlapping},
	} {
		n := c.start
		var m Memory
		for k, total := range c.totals {
			s := &Snapshot{Desired: n, Min: 1, Max: 10}
			v := total / float64(n)
			d := looked(c.rules, des.Time(k)*des.Time(des.Minute), s, []float64{v, v}, &m)
			if d.Side == Out || d.Side == In {
				n = d.Want
			}
			if n != c.want[k] {
				t.Errorf("%s, look %d: %d instances, want %d: %s", c.id, k+1, n, c.want[k], d.Why)
			}
			if k == len(c.totals)-1 && d.Block != c.last {
				t.Errorf("%s: blocked by %q: %s", c.id, d.Block, d.Why)
			}
		}
	}
}

// Counts between are tried before scaling in is given up.
func TestAzureScalesInAsFarAsItMay(t *testing.T) {
	p := threads(70, 60)
	p.Rules[1].Value = 5
	var m Memory
	d := looked(p, 0, &Snapshot{Desired: 10, Min: 1, Max: 20}, []float64{50, 50}, &m)
	// 500 in all: on 5, 6 and 7 it would be 100, 83 and 71, on 8 62.5.
	if d.Side != In || d.Want != 8 || !strings.Contains(d.Why, "to 7 it would scale out again") {
		t.Errorf("%+v", d)
	}
}

func TestAzureRulesTogether(t *testing.T) {
	rule := func(name string, increase bool, op AzureOperator, threshold float64, action AzureAction, value int) AzureRule {
		return AzureRule{Name: name, Operator: op, Threshold: threshold, Increase: increase, Action: action, Value: value, Cooldown: 5 * des.Minute}
	}
	p := &AzureAutoscale{Rules: []AzureRule{
		rule("some", true, AzureGreaterThan, 50, ChangeCount, 1), rule("many", true, AzureGreaterThan, 80, PercentChangeCount, 50),
		rule("few", false, AzureLessThan, 30, ChangeCount, 1), rule("fewer", false, AzureLessThan, 20, ChangeCount, 2),
	}}
	nan := math.NaN()
	for _, c := range []struct {
		name   string
		last   des.Time // of the last action; des.Never: none
		values []float64
		side   Side
		want   int
		block  Block
	}{
		{"any rule scales out, the largest count wins", des.Never, []float64{90, 90, 90, 90}, Out, 15, NoBlock},
		{"one is enough", des.Never, []float64{60, 60, 60, 60}, Out, 11, NoBlock},
		{"not within the cooldown", 0, []float64{90, 90, 90, 90}, Stay, 0, BlockCooldown},
		{"in only if all rules say so", des.Never, []float64{25, 25, 25, 25}, Hold, 0, NoBlock},
		{"then to the largest count", des.Never, []float64{10, 10, 10, 10}, In, 9, NoBlock},
		{"no cooldown is over", 0, []float64{10, 10, 10, 10}, Stay, 0, BlockCooldown},
		{"out again as soon as it is over", des.Time(-des.Minute), []float64{90, 90, 90, 90}, Out, 15, NoBlock},
		{"in again as soon as it is over", des.Time(-des.Minute), []float64{10, 10, 10, 10}, In, 9, NoBlock},
		{"no data, no action", des.Never, []float64{nan, nan, nan, nan}, Hold, 0, BlockData},
	} {
		m := Memory(AzureMemory{Acted: c.last != des.Never, Last: c.last})
		d := looked(p, des.Time(4*des.Minute), &Snapshot{Desired: 10, Min: 1, Max: 20}, c.values, &m)
		if d.Side != c.side || d.Want != c.want || d.Block != c.block {
			t.Errorf("%s: %+v", c.name, d)
		}
	}
	if got, want := p.goal(), "Percentage CPU +1 over 50, +50 % over 80, -1 under 30, -2 under 20"; got != want {
		t.Errorf("goal %q, want %q", got, want)
	}
	// Every rule has its own cooldown: one that is over is not held up by another's.
	short := &AzureAutoscale{Rules: []AzureRule{rule("many", true, AzureGreaterThan, 80, ChangeCount, 5), rule("some", true, AzureGreaterThan, 50, ChangeCount, 1)}}
	short.Rules[1].Cooldown = des.Minute
	acted := Memory(AzureMemory{Acted: true})
	if d := looked(short, des.Time(2*des.Minute), &Snapshot{Desired: 10, Min: 1, Max: 20}, []float64{90, 90}, &acted); d.Side != Out || d.Want != 11 || d.Rule != "some" {
		t.Errorf("one of two in its cooldown: %+v", d)
	}
	exact := &AzureAutoscale{Rules: []AzureRule{rule("all", true, AzureGreaterThan, 50, ExactCount, 30)}}
	var m Memory
	if d := looked(exact, 0, &Snapshot{Desired: 10, Min: 1, Max: 20}, []float64{60}, &m); d.Want != 20 || !strings.Contains(d.Why, "max_size 20") {
		t.Errorf("an exact count: %+v", d)
	}
}

// vms are n instances of one CPU use, in percent, all initialized.
func vms(n int, cpu float64) (out []VM) {
	for range n {
		out = append(out, VM{Age: des.Hour, CPU: cpu, Requests: 10 * cpu})
	}
	return out
}

func TestGCPRecommendedSize(t *testing.T) {
	minute := func(k int) des.Time { return des.Time(k) * des.Time(des.Minute) }
	base := GCPAutoscaler{Name: "mig", CPU: 60, Init: des.Minute, Stabilization: 10 * des.Minute}
	s := func(desired int) *Snapshot { return &Snapshot{Desired: desired, Min: 2, Max: 20} }
	t.Run("sum over target", func(t *testing.T) {
		var m Memory
		if d := looked(&base, 0, s(4), vms(4, 80), &m); d.Side != Out || d.Want != 6 { // 320 / 60
			t.Errorf("%+v", d)
		}
	})
	t.Run("young VMs are not looked at", func(t *testing.T) {
		var m Memory
		young := append(vms(4, 60), VM{Age: 30 * des.Second, CPU: 100})
		if d := looked(&base, 0, s(5), young, &m); d.Want != 4 {
			t.Errorf("%+v", d)
		}
		if d := looked(&base, 0, s(1), young[4:], &m); d.Side != Hold || d.Block != BlockData {
			t.Errorf("%+v", d)
		}
	})
	t.Run("the peak of the stabilization period", func(t *testing.T) {
		var m Memory
		looked(&base, 0, s(6), vms(6, 60), &m)
		for k := 1; k < 10; k++ {
			if d := looked(&base, minute(k), s(6), vms(6, 30), &m); d.Side != Stay || d.Block != BlockStabilization {
				t.Fatalf("minute %d: %+v", k, d)
			}
		}
		if d := looked(&base, minute(10), s(6), vms(6, 30), &m); d.Side != In || d.Want != 3 {
			t.Errorf("%+v", d)
		}
	})
	t.Run("a longer initialization period stabilizes as long", func(t *testing.T) {
		p := base
		p.Init = 20 * des.Minute
		if p.Window() != 20*des.Minute {
			t.Errorf("window %v", p.Window())
		}
	})
	t.Run("scale-in controls", func(t *testing.T) {
		for _, c := range []struct {
			control ScaleInControl
			want    int
		}{{ScaleInControl{Fixed: 2, Window: 30 * des.Minute}, 8}, {ScaleInControl{Percent: 25, Window: 30 * des.Minute}, 7}} {
			p, m := base, Memory(nil)
			p.In = &c.control
			looked(&p, 0, s(10), vms(10, 60), &m)
			if d := looked(&p, minute(15), s(10), vms(10, 12), &m); d.Want != c.want || !strings.Contains(d.Why, "scale-in controls keep") {
				t.Errorf("%+v", d)
			}
			if d := looked(&p, minute(16), s(c.want), vms(10, 12), &m); d.Side != Stay || d.Block != BlockControl {
				t.Errorf("kept there: %+v", d)
			}
			if d := looked(&p, minute(31), s(c.want), vms(10, 12), &m); d.Side != In {
				t.Errorf("the window is over: %+v", d)
			}
		}
	})
	t.Run("modes", func(t *testing.T) {
		var m Memory
		only := base
		only.Mode = GCPOnlyScaleOut
		if d := looked(&only, 0, s(10), vms(10, 12), &m); d.Side != Stay || d.Block != BlockMode {
			t.Errorf("%+v", d)
		}
		if d := looked(&only, 0, s(10), vms(10, 90), &m); d.Side != Out {
			t.Errorf("%+v", d)
		}
		off := base
		off.Mode = GCPOff
		if d := looked(&off, 0, s(10), vms(10, 90), &m); d.Side != Stay || !strings.Contains(d.Why, "15 recommended") {
			t.Errorf("%+v", d)
		}
	})
	t.Run("the largest of several signals wins", func(t *testing.T) {
		var m Memory
		both := base
		both.Balancing, both.MaxRate = 80, 500
		if d := looked(&both, 0, s(4), vms(4, 60), &m); d.Want != 6 { // 4 by CPU; 2400 / 400 = 6 by rate
			t.Errorf("%+v", d)
		}
	})
	t.Run("bounds", func(t *testing.T) {
		var m Memory
		if d := looked(&base, 0, s(20), vms(20, 90), &m); d.Side != Stay || d.Block != BlockMax {
			t.Errorf("%+v", d)
		}
	})
}

// What Google Cloud's autoscaler holds, in words.
func TestGoalOfGCP(t *testing.T) {
	for want, p := range map[string]GCPAutoscaler{
		"CPU at 60 %": {CPU: 60}, "load balancing at 80 % of 50/s": {Balancing: 80, MaxRate: 50},
		"CPU at 60 %, load balancing at 80 % of 50/s": {CPU: 60, Balancing: 80, MaxRate: 50},
	} {
		if got := p.goal(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
