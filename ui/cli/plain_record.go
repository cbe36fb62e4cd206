package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

// record reads a record out and offers what can be done from it.
func (t *talk) record(ctx context.Context, ref model.Ref) error {
	for {
		p, err := t.d.page(ctx, ref)
		if problem, ok := model.AsProblem(err); ok {
			t.say("%s", sentence(problem))
			return nil
		}
		if err != nil {
			return err
		}
		t.say("\n%s", t.d.marking())
		p.write(t.out, t.d.book.Now())
		specs := t.startable(ref.Kind())
		t.say("\nFrom here")
		for i, s := range specs {
			t.say("%d. %s", i+1, s.Title)
		}
		if back, err := t.from(ctx, p.Record, specs); back || err != nil {
			return err
		}
	}
}

// from follows a choice made at a record; back says the officer leaves it.
func (t *talk) from(ctx context.Context, rec model.Record, specs []model.Spec) (back bool, err error) {
	for {
		answer, err := t.ask("A number to do it, a reference to open it, b to go back:")
		if err != nil {
			return true, err
		}
		n, bad := strconv.Atoi(answer)
		other, isRef := model.ParseRef(answer)
		switch {
		case answer == "b" || answer == "":
			return true, nil
		case answer == "q":
			return true, errQuit
		case bad == nil && n >= 1 && n <= len(specs):
			return false, t.form(ctx, specs[n-1].Name, rec)
		case isRef:
			return false, t.record(ctx, other)
		}
		t.notAChoice(answer)
	}
}

// startable are the actions the officer may take from a kind of record ("" for those that begin something new).
func (t *talk) startable(k model.Kind) []model.Spec {
	return slices.DeleteFunc(actions(), func(s model.Spec) bool {
		begins := len(s.On) == 0 && s.Name != "undo"
		return model.Can(t.d.who, s) != nil || (k == "" && !begins) || (k != "" && !s.Starts(k))
	})
}

// fresh offers the actions that begin something new.
func (t *talk) fresh(ctx context.Context) error {
	specs := t.startable("")
	for i, s := range specs {
		t.say("%d. %s", i+1, s.Title)
	}
	answer, err := t.ask("A number, b to go back:")
	if err != nil {
		return err
	}
	if n, bad := strconv.Atoi(answer); bad == nil && n >= 1 && n <= len(specs) {
		return t.form(ctx, specs[n-1].Name, nil)
	}
	return nil
}

// form asks for an action's fields, one by one, and takes the action. A refusal is read out and the field that caused it
// asked for again; nothing that was answered is lost.
func (t *talk) form(ctx context.Context, action string, from model.Record) error {
	s, _ := model.Find(action)
	f := newPaper(t, s, from)
	t.say("\n%s. %s", s.Title, s.Help)
	t.say("Enter alone takes what stands in brackets, - leaves a field empty, /q leaves the form.")
	if left, err := f.askAll(ctx); left || err != nil {
		return err
	}
	for {
		receipt, err := t.d.book.Do(ctx, t.d.who.Ref, f.request(t.d.book.Now()))
		if err == nil {
			t.say("Done: %s", receiptWords(receipt))
			for _, said := range receipt.Said {
				t.say("%s", part.Safe(said))
			}
			return nil
		}
		p, ok := model.AsProblem(err)
		if !ok {
			t.say("Not saved: %s", sentence(err))
			return nil
		}
		t.say("Not saved: %s", sentence(&model.Problem{Rule: p.Rule, Do: p.Do}))
		if again, err := f.correct(ctx, p, receipt); !again || err != nil {
			return err
		}
	}
}

func receiptWords(r model.Receipt) string {
	words := make([]string, len(r.Changed))
	for i, c := range r.Changed {
		words[i] = string(c.Ref) + " revision " + strconv.FormatUint(c.Rev, 10)
		if c.Rev == 0 {
			words[i] = string(c.Ref) + " taken away"
		}
	}
	return strings.Join(words, ", ") + ", journal entry " + strconv.FormatUint(r.Seq, 10)
}

// candidates are the records an officer may mean by words where a reference is wanted.
func (t *talk) candidates(ctx context.Context, f model.Field, words string) string {
	var out []string
	for _, kind := range f.Kinds {
		if kind == model.KindOfficer {
			out = append(out, t.officersCalled(ctx, words)...)
			continue
		}
		found, err := t.d.search(ctx, words, kind, 5)
		for i := range found {
			if err == nil {
				out = append(out, string(found[i].Ref)+" "+found[i].Name)
			}
		}
	}
	if len(out) == 0 {
		return "nothing on record answers to " + strconv.Quote(words)
	}
	return "did you mean " + strings.Join(out, ", or ") + "? Enter the reference"
}

func (t *talk) officersCalled(ctx context.Context, words string) []string {
	var out []string
	_ = t.d.book.Read(ctx, func(r store.Reader) error { // a failing read comes back with the action itself
		all, err := officers(r)
		for _, o := range all {
			if !o.Left && strings.Contains(strings.ToLower(o.Name), strings.ToLower(words)) {
				out = append(out, string(o.Ref)+" "+o.Call())
			}
		}
		return err
	})
	return out
}
