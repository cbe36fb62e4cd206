package ui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

// announced is what the journal holds, since it was last read, that every officer has to know of.
type announced struct {
	seq  uint64 // how far it was read
	said []announcement
	err  error
}

// announcement is one line every officer has to know of, and the entry that says so.
type announcement struct {
	seq  uint64
	text string
}

// readAnnouncements reads the journal after an entry for what others did that every officer has to know of.
func (d desk) readAnnouncements(after uint64) tea.Cmd {
	return func() tea.Msg {
		var out announced
		out.err = d.store.Read(d.ctx, func(r store.Reader) (err error) {
			liner := model.NewLiner(r, d.store.Now())
			out.seq, err = r.Announced(after, func(e model.Entry, typed model.Request) {
				if e.By == d.who {
					return
				}
				for _, text := range announcements(r, liner, e, typed) {
					out.said = append(out.said, announcement{e.Seq, text})
				}
			})
			return err
		})
		return out
	}
}

// announcements are what an entry says to every officer: an order was frozen, paper is called in, somebody was found to be
// dangerous.
func announcements(r store.Reader, liner *model.Liner, e model.Entry, typed model.Request) []string {
	var out []string
	by := " · " + liner.Officer(e.By)
	for _, t := range e.About {
		rec, err := r.Record(t.Ref)
		if err != nil {
			continue
		}
		switch rec := rec.(type) {
		case *model.PlanVersion:
			if e.Action == "plan.freeze" {
				out = append(out, liner.Name(rec.Operation)+": the order is frozen, version "+strconv.Itoa(rec.No)+by)
			}
		case *model.Task:
			if rec.Recall.From != "" && t.Prev == 0 {
				out = append(out, rec.Title+by)
			}
		case *model.Person:
			if code, ok := model.MarkerAdded(typed); ok && code.Safety() {
				out = append(out, "WARNING MARKER "+string(code)+" added: "+liner.Name(t.Ref)+" "+string(t.Ref)+by)
			}
		}
	}
	return out
}

// tell puts what was read on the screen, each once: where news comes quickly the journal is read again before the last reading is told.
func (a *App) tell(msg announced) tea.Cmd {
	for _, s := range msg.said {
		if s.seq > a.announcedTo {
			a.told = append(a.told, s.text)
		}
	}
	a.announcedTo = max(a.announcedTo, msg.seq)
	return a.fail(msg.err)
}

// acknowledge takes the oldest announcement off the screen.
func (a *App) acknowledge() tea.Cmd {
	a.told = a.told[1:]
	return nil
}

func whyNothingTold(a *App) string {
	if len(a.told) == 0 {
		return "nothing is announced"
	}
	return ""
}

// band is the line between the head and the body: what every officer has to know stands there until they say that they do.
func (a *App) band() string {
	switch {
	case !a.cutOff.IsZero():
		return a.inBand(part.StyleDanger, a.whyCut())
	case len(a.told) > 1:
		return a.inBand(part.StyleDanger, a.told[0]+" · A: read, "+itoa(len(a.told)-1)+" more")
	case len(a.told) == 1:
		return a.inBand(part.StyleDanger, a.told[0]+" · A: read")
	}
	if also := a.also(); also != "" {
		return a.inBand(part.StyleWarn, also)
	}
	return a.rule()
}

// inBand sets words into the rule. What does not fit is cut before the last words, which say what to press.
func (a *App) inBand(style part.StyleID, text string) string {
	line := a.th.Pick("─", "-")
	text = part.Cut(part.Safe(text), a.w-6)
	left := a.th.Dim.Apply(line + line + " ")
	rest := max(0, a.w-4-part.Width(text))
	return part.Fit(left+a.th.Style(style).Apply(text)+" "+a.th.Dim.Apply(strings.Repeat(line, rest)), a.w, part.AlignLeft)
}
