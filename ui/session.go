package ui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"pou/model"
	"pou/model/day"
	"pou/ui/part"
)

// asSession are the program's options for a session over the network: its own colours and size, and none of this process's
// signals, which are the server's.
func (o Options) asSession() []tea.ProgramOption {
	if o.Env == nil {
		return nil
	}
	return []tea.ProgramOption{
		tea.WithEnvironment(o.Env), tea.WithColorProfile(colorprofile.Env(o.Env)), tea.WithWindowSize(o.Size.Width, o.Size.Height), tea.WithoutSignalHandler(),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			if _, ok := msg.(tea.SuspendMsg); ok {
				return tea.ResumeMsg{} // there is no shell to go back to
			}
			return msg
		}),
	}
}

// follow hands the sizes of a session's window to its program.
func (o Options) follow(ctx context.Context, send func(tea.Msg)) {
	for {
		select {
		case <-ctx.Done():
			return
		case z, ok := <-o.Resized:
			if !ok {
				return
			}
			send(tea.WindowSizeMsg{Width: z.Width, Height: z.Height})
		}
	}
}

// The messages of a desk that others sit at as well.
type (
	othersMoved struct{} // somebody came to the record, or went
	cutTick     struct{} // time to see whether the cluster is in reach
	meLoaded    startLoaded
	many        []tea.Msg // answers that came together
)

// unseen reports whether a message changes nothing on the screen: it sets something going, whose answer will.
func unseen(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case news, reloadDue, restDue:
		return true
	case announced:
		return msg.err == nil && len(msg.said) == 0
	case flushed:
		return msg.err == nil
	case draftKept:
		return msg.err == nil
	}
	return false
}

// together runs commands one after the other, and gives their answers as one.
func together(cmds []tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		var out many
		for _, c := range cmds {
			out = append(out, c())
		}
		return out
	}
}

// sit takes a seat among the others, where the officer was when their last session ended.
func (a *App) sit() tea.Cmd {
	a.moved = a.crowd.join(a.opts.Session, a.me)
	cmds := []tea.Cmd{a.watchOthers()}
	if at, ok := a.crowd.wasAt(a.who); ok && a.lists[at.at] != nil || (ok && at.at == 6) {
		a.at, a.unit = at.at, at.unit
		if at.detail != "" {
			cmds = append(cmds, a.open(at.detail, nil))
		}
	}
	return tea.Batch(cmds...)
}

// lookHere tells the others which record is on show.
func (a *App) lookHere() {
	at := model.Ref("")
	if a.detail != nil {
		at = a.detail.ref
	}
	if at != a.lookingAt {
		a.lookingAt = at
		a.crowd.look(a.opts.Session, at)
	}
}

// reaches reports whether a photo may be looked for where its record says. An officer at a server names no file of the
// server's machine but those in the store's folder.
func (a *App) reaches(photo string) bool { return a.crowd == nil || !filepath.IsAbs(photo) }

// left gives the seat up.
func (a *App) left() {
	at := leftAt{at: a.at, unit: a.unit}
	if a.detail != nil {
		at.detail = a.detail.ref
	}
	a.crowd.leave(a.opts.Session, at)
}

// watchOthers waits until somebody comes to the record on show, or goes.
func (a *App) watchOthers() tea.Cmd {
	moved, done := a.moved, a.ctx.Done()
	if moved == nil {
		return nil
	}
	return func() tea.Msg {
		select {
		case <-moved:
			return othersMoved{}
		case <-done:
			return nil
		}
	}
}

// also names the other officers who have the record open.
func (a *App) also() string {
	if a.detail == nil {
		return ""
	}
	names := a.crowd.others(a.who, a.detail.ref)
	if len(names) == 0 {
		return ""
	}
	shown := names[:min(3, len(names))]
	text := "also open: " + part.Safe(strings.Join(shown, ", "))
	if n := len(names) - len(shown); n > 0 {
		text += " and " + itoa(n) + " more"
	}
	return text
}

// cutEvery is how often a store that several machines share is asked whether the others are in reach.
const cutEvery = 500 * time.Millisecond

// watchCut asks again and again whether the cluster is in reach. A store on this machine alone has none to ask about.
func (a *App) watchCut() tea.Cmd {
	if !a.store.Shared() {
		return nil
	}
	return a.after(cutEvery, cutTick{})
}

func (a *App) cutTicked() tea.Cmd {
	a.cutOff = a.store.CutOff()
	return a.watchCut()
}

// whyCut says why nothing can be saved; "" when it can.
func (a *App) whyCut() string {
	if a.cutOff.IsZero() {
		return ""
	}
	return "read-only: no quorum, data may be old since " + a.cutOff.In(day.London()).Format("15:04")
}

// rolesChanged reads the officer again when their own record was changed: what they may do may be another.
func (a *App) rolesChanged(refs []model.Ref, all bool) tea.Cmd {
	if !all && !slices.Contains(refs, a.who) {
		return nil
	}
	start := a.loadStart()
	return func() tea.Msg {
		s, _ := start().(startLoaded)
		return meLoaded(s)
	}
}
