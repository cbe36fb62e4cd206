package bolt_test

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"pou/store"
)

// unprivileged runs fn as somebody who owns nothing here. Root may read and write everything, so as root the thread
// takes another user's rights to files for the time.
func unprivileged(t *testing.T, fn func()) {
	t.Helper()
	if os.Getuid() != 0 {
		fn()
		return
	}
	const stranger = 65534
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := syscall.Setfsuid(stranger); err != nil {
		t.Fatal(err)
	}
	fn()
	if err := syscall.Setfsuid(0); err != nil {
		t.Fatal(err)
	}
}

func TestAStoreThatMayNotBeWrittenIsRefusedInWords(t *testing.T) {
	dir := t.TempDir()
	for _, open := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(open, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, mode := range map[string]os.FileMode{"readable": 0o444, "unreadable": 0o000} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, name+".db")
			filled(t, path)
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
			unprivileged(t, func() { _ = refuses(t, path, store.ErrReadOnly) })
			if err := os.Chmod(path, 0o600); err != nil {
				t.Fatal(err)
			}
			opens(t, path)
		})
	}
}

func TestAStoreInAFolderThatMayNotBeWrittenIsRefusedInWords(t *testing.T) {
	dir := t.TempDir()
	for _, open := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(open, 0o555); err != nil {
			t.Fatal(err)
		}
	}
	unprivileged(t, func() { _ = refuses(t, filepath.Join(dir, "pou.db"), store.ErrReadOnly) })
	_ = os.Chmod(filepath.Dir(dir), 0o700) // so that it can be removed
	_ = os.Chmod(dir, 0o700)
}
