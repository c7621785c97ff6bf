// Package world is one run: a Config and a seed in, a [record.Record] out, of which
// package account draws up the Result.
//
// It wires the control plane (kernel, group, balancer, faults, package control, package
// meter) to the data plane (serving). A run is a
// function of (Config, seed): the same bytes on any number of cores. There is no
// goroutine inside a run.
//
// Open run.go first, then record.go.
package world
