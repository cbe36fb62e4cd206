package ui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"pou/model"
	"pou/ui/part"
)

// aka is a wanted person with another name, and others with names that are near to nobody else's.
func aka(w *world) {
	threeWanted(w)
	w.do("alias.add", "person", "P-000002", "name", "Spider")
	for _, n := range []string{"Smith, Jonathan", "Wilkinson, Shaun"} {
		surname, forename := model.SplitName(n)
		p := w.do("person.add", "surname", surname, "forename", forename, "unit", "SW")
		w.do("wanted.mark", "person", string(p), "offences", "abh", "unit", "SW", "pnc_ref", "26/1299")
	}
}

func TestAFilterFindsANameHoweverItIsSpelt(t *testing.T) {
	for how, c := range map[string]struct {
		filter string
		want   []string
		not    []string
	}{
		"letters swapped":                                  {"smtih", []string{"SMITH, Jonathan", "1 spelt otherwise"}, []string{"KOVAČ"}},
		"a letter missing":                                 {"wikinson", []string{"WILKINSON, Shaun"}, []string{"SMITH"}},
		"the words in the other order":                     {"shaun wilkinson", []string{"WILKINSON, Shaun"}, []string{"SMITH", "spelt otherwise"}},
		"as it is, and nothing is guessed":                 {"kovac", []string{"KOVAČ, Ivan"}, []string{"spelt otherwise"}},
		"an alias, which the row then shows":               {"spider", []string{"KOVAČ, Ivan Spider"}, []string{"SMITH"}},
		"an alias with letters swapped":                    {"spiedr", []string{"KOVAČ, Ivan"}, []string{"SMITH"}},
		"misspelt, among those of a state":                 {"smtih status:wanted", []string{"SMITH, Jonathan"}, []string{"WILKINSON"}},
		"misspelt, but not of that state":                  {"smtih status:located", []string{"nothing here matches"}, []string{"SMITH"}},
		"a name somebody bears, and near to nobody's else": {"ivan", []string{"KOVAČ, Ivan"}, []string{"O'BRIEN", "spelt otherwise"}},
		"a word that is nobody's":                          {"zzzqqq", []string{"nothing here matches"}, []string{"spelt otherwise"}},
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, 100, 30, aka)
			r.press("/").typed(c.filter).sees(c.want...)
			r.seesNot(c.not...)
		})
	}
}

func TestRowsFoundInAnotherSpellingStandInTheOrderOfTheList(t *testing.T) {
	r := newRig(t, 100, 30, func(w *world) {
		for _, n := range []string{"Smithers, Adam", "Smith, Barry", "Smithers, Carl"} {
			surname, forename := model.SplitName(n)
			p := w.do("person.add", "surname", surname, "forename", forename, "unit", "SW")
			w.do("wanted.mark", "person", string(p), "offences", "abh", "unit", "SW", "pnc_ref", "26/1299")
		}
	})
	var before []model.Ref
	for _, l := range r.app.lists[1].table.Rows() {
		before = append(before, l.Ref)
	}
	r.press("/").typed("smithe").sees("SMITH, Barry", "1 spelt otherwise")
	var after []model.Ref
	for _, l := range r.app.lists[1].table.Rows() {
		after = append(after, l.Ref)
	}
	if !slices.Equal(before, after) {
		t.Errorf("the rows stood as %v and now as %v", before, after)
	}
}

func TestARowThatComesWhileAFilterIsTypedIsFoundInAnotherSpellingToo(t *testing.T) {
	r := newRig(t, 100, 30, aka)
	r.press("/").typed("zawahri").sees("nothing here matches")
	wd := &world{t: t, book: r.book, who: "O-0001"}
	p := wd.do("person.add", "surname", "Zawahiri", "forename", "Ayman", "unit", "SW")
	wd.do("wanted.mark", "person", string(p), "offences", "abh", "unit", "SW", "pnc_ref", "26/1299")
	r.settle()
	r.sees("ZAWAHIRI, Ayman")
}

