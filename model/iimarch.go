package model

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"pou/model/day"
	"pou/model/match"
)

// OrderPapers is all an operation order is generated from.
type OrderPapers struct {
	Operation *Operation
	Plan      *Plan
	Targets   []OrderTarget // on the list, in the order of their numbers
	All       []*Target     // with those that left it
	Standing  *PlanVersion  // the frozen order that stands; nil before the first
	Officers  map[Ref]*Officer
}

// OrderTarget is a target with what the order says of it.
type OrderTarget struct {
	Target *Target
	Person *Person
	Line   *Wanted // nil when there is none
	Orders []*Order
	Intel  []*Intel
	Cases  []*Case
}

// OrderSource is what the papers are read from.
type OrderSource interface {
	Lookup
	Linked(ref Ref, kind Kind) ([]Ref, error)
}

// PapersOf gathers what an operation's order is generated from. Without a plan there is an empty one.
func PapersOf(src OrderSource, operation Ref) (OrderPapers, error) {
	in := OrderPapers{Plan: &Plan{Operation: operation}, Officers: map[Ref]*Officer{}}
	r, err := src.Record(operation)
	if err != nil {
		return in, err
	}
	op, ok := r.(*Operation)
	if !ok {
		return in, notFound("operation", operation)
	}
	in.Operation = op
	plans, err := about[*Plan](src, operation, KindPlan)
	if err != nil {
		return in, err
	}
	if len(plans) > 0 {
		in.Plan = plans[0]
	}
	if in.Plan.Latest != "" {
		if r, err = src.Record(in.Plan.Latest); err != nil {
			return in, err
		}
		in.Standing, _ = r.(*PlanVersion)
	}
	if in.All, err = about[*Target](src, operation, KindTarget); err != nil {
		return in, err
	}
	slices.SortFunc(in.All, func(a, b *Target) int { return cmp.Compare(a.Ref.Number(), b.Ref.Number()) })
	for _, t := range in.All {
		if t.State != TargetLive {
			continue
		}
		of, err := orderTarget(src, t)
		if err != nil {
			return in, err
		}
		in.Targets = append(in.Targets, of)
	}
	return in, in.addOfficers(src)
}

func about[R Record](src OrderSource, ref Ref, kind Kind) ([]R, error) {
	refs, err := src.Linked(ref, kind)
	if err != nil {
		return nil, err
	}
	out := make([]R, 0, len(refs))
	for _, at := range refs {
		r, err := src.Record(at)
		if err != nil {
			return nil, err
		}
		if got, ok := r.(R); ok {
			out = append(out, got)
		}
	}
	return out, nil
}

func orderTarget(src OrderSource, t *Target) (OrderTarget, error) {
	out := OrderTarget{Target: t, Person: &Person{}}
	r, err := src.Record(t.Person)
	if err != nil {
		return out, err
	}
	if p, ok := r.(*Person); ok {
		out.Person = p
	}
	if t.Wanted != "" {
		if r, err = src.Record(t.Wanted); err != nil {
			return out, err
		}
		out.Line, _ = r.(*Wanted)
	}
	if out.Orders, err = about[*Order](src, t.Person, KindOrder); err != nil {
		return out, err
	}
	if out.Intel, err = about[*Intel](src, t.Person, KindIntel); err != nil {
		return out, err
	}
	out.Cases, err = about[*Case](src, t.Person, KindCase)
	return out, err
}

// addOfficers loads the officers the order names.
func (in *OrderPapers) addOfficers(src OrderSource) error {
	named := append(in.Plan.Readers(), in.Operation.Lead)
	for _, s := range in.Plan.Signed {
		named = append(named, s.By)
	}
	for _, d := range in.Plan.Decisions {
		named = append(named, d.By)
	}
	for _, t := range in.Targets {
		named = append(named, t.Target.Officers...)
	}
	for _, ref := range named {
		if ref == "" || in.Officers[ref] != nil {
			continue
		}
		r, err := src.Record(ref)
		if err != nil {
			return err
		}
		if o, ok := r.(*Officer); ok {
			in.Officers[ref] = o
		}
	}
	return nil
}

// name is how an officer is addressed in the order.
func (in *OrderPapers) name(ref Ref) string {
	if o := in.Officers[ref]; o != nil {
		return o.Call()
	}
	return string(ref)
}

func (in *OrderPapers) namesOf(refs []Ref) string {
	out := make([]string, len(refs))
	for i, r := range refs {
		out[i] = in.name(r)
	}
	return strings.Join(out, ", ")
}

// IIMARCH is an operation order: Information, Intention, Method, Administration, Risk assessment, Communications, Human
// rights and legal. What is confidential stands in an annex apart, so that the order can be disclosed as it is.
type IIMARCH struct {
	Operation Ref            `json:"operation"`
	Name      string         `json:"name"`
	Marking   string         `json:"marking"`
	AsOf      time.Time      `json:"as_of"`
	State     string         `json:"state"` // of the plan
	Signed    []string       `json:"signed,omitempty"`
	Sections  []OrderSection `json:"sections"`
	Annex     []OrderSection `json:"-"`                 // need-to-know
	Changed   []string       `json:"changed,omitempty"` // since the version that stands, and not announced
	Recalled  []Recall       `json:"recalled,omitempty"`
}

// OrderSection is one head of an order.
type OrderSection struct {
	Head  string      `json:"head"`
	Lines []OrderLine `json:"lines"`
}

