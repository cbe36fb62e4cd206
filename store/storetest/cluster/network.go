package cluster

import (
	"bytes"
	"io"
	"net"
	"sync"
	"testing"
)

// Network is what the members of a cluster reach each other by. What it does not carry it drops without a word, as a network does:
// connections stay open, and what was sent arrives when it is whole again.
type Network struct {
	mu    sync.Mutex
	ids   []string // of the members, in their order
	apart map[string]bool
	moved chan struct{} // closed when it is cut or made whole
}

// Cut takes members out of the network: they reach each other, and none of the rest.
func (n *Network) Cut(members ...int) {
	n.set(func() {
		for _, i := range members {
			n.apart[n.ids[i]] = true
		}
	})
}

// Heal makes the network whole.
func (n *Network) Heal() { n.set(func() { clear(n.apart) }) }

func (n *Network) set(change func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	change()
	close(n.moved)
	n.moved = make(chan struct{})
}

// carries reports whether a member reaches another, and what is closed when that may have changed.
func (n *Network) carries(from string, to int) (bool, <-chan struct{}) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if to >= len(n.ids) { // they are just starting
		return true, n.moved
	}
	return n.apart[from] == n.apart[n.ids[to]], n.moved
}

// peer carries what the others send to a member, and returns where they send it.
func (n *Network) peer(t *testing.T, to int, addr string) string {
	return listen(t, func(near net.Conn) {
		first, from, err := sender(near)
		if err != nil {
			return
		}
		carry(t, near, addr, first, func() (bool, <-chan struct{}) { return n.carries(from, to) })
	})
}

// sender reads the head of the first request of a connection, which says who sends: all others on it are theirs, too.
func sender(c net.Conn) (first []byte, from string, err error) {
	buf := make([]byte, 4096)
	for !bytes.Contains(first, []byte("\r\n\r\n")) {
		n, err := c.Read(buf)
		if err != nil {
			return nil, "", err
		}
		first = append(first, buf[:n]...)
	}
	const head = "X-Server-From: "
	_, rest, _ := bytes.Cut(first, []byte(head))
	id, _, _ := bytes.Cut(rest, []byte("\r\n"))
	return first, string(id), nil
}

// Wire is what one client reaches a member by.
type Wire struct {
	Addr string

	mu    sync.Mutex
	cut   bool
	moved chan struct{}
}

// NewWire lays a wire to a member.
func NewWire(t *testing.T, m *Member) *Wire {
	w := &Wire{moved: make(chan struct{})}
	w.Addr = listen(t, func(near net.Conn) { carry(t, near, m.Addr, nil, w.carries) })
	return w
}

// Cut cuts the wire; Cut(false) makes it whole.
func (w *Wire) Cut(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = cut
	close(w.moved)
	w.moved = make(chan struct{})
}

func (w *Wire) carries() (bool, <-chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.cut, w.moved
}

// listen takes connections until the test ends.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				defer closedWith(t, c)()
				serve(c)
			}()
		}
	}()
	return l.Addr().String()
}

// closedWith closes a connection when the test ends, if it is still open then.
func closedWith(t *testing.T, c io.Closer) (done func()) {
	gone := make(chan struct{})
	go func() {
		select {
		case <-gone:
		case <-t.Context().Done():
			_ = c.Close()
		}
	}()
	return func() { close(gone) }
}

// carry carries bytes both ways for as long as they are let through.
func carry(t *testing.T, near net.Conn, addr string, first []byte, lets func() (bool, <-chan struct{})) {
	far, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", addr)
	if err != nil {
		return
	}
	defer far.Close()
	defer closedWith(t, far)()
	wait := func() bool {
		for {
			ok, moved := lets()
			if ok {
				return true
			}
			select {
			case <-moved:
			case <-t.Context().Done():
				return false
			}
		}
	}
	var both sync.WaitGroup
	both.Go(func() {
		defer far.Close()
		if len(first) > 0 {
			if !wait() {
				return
			}
			if _, err := far.Write(first); err != nil {
				return
			}
		}
		pass(far, near, wait)
	})
	both.Go(func() {
		defer near.Close()
		pass(near, far, wait)
	})
	both.Wait()
}

func pass(to io.Writer, from io.Reader, wait func() bool) {
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 {
			if !wait() {
				return
			}
			if _, err := to.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}
