package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/model/query"
	"pou/store"
)

const findDefault = 20

const findHelp = `Finds people, operations, officers, tasks and records by whatever is remembered of them, misspellings included, best
first, and says why each was found. A reference finds its record whatever it is. Among people who answer equally well the
wanted come first, then those with a marker about an officer's safety.

Filters narrow the answer down, as in pou list --where: unit:CN, born:198?, born:1984-12, marker:VI, status:located,
kind:order, grade:A, attempts:>2; a minus says not, in quotes for the shell: "obrien -unit:SW". A person passes by their
own record or by any live record about them: unit:CN is whoever CN answers for, or has something live on. Filters alone
are enough: pou find unit:CN wanted.

These words by themselves are read as a status: wanted, circulated, located, arrested, bailed, charged, eliminated,
withdrawn, died, breach, order, target (and breaches, orders, targets). Whoever bears such a word as a name, and answers
to the rest of what was typed, comes first; tasks with it in their title come last. In double quotes ("wanted") it is a
word like any other. wanted means sought in any state; circulated means on PNC.

With --output json the answer is an array of the same objects as pou list, each with match, why it was found, with score
and, when the words were found spelt otherwise, with meant, the query as it would be spelt. What was left out is said on
stderr.`

func (a *app) findCmd() *cobra.Command {
	var kind, output string
	var limit int
	cmd := &cobra.Command{
		Use:   "find TEXT",
		Short: "One box for everything: names, aliases, phones, plates, addresses, dates of birth, offences, references, filters",
		Long:  findHelp,
		Example: "  pou find kovach\n  pou find \"varga 1984\" --kind person\n  pou find wikinson unit:SN wanted 'born:198?'\n" +
			"  pou find unit:SW wanted marker:VI\n  pou find SW11 --output json",
		Args: wants(1, -1, "TEXT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			k, ok := kindNamed(kind)
			if !ok {
				return usage(cmd, "there is no kind %q; the kinds are %s", kind, kindWords())
			}
			if limit < 1 {
				return usage(cmd, "--limit is how many at most, from 1, not %d", limit)
			}
			return a.looking(cmd.Context(), func(d *desk) error {
				return a.find(cmd.Context(), d, strings.Join(args, " "), k, limit, output)
			})
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "", "only this KIND: person, operation, officer, task, order, wanted, breach, case, target")
	cmd.Flags().IntVar(&limit, "limit", findDefault, "at most this many")
	outputFlag(cmd, &output, asTable, asJSON)
	return cmd
}

// kindNamed reads a kind by its word, plural or letters; none is every kind.
func kindNamed(s string) (model.Kind, bool) {
	if s == "" {
		return "", true
	}
	for _, k := range model.Kinds() {
		for _, word := range []string{string(k), k.Word(), k.Word() + "s", kindWord(k)} {
			if strings.EqualFold(word, s) {
				return k, true
			}
		}
	}
	if strings.EqualFold(s, string(store.ListPeople)) {
		return model.KindPerson, true
	}
	return "", false
}

func kindWords() string {
	var out []string
	for _, k := range model.Kinds() {
		out = append(out, kindWord(k))
	}
	return strings.Join(out, ", ")
}

func (a *app) find(ctx context.Context, d *desk, text string, kind model.Kind, limit int, output string) error {
	answer, err := d.answer(ctx, store.Ask{Text: text, Kind: kind, Limit: limit})
	if err != nil {
		return err
	}
	err = a.paper(d, output, func(w *bufio.Writer) error {
		if output == asJSON {
			return writeArray(w, withMeant(&answer))
		}
		t := sheet{cols: []column{{head: "REF", fixed: true}, {head: "NAME"}, {head: "BORN"}, {head: "UNIT"}, {head: "STATUS"}, {head: "MARKERS"}, {head: "WHAT"}, {head: "FOUND BY"}}}
		for i := range answer.Found {
			f := &answer.Found[i]
			t.add(string(f.Ref), f.Name, f.Born, string(f.Unit), f.Status, strings.Join(f.Markers, " "), f.What, f.Match)
		}
		if len(answer.Found) > 0 { // a head over nothing reads like an answer
			t.write(w, a.tableWidth())
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(answer.Found) == 0 {
		return &outcome{exitNo, nothingFound(text, &answer)}
	}
	if output == asJSON {
		answer.Meant = "" // it stands in the answer
	}
	for _, says := range beside(&answer) {
		a.note("%s", says)
	}
	return nil
}

// foundObject is one answer for a script.
type foundObject struct {
	store.Found
	Meant string `json:"meant,omitempty"` // the query as it is spelt in the best answer, when it was typed otherwise
}

func withMeant(a *store.Answer) []foundObject {
	out := make([]foundObject, len(a.Found))
	for i := range a.Found {
		out[i] = foundObject{a.Found[i], a.Meant}
	}
	return out
}

// beside is what there is to say beside an answer.
func beside(a *store.Answer) []string {
	var out []string
	if a.Meant != "" {
		out = append(out, "Did you mean "+a.Meant+"?")
	}
	if a.Note != "" {
		out = append(out, model.UpperFirst(a.Note)+".")
	}
	return out
}

// nothingFound says what to do when nobody answers: look again, or put them on record under what was typed.
func nothingFound(text string, a *store.Answer) string {
	says := "nothing on record answers to " + text
	if a.Note != "" {
		says += ": " + a.Note
	}
	if a.Meant != "" {
		says += ". Did you mean " + a.Meant + "?"
	}
	if strings.TrimSpace(a.Words) == "" {
		return says + ". Leave out a filter"
	}
	if typed := strings.Fields(strings.ReplaceAll(text, `"`, "")); a.Words != strings.Join(typed, " ") { // of somebody who is on record a filter may say otherwise
		return says + ". Leave out a filter: they may be on record otherwise"
	}
	surname, forename := model.SplitName(a.Words)
	if strings.ContainsFunc(a.Words, unicode.IsDigit) {
		return says
	}
	fields := map[string]string{"surname": surname}
	if forename != "" {
		fields["forename"] = forename
	}
	line, err := json.Marshal(map[string]any{"action": "person.add", "fields": fields})
	if err != nil {
		return says
	}
	return says + ". To put them on record: echo " + quoted(string(line)) + " | pou do"
}

// quoted is a word for a shell.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// answer answers a query and logs it, reading no more of the record than the answer needs.
func (d *desk) answer(ctx context.Context, ask store.Ask) (store.Answer, error) {
	s := store.NewSearch(d.book)
	if err := s.FillFor(ctx, ask); err != nil {
		return store.Answer{}, unreadable(err)
	}
	out, err := s.Answer(ctx, ask)
	if err != nil {
		return out, unreadable(err)
	}
	about := make([]model.Ref, len(out.Found))
	for i := range out.Found {
		about[i] = out.Found[i].Ref
	}
	return out, d.consult(ctx, "find "+ask.Text, about...)
}

// unreadable makes a filter that cannot be read wrong usage.
func unreadable(err error) error {
	var where *query.Error
	if errors.As(err, &where) {
		return &usageError{err.Error(), "pou help find"}
	}
	return err
}

// search is [desk.answer] without what there is to say beside it.
func (d *desk) search(ctx context.Context, text string, kind model.Kind, limit int) ([]store.Found, error) {
	out, err := d.answer(ctx, store.Ask{Text: text, Kind: kind, Limit: limit})
	return out.Found, err
}
