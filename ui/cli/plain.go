package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"pou/model"
	"pou/model/match"
	"pou/model/query"
	"pou/store"
	"pou/ui/part"
)

// talk is the line-by-line mode: a question, an answer, and nothing is ever drawn over. It is for screen readers, for
// terminals that can do no more, and for bad lines.
type talk struct {
	app *app
	d   *desk
	in  *lines
	out io.Writer
}

// errQuit is the officer leaving, from wherever they are.
var errQuit = errors.New("quit")

func newTalk(a *app, d *desk) *talk {
	return &talk{app: a, d: d, in: &lines{r: bufio.NewReader(a.env.In)}, out: a.env.Out}
}

func (t *talk) say(format string, args ...any) { _, _ = fmt.Fprintf(t.out, format+"\n", args...) }

// ask puts a question and reads the answer; the end of the input is the officer leaving.
func (t *talk) ask(question string) (string, error) {
	_, _ = fmt.Fprint(t.out, question+" ")
	answer, ok := t.in.next()
	if !ok {
		t.say("")
		return "", errQuit
	}
	return strings.TrimSpace(answer), nil
}

// askWord is ask inside a form, where the end of the input is left for the next question of the menu to notice.
func (t *talk) askWord(question string) string {
	answer, err := t.ask(question)
	if err != nil {
		return ""
	}
	return strings.ToLower(answer)
}

func (t *talk) run(ctx context.Context) error {
	t.say("%s", t.d.marking())
	t.say("pou, line by line. You are %s (%s).", part.Safe(t.d.who.Call()), t.d.who.Ref)
	err := t.menu(ctx)
	if !errors.Is(err, errQuit) {
		return err
	}
	t.say("%s", t.d.marking())
	return nil
}

// Some screens of the menu are no lists.
const (
	screenCharts  store.List = "charts"
	screenUnits   store.List = "units"
	screenJournal store.List = "journal"
)

// screens are the lists of the menu, by their number.
func screens() []store.List {
	return []store.List{store.ListWanted, store.ListBreaches, store.ListOrders, store.ListTargets, store.ListTasks, screenUnits, store.ListDue, screenJournal, screenCharts}
}

// screenName is what the full screen calls a list.
func screenName(l store.List) string {
	if l == store.ListTargets {
		return "Packs"
	}
	return model.UpperFirst(string(l))
}

