package prices

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
)

// sold is a price of a list of AWS's, for files in each of its forms.
type sold struct {
	sku, family, region, place, kind, vcpu, memory, system, tenancy, software, licence, capacity, usage, operation string
	term, length, option, class, begin, unit, price                                                                string
}

// instance is a price on demand in Frankfurt.
func instance(sku, kind, system, tenancy, price string) sold {
	return sold{sku: sku, family: "Compute Instance", region: "eu-central-1", place: "AWS Region", kind: kind, vcpu: "2", memory: "8 GiB", system: system, tenancy: tenancy,
		software: "NA", licence: "No License required", capacity: "Used", usage: "EUC1-BoxUsage:" + kind, operation: "RunInstances", term: "OnDemand", begin: "0", unit: "Hrs", price: price}
}

func (s sold) with(change func(*sold)) sold {
	change(&s)
	return s
}

// beside is a price of something else than an instance.
func besides(sku, family, usage, unit, begin, price string) sold {
	return sold{sku: sku, family: family, region: "eu-central-1", place: "AWS Region", usage: usage, term: "OnDemand", unit: unit, begin: begin, price: price}
}

// offers are prices of every kind that is kept, and of some that are not.
func offers() []sold {
	reserved := func(option, unit, price string) func(*sold) {
		return func(s *sold) {
			s.term, s.length, s.option, s.class, s.unit, s.price = "Reserved", "1yr", option, "standard", unit, price
		}
	}
	m7i := instance("A", "m7i.large", "Linux", "Shared", "0.1197")
	credits := besides("K", "CPU Credits", "EUC1-CPUCredits:t3", "vCPU-Hours", "0", "0.05")
	credits.system = "Linux"
	return []sold{
		m7i,
		m7i.with(reserved("No Upfront", "Hrs", "0.0790")),
		m7i.with(reserved("Partial Upfront", "Quantity", "329")), // of 8,760 hours
		m7i.with(reserved("Partial Upfront", "Hrs", "0.0376")),
		m7i.with(reserved("All Upfront", "Quantity", "657")),
		m7i.with(reserved("All Upfront", "Hrs", "0.0000000000")),
		instance("B", "m7i.large", "Windows", "Shared", "0.2117"),
		instance("C", "m7i.large", "Linux", "Dedicated", "0.1317"),
		instance("D", "c7g.large", "Linux", "Shared", "0.0824"),
		instance("E", "m7i.large", "Windows", "Shared", "9.99").with(func(s *sold) { s.licence = "Bring your own license" }),
		instance("F", "m7i.large", "Linux", "Shared", "9.99").with(func(s *sold) { s.software = "SQL Std" }),
		instance("G", "m7i.large", "Linux", "Shared", "9.99").with(func(s *sold) { s.capacity = "UnusedCapacityReservation" }),
		instance("H", "m7i.large", "Linux", "Shared", "9.99").with(func(s *sold) { s.place = "AWS Local Zone" }),
		instance("I", "m7i.large", "Linux", "Host", "0.0000000000"),
		besides("J", "Storage", "EUC1-EBS:VolumeUsage.gp3", "GB-Mo", "0", "0.0952"),
		credits,
		besides("L", "Load Balancer-Application", "EUC1-LoadBalancerUsage", "Hrs", "0", "0.027"),
		besides("M", "Load Balancer-Application", "EUC1-LCUUsage", "LCU-Hrs", "0", "0.008"),
		besides("N", "Load Balancer-Application", "EUC1-TS-LoadBalancerUsage", "Hrs", "0", "9.99"),
		besides("O", "Metric", "EUC1-CW:MetricMonitorUsage", "Metrics", "0", "0.30"),
		besides("O", "Metric", "EUC1-CW:MetricMonitorUsage", "Metrics", "10000", "0.10"),
		instance("P", "m7i.large", "Linux", "Shared", "0.1008").with(func(s *sold) { s.region = "us-east-1" }),
	}
}

