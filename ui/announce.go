package ui

import (
	"fmt"
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
	said []string
	err  error
}

// readAnnouncements reads the journal after an entry for what others did that every officer has to know of.
func (d desk) readAnnouncements(after uint64) tea.Cmd {
	return func() tea.Msg {
		out := announced{seq: after}
		out.err = d.store.Read(d.ctx, func(r store.Reader) error {
			var news []model.Entry
			err := r.Entries(after+1, false, func(e model.Entry) bool {
				out.seq = e.Seq
				if e.By != d.who && e.Logged != model.Consultation && e.Logged != model.Disclosure {
					news = append(news, e)
				}
				return true
			})
			liner := model.NewLiner(r, d.store.Now())
			for _, e := range news {
				out.said = append(out.said, announcements(r, liner, e)...)
			}
			return err
		})
		return out
	}
}

// announcements are what an entry says to every officer: an order was frozen, paper is called in, somebody was found to be
// dangerous.
func announcements(r store.Reader, liner *model.Liner, e model.Entry) []string {
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
			if e.Action != "marker.add" {
				continue
			}
			_, asked, err := r.Entry(e.Seq)
			code := model.MarkerCode(fmt.Sprint(asked.Fields["code"]))
			if err == nil && code.Safety() {
				out = append(out, "WARNING MARKER "+string(code)+" added: "+liner.Name(t.Ref)+" "+string(t.Ref)+by)
			}
		}
	}
	return out
}

func (a *App) tell(msg announced) tea.Cmd {
	a.announcedTo = max(a.announcedTo, msg.seq)
	a.told = append(a.told, msg.said...)
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
