package model

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pou/model/day"
)

// ways are the legitimate steps of every kind of record that has states: from one, to the ones that may follow. ""
// is a record that is not there yet. A state may always stay as it is while other things change, unless it is an end.
func ways() map[Kind]map[string]string {
	return map[Kind]map[string]string{
		KindWanted: {
			"":               "not circulated|wanted",
			"not circulated": "wanted|arrested|eliminated|withdrawn|died",
			"wanted":         "located|arrested|eliminated|withdrawn|died",
			"located":        "wanted|arrested|eliminated|withdrawn|died",
		},
		KindTarget: {
			"":        "on list",
			"on list": "arrested|circulated|eliminated|withdrawn|died",
		},
		KindArrest: {
			"":           "arrested",
			"arrested":   "in custody|de-arrested|bailed",
			"in custody": "bailed|RUI|charged|NFA|other disposal",
			"bailed":     "in custody|RUI|charged|NFA|other disposal",
			"RUI":        "in custody|bailed|charged|NFA|other disposal",
		},
		KindBreach: {
			"":              "reported|dismissed",
			"reported":      "under review|need more|substantiated|not a breach",
			"under review":  "need more|substantiated|not a breach",
			"need more":     "substantiated|not a breach",
			"substantiated": "arrested|charged|decided|not a breach",
			"arrested":      "charged|decided|substantiated",
			"charged":       "decided",
		},
		KindTask: {
			"":        "open",
			"open":    "started|done|cancelled",
			"started": "done|cancelled",
		},
		KindOrder: {
			"": "discharged|superseded|lapsed|main application determined",
		},
		KindWarrant: {
			"":            "applied for",
			"applied for": "granted|refused|application withdrawn",
			"granted":     "executed",
			"executed":    "executed",
		},
		KindReferral: {
			"":             "referred",
			"referred":     "accepted|declined",
			"accepted":     "advice given|closed",
			"advice given": "closed",
		},
		KindApplication: {
			"":             "drafting",
			"drafting":     "signed off",
			"signed off":   "drafting|lodged",
			"lodged":       "interim made|order made|refused|withdrawn",
			"interim made": "order made|refused|withdrawn",
		},
		KindCase: {
			"":        "open",
			"open":    "charged|closed",
			"charged": "closed",
		},
	}
}

// illegal says what is wrong with a step of a record; "" when it is a legitimate one.
func illegal(kind Kind, before, after Record) string {
	steps, known := ways()[kind]
	if !known {
		return ""
	}
	from, to := "", stateOf(after)
	if before != nil {
		from = stateOf(before)
	}
	onward, goesOn := steps[from]
	switch {
	case before != nil && !goesOn && !sameButMeta(uncounted(before), uncounted(after)):
		return fmt.Sprintf("it had ended as %q and was changed to %q", from, to)
	case before != nil && from == to, kind == KindOrder && to == "":
		return ""
	case !slices.Contains(strings.Split(onward, "|"), to):
		return fmt.Sprintf("it went from %q to %q; it may go to: %s", from, to, onward)
	}
	return ""
}

// uncounted is a record without what others count on it: a breach of before its discharge is still counted on an order.
func uncounted(r Record) Record {
	r = copied(r)
	if o, ok := r.(*Order); ok {
		o.Breaches = 0
	}
	if k, ok := r.(*Case); ok {
		k.Restricted = nil
	}
	if s, ok := r.(*Referral); ok { // who may see it is decided after it has ended too
		s.Restricted, s.Limits = false, ""
	}
	return r
}

// often is how many times a random walk is taken: few, or all of them when POU_FAULTS is set, as make faults does.
func often(few, all uint64) uint64 {
	if os.Getenv("POU_FAULTS") != "" {
		return all
	}
	return few
}

func TestNoPathOfActionsLeavesTheLegitimateStates(t *testing.T) {
	const steps = 900
	walks := often(20, 32)
	taken, refusedBy := map[string]int{}, map[string]int{}
	for seed := range walks {
		w := &walk{desk: toAttend(newDesk(t, stationNow(t), station(t)...)), rng: rand.New(rand.NewPCG(seed, 2026)), seed: seed}
		if seed%2 == 0 { // so that the order can be signed; in the other half somebody still has to read them
			markersRead(w.desk)
		}
		applicationsUnderWay(w.desk)
		if seed%4 == 1 { // few of those whom chance puts in a case are young
			inTurn(bornOn("25 Nov 2008"), opened("P-2 P-3"))(w.desk)
		}
		for range steps {
			w.step(taken, refusedBy)
			if t.Failed() {
				t.Fatalf("seed %d, after: %s", seed, strings.Join(w.path[max(0, len(w.path)-5):], "\n"))
			}
		}
	}
	for _, s := range Actions() {
		family, _, _ := strings.Cut(s.Name, ".")
		if moves := slices.Contains(movers(), family); moves && taken[s.Name] == 0 {
			t.Errorf("in %d steps %s never succeeded (%d were refused), so the walk says nothing of it", walks*steps, s.Name, refusedBy[s.Name])
		}
	}
}

