//go:build race

package serving

const raceDetector = true
