//go:build !windows

package part

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"
)

func TestAPipeNobodyWritesToIsNoPhotoAndIsNotWaitedFor(t *testing.T) {
	folder := t.TempDir()
	pipe := filepath.Join(folder, "pipe.png")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, ref := range []string{"pipe.png", pipe} {
		if _, err := OpenPhoto(folder, ref); !errors.Is(err, ErrPhotoOdd) {
			t.Errorf("%s: %v", ref, err)
		}
	}
}
