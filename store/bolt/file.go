package bolt

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"

	"pou/store"
)

// inspect looks at the file before bbolt maps it: bbolt takes an empty file for a new store, and a file cut short
// kills the process when a page past its end is read. fresh is true when there is no file.
func inspect(path string) (fresh bool, err error) {
	st, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, fmt.Errorf("look at %s: %w", path, err)
	case st.IsDir():
		return false, fmt.Errorf("%w: %s is a folder. Give the path of a file with --store", store.ErrForeign, path)
	case st.Size() == 0:
		return false, fmt.Errorf("%w: %s is empty. If it held a store, restore a backup; if not, remove it and start again", store.ErrForeign, path)
	}
	need, err := highWater(path)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return false, fmt.Errorf("%w: no permission to read %s. Ask whoever owns the file", store.ErrReadOnly, path)
	case err != nil:
		return false, fmt.Errorf("%w: %s. Give another path with --store, or restore a backup", err, path)
	case st.Size() < need:
		return false, fmt.Errorf("%w: %s is cut short (%d of at least %d bytes). Restore a backup", store.ErrDamaged, path, st.Size(), need)
	}
	return false, nil
}

// The layout of a bbolt meta page, after its 16-byte page header.
const (
	metaHeader   = 16
	metaSize     = 64
	metaMagic    = 0xED0CDAED
	pageSizeMin  = 1024
	pageSizeMax  = 64 << 10
	atPageSize   = 8
	atHighPage   = 40
	atTxID       = 48
	atChecksum   = 56
	readForMetas = 2 * pageSizeMax
)

// highWater is the size the newer valid meta page says the file has at least; ErrForeign when there is no valid one.
func highWater(path string) (int64, error) {
	f, err := os.Open(path) //nolint:gosec // the path is the officer's own --store
	if err != nil {
		return 0, err
	}
	defer f.Close()
	buf := make([]byte, readForMetas)
	n, err := f.ReadAt(buf, 0)
	if n == 0 && err != nil {
		return 0, err
	}
	buf = buf[:n]
	var need int64
	var newest uint64
	for size := pageSizeMin; size <= pageSizeMax; size *= 2 {
		for page := range 2 {
			high, txid, ok := meta(buf, page*size, size)
			if ok && (need == 0 || txid > newest) {
				need, newest = high, txid
			}
		}
	}
	if need == 0 {
		return 0, store.ErrForeign
	}
	return need, nil
}

// meta reads the meta page at an offset, if one with a right checksum stands there.
func meta(buf []byte, at, size int) (high int64, txid uint64, ok bool) {
	if at+metaHeader+metaSize > len(buf) {
		return 0, 0, false
	}
	m := buf[at+metaHeader : at+metaHeader+metaSize]
	if binary.LittleEndian.Uint32(m) != metaMagic || int(binary.LittleEndian.Uint32(m[atPageSize:])) != size {
		return 0, 0, false
	}
	sum := fnv.New64a()
	_, _ = sum.Write(m[:atChecksum])
	if sum.Sum64() != binary.LittleEndian.Uint64(m[atChecksum:]) {
		return 0, 0, false
	}
	pages := binary.LittleEndian.Uint64(m[atHighPage:])
	return int64(min(pages, 1<<40)) * int64(size), binary.LittleEndian.Uint64(m[atTxID:]), true //nolint:gosec // bounded above
}

// writeHolder says who holds the store. A failure is no reason not to open it: the file is only for the message.
func writeHolder(path string, who Holder) {
	raw, err := json.Marshal(who)
	if err == nil {
		_ = os.WriteFile(path, raw, fileMode)
	}
}

func readHolder(path string) *store.LockedError {
	out := &store.LockedError{Path: path}
	raw, err := os.ReadFile(path + ".lock") //nolint:gosec // beside the officer's own --store
	var who Holder
	if err != nil || json.Unmarshal(raw, &who) != nil {
		return out
	}
	out.PID, out.User, out.Host, out.Since = who.PID, who.User, who.Host, who.Since
	return out
}