// movers are the families of actions that take a person from state to state. The walk says nothing unless each of them
// succeeds in it; of the others, those that need many things at once succeed only when chance will have it.
func movers() []string {
	return []string{"wanted", "attempt", "arrest", "target", "task", "breach", "person", "safeguard", "intel", "case"}
}

// walk is a desk at which officers do anything at all, at random, for weeks.
type walk struct {
	*desk

	rng  *rand.Rand
	seed uint64
	path []string
	only []string // families of actions; none: all of them
}

func (w *walk) step(taken, refusedBy map[string]int) {
	s := w.anAction()
	fields := given{}
	for _, f := range s.Fields {
		often := 4 // in ten
		switch {
		case f.Need:
			often = 10
		case f.Fold && s.Name == "target.add": // a clash with another unit is rare, and officers are given later
			often = 1
		case f.Type == TypeTime:
			often = 2
		}
		if w.rng.IntN(10) < often {
			fields[f.Name] = w.value(f)
		}
	}
	who := w.someone(s)
	w.now = w.now.Add(time.Duration(1+w.rng.IntN(180)) * time.Minute)
	w.likely(s, fields)
	w.path = append(w.path, fmt.Sprintf("%s %s by %s %v", w.now.Format(time.DateTime), s.Name, who, fields))
	before := maps.Clone(w.records)
	if _, err := w.do(who, s.Name, fields); err != nil {
		refusedBy[s.Name]++
		_ = refusal(w, err)
		w.unchanged(before)
		return
	}
	taken[s.Name]++
	for ref, r := range w.records {
		if b := before[ref]; s.Name != "undo" && b != r {
			if wrong := illegal(ref.Kind(), b, r); wrong != "" {
				w.Errorf("%s by %s: %s", s.Name, ref, wrong)
			}
		}
		if err := r.Check(); err != nil {
			w.Errorf("%s left %s in a state it may not be in: %v", s.Name, ref, err)
		}
	}
	w.counts()
}

func (w *walk) unchanged(before map[Ref]Record) {
	if !maps.EqualFunc(before, w.records, func(a, b Record) bool { return a == b }) {
		w.Error("it was refused, and something changed all the same")
	}
}

// anAction is any action, those that move a case along more often than those that keep particulars.
func (w *walk) anAction() Spec {
	all := slices.DeleteFunc(Actions(), func(s Spec) bool { return s.Internal })
	for {
		s := all[w.rng.IntN(len(all))]
		if family, _, _ := strings.Cut(s.Name, "."); len(w.only) > 0 && !slices.Contains(w.only, family) {
			continue
		}
		dull := slices.Contains([]string{"officer.leave", "officer.key", "officer.key-revoke", "officer.end-sessions", "alias.add", "phone.add", "vehicle.add", "address.add", "marker.add", "person.add"}, s.Name)
		if !dull || w.rng.IntN(10) == 0 {
			return s
		}
	}
}

// someone is an officer, mostly one who may do it.
func (w *walk) someone(s Spec) Ref {
	officers := w.refs(KindOfficer)
	for range 20 {
		ref := officers[w.rng.IntN(len(officers))]
		if o, ok := w.records[ref].(*Officer); ok && (Can(o, s) == nil || w.rng.IntN(20) == 0) {
			return ref
		}
	}
	return "O-0001"
}

func (w *walk) value(f Field) any {
	one := func() string {
		switch f.Type {
		case TypeRef:
			refs := w.refs(f.Kinds...)
			if len(refs) == 0 {
				return exampleRef(f.Kinds[0])
			}
			if w.rng.IntN(2) == 0 { // the newest are the ones that are worked on
				return string(refs[len(refs)-1-w.rng.IntN(min(4, len(refs)))])
			}
			return string(refs[w.rng.IntN(len(refs))])
		case TypeChoice:
			if f.Name == "code" && w.rng.IntN(2) == 0 { // the marker there is, so that it is read, renewed and removed
				return f.Choices[0].Value
			}
			return f.Choices[w.rng.IntN(len(f.Choices))].Value
		case TypeDay:
			return day.On(w.now).AddDays(w.rng.IntN(1200) - 60 - 540*w.rng.IntN(2)).String()
		case TypeBorn:
			return "1984"
		case TypeTime:
			return w.now.Add(-time.Duration(w.rng.IntN(300)) * time.Minute).Format(time.RFC3339)
		case TypeNumber:
			return utoa(uint64(1 + w.rng.IntN(3)))
		case TypeYes:
			return "yes"
		case TypeText, TypeLong:
		}
		return "words " + itoa(w.rng.IntN(100)) + " 123"
	}
	if f.Name == "suspicion" {
		return w.suspicion()
	}
	if f.Name == "seq" {
		return utoa(max(1, uint64(len(w.journal))-uint64(w.rng.IntN(5))))
	}
	if !f.Many {
		return one()
	}
	out := make([]any, 1+w.rng.IntN(2))
	for i := range out {
		out[i] = one()
	}
	return out
}

