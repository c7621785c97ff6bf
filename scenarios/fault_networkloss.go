package scenarios

import (
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// networkLossTable is [fault.N.network_loss].
type networkLossTable struct{}

func (networkLossTable) kind() string { return "network_loss" }

func (networkLossTable) keys(p string) []Key {
	return append(append(hitsKeys(p), networkKeys(p)...), ailsKey(p))
}

func (networkLossTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	f := fault.NetworkLoss{Plan: d.hits(p, name, w), Network: d.network(p)}
	f.Lasts, _ = d.dur(p + "duration")
	return f
}

// networkKeys are those of a bad network between the balancer and instances.
func networkKeys(p string) []Key {
	return []Key{
		{Path: p + "loss", Type: Share, Default: `"0%"`, Min: `"0%"`, Max: `"100%"`, Doc: "Share of requests and of health checks that are never answered: the client's timeout or the balancer's idle timeout ends them."},
		{Path: p + "latency", Type: Duration, Default: `"0s"`, Min: `"0s"`, Max: `"1h"`, Doc: "Added to what is not lost, before it arrives: no worker is held meanwhile."},
	}
}

// network reads a bad network.
func (d *decoder) network(p string) ec2.Network {
	var n ec2.Network
	n.Lost, _ = d.Share(p + "loss")
	n.Delay, _ = d.dur(p + "latency")
	if table := strings.TrimSuffix(p, "."); n == (ec2.Network{}) && !d.Failed(p+"loss") && !d.Failed(p+"latency") {
		d.Problem(table, d.Find(table).Key, form.Wrong(`write loss = "5%" or latency = "200ms"`, "says neither what is lost nor what is late"))
	}
	return n
}
