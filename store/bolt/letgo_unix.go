//go:build linux || darwin

package bolt

import (
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// unneeded lets whole pages of a mapping go.
func unneeded(at uintptr, size int) error {
	if size -= size % os.Getpagesize(); at == 0 || size <= 0 {
		return nil
	}
	pages := unsafe.Slice(*(**byte)(unsafe.Pointer(&at)), size) //nolint:gosec // the mapping is bbolt's, and stands while it is read
	if err := unix.Madvise(pages, unix.MADV_DONTNEED); err != nil {
		return fmt.Errorf("let pages of the store go: %w", err)
	}
	return nil
}
