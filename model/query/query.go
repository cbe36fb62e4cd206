// Package query is the filter language of the lists: free words and structured terms, all of which must hold.
//
//	unit:SW status:wanted marker:VI due:<3d -status:arrested kov
//
// A term is field:value or a free word, with - before it for "not". A value may list several with commas (unit:SW,SE),
// contain * and ? as wildcards (born:198?), or compare a number or a span of time: attempts:>2, age:>=7d, due:<12h.
// A value is a whole value of the row or one of its words.
package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Row is what a filter looks at.
type Row interface {
	// Text is the row's words, folded.
	Text() string
	// Values are the row's values of a word field; ok is false when the row has no such field.
	Values(field string) (values []string, ok bool)
	// Number is the row's value of a number field, in days for a span; ok is false when the row has none.
	Number(field string, now time.Time) (n float64, ok bool)
}

// Fields names the fields a list knows: words to what they mean, and whether they are numbers.
type Fields map[string]bool

// Query is a filter, ready to hold against rows.
type Query struct {
	terms []Term
	words []string
	typed []string
}

// Term is one condition of a filter.
type Term struct {
	not    bool
	field  string   // "" for free words
	values []string // folded
	op     string
	number float64
	fold   func(string) string
}

// Error says where a filter cannot be read.
type Error struct {
	Term string
	At   int // byte offset in the filter
	Why  string
}

// Error names the term and the reason.
func (e *Error) Error() string { return fmt.Sprintf("%q: %s", e.Term, e.Why) }

// Parse reads a filter. fold prepares free words the way the rows' text was folded.
func Parse(text string, known Fields, fold func(string) string) (Query, error) {
	var q Query
	end := 0
	for _, raw := range strings.Fields(text) {
		at := end + strings.Index(text[end:], raw)
		end = at + len(raw)
		field, value, structured := strings.Cut(raw, ":")
		not := strings.HasPrefix(field, "-")
		field = strings.ToLower(strings.TrimPrefix(field, "-"))
		if !structured || field == "" {
			q.free(not, raw, fold)
			continue
		}
		number, ok := known[field]
		if !ok {
			return q, &Error{Term: raw, At: at, Why: "there is no field " + field + "; try " + names(known)}
		}
		t := Term{not: not, field: field, fold: fold}
		if err := t.read(value, number, fold); err != nil {
			return q, &Error{Term: raw, At: at, Why: err.Error()}
		}
		q.terms = append(q.terms, t)
	}
	return q, nil
}

func (q *Query) free(not bool, raw string, fold func(string) string) {
	words := strings.Fields(fold(raw))
	switch {
	case len(words) == 0:
	case not:
		q.terms = append(q.terms, Term{not: true, values: words, fold: fold})
	default:
		q.words, q.typed = append(q.words, words...), append(q.typed, raw)
	}
}

func (t *Term) read(value string, number bool, fold func(string) string) error {
	if value == "" {
		return fmt.Errorf("a value is missing after the colon of %s", t.field)
	}
	for _, op := range []string{"<=", ">=", "<", ">"} {
		if rest, ok := strings.CutPrefix(value, op); ok {
			t.op, value = op, rest
			break
		}
	}
	if !number {
		if t.op != "" {
			return fmt.Errorf("%s is a word, which is not compared with %s", t.field, t.op)
		}
		for v := range strings.SplitSeq(value, ",") {
			if v != "" {
				t.values = append(t.values, pattern(v, fold))
			}
		}
		if len(t.values) == 0 {
			return fmt.Errorf("a value is missing after the colon of %s", t.field)
		}
		return nil
	}
	if t.op == "" {
		t.op = "="
	}
	n, err := span(value)
	t.number = n
	return err
}

// span reads a number, or a span of time in days: 3d, 12h, 2w, 6m, 1y.
func span(s string) (float64, error) {
	units := map[byte]float64{'h': 1.0 / 24, 'd': 1, 'w': 7, 'm': 30, 'y': 365}
	scale := 1.0
	digits := s
	if s != "" {
		if u, ok := units[s[len(s)-1]|0x20]; ok {
			scale, digits = u, s[:len(s)-1]
		}
	}
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || n != n || n > 1e9 || n < -1e9 {
		return 0, fmt.Errorf("%q is not a number or a span such as 3d, 12h or 2w", s)
	}
	return n * scale, nil
}

