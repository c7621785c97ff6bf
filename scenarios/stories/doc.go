// Package stories holds no code of the program: its tests run the shipped scenarios
// and hold them to what their comments tell, replay recorded traces, and judge the
// intervals of comparisons on recorded runs.
//
// Open runner_test.go first: every test gets its runs there, and each scenario,
// variant and seed is simulated once.
package stories
