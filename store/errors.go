package store

import (
	"errors"
	"fmt"
	"time"
)

// What a caller does something about.
var (
	ErrLocked   = errors.New("the store is open elsewhere")
	ErrForeign  = errors.New("not a pou store")
	ErrDamaged  = errors.New("the store is damaged")
	ErrReadOnly = errors.New("the store can only be read")
	ErrFull     = errors.New("the disk is full: nothing was saved")
	ErrCutOff   = errors.New("the cluster cannot be reached")
	ErrNotEmpty = errors.New("the store is not empty")
	ErrNoDraft  = errors.New("no draft")
)

// LockedError says who holds a store.
type LockedError struct {
	Path  string
	PID   int
	User  string
	Host  string
	Since time.Time
}

// Error names the holder and what to do.
func (e *LockedError) Error() string {
	if e.PID == 0 {
		return fmt.Sprintf("%s is open in another program. Close it there, then try again", e.Path)
	}
	return fmt.Sprintf("%s is open in pou by %s on %s (process %d, since %s). Close it there, then try again; pou serve lets several in at once",
		e.Path, e.User, e.Host, e.PID, e.Since.Format("15:04"))
}

// Unwrap makes a LockedError an ErrLocked.
func (e *LockedError) Unwrap() error { return ErrLocked }