// asCSV writes prices as AWS's index.csv has them.
func asCSV(list []sold) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	write := func(fields ...string) {
		if err := w.Write(fields); err != nil {
			panic(err)
		}
	}
	write("FormatVersion", "v1.0")
	write("Disclaimer", "This pricing list is for informational purposes only.")
	write("Publication Date", "2026-11-01T20:59:55Z")
	write("Version", "20261101205955")
	write("OfferCode", "AmazonEC2")
	write("SKU", "OfferTermCode", "RateCode", "TermType", "StartingRange", "EndingRange", "Unit", "PricePerUnit", "Currency", "LeaseContractLength", "PurchaseOption", "OfferingClass", "Product Family", "serviceCode", "Location Type",
		"Instance Type", "vCPU", "Memory", "Operating System", "License Model", "Tenancy", "Pre Installed S/W", "CapacityStatus", "usageType", "operation", "Region Code")
	for _, s := range list {
		write(s.sku, "T", "R", s.term, s.begin, "Inf", s.unit, s.price, "USD", s.length, s.option, s.class, s.family, "AmazonEC2", s.place,
			s.kind, s.vcpu, s.memory, s.system, s.licence, s.tenancy, s.software, s.capacity, s.usage, s.operation, s.region)
	}
	w.Flush()
	return b.String()
}

// asJSON writes prices as AWS's index.json has them.
func asJSON(list []sold) string {
	type object = map[string]any
	products, terms := object{}, map[string]map[string]object{"OnDemand": {}, "Reserved": {}}
	for i, s := range list {
		products[s.sku] = object{"sku": s.sku, "productFamily": s.family, "attributes": object{
			"regionCode": s.region, "locationType": s.place, "instanceType": s.kind, "vcpu": s.vcpu, "memory": s.memory, "operatingSystem": s.system,
			"tenancy": s.tenancy, "preInstalledSw": s.software, "licenseModel": s.licence, "capacitystatus": s.capacity, "usagetype": s.usage, "operation": s.operation,
		}}
		of := terms[s.term]
		if of[s.sku] == nil {
			of[s.sku] = object{}
		}
		of[s.sku][fmt.Sprintf("%s.T%d", s.sku, i)] = object{
			"sku": s.sku, "priceDimensions": object{"R": object{"unit": s.unit, "beginRange": s.begin, "pricePerUnit": object{"USD": s.price}}},
			"termAttributes": object{"LeaseContractLength": s.length, "OfferingClass": s.class, "PurchaseOption": s.option},
		}
	}
	part := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		return string(text)
	}
	return `{"formatVersion":"v1.0","offerCode":"AmazonEC2","version":"20261101205955","publicationDate":"2026-11-01T20:59:55Z","products":` +
		part(products) + `,"terms":` + part(terms) + `,"attributesList":{}}`
}

// plansCSV and plansJSON are a list of savings plans: rates of a Compute and an EC2
// Instance Savings Plan, of a type with Linux and Windows.
const plansCSV = `"FormatVersion","v1.0"
"Publication Date","2026-11-02T00:00:00Z"
"SKU","RateCode","Unit","EffectiveDate","DiscountedRate","Currency","DiscountedSKU","DiscountedServiceCode","DiscountedUsageType","DiscountedOperation","PurchaseOption","LeaseContractLength","LeaseContractLengthUnit","ServiceCode","UsageType","Operation","Description","Instance Family","Location","Location Type","Granularity","Product Family","DiscountedRegionCode","DiscountedInstanceType"
"S1","S1.A","Hrs","2026-11-01","0.0958","USD","A","AmazonEC2","EUC1-BoxUsage:m7i.large","RunInstances","No Upfront","1","year","ComputeSavingsPlans","","","1 year No Upfront Compute Savings Plan","","Any","","hourly","ComputeSavingsPlans","eu-central-1","m7i.large"
"S1","S1.B","Hrs","2026-11-01","0.1878","USD","B","AmazonEC2","EUC1-BoxUsage:m7i.large","RunInstances:0002","No Upfront","1","year","ComputeSavingsPlans","","","1 year No Upfront Compute Savings Plan","","Any","","hourly","ComputeSavingsPlans","eu-central-1","m7i.large"
"S2","S2.A","Hrs","2026-11-01","0.0455","USD","A","AmazonEC2","EUC1-BoxUsage:m7i.large","RunInstances","All Upfront","3","year","ComputeSavingsPlans","","","3 year All Upfront m7i EC2 Instance Savings Plan in eu-central-1","m7i","EU (Frankfurt)","","hourly","EC2InstanceSavingsPlans","eu-central-1","m7i.large"
"S2","S2.C","Hrs","2026-11-01","9.99","USD","A","AmazonEC2","EUC1-UnusedBox:m7i.large","RunInstances","All Upfront","3","year","ComputeSavingsPlans","","","","m7i","EU (Frankfurt)","","hourly","EC2InstanceSavingsPlans","eu-central-1","m7i.large"
`

