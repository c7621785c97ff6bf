//go:build !race

package serving

const raceDetector = false