// suspicion names something the record suggests, if it suggests anything.
func (w *walk) suspicion() string {
	for _, ref := range w.refs(KindOrder) {
		if all, err := SuspicionsOf(w.desk, ref, w.now); err == nil && len(all) > 0 {
			return all[w.rng.IntN(len(all))].ID
		}
	}
	return "R-000001/1/I-000001"
}

// counts holds what is counted on a record to what is recorded.
func (w *walk) counts() {
	attempts, breaches, versions := map[Ref]int{}, map[Ref]int{}, map[Ref]int{}
	custody := map[Ref]int{}
	targets := map[string]int{}
	lines := map[string]int{}
	for _, r := range w.records {
		switch r := r.(type) {
		case *Attempt:
			attempts[r.Wanted]++
			attempts[r.Target]++
		case *Breach:
			if r.State != BreachDismissed { // nobody reported it
				breaches[r.Order]++
			}
		case *PlanVersion:
			versions[r.Plan]++
		case *Arrest:
			if r.Status == Arrested || r.Status == InCustody {
				custody[r.Person]++
			}
		case *Target:
			if r.State == TargetLive {
				targets[string(r.Operation+" "+r.Person)]++
			}
		case *Wanted:
			if r.State.Live() {
				lines[string(r.Unit)+" "+string(r.Person)]++
			}
		}
	}
	seeded := map[Ref]int{"R-000003": 3, "R-000001": 1} // the station's own breaches, which were not reported by an action
	for ref, r := range w.records {
		switch r := r.(type) {
		case *Wanted:
			w.same(ref, "attempts", r.Attempts, attempts[ref])
		case *Target:
			w.same(ref, "attempts", r.Attempts, attempts[ref])
		case *Order:
			w.same(ref, "breaches", r.Breaches, breaches[ref]-seeded[ref])
		case *Arrest:
			if len(r.Steps) > 0 && r.Steps[len(r.Steps)-1].Status != r.Status {
				w.Errorf("%s is %s and its last step says %s", ref, r.Status, r.Steps[len(r.Steps)-1].Status)
			}
			if !slices.IsSortedFunc(r.Steps, func(a, b ArrestStep) int { return a.At.Compare(b.At) }) {
				w.Errorf("the steps of %s are not in the order they happened", ref)
			}
		case *Plan:
			w.same(ref, "versions", r.Versions, versions[ref])
		case *Operation:
			for _, g := range w.refs(KindTarget) {
				if g.Operation() == ref && g.Number() > r.Count {
					w.Errorf("%s counts %d targets and has %s", ref, r.Count, g)
				}
			}
		}
	}
	for what, several := range map[string]map[string]int{"on one list": targets, "wanted by one unit": lines} {
		for who, n := range several {
			if n > 1 {
				w.Errorf("%s stands %d times %s", who, n, what)
			}
		}
	}
}

func (w *walk) same(ref Ref, what string, counted, recorded int) {
	w.Helper()
	if counted != recorded {
		w.Errorf("%s counts %d %s, and %d are recorded", ref, counted, what, recorded)
	}
}

// The journal's states: what ends a line ends it for good, whoever asks and however.
func TestAnEndedLineIsNeverLiveAgainExceptByUndo(t *testing.T) {
	for _, end := range []WantedState{WasArrested, Eliminated, Withdrawn, Died} {
		for _, s := range Actions() {
			f, ok := s.Field("wanted")
			if !ok || s.Internal || f.Many {
				continue
			}
			d := newDesk(t, stationNow(t), station(t)...)
			line := as[*Wanted](d, "W-000005")
			line.State = end
			w := &walk{desk: d, rng: rand.New(rand.NewPCG(1, uint64(len(s.Name))))}
			for range 20 {
				fields := given{"wanted": "W-5"}
				for _, f := range s.Fields {
					if f.Need && f.Name != "wanted" {
						fields[f.Name] = w.value(f)
					}
				}
				_, _ = d.do("O-0001", s.Name, fields)
				if got := d.state("W-000005"); got != string(end) {
					t.Errorf("%s brought a line that was %s back as %s", s.Name, end, got)
				}
			}
		}
	}
}