func TestWhatAnswersAFilterIsPickedOutInTheRow(t *testing.T) {
	r := newRig(t, 100, 30, aka)
	r.app.th = noColourTheme(r.app)
	r.app.refresh()
	r.press("/").typed("kovac")
	r.settle()
	on := r.app.th.Style(part.StyleMatch).On()
	if content := r.app.View().Content; !strings.Contains(content, on+"KOVAČ"+ansi.ResetStyle) {
		t.Errorf("KOVAČ is not picked out:\n%q", content)
	}
	r.press("esc")
	r.settle()
	if content := r.app.View().Content; strings.Contains(content, on) {
		t.Error("letters are picked out and nothing is sought")
	}
}

// manyRows are n wanted lines of as many people.
func manyRows(n int) []*model.Line {
	r := rand.New(rand.NewPCG(1, 1))
	word := func() string {
		var b strings.Builder
		for range 2 + r.IntN(3) {
			b.WriteByte("bcdfghjklmnprstvwz"[r.IntN(18)])
			b.WriteByte("aeiou"[r.IntN(5)])
		}
		return b.String()
	}
	surnames := make([]string, 5000)
	for i := range surnames {
		surnames[i] = word()
	}
	lines := make([]*model.Line, n)
	for i := range lines {
		l := &model.Line{
			Ref: model.NewRef(model.KindWanted, uint64(i+1)), Kind: "wanted", Person: model.NewRef(model.KindPerson, uint64(i+1)), Unit: "SW", Status: "wanted", Live: true,
			Name: model.FullName(surnames[r.IntN(len(surnames))], surnames[r.IntN(500)]), What: "s.4A PHA", OwnerName: "PC Blake",
		}
		l.Fold()
		lines[i] = l
	}
	return lines
}

// A filter typed letter by letter, as it is and misspelt; each letter is one keystroke.
func BenchmarkFilterKeystroke(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		a := &App{w: 160, h: 50}
		s := a.newList(1, "Wanted", "by urgency", "wanted", "none")
		s.table.SetSize(100, 40)
		s.all, s.loaded = manyRows(n), true
		s.show("SW", at0507())
		b.Run(fmt.Sprintf("names/%d", n), func(b *testing.B) {
			for b.Loop() {
				s.names, s.reading = nil, nil
				msg, _ := s.readNames()().(namesRead)
				s.names = msg.names
			}
		})
		for _, text := range []string{"badu", "bauid keto", "zzzqqq"} {
			for i := range text {
				b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(text[:i+1], " ", "+"), n), func(b *testing.B) {
					for b.Loop() {
						b.StopTimer()
						s.setFilter(text[:i], "SW", at0507())
						b.StartTimer()
						s.setFilter(text[:i+1], "SW", at0507())
					}
					b.ReportMetric(float64(len(s.table.Rows())), "rows")
					b.ReportMetric(float64(s.near), "near")
				})
			}
		}
	}
}

// Letter by letter, with letters taken back and terms between them: always the rows a filter given at once finds.
func TestAFilterTypedByLettersFindsWhatItFindsAtOnce(t *testing.T) {
	a := &App{w: 160, h: 50}
	s, fresh := a.newList(1, "Wanted", "by urgency", "wanted", "none"), a.newList(1, "Wanted", "by urgency", "wanted", "none")
	s.all = manyRows(3000)
	fresh.all = s.all
	r := rand.New(rand.NewPCG(2, 2))
	text := ""
	for range 2000 {
		switch letters := "aeiou bdk -:un"; {
		case r.IntN(4) == 0 && text != "":
			text = text[:len(text)-1]
		case r.IntN(40) == 0:
			text = []string{"", "unit:SW ", "ba -ko", "unit:SE b", "wanted b"}[r.IntN(5)]
		default:
			text += string(letters[r.IntN(len(letters))])
		}
		s.setFilter(text, "SW", at0507())
		fresh.filter, fresh.last = s.filter, looked{}
		fresh.text = s.text
		fresh.show("SW", at0507())
		if s.filterErr == "" && !slices.Equal(s.table.Rows(), fresh.table.Rows()) {
			t.Fatalf("%q finds %d rows by letters and %d at once", text, len(s.table.Rows()), len(fresh.table.Rows()))
		}
	}
}
