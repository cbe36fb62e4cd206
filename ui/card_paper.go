package ui

import (
	"fmt"

	"pou/model"
	"pou/ui/part"
)

// toCallIn adds the paper that is out about a target which has left its list, and what became of it.
func (b *cardBuilder) toCallIn(t *model.Target) error {
	if t.State == model.TargetLive {
		return nil
	}
	tasks, err := model.RecallsOf(b.r, t.Ref)
	b.add("Paper to call in", b.recallRows(tasks, false)...)
	return err
}

// handedOut adds to whom the record left the desk on paper.
func (b *cardBuilder) handedOut(ref model.Ref) error {
	entries, err := b.r.Disclosed(ref)
	if err != nil {
		return err
	}
	var rows []row
	for _, e := range entries {
		rows = append(rows, row{
			label: shortStamp(e.At, b.now), text: fmt.Sprintf("to %s: %s · %s · entry %d", e.To, e.Reason, b.liner.Officer(e.By), e.Seq), style: part.StyleDim,
		})
	}
	if len(rows) > 0 {
		b.card.history = append(b.card.history, section{head: "Handed out", rows: rows})
	}
	return nil
}

// recallRows say who holds what paper and what became of it; named says about which target.
func (b *cardBuilder) recallRows(tasks []*model.Task, named bool) []row {
	rows := make([]row, 0, len(tasks))
	for _, t := range tasks {
		r := row{label: string(t.Ref), text: t.Recall.Words(), style: part.StyleDim, ref: t.Ref}
		if named {
			r.text = string(t.About) + ": " + r.text
		}
		switch t.Recall.Outcome {
		case "":
			r.style = part.StyleWarn
			r.text += "; " + orWord(b.liner.Officer(t.Assignee), "nobody") + " calls them in by " + dayWords(t.Due, b.now) + ", recall.confirm"
		case model.RecallNotReached:
			r.style = part.StyleDanger
		case model.RecallDestroyed, model.RecallReturned:
		}
		rows = append(rows, r)
	}
	return rows
}

// paperRecalls adds the paper that is out about targets which have left the list of an operation.
func (b *cardBuilder) paperRecalls(operation model.Ref) error {
	tasks, err := model.PaperRecalls(b.r, operation)
	if err != nil {
		return err
	}
	b.add("Paper to call in", b.recallRows(tasks, true)...)
	return nil
}