func names(known Fields) string {
	out := make([]string, 0, len(known))
	for f := range known {
		out = append(out, f)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// Empty reports whether the filter lets everything through.
func (q Query) Empty() bool { return len(q.terms) == 0 && len(q.words) == 0 }

// Has reports whether the filter has a term on a field.
func (q Query) Has(field string) bool {
	for _, t := range q.terms {
		if t.field == field {
			return true
		}
	}
	return false
}

// Words are the free words of the filter that a row must have, folded.
func (q Query) Words() []string { return q.words }

// Typed are the free words of the filter as they were typed, those after a minus left out.
func (q Query) Typed() []string { return q.typed }

// Terms are the conditions of the filter, in the order they were typed; free words with a minus are among them.
func (q Query) Terms() []Term { return q.terms }

// Match reports whether a row passes the filter.
func (q Query) Match(r Row, now time.Time) bool {
	for _, t := range q.terms {
		if t.Holds(r, now) == t.not {
			return false
		}
	}
	return hasAll(r.Text(), q.words)
}

func hasAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// Field is the field the term is about; "" for free words.
func (t Term) Field() string { return t.field }

// Not reports whether the term was typed with a minus, so that a row passes when it does not hold.
func (t Term) Not() bool { return t.not }

// Values are the values the term accepts, folded, wildcards kept; none for a term that compares numbers.
func (t Term) Values() []string { return t.values }

// Holds reports whether the term holds for a row, whatever [Term.Not] says.
func (t Term) Holds(r Row, now time.Time) bool {
	if t.field == "" {
		return hasAll(r.Text(), t.values)
	}
	if t.op != "" {
		n, ok := r.Number(t.field, now)
		return ok && compare(n, t.op, t.number)
	}
	have, _ := r.Values(t.field)
	return t.Takes(have...)
}

// Takes reports whether a term on a word field holds for a row that has these values of it.
func (t Term) Takes(have ...string) bool {
	for _, want := range t.values {
		for _, h := range have {
			if like(h, want, t.fold) {
				return true
			}
		}
		if want == "none" && len(have) == 0 {
			return true
		}
	}
	return false
}

// Strange are the values the term accepts, as typed but folded, that none of the known ones answers to.
func (t Term) Strange(known []string) []string {
	var out []string
	for _, v := range t.values {
		one := Term{values: []string{v}, fold: t.fold}
		if v != "none" && !one.Takes(known...) {
			out = append(out, v)
		}
	}
	return out
}

func compare(n float64, op string, with float64) bool {
	switch op {
	case "<":
		return n < with
	case "<=":
		return n <= with
	case ">":
		return n > with
	case ">=":
		return n >= with
	}
	return n == with
}

// pattern folds a value as typed, around its wildcards.
func pattern(v string, fold func(string) string) string {
	var b strings.Builder
	for {
		i := strings.IndexAny(v, "*?")
		if i < 0 {
			b.WriteString(fold(v))
			return b.String()
		}
		b.WriteString(fold(v[:i]))
		b.WriteByte(v[i])
		v = v[i+1:]
	}
}

// like matches a value: the whole of it or one of its words, either of them also by a pattern with * and ?. Spaces in
// values are written with a dash or an underscore: status:not-circulated. A word that follows "not" does not count, so
// that status:circulated does not find the lines that are not circulated.
func like(have, want string, fold func(string) string) bool {
	same := func(s string) bool { return s == want }
	if strings.ContainsAny(want, "*?") {
		p := []rune(want)
		same = func(s string) bool { return wild([]rune(s), p) }
	}
	if same(fold(have)) {
		return true
	}
	negated := false
	for w := range strings.FieldsSeq(have) {
		w = fold(w)
		if !negated && same(w) {
			return true
		}
		negated = w == "not" || negated && w == "a"
	}
	return false
}

// wild matches * for any run and ? for any one character, in time linear in both for practical patterns.
func wild(s, p []rune) bool {
	star, mark := -1, 0
	i, j := 0, 0
	for i < len(s) {
		switch {
		case j < len(p) && p[j] == '*':
			star, mark, j = j, i, j+1
		case j < len(p) && (p[j] == '?' || p[j] == s[i]):
			i, j = i+1, j+1
		case star >= 0:
			mark++
			i, j = mark, star+1
		default:
			return false
		}
	}
	for j < len(p) && p[j] == '*' {
		j++
	}
	return j == len(p)
}
