package prices

import (
	"regexp"
	"strings"
)

// systemOf is an operating system of AWS's in a catalogue's words; empty: one that is not
// kept, with software, a licence of one's own or support.
func systemOf(name string) string {
	switch name {
	case "Linux":
		return "linux"
	case "Windows":
		return "windows"
	case "RHEL":
		return "rhel"
	case "SUSE":
		return "suse"
	}
	return ""
}

// systemOfOperation is the operating system of a savings plan's rate, by the operation
// that it discounts ("AMI billing information fields", EC2 User Guide, 2026-08).
func systemOfOperation(operation string) string {
	switch operation {
	case "RunInstances":
		return "linux"
	case "RunInstances:0002":
		return "windows"
	case "RunInstances:0010":
		return "rhel"
	case "RunInstances:000g":
		return "suse"
	}
	return ""
}

// tenancyOf is a tenancy in a catalogue's words; empty: a host or a reservation.
func tenancyOf(name string) string {
	switch name {
	case "Shared":
		return "shared"
	case "Dedicated":
		return "dedicated"
	}
	return ""
}

// years is the length of a term: 1, 3, or 0 where it is none.
func years(s string) int {
	switch strings.ReplaceAll(strings.ToLower(s), " ", "") {
	case "1yr", "1year", "1":
		return 1
	case "3yr", "3year", "3":
		return 3
	}
	return 0
}

// paymentOf is how a commitment is paid; empty where it does not say.
func paymentOf(s string) string {
	switch strings.ReplaceAll(strings.ToLower(s), " ", "") {
	case "noupfront":
		return "no_upfront"
	case "partialupfront":
		return "partial_upfront"
	case "allupfront":
		return "all_upfront"
	}
	return ""
}

// committed names a commitment: "reserved/1y/no_upfront"; empty where it is none.
func committed(kind string, term int, payment string) string {
	if kind == "" || term == 0 || payment == "" {
		return ""
	}
	return kind + map[int]string{1: "/1y/", 3: "/3y/"}[term] + payment
}

// planOf is a savings plan's family of products in a catalogue's words.
func planOf(family string) string {
	switch family {
	case "ComputeSavingsPlans":
		return "compute"
	case "EC2InstanceSavingsPlans":
		return "instance"
	}
	return ""
}

// usages are the types of usage that are kept beside instances, without the region's
// code before them.
var usages = struct{ balancer, lcu, metric, volume, credits, shared, dedicated *regexp.Regexp }{
	balancer:  regexp.MustCompile(`^([A-Z]+[0-9]+-)?LoadBalancerUsage$`),
	lcu:       regexp.MustCompile(`^([A-Z]+[0-9]+-)?LCUUsage$`),
	metric:    regexp.MustCompile(`^([A-Z]+[0-9]+-)?CW:MetricMonitorUsage$`),
	volume:    regexp.MustCompile(`^(?:[A-Z]+[0-9]*-)?EBS:VolumeUsage\.([a-z0-9]{2,8})$`),
	credits:   regexp.MustCompile(`^(?:[A-Z]+[0-9]*-)?CPUCredits:([a-z0-9-]{2,12})$`),
	shared:    regexp.MustCompile(`^(?:[A-Z]+[0-9]*-)?BoxUsage(?::(.+))?$`),
	dedicated: regexp.MustCompile(`^(?:[A-Z]+[0-9]*-)?DedicatedUsage(?::(.+))?$`),
}

// currencyName is a currency as it may be shown.
func currencyName(s string) string {
	if len(s) == 3 && s >= "AAA" && s <= "ZZZ" {
		return s
	}
	return "another currency"
}

// dayOf is the day of an instant, "2026-11-01"; empty where there is none.
func dayOf(s string) string {
	if len(s) >= 10 && dateName.MatchString(s[:10]) {
		return strings.Clone(s[:10])
	}
	return ""
}
