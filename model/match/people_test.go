package match_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"pou/model/match"
)

// Synthetic people: names put together at random, numbers from ranges that belong to nobody. None is a real person.

func forenames() []string {
	return strings.Fields(`James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew
		Anthony Mark Donald Steven Paul Andrew Joshua Kenneth Kevin Brian George Timothy Ronald Jason Edward Jeffrey Ryan Jacob Gary
		Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Frank Raymond Patrick Jack Dennis Jerry
		Tyler Aaron Adam Nathan Henry Peter Zachary Kyle Noah Ethan Jeremy Walter Keith Roger Terry Austin Mary Patricia Jennifer Linda
		Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Sandra Margaret Ashley Kimberly Emily Donna Michelle Carol Amanda
		Melissa Deborah Stephanie Rebecca Laura Helen Sharon Cynthia Amy Kathleen Angela Shirley Brenda Emma Anna Pamela Nicole Samantha
		Omar Ahmed Hassan Ibrahim Khalid Tariq Imran Bilal Yusuf Hamza Piotr Tomasz Marek Pawel Andrzej Krzysztof Kwame Kofi Chidi Emeka
		Ravi Sanjay Arjun Priya Anil Deepak Wei Jun Ming Hiroshi Carlos Luis Miguel Pedro Diego Marco Luca Giovanni
		Shaun Shane Sian Sean Joan Jon Mohammed Mohamud Jose Josef Lukasz Lucas Sami Ana Ivo`)
}

func surnames() []string {
	return strings.Fields(`Jones Williams Brown Taylor Davies Evans Thomas Johnson Roberts Walker Wright Robinson Thompson White Hughes
		Edwards Green Hall Wood Harris Lewis Martin Jackson Clarke Clark Turner Hill Cooper Ward Moore Morris Watson Harrison Morgan Baker
		Patel Allen King Anderson Mitchell Cook Bennett Lee Shaw James Young Parker Griffiths Carter Phillips Richardson Khan Bailey Bell
		Collins Cox Miller Murphy Kelly Price Marshall Simpson Richards Adams Gray Campbell Stevens Wilson Rogers Foster Ahmed Ali Hussain
		Begum Nowak Wozniak Kaminski Lewandowski Zielinski Okafor Adeyemi Mensah Singh Kaur Sharma Gupta Chen Wang Silva Santos Rossi Smythe
		Smithson Wilkins Wilkins Watkinson Dickinson Fernandes Hernandez Mohamud Yousef Kowalczyk Brennan Bryan O'Neill O'Connor O'Brady
		Brien O'Bryan Smyth Smit Kowalska Kowal Wilkin Fernando Fernand Yousaf Cruz Hale Blackwell`)
}

// coined is a surname nobody bears often, so that the vocabulary is as long-tailed as a real one.
func coined(r *rand.Rand) string {
	first := strings.Fields("b br c ch cl d dr f g gr h j k kr l m n p pr r s sh st t tr v w z sm wh sk")
	middle := strings.Fields("a e i o u ai ee ou ar er or an en in on al el il")
	last := strings.Fields("b ck d ff g ld ll m n nd ng p r rd rn s ss t th tt v x y")
	end := strings.Fields("son ton ley man er ski wicz ov ez ham ford well by worth a o i")
	pick := func(from []string) string { return from[r.IntN(len(from))] }
	name := pick(first) + pick(middle) + pick(last)
	if r.IntN(2) == 0 {
		name += pick(middle) + pick(last)
	}
	return strings.ToUpper(name[:1]) + name[1:] + pick(end)
}

// town is where synthetic people come from.
type town struct {
	*rand.Rand
	fore, sur []string
}

// newTown is a town whose people share some names; others also bear the surnames given.
func newTown(r *rand.Rand, others ...string) *town {
	return &town{r, forenames(), append(surnames(), others...)}
}

// person is the texts of one synthetic person: name, birth, digits of birth, phone, reference, postcode, perhaps an alias or a plate.
func (r *town) person(n int) []string {
	fore, sur := r.fore, r.sur
	surname := coined(r.Rand)
	if r.IntN(3) > 0 {
		surname = sur[r.IntN(len(sur))]
	}
	day, month, year := 1+r.IntN(28), 1+r.IntN(12), 1950+r.IntN(56)
	texts := []string{
		strings.ToUpper(surname) + ", " + fore[r.IntN(len(fore))],
		fmt.Sprintf("%d %s %d", day, [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}[month-1], year),
		fmt.Sprintf("%d%02d%02d", year, month, day),
		fmt.Sprintf("07700%06d", r.IntN(1_000_000)),
		fmt.Sprintf("P-%06d", n),
		fmt.Sprintf("SE%d %d%c%c", 1+r.IntN(28), r.IntN(10), 'A'+rune(r.IntN(26)), 'A'+rune(r.IntN(26))),
	}
	if r.IntN(4) == 0 {
		texts = append(texts, fore[r.IntN(len(fore))]+" "+coined(r.Rand))
	}
	if r.IntN(4) == 0 {
		texts = append(texts, fmt.Sprintf("%c%c%02d%c%c%c", 'A'+rune(r.IntN(26)), 'A'+rune(r.IntN(26)), r.IntN(75),
			'A'+rune(r.IntN(26)), 'A'+rune(r.IntN(26)), 'A'+rune(r.IntN(26))))
	}
	return texts
}

// crowd is an index of n people, numbered from 1.
func crowd(n int, others ...string) *match.Index {
	r := newTown(rand.New(rand.NewPCG(1, uint64(n))), others...)
	x := match.NewIndex()
	for i := 1; i <= n; i++ {
		x.Put(uint32(i), named(r.person(i)...))
	}
	return x
}

func rankOf(hits []match.Hit, id uint32) int {
	for i, h := range hits {
		if h.ID == id {
			return i + 1
		}
	}
	return 0
}

// named is a document of texts as they come.
func named(texts ...string) match.Doc {
	var d match.Doc
	for _, t := range texts {
		d.Texts = append(d.Texts, match.Text{Text: t})
	}
	return d
}