// OrderLine is a line of an order: text, or a gap that is highlighted where the text should stand.
type OrderLine struct {
	Text string   `json:"text,omitempty"`
	Gap  *PlanGap `json:"gap,omitempty"`
}

// PlanGap is something an order lacks: what, what to do about it, and whether a briefing has to wait for it.
type PlanGap struct {
	What  string `json:"what"`
	Do    string `json:"do"`
	Stops bool   `json:"stops,omitempty"`
}

// orderMarking stands at the top and the bottom of every order (GSCP: only the originator changes it).
const orderMarking = "OFFICIAL-SENSITIVE"

// Gaps lists what the order lacks, in the order of its heads.
func (o *IIMARCH) Gaps() []PlanGap {
	var out []PlanGap
	for _, s := range slices.Concat(o.Sections, o.Annex) {
		for _, l := range s.Lines {
			if l.Gap != nil {
				out = append(out, *l.Gap)
			}
		}
	}
	return out
}

// Stops lists the gaps that stop a briefing.
func (o *IIMARCH) Stops() []PlanGap {
	return slices.DeleteFunc(o.Gaps(), func(g PlanGap) bool { return !g.Stops })
}

// Text is the order in plain text, without the annex.
func (o *IIMARCH) Text() string {
	head := []string{o.Marking, "", "OPERATION ORDER  " + string(o.Operation) + "  " + o.Name, o.State + ", as of " + day.Clock(o.AsOf)}
	return writeOrder(append(head, o.Signed...), o.Sections, o.Marking)
}

// AnnexText is the confidential annex in plain text; "" when there is nothing in it.
func (o *IIMARCH) AnnexText() string {
	if len(o.Annex) == 0 {
		return ""
	}
	head := []string{o.Marking, "", "CONFIDENTIAL ANNEX  " + string(o.Operation) + "  " + o.Name, "Need-to-know: not to be copied with the order"}
	return writeOrder(head, o.Annex, o.Marking)
}

func writeOrder(head []string, sections []OrderSection, marking string) string {
	var b strings.Builder
	for _, l := range head {
		b.WriteString(l + "\n")
	}
	for _, s := range sections {
		b.WriteString("\n" + strings.ToUpper(s.Head) + "\n")
		for _, l := range s.Lines {
			text := l.Text
			if l.Gap != nil {
				text = "[GAP] " + l.Gap.What + ": " + lowerFirst(l.Gap.Do)
			}
			b.WriteString("  " + strings.ReplaceAll(text, "\n", "\n    ") + "\n")
		}
	}
	b.WriteString("\n" + marking + "\n")
	return b.String()
}

// orderDigest is the SHA-256 of an order's text and annex, with the length of the text between them so that no line can
// move from one to the other.
func orderDigest(text, annex string) string {
	sum := sha256.Sum256([]byte(itoa(len(text)) + "\n" + text + annex))
	return hex.EncodeToString(sum[:])
}

// OperationOrder generates an operation's order from its plan and its targets. It decides nothing: what is missing is
// shown as missing.
func OperationOrder(in OrderPapers, now time.Time) *IIMARCH {
	o := &IIMARCH{Operation: in.Operation.Ref, Name: in.Operation.Name, Marking: orderMarking, AsOf: now, State: in.Plan.State()}
	for _, s := range in.Plan.Signed {
		o.Signed = append(o.Signed, "Signed "+in.name(s.By)+", "+string(s.As)+", "+day.Clock(s.At))
	}
	o.Sections = []OrderSection{
		in.information(now), in.intention(), in.method(), in.administration(), in.riskAssessment(now), in.communications(), in.rights(),
	}
	o.Annex = in.annex(now)
	in.guardVictims(o)
	if in.Standing != nil {
		o.Changed = in.Plan.Unannounced(in.Standing, in.All).Words()
		o.Recalled = in.Standing.Recalls(in.All)
	}
	return o
}

// guardVictims looks for the people the targets' orders protect in every line that was typed. The gap it leaves says
// where, and never whom.
func (in *OrderPapers) guardVictims(o *IIMARCH) {
	var terms []string
	for _, t := range in.Targets {
		for _, order := range t.Orders {
			terms = append(terms, protectedTerms(order.Protected)...)
		}
	}
	for i := range o.Sections {
		s := &o.Sections[i]
		for j, l := range s.Lines {
			text := " " + match.Fold(l.Text) + " "
			if slices.ContainsFunc(terms, func(term string) bool { return strings.Contains(text, " "+term+" ") }) {
				s.Lines[j] = gapLine("a line under "+s.Head+" names somebody an order protects", "Take the name or the place out; it belongs in the contact plan", true)
			}
		}
	}
}

// protectedTerms are the names and places in the words of whom an order protects, folded for comparing.
func protectedTerms(words string) []string {
	var out []string
	for part := range strings.FieldsFuncSeq(words, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		part = strings.TrimPrefix(match.Fold(part), "sample ")
		if len([]rune(part)) > 2 {
			out = append(out, part)
		}
	}
	return out
}

func textLine(text string) OrderLine { return OrderLine{Text: text} }

func gapLine(what, do string, stops bool) OrderLine {
	return OrderLine{Gap: &PlanGap{What: what, Do: do, Stops: stops}}
}

// said is a labelled line, or the gap where it should stand.
func said(label, text, do string) OrderLine {
	if text == "" {
		return gapLine("no "+lowerFirst(label), do, false)
	}
	return textLine(label + ": " + text)
}