func (t *talk) menu(ctx context.Context) error {
	for {
		t.say("\nMenu")
		for i, l := range screens() {
			t.say("%d. %s", i+1, screenName(l))
		}
		t.say("%d. More lists", len(screens())+1)
		for done := false; !done; {
			answer, err := t.ask("A number, f to find, n for something new, u to undo, q to quit:")
			if err != nil {
				return err
			}
			if done, err = t.choose(ctx, answer); err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
	}
}

// choose follows a choice of the menu; done is false when it was none.
func (t *talk) choose(ctx context.Context, answer string) (done bool, err error) {
	switch n, err := strconv.Atoi(answer); {
	case err == nil && n >= 1 && n <= len(screens()):
		return true, t.screen(ctx, screens()[n-1])
	case err == nil && n == len(screens())+1:
		return true, t.more(ctx)
	}
	word, rest, _ := strings.Cut(answer, " ")
	switch strings.ToLower(word) {
	case "":
		return true, nil
	case "q", "quit":
		return true, errQuit
	case "f", "find":
		return true, t.find(ctx, rest)
	case "n", "new":
		return true, t.fresh(ctx)
	case "u", "undo":
		return true, t.form(ctx, "undo", nil)
	}
	if ref, ok := model.ParseRef(answer); ok {
		return true, t.record(ctx, ref)
	}
	t.notAChoice(answer)
	return false, nil
}

func (t *talk) notAChoice(answer string) { t.say("%q is none of the choices.", part.Safe(answer)) }

func (t *talk) screen(ctx context.Context, l store.List) error {
	if l == screenUnits {
		return t.units(ctx)
	}
	if l == screenJournal {
		return t.journal(ctx)
	}
	if l == screenCharts {
		return t.charts(ctx)
	}
	filter := ""
	for {
		rows, err := t.rows(ctx, l, filter)
		if err != nil {
			return err
		}
		refs := make([]model.Ref, len(rows))
		words := make([]string, len(rows))
		now := t.d.book.Now()
		for i := range rows {
			refs[i], words[i] = rows[i].Ref, lineWords(&rows[i].Line, now)
			if l == store.ListDue {
				words[i] = part.Safe(part.Left(rows[i].due.Left(now)) + " | " + words[i])
			}
		}
		t.say("\n%s", model.UpperFirst(model.Counted(len(rows), l.Row().One, l.Row().Many)))
		again, err := t.pick(ctx, words, refs, ", / and a filter such as /unit:SW marker:VI")
		if err != nil || again == "" {
			return err
		}
		filter = strings.TrimSpace(strings.TrimPrefix(again, "/"))
	}
}

// rows reads a list through a filter; one that cannot be read is said and left out.
func (t *talk) rows(ctx context.Context, l store.List, filter string) ([]row, error) {
	q, err := query.Parse(filter, model.LineFields(), match.Fold)
	if err != nil {
		t.say("The filter cannot be read at %s", part.Safe(err.Error()))
		q = query.Query{}
	}
	if strange := model.UnknownValues(q.Terms()); strange != "" {
		t.say("%s", model.UpperFirst(part.Safe(strange)))
	}
	want := listing{list: l, where: filter, filter: q}
	var rows []row
	err = t.d.book.Read(ctx, func(r store.Reader) error {
		var bad error
		if rows, bad = want.rows(r, t.d.book.Now()); bad != nil {
			t.say("Some records could not be read and are left out: %s", sentence(bad))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return rows, t.d.consult(ctx, want.what(), peopleIn(rows)...)
}

// pageLines is how many lines are read out before asking whether there should be more.
const pageLines = 20

// pick reads numbered lines out and opens the one chosen. It returns a word that began with "/" for the caller, or ""
// when the officer goes back.
func (t *talk) pick(ctx context.Context, words []string, refs []model.Ref, also string) (string, error) {
	shown, upTo := 0, pageLines
	for { // only asking for more reads on: a slip of the finger must not
		for ; shown < min(upTo, len(words)); shown++ {
			t.say("%d. %s", shown+1, words[shown])
		}
		more := ""
		if shown < len(words) {
			more = ", m for more"
		}
		answer, err := t.ask("A number to open it" + more + also + ", b to go back:")
		if err != nil {
			return "", err
		}
		n, bad := strconv.Atoi(answer)
		ref, isRef := model.ParseRef(answer)
		switch {
		case answer == "b" || answer == "" && more == "":
			return "", nil
		case answer == "q":
			return "", errQuit
		case more != "" && (answer == "m" || answer == ""):
			upTo += pageLines
		case strings.HasPrefix(answer, "/") && also != "":
			return answer, nil
		case bad == nil && n >= 1 && n <= len(refs):
			if err := t.record(ctx, refs[n-1]); err != nil {
				return "", err
			}
		case isRef:
			if err := t.record(ctx, ref); err != nil {
				return "", err
			}
		default:
			t.notAChoice(answer)
		}
	}
}

func (t *talk) find(ctx context.Context, text string) error {
	if text == "" {
		var err error
		if text, err = t.ask("Find what? A name, alias, phone, plate, postcode, date of birth or reference:"); err != nil || text == "" {
			return err
		}
	}
	answer, err := t.d.answer(ctx, store.Ask{Text: text, Limit: findDefault})
	var cannot *usageError
	if errors.As(err, &cannot) {
		t.say("%s.", part.Safe(model.UpperFirst(cannot.what)))
		return nil
	}
	if err != nil {
		return err
	}
	for _, says := range beside(&answer) {
		t.say("%s", part.Safe(says))
	}
	found := answer.Found
	if len(found) == 0 {
		t.say("Nothing on record answers to %s.", part.Safe(text))
		return nil
	}
	words, refs := make([]string, len(found)), make([]model.Ref, len(found))
	for i := range found {
		refs[i] = found[i].Ref
		words[i] = lineWords(&found[i].Line, t.d.book.Now()) + " | matched: " + part.Safe(found[i].Match)
	}
	t.say("\nFound %s", model.Counted(len(found), "record", "records"))
	_, err = t.pick(ctx, words, refs, "")
	return err
}

// units reads the twelve units out with what stands in each.
func (t *talk) units(ctx context.Context) error {
	if err := t.d.consult(ctx, "units"); err != nil {
		return err
	}
	return t.d.book.Read(ctx, func(r store.Reader) error {
		s, err := tallies(r, nil)
		if err != nil {
			return err
		}
		for _, cells := range s.rows {
			line := cells[0]
			for i := 1; i < len(cells)-1; i++ { // the last is what is overdue, which the list of what is due says
				line += " | " + strings.ToLower(s.cols[i].head) + " " + cells[i]
			}
			t.say("%s", line)
		}
		return nil
	})
}

// journalLines is how many journal entries are read out.
const journalLines = 40

func (t *talk) journal(ctx context.Context) error {
	if err := t.d.consult(ctx, "journal"); err != nil {
		return err
	}
	return t.d.book.Read(ctx, func(r store.Reader) error {
		liner := model.NewLiner(r, t.d.book.Now())
		n := 0
		return r.Entries(0, true, func(e model.Entry) bool {
			t.say("%s", eventOf(e, liner).words())
			n++
			return n < journalLines
		})
	})
}

// lines hands out the input a line at a time, to our own questions and to a form's alike: a form must not read ahead what
// the next question is to be answered with. After the end it goes on handing out an answer, so that no question is asked
// for ever.
type lines struct {
	r     *bufio.Reader
	rest  []byte
	ended bool
	after string // what is handed out after the end: an answer that ends the question
}

// next reads a line; ok is false at the end of the input.
func (l *lines) next() (line string, ok bool) {
	line, err := l.r.ReadString('\n')
	if err != nil && line == "" {
		l.ended = true
		return "", false
	}
	return strings.TrimRight(line, "\r\n"), true
}

// Read gives at most one line.
func (l *lines) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		line, ok := l.next()
		if !ok {
			line = l.after
		}
		l.rest = []byte(line + "\n")
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}
