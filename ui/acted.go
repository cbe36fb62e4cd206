package ui

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/ui/part"
)

// actedOn takes the answers to what was sent. A refusal goes back into the form; after several, each refusal is listed.
func (a *App) actedOn(msg acted) tea.Cmd {
	f, _ := a.over.(*formOverlay)
	if f != nil && f.id != msg.id {
		f = nil
	}
	var refused []answered
	var last model.Receipt
	var seqs []uint64
	for _, r := range msg.receipts {
		if r.err != nil {
			refused = append(refused, r)
		} else {
			last = r.receipt
			seqs = append(seqs, last.Seq)
		}
	}
	a.bulk = seqs
	done := len(msg.receipts) - len(refused)
	if f != nil {
		f.sending, f.ask = false, nil
		if done == 0 {
			f.refused(refused[0])
			if len(refused) > 1 {
				f.banner = append(f.banner, fmt.Sprintf("The same was refused for all %d.", len(refused)))
			}
			return a.saveDraft(f.id, f.version, f.draft, f.form.Values())
		}
	}
	return a.succeeded(f, msg, last, refused, done)
}

func (a *App) succeeded(f *formOverlay, msg acted, last model.Receipt, refused []answered, done int) tea.Cmd {
	var cmd tea.Cmd
	if f != nil {
		a.over = nil
		cmd = a.dropDraft(f.id, f.draft)
		if f.spec.Name == "undo" {
			a.bulk = nil
			a.say("Taken back; the journal keeps both")
			if len(refused) > 0 {
				a.over = &reportOverlay{title: msg.title, done: done, refused: refused}
			}
			return cmd
		}
	}
	who := ""
	if f != nil && len(f.subjects) == 1 {
		who = " · " + orWord(f.subjects[0].Name, string(f.subjects[0].Ref))
	}
	if done > 1 {
		who = fmt.Sprintf(" · %d done", done)
	}
	if ref := revealTarget(f); ref != "" {
		if f.places != nil && f.places == a.atlas && f.places.data != nil {
			return tea.Batch(cmd, a.unveil(f.places))
		}
		return tea.Batch(cmd, a.readRevealed(ref))
	}
	a.say("%s%s", msg.title, who)
	a.notice.keep, a.notice.hint = fmt.Sprintf(" · entry %d", last.Seq), " · u undoes"
	if said := saidOf(msg.receipts); len(refused)+len(said) > 0 {
		a.over = &reportOverlay{title: msg.title, done: done, refused: refused, said: said}
	}
	if s := a.screen(); s != nil && done > 1 && len(refused) == 0 {
		s.table.ClearMarks()
	}
	return cmd
}

// refused shows a refusal where the eye is: under its field, or above the form.
func (f *formOverlay) refused(r answered) {
	p, ok := model.AsProblem(r.err)
	if !ok {
		f.banner = []string{r.err.Error(), "Nothing was saved. What you typed is kept; ctrl+s tries again."}
		return
	}
	if p.Code == model.Conflict && p.Field == "rev" {
		f.conflict(r.receipt, p)
		return
	}
	f.banner = nil
	if p.Field == "" || !f.form.SetError(p.Field, part.Safe(p.Rule), part.Safe(p.Do)) {
		f.banner = []string{p.Rule, p.Do}
	}
}

// undoForm asks for the reason and takes back the last thing done – a whole bulk at once – or the journal entry on show.
func (a *App) undoForm() tea.Cmd {
	a.formID++
	spec, _ := model.Find("undo")
	f := &formOverlay{id: a.formID, spec: spec, draft: "undo"}
	f.form = part.NewForm(slices.DeleteFunc(a.formFields(f), func(p part.Field) bool { return p.Name == "seq" }))
	f.banner = []string{"…"}
	a.over = f
	seq := uint64(0)
	if l, ok := a.selectedLine(); ok && a.at == 8 && a.detail == nil {
		seq, _ = entrySeq(l.Ref)
	}
	return a.loadForm(f.id, "undo", "", f.draft, seq)
}

// undoLoaded shows what will be taken back. The last of a bulk stands for all of it.
func (f *formOverlay) undoLoaded(a *App) tea.Cmd {
	if f.data.undoes.seq == 0 {
		a.over = nil
		a.say("%s", f.data.undoes.what)
		return nil
	}
	f.banner = []string{f.data.undoes.what}
	if n := len(a.bulk); n > 1 && a.bulk[n-1] == f.data.undoes.seq {
		f.batch = slices.Clone(a.bulk)
		slices.Reverse(f.batch)
		f.banner = []string{fmt.Sprintf("%s, and the %d done with it.", f.data.undoes.what, n-1)}
	}
	if f.waiting {
		f.waiting = false
		return f.submit(a)
	}
	return nil
}

// undoRequests are the undo of the entry shown, or of each of its bulk, newest first.
func (f *formOverlay) undoRequests(fields map[string]any) []subjectRequest {
	seqs := f.batch
	if len(seqs) == 0 && f.data.undoes.seq > 0 {
		seqs = []uint64{f.data.undoes.seq}
	}
	var out []subjectRequest
	for _, seq := range seqs {
		mine := maps.Clone(fields)
		mine["seq"] = seq
		out = append(out, subjectRequest{about: model.Ref(fmt.Sprintf("#%d", seq)), request: model.Request{Action: "undo", Fields: mine}})
	}
	return out
}

// entrySeq reads the number of a journal entry from its row's ref.
func entrySeq(ref model.Ref) (uint64, bool) {
	digits, ok := strings.CutPrefix(string(ref), "#")
	seq, err := strconv.ParseUint(digits, 10, 64)
	return seq, ok && err == nil
}
