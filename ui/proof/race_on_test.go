//go:build race

package proof

// raced is whether the tests, and so the binary they run, have the race detector.
const raced = true
