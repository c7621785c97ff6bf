// Command asgsim answers: if I ran this Auto Scaling group, with these policies,
// under this load, with these failures, what would users feel and what would I
// pay?
//
// One verb a file. Nothing below this package touches files, terminals, signals,
// the machine's clock or exit codes. Standard output is data, standard error is
// messages. Open main.go first, then app.go and run.go.
package main
