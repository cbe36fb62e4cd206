//go:build !unix

package serve

import "os"

// NotifyResized does nothing: this system does not say when the size of the terminal changes, and it keeps the one it began with.
func NotifyResized(chan<- os.Signal) {}
