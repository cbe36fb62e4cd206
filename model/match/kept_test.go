package match_test

import (
	"reflect"
	"strings"
	"testing"

	"pou/model/match"
)

// Whatever is written makes an index forget what it kept from earlier queries, so the same document put again before each query
// is an index that has kept nothing.
func TestWhatIsTypedLetterByLetterFindsWhatIsFoundAtOnce(t *testing.T) {
	t.Parallel()
	const people = 6000
	r := luck(t)
	warm, cold := match.NewIndex(), match.NewIndex()
	held := map[uint32]match.Doc{}
	put := func(id uint32) {
		texts := r.person(int(id))
		if r.IntN(3) == 0 { // one name that thousands bear, some of them twice, some alone
			texts[0] = [...]string{"HUSSAIN, Ali", "HUSSAIN, " + texts[0], "HUSSAIN", "ALI, Hussain", "HUSSEIN, Hussain"}[r.IntN(5)]
		}
		d := match.Named(texts[0], texts[1:]...)
		d.Prior = uint8(r.IntN(4) * 60)
		held[id] = d
		warm.Put(id, d)
		cold.Put(id, d)
	}
	for id := uint32(1); id <= people; id++ {
		put(id * 7)
	}
	keeps := []func(uint32) bool{nil, func(id uint32) bool { return id%3 != 0 }, func(id uint32) bool { return id%400 == 0 }}
	ask := func(q match.Query) {
		cold.Put(7, held[7])
		got, want := warm.Search(q), cold.Search(q)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%q (%d), typed letter by letter, finds\n%v\nat once\n%v", q.Text, q.Limit, got, want)
		}
	}
	names := []string{"hussain", "hussein ali", "husain alli", "ali hussain", "smith john"}
	for range 40 {
		text := names[r.IntN(len(names))]
		if r.IntN(2) == 0 {
			words := match.Tokens(held[7*(1+uint32(r.IntN(people)))].Texts[0].Text)
			for i := range words {
				words[i] = misspelling(r, words[i])
			}
			text = strings.Join(words, " ")
		}
		q := match.Query{Limit: []int{12, 40, 700}[r.IntN(3)], Keep: keeps[r.IntN(len(keeps))]}
		for n := 1; n <= len(text); n++ {
			q.Text = text[:n]
			ask(q)
			switch r.IntN(8) {
			case 0: // a letter taken back
				q.Text = text[:max(1, n-1)]
				ask(q)
			case 1:
				put(7 * (1 + uint32(r.IntN(people+50))))
			case 2:
				id := 14 + 7*uint32(r.IntN(people-1))
				warm.Drop(id)
				cold.Drop(id)
			}
		}
	}
}

func TestAnIndexForgetsWhatItKeptWhenAPriorAloneChanges(t *testing.T) {
	t.Parallel()
	x := match.NewIndex()
	for id := uint32(1); id <= 3000; id++ {
		x.Put(id, match.Named("HUSSAIN, Ali"))
	}
	first := func(query string) uint32 { return x.Find(query, 5)[0].ID }
	if id := first("hussai"); id != 1 {
		t.Fatalf("%d comes first", id)
	}
	wanted := match.Named("HUSSAIN, Ali")
	wanted.Prior = 200
	x.Put(2500, wanted)
	if id := first("hussain"); id != 2500 {
		t.Errorf("%d comes first, not who is wanted", id)
	}
}
