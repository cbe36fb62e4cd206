package sample

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

//go:embed names.txt
var namesFile string

// composedShare is how many in a hundred surnames or forenames are composed where a tradition has parts to do it with.
const composedShare = 35

// tradition is a way of naming people, with its share of the sample.
type tradition struct {
	name    string
	weight  int
	lists   map[string][]string
	endings [][2]string // of surnames that differ for women
	turkish bool        // capitals of i and ı
}

// names are the vocabulary that names.txt holds.
type names struct {
	traditions []*tradition
	total      int
}

// readNames reads the vocabulary.
func readNames(text string) (*names, error) {
	n := &names{}
	for i, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if err := n.read(words); err != nil {
			return nil, fmt.Errorf("names.txt line %d: %w", i+1, err)
		}
	}
	return n, nil
}

func (n *names) read(words []string) error {
	if title, ok := strings.CutPrefix(words[0], "["); ok {
		weight, err := strconv.Atoi(words[len(words)-1])
		if err != nil {
			return fmt.Errorf("the weight of a tradition: %w", err)
		}
		n.traditions = append(n.traditions, &tradition{name: strings.TrimSuffix(title, "]"), weight: weight, lists: map[string][]string{}})
		n.total += weight
		return nil
	}
	if len(n.traditions) == 0 || len(words) < 2 {
		return fmt.Errorf("%q belongs to no tradition or lists nothing", words[0])
	}
	t := n.traditions[len(n.traditions)-1]
	for _, w := range words[1:] {
		switch words[0] {
		case "female-form":
			from, to, _ := strings.Cut(w, ">")
			t.endings = append(t.endings, [2]string{strings.ToUpper(from), strings.ToUpper(to)})
		case "casing":
			t.turkish = w == "turkish"
		default:
			t.lists[words[0]] = append(t.lists[words[0]], strings.ReplaceAll(w, "_", " "))
		}
	}
	return nil
}

// tradition picks one by weight.
func (n *names) tradition(d *dice) *tradition {
	left := d.below(n.total)
	for _, t := range n.traditions {
		if left < t.weight {
			return t
		}
		left -= t.weight
	}
	return n.traditions[0]
}

// surname is a surname in capitals, as lists show it.
func (t *tradition) surname(d *dice, female bool) string {
	s := t.capitals(t.plainSurname(d))
	if female {
		for _, e := range t.endings {
			if stem, ok := strings.CutSuffix(s, e[0]); ok {
				return stem + e[1]
			}
		}
	}
	return s
}

func (t *tradition) plainSurname(d *dice) string {
	if len(t.lists["head"]) == 0 || !d.chance(composedShare) {
		return early(d, t.lists["surname"])
	}
	head, tail := pick(d, t.lists["head"]), pick(d, t.lists["tail"])
	if strings.EqualFold(head, tail) {
		return early(d, t.lists["surname"])
	}
	return head + tail
}

func (t *tradition) capitals(s string) string {
	if t.turkish {
		return strings.ToUpperSpecial(unicode.TurkishCase, s)
	}
	return strings.ToUpper(s)
}

func (t *tradition) forename(d *dice, female bool) string {
	list, head, tail := "male", "mhead", "mtail"
	if female {
		list, head, tail = "female", "fhead", "ftail"
	}
	if len(t.lists[head]) > 0 && d.chance(composedShare) {
		return pick(d, t.lists[head]) + pick(d, t.lists[tail])
	}
	return early(d, t.lists[list])
}

// full is a whole name: at times a surname of two parts, at times a second forename.
func (t *tradition) full(d *dice, female bool) (surname, forename string) {
	surname, forename = t.surname(d, female), t.forename(d, female)
	if d.chance(3) && !strings.ContainsAny(surname, " -") {
		if second := t.surname(d, female); !strings.ContainsAny(second, " -'") && second != surname {
			surname += "-" + second
		}
	}
	if d.chance(25) {
		if second := t.forename(d, female); second != forename {
			forename += " " + second
		}
	}
	return surname, forename
}
