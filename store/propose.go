package store

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"pou/model"
	"pou/model/day"
)

// The usual proposal: so many targets a unit, ranked against four weeks ago when there was no operation before.
const (
	ProposedPerUnit = 20
	compareDays     = 28
)

// Proposal is one suspect put forward for an operation's list. It is only a proposal: an officer who adds a target
// gives a reason of their own.
type Proposal struct {
	Unit   model.Unit  `json:"unit"`
	Rank   int         `json:"rank"`          // in the unit
	Was    int         `json:"was,omitempty"` // rank on Since; 0 when the person had no score then
	Since  day.Date    `json:"since"`
	Person model.Ref   `json:"person"`
	Name   string      `json:"name"`
	Score  model.Score `json:"score"`
	On     []model.Ref `json:"on,omitempty"` // lists the person stands on already
	Wanted []model.Ref `json:"wanted,omitempty"`
	Held   string      `json:"held,omitempty"` // an arrest that awaits its disposal: in custody (K-000012)
	Cases  int         `json:"cases"`          // as a suspect, whenever they were
}

// Up is how many places the person has risen since the comparison; known is false when they had no score then.
func (p *Proposal) Up() (places int, known bool) { return p.Was - p.Rank, p.Was > 0 }

// Propose ranks the suspects each unit answers for by the operation's weights, the highest first, and returns the first
// perUnit of each unit that has any score. It walks the cases and the breaches, not the people. A record that cannot be
// read is left out and named in the error, which then comes with what could be read.
func Propose(r Reader, op *model.Operation, perUnit int, now time.Time) ([]Proposal, error) {
	w := &weighing{reader: r, suspects: map[model.Ref]*suspect{}}
	w.weights, w.months = op.Weighing()
	if err := w.read(); err != nil {
		return nil, err
	}
	today := day.On(now)
	since, err := before(r, op, today)
	if err != nil {
		return nil, err
	}
	w.ask(op.Unit)
	was := w.ranked(since)
	ranked := w.ranked(today)
	lists, err := w.lists()
	if err != nil {
		return nil, err
	}
	var out []Proposal
	for _, u := range model.Units() {
		then := map[model.Ref]int{}
		for i, s := range was[u.Code] {
			then[s.person.Ref] = i + 1
		}
		for i, s := range ranked[u.Code] {
			if i == perUnit {
				break
			}
			ref := s.person.Ref
			out = append(out, Proposal{
				Unit: u.Code, Rank: i + 1, Was: then[ref], Since: since, Person: ref, Name: s.person.Name(), Score: s.score,
				On: lists[ref], Wanted: w.wanted(ref), Held: w.held(ref), Cases: len(s.cases),
			})
		}
	}
	return out, errors.Join(w.bad...)
}

// before is the day a ranking is compared with: the first day of the operation before this one that had the same unit,
// or four weeks ago.
func before(r Reader, op *model.Operation, today day.Date) (day.Date, error) {
	var last day.Date
	err := r.Each(model.KindOperation, "", func(rec model.Record, err error) bool {
		other, ok := rec.(*model.Operation)
		if err != nil || !ok || other.Ref == op.Ref { // an unreadable record is pou check's to report
			return true
		}
		if (other.Unit == "" || other.Unit == op.Unit) && other.From < op.From && other.From < today {
			last = max(last, other.From)
		}
		return true
	})
	if last.IsZero() {
		last = today.AddDays(-compareDays)
	}
	return last, err
}

// weighing is one proposal being worked out.
type weighing struct {
	reader   Reader
	weights  model.Weights
	months   int
	suspects map[model.Ref]*suspect
	bad      []error
}

// suspect is a person with what they are suspected of.
type suspect struct {
	ref      model.Ref
	person   *model.Person // nil when another unit's
	cases    []*model.Case
	breaches []*model.Breach
	score    model.Score
}

func (w *weighing) of(ref model.Ref) *suspect {
	s := w.suspects[ref]
	if s == nil {
		s = &suspect{ref: ref}
		w.suspects[ref] = s
	}
	return s
}

// read gathers the cases and breaches of every suspect.
func (w *weighing) read() error {
	err := w.reader.Each(model.KindCase, "", func(rec model.Record, err error) bool {
		c, ok := rec.(*model.Case)
		if err != nil || !ok {
			w.bad = append(w.bad, err)
			return true
		}
		for i, p := range c.Parties {
			accused := p.Role == model.PartySuspect || p.Role == model.PartyConvicted
			if accused && !slices.ContainsFunc(c.Parties[:i], func(q model.Party) bool { return q.Person == p.Person }) {
				s := w.of(p.Person)
				s.cases = append(s.cases, c)
			}
		}
		return true
	})
	if err != nil {
		return err
	}
	return w.reader.Each(model.KindBreach, "", func(rec model.Record, err error) bool {
		if b, ok := rec.(*model.Breach); ok && err == nil {
			s := w.of(b.Person)
			s.breaches = append(s.breaches, b)
		} else {
			w.bad = append(w.bad, err)
		}
		return true
	})
}

// ask looks up whom a unit, or all of them, answers for; the others are let go.
func (w *weighing) ask(unit model.Unit) {
	for ref, s := range w.suspects {
		rec, err := w.reader.Record(ref)
		p, ok := rec.(*model.Person)
		if err != nil || !ok {
			w.bad = append(w.bad, err)
			continue
		}
		if p.OwnerUnit != "" && (unit == "" || p.OwnerUnit == unit) {
			s.person = p
		}
	}
}

