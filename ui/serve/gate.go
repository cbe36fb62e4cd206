package serve

import (
	"sync"
	"time"
)

// gate counts those who come, so that nobody can keep the others out.
type gate struct {
	limits Limits
	now    func() time.Time

	mu      sync.Mutex
	open    int
	waiting int // not yet signed in
	from    map[string]*visits
	swept   time.Time
}

// visits are those from one address.
type visits struct {
	minute time.Time // when the count began
	came   int
	since  time.Time // when the failures began
	failed int
}

// failuresFor is how long failures are held against an address.
const failuresFor = 10 * time.Minute

func newGate(l Limits, now func() time.Time) *gate {
	return &gate{limits: l, now: now, from: map[string]*visits{}}
}

// enter counts a connection in, or says why it is turned away.
func (g *gate) enter(address string) (why string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	g.sweep(now)
	v := g.from[address]
	if v == nil {
		v = &visits{}
		g.from[address] = v
	}
	if now.Sub(v.minute) >= time.Minute {
		v.minute, v.came = now, 0
	}
	if now.Sub(v.since) >= failuresFor {
		v.since, v.failed = now, 0
	}
	v.came++
	switch {
	case v.failed >= g.limits.Failures:
		return "too many refused"
	case v.came > g.limits.PerAddress:
		return "too many in a minute"
	case g.open >= g.limits.Connections:
		return "too many open"
	case g.waiting >= g.limits.Handshakes:
		return "too many not signed in"
	}
	g.open++
	g.waiting++
	return ""
}

// sweep forgets addresses nobody came from lately.
func (g *gate) sweep(now time.Time) {
	if now.Sub(g.swept) < time.Minute {
		return
	}
	g.swept = now
	for address, v := range g.from {
		if now.Sub(v.minute) >= failuresFor && now.Sub(v.since) >= failuresFor {
			delete(g.from, address)
		}
	}
}

func (g *gate) signedIn() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting--
}

func (g *gate) failed(address string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if v := g.from[address]; v != nil {
		v.failed++
	}
}

func (g *gate) leave(signedIn bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open--
	if !signedIn {
		g.waiting--
	}
}
