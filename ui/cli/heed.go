package cli

import (
	"context"
	"io"
)

// heeding is an input that gives way when the command is stopped: a read from a terminal cannot be broken off, so it is
// waited for elsewhere.
type heeding struct {
	r     io.Reader
	done  <-chan struct{}
	got   chan piece
	asked bool
	rest  piece
}

type piece struct {
	bytes []byte
	err   error
}

const pieceSize = 32 << 10

// Read reads, or fails when the command is stopped meanwhile.
func (h *heeding) Read(p []byte) (int, error) {
	if len(h.rest.bytes) == 0 && h.rest.err == nil {
		if !h.asked {
			h.asked = true
			go h.fetch()
		}
		select {
		case <-h.done:
			return 0, context.Canceled
		case h.rest = <-h.got:
			h.asked = false
		}
	}
	n := copy(p, h.rest.bytes)
	h.rest.bytes = h.rest.bytes[n:]
	if len(h.rest.bytes) > 0 || h.rest.err == nil {
		return n, nil
	}
	return n, h.rest.err // for good
}

func (h *heeding) fetch() {
	buf := make([]byte, pieceSize)
	n, err := h.r.Read(buf)
	h.got <- piece{buf[:n], err}
}