// ranked scores the suspects as of a day and puts those of each unit in order; who has no score is left out. Equal
// scores go by the latest act and then by the ref, so that the same record always gives the same order.
func (w *weighing) ranked(asOf day.Date) map[model.Unit][]*suspect {
	out := map[model.Unit][]*suspect{}
	for _, s := range w.suspects {
		if s.person == nil {
			continue
		}
		if s.score = model.ScoreOf(s.cases, s.breaches, s.ref, w.weights, w.months, asOf); s.score.Points > 0 {
			out[s.person.OwnerUnit] = append(out[s.person.OwnerUnit], s)
		}
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b *suspect) int {
			return cmp.Or(cmp.Compare(b.score.Points, a.score.Points), cmp.Compare(b.score.Last, a.score.Last), cmp.Compare(a.ref.Number(), b.ref.Number()))
		})
	}
	return out
}

// lists are the targets that are live, by person.
func (w *weighing) lists() (map[model.Ref][]model.Ref, error) {
	refs, err := w.reader.Placed(model.KindTarget, "", true)
	out := map[model.Ref][]model.Ref{}
	for _, ref := range refs {
		rec, err := w.reader.Record(ref)
		if t, ok := rec.(*model.Target); ok && err == nil {
			out[t.Person] = append(out[t.Person], ref)
		} else {
			w.bad = append(w.bad, err)
		}
	}
	return out, err
}

// wanted are the open wanted lines of a person.
func (w *weighing) wanted(person model.Ref) []model.Ref {
	lines, err := linkedAs[*model.Wanted](w.reader, person, model.KindWanted)
	if err != nil {
		w.bad = append(w.bad, err)
	}
	var out []model.Ref
	for _, l := range lines {
		if l.State.Live() {
			out = append(out, l.Ref)
		}
	}
	return out
}

// held is where the person's latest arrest stands while it awaits its disposal.
func (w *weighing) held(person model.Ref) string {
	arrests, err := linkedAs[*model.Arrest](w.reader, person, model.KindArrest)
	if err != nil {
		w.bad = append(w.bad, err)
	}
	for _, k := range slices.Backward(arrests) {
		if k.Status.Live() {
			return string(k.Status) + " (" + string(k.Ref) + ")"
		}
	}
	return ""
}

// Prompt is a target somebody should look at: nothing counts against them any more, or nobody has looked in time.
type Prompt struct {
	Target   model.Ref   `json:"target"`
	Person   model.Ref   `json:"person"`
	Name     string      `json:"name"`
	Unit     model.Unit  `json:"unit"`
	ReviewBy day.Date    `json:"review_by"`
	Why      []string    `json:"why"`
	Kept     string      `json:"kept,omitempty"` // what was said when the target was last kept on the list
	Score    model.Score `json:"score"`
}

// Prompts lists the targets on an operation's list whose score is zero or whose review date has passed (DPA 2018 s.39;
// ICO v Met, Gangs Matrix, 2018: nobody at no risk stays on a list). An officer keeps them with target.review or takes
// them off with target.remove.
func Prompts(r Reader, op *model.Operation, now time.Time) ([]Prompt, error) {
	refs, err := r.Linked(op.Ref, model.KindTarget)
	if err != nil {
		return nil, err
	}
	today := day.On(now)
	weights, months := op.Weighing()
	liner := model.NewLiner(r, now)
	var out []Prompt
	var bad []error
	for _, ref := range refs {
		t, err := recordAs[*model.Target](r, ref)
		if err != nil || t.State != model.TargetLive {
			bad = append(bad, err)
			continue
		}
		cases, err1 := linkedAs[*model.Case](r, t.Person, model.KindCase)
		breaches, err2 := linkedAs[*model.Breach](r, t.Person, model.KindBreach)
		bad = append(bad, err1, err2)
		p := Prompt{Target: ref, Person: t.Person, Name: liner.Person(t.Person).Name(), Unit: t.Unit, ReviewBy: t.ReviewBy}
		p.Score = model.ScoreOf(cases, breaches, t.Person, weights, months, today)
		if p.Score.Points == 0 && err1 == nil && err2 == nil {
			p.Why = append(p.Why, "score 0: "+p.Score.Parts[0].Why)
		}
		if t.ReviewBy < today {
			p.Why = append(p.Why, "review was due by "+t.ReviewBy.Long())
		}
		if n := len(t.Reviews); n > 0 {
			k := t.Reviews[n-1]
			p.Kept = "kept on " + day.On(k.At).Long() + " by " + liner.Officer(k.By) + ": " + k.Reason
		}
		if len(p.Why) > 0 {
			out = append(out, p)
		}
	}
	return out, errors.Join(bad...)
}

// recordAs reads a record of one type.
func recordAs[R model.Record](r Reader, ref model.Ref) (R, error) {
	var none R
	rec, err := r.Record(ref)
	if err != nil {
		return none, err
	}
	got, ok := rec.(R)
	if !ok {
		return none, missing(ref)
	}
	return got, nil
}

// linkedAs reads the records of one type that are about another; those that cannot be read are named in the error.
func linkedAs[R model.Record](r Reader, about model.Ref, kind model.Kind) ([]R, error) {
	refs, err := r.Linked(about, kind)
	bad := []error{err}
	out := make([]R, 0, len(refs))
	for _, ref := range refs {
		rec, err := recordAs[R](r, ref)
		if err != nil {
			bad = append(bad, err)
			continue
		}
		out = append(out, rec)
	}
	return out, errors.Join(bad...)
}
