//go:build unix

package serve

import (
	"os"
	"os/signal"
	"syscall"
)

// NotifyResized has the system say when the size of the terminal changes.
func NotifyResized(changed chan<- os.Signal) { signal.Notify(changed, syscall.SIGWINCH) }
