package ui

import (
	tea "charm.land/bubbletea/v2"

	"pou/store"
)

// firstRead is what the first frame shows: the officer, and the wanted of their unit.
type firstRead struct {
	start  startLoaded
	wanted listLoaded
}

// readFirst reads what the first frame shows.
func (d desk) readFirst() firstRead {
	var out firstRead
	out.start, _ = d.loadStart()().(startLoaded)
	if out.start.err != nil {
		return out
	}
	d.want = out.start.info.Head
	out.wanted, _ = d.loadList(store.ListWanted, out.start.unit())().(listLoaded)
	return out
}

// reading begins to read what the first frame shows, while the screens and the terminal are made ready.
func (d desk) reading() <-chan firstRead {
	out := make(chan firstRead, 1)
	go func() { out <- d.readFirst() }()
	return out
}

// firstFrame shows what was read, so that the desk appears with its rows and not with a promise of them.
func (a *App) firstFrame(read firstRead) {
	if a.dead = read.start.err; a.dead != nil {
		return
	}
	a.me, a.sample, a.announcedTo = read.start.me, read.start.info.Sample, read.start.info.Head
	a.want, a.unit = read.start.info.Head, read.start.unit()
	a.lists[1].take(read.wanted, a.unit, a.now)
}

// hold keeps what comes before the first frame has been read, and takes it in order once that is there: a key pressed early
// means the row it would have met.
func (a *App) hold(msg tea.Msg) (cmd tea.Cmd, held bool) {
	if a.first == nil {
		return nil, false
	}
	read, here := msg.(firstRead)
	if !here {
		a.early = append(a.early, msg)
		return nil, true
	}
	a.first = nil
	a.firstFrame(read)
	cmds := []tea.Cmd{a.begin()}
	for _, m := range a.early {
		_, cmd := a.Update(m)
		cmds = append(cmds, cmd)
	}
	a.early = nil
	return tea.Batch(cmds...), true
}
