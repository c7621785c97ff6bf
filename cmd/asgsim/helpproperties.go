package main

import "asgsim/scenarios/imports"

// propertiesHelp lists what import makes of every property.
func propertiesHelp() string {
	return `What import makes of every property of AWS's

By the names of AWS's API; CloudFormation has most of the same. Beside a property stands the key of a
scenario that it becomes (asgsim help KEY), or behind - what a simulation without it is not, which import
tells where a file has it. Behind = are those that change nothing here, with the reason. What is in no
list is told as unknown.
` + imports.Documentation()
}