const plansJSON = `{"version":"20261102","publicationDate":"2026-11-02T00:00:00Z","regionCode":"eu-central-1","products":[
{"sku":"S1","productFamily":"ComputeSavingsPlans","serviceCode":"ComputeSavingsPlans","attributes":{"purchaseOption":"No Upfront","purchaseTerm":"1yr","granularity":"hourly","locationType":"AWS Region","location":"Any"}},
{"sku":"S2","productFamily":"EC2InstanceSavingsPlans","serviceCode":"ComputeSavingsPlans","attributes":{"purchaseOption":"All Upfront","purchaseTerm":"3yr","instanceType":"m7i","regionCode":"eu-central-1"}}],
"terms":{"savingsPlan":[
{"sku":"S1","description":"1 year No Upfront Compute Savings Plan","effectiveDate":"2026-11-01","leaseContractLength":{"duration":1,"unit":"year"},"rates":[
 {"discountedSku":"A","discountedUsageType":"EUC1-BoxUsage:m7i.large","discountedOperation":"RunInstances","discountedServiceCode":"AmazonEC2","rateCode":"S1.A","unit":"Hrs","discountedRate":{"price":"0.0958","currency":"USD"}},
 {"discountedSku":"B","discountedUsageType":"EUC1-BoxUsage:m7i.large","discountedOperation":"RunInstances:0002","discountedRate":{"price":"0.1878","currency":"USD"},"discountedRegionCode":"eu-central-1","discountedInstanceType":"m7i.large"}]},
{"sku":"S2","leaseContractLength":{"duration":3,"unit":"year"},"rates":[
 {"discountedUsageType":"EUC1-BoxUsage:m7i.large","discountedOperation":"RunInstances","discountedRate":{"price":"0.0455","currency":"USD"}},
 {"discountedUsageType":"EUC1-UnusedBox:m7i.large","discountedOperation":"RunInstances","discountedRate":{"price":"9.99","currency":"USD"}}]},
{"sku":"S9","rates":[{"discountedUsageType":"EUC1-BoxUsage:m7i.large","discountedOperation":"RunInstances","discountedRate":{"price":"9.99","currency":"USD"}}]}]}}`

// instancesJSON is a list as ec2instances.info has it.
const instancesJSON = `[
{"instance_type":"m7i.large","vCPU":2,"memory":8.0,"family":"General purpose","pricing":{
 "eu-central-1":{"linux":{"ondemand":"0.1197","reserved":{"yrTerm1Standard.noUpfront":"0.0790","yrTerm3Convertible.allUpfront":"0.0512","yrTerm1Savings.noUpfront":"0.0958","yrTerm3InstanceSavings.allUpfront":"0.0455"},
   "spot_min":"0.03","spot_avg":"0.0399","spot_max":"0.05","pct_interrupt":"5-10%","pct_savings_od":67},
  "mswin":{"ondemand":"0.2117"},"linuxSQL":{"ondemand":"9.99"},"ebs":"0"},
 "us-east-1":{"linux":{"ondemand":0.1008,"pct_savings_od":65,"pct_interrupt":"N/A","spot_avg":"N/A"},"emr":{"emr":"0.02"}}}},
{"instance_type":"u-6tb1.metal","vCPU":"N/A","memory":6144,"pricing":{"eu-central-1":{"linux":{"ondemand":"N/A"}}}}]`
