package asg

import (
	"slices"
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

func (p *parts) placer() *placer {
	return &placer{base: p.base, History: p.History, zoneSet: p.zones, retries: p.retries(), pools: p.allocator(), again: p.again}
}

func because(ec2.Pool) string { return "because" }

// Best effort tries another zone when one has no capacity; balanced-only keeps to the
// thinnest ("Availability Zone distribution"), here by being asked for that zone alone.
func TestNextZone(t *testing.T) {
	p := newParts(config(), 2)
	p.cloud.noZone[0] = true
	pl := p.placer()
	at, ok := pl.place([]int{0, 1}, because)
	if !ok || at.Zone != 1 || at.why() != "" || p.Refused != 1 {
		t.Errorf("%+v, %v", at, ok)
	}
	a := p.Activities[0]
	if a.Status != Failed || a.Instance != -1 || a.Zone != "a" || !strings.Contains(a.Message, "no capacity") || a.Cause != "because" {
		t.Errorf("%+v", a)
	}
	balanced := newParts(config(), 2)
	balanced.cfg.BalancedOnly = true
	balanced.cloud.noZone[0] = true
	if at, ok := balanced.placer().place([]int{0}, because); ok {
		t.Errorf("%+v", at)
	}
	if len(balanced.looks) != 1 || balanced.looks[0] != sec(15) {
		t.Errorf("looks again at %v, want 15 s (X-15)", balanced.looks)
	}
}

// A zone that failed is left alone until its wait is over, a quota stops at once (no
// zone would do), and an abandoned launch puts off all of them.
func TestWaits(t *testing.T) {
	p := newParts(config(), 2)
	p.cloud.noZone[0], p.cloud.noZone[1] = true, true
	pl := p.placer()
	for range 2 {
		if _, ok := pl.place([]int{0, 1}, because); ok {
			t.Error("no zone has capacity")
		}
	}
	if p.Refused != 2 || len(p.Holds) != 2 || p.Holds[0].Name != "a" || p.Holds[0].Until != sec(15) {
		t.Errorf("%d refusals, %+v: each zone once", p.Refused, p.Holds)
	}
	if !slices.Equal(p.looks, []des.Time{sec(15), sec(15)}) { // once for each time it was asked
		t.Errorf("no capacity: looks again at %v", p.looks)
	}
	q := newParts(config(), 2)
	q.cloud.quota = true
	pl = q.placer()
	if _, ok := pl.place([]int{0, 1}, because); ok || q.Refused != 1 {
		t.Errorf("a quota: %d refusals", q.Refused)
	}
	if !slices.Equal(q.looks, []des.Time{sec(15)}) {
		t.Errorf("a quota: looks again at %v, want when the wait is over", q.looks)
	}
	pl.backOffAll()
	pl.zoneRetry[0].until = 0
	q.cloud.quota = false
	if _, ok := pl.place([]int{0, 1}, because); ok || q.looks[len(q.looks)-1] != sec(15) {
		t.Errorf("launched, looks %v", q.looks)
	}
	q.wait(15 * des.Second)
	if _, ok := pl.place([]int{0, 1}, because); !ok {
		t.Error("the wait is over")
	}
}

// A mixed group says which types were tried, and why it chose one.
func TestRefusalNamesTheTypes(t *testing.T) {
	p := pooled(&Mixed{OnDemandPercent: 100})
	p.cloud.noZone[0] = true
	at, ok := p.placer().place([]int{0, 1}, because)
	if !ok || !strings.HasPrefix(at.why(), "It is a first, On-Demand") || !strings.Contains(p.Activities[0].Message, "The other 2 instance types were tried before.") {
		t.Errorf("%q, %+v", at.why(), p.Activities)
	}
}

// After a day without a launch that succeeds AWS suspends launching ("Suspend and resume
// a process": administrative suspension); a success begins the day anew.
func TestADayOfFailures(t *testing.T) {
	p := newParts(config(), 2)
	r := p.retries()
	r.failed()
	p.wait(23 * des.Hour)
	r.launched(0)
	p.wait(2 * des.Hour)
	r.failed()
	if p.Suspended(Launch) {
		t.Error("a launch succeeded two hours ago")
	}
	p.wait(24*des.Hour - 1)
	if r.failed(); p.Suspended(Launch) {
		t.Error("less than a day")
	}
	p.wait(1)
	if r.failed(); !p.Suspended(Launch) {
		t.Error("a day of failures")
	}
}

// A success forgets the failures of its zone and of the hooks: the next wait is the
// first again.
func TestSuccessForgets(t *testing.T) {
	p := newParts(config(), 2)
	r := p.retries()
	r.backOffZone(0)
	p.wait(15 * des.Second)
	r.backOffZone(0)
	r.backOffAll()
	if r.zoneRetry[0].until != sec(45) || r.hookRetry.until != sec(30) {
		t.Errorf("%v, %v: twice as long the second time", r.zoneRetry[0].until, r.hookRetry.until)
	}
	r.launched(0)
	if r.zoneRetry[0] != (backoff{}) || r.hookRetry != (backoff{}) || p.Holds[1].Until != sec(15) || p.Holds[0].Until != sec(15) {
		t.Errorf("%+v, %+v", r.zoneRetry[0], p.Holds)
	}
}
