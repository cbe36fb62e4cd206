package model

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Part is a part of a paper that leaves the desk.
type Part string

// The parts, in the order they are bound.
const (
	PartOrder   Part = "order"   // the operation order
	PartPack    Part = "pack"    // a page a target
	PartResults Part = "results" // one page of figures, after the day
	PartRecall  Part = "recall"  // targets that left the list after they were handed out
)

// Choices lists the parts.
func (Part) Choices() []Choice {
	return []Choice{
		{string(PartOrder), "operation order", "o"},
		{string(PartPack), "pack", "p"},
		{string(PartResults), "results", "r"},
		{string(PartRecall), "recall notice", "c"},
	}
}

// Handout is a paper that left the desk, as the journal keeps it: the words of a disclosure can be read back, so that what
// was handed out can be called in again.
type Handout struct {
	Audience  Audience
	Parts     []Part
	Operation Ref
	Unit      Unit // "" for all
	Version   int  // of a frozen order; 0 for the order as it stood
	Annex     bool // the confidential annex with it
	Targets   int
	Withheld  int // targets left out because they did not pass sanitisation
	Format    string
	Copies    int
}

// Words are the handout in the words of the journal.
func (h Handout) Words() string {
	names := make([]string, len(h.Parts))
	for i, p := range h.Parts {
		names[i] = LabelOf(p.Choices(), string(p))
	}
	out := string(h.Audience) + " " + strings.Join(names, " + ") + " of " + string(h.Operation)
	if h.Unit != "" {
		out += ", unit " + string(h.Unit)
	}
	if h.Version > 0 {
		out += ", version " + itoa(h.Version)
	}
	if h.Annex {
		out += ", confidential annex"
	}
	out += ": "
	if h.Targets > 0 {
		out += several(h.Targets, "target", "targets") + ", "
	}
	if h.Withheld > 0 {
		out += itoa(h.Withheld) + " withheld, "
	}
	return out + h.Format + ", " + several(h.Copies, "copy", "copies")
}

var handoutWords = regexp.MustCompile(`^(\w+) ([a-z +]+) of (OP-\d+)(?:, unit ([A-Z]{2}))?(?:, version (\d+))?(, confidential annex)?: ` +
	`(?:(\d+) targets?, )?(?:(\d+) withheld, )?(\w+), (\d+) cop(?:y|ies)$`)

// ReadHandout reads the words of a disclosure; ok is false for a disclosure of something else.
func ReadHandout(words string) (h Handout, ok bool) {
	m := handoutWords.FindStringSubmatch(words)
	if m == nil {
		return Handout{}, false
	}
	h = Handout{Audience: Audience(m[1]), Operation: Ref(m[3]), Unit: Unit(m[4]), Annex: m[6] != "", Format: m[9]}
	for name := range strings.SplitSeq(m[2], " + ") {
		i := slices.IndexFunc(Part("").Choices(), func(c Choice) bool { return c.Label == name })
		if i < 0 {
			return Handout{}, false
		}
		h.Parts = append(h.Parts, Part(Part("").Choices()[i].Value))
	}
	for _, n := range []struct {
		into *int
		text string
	}{{&h.Version, m[5]}, {&h.Targets, m[7]}, {&h.Withheld, m[8]}, {&h.Copies, m[10]}} {
		*n.into, _ = strconv.Atoi(n.text) // figures, or nothing at all for none
	}
	return h, true
}

// holdsTargets reports whether what is said of targets is on the paper.
func (h Handout) holdsTargets() bool {
	return slices.Contains(h.Parts, PartPack) || slices.Contains(h.Parts, PartOrder)
}

// CopyNumbers are the numbers of the copies there are: "1", "1 to 6".
func CopyNumbers(n int) string {
	if n == 1 {
		return "1"
	}
	return "1 to " + itoa(n)
}
