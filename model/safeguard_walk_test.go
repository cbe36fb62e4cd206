package model

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// tasking is a walk in which officers try, in every way there is, to send others after people who are complained of,
// counter-complained of and talked about. What is true is worked out here from the bare records, not by the rules.
type tasking struct {
	*walk

	read map[Ref]map[string]bool // of each person: the allegations, both ways, that a supervisor had before them

	sent, onWeak, onCross int            // taskings that went through, and those refused for each reason
	ways                  map[string]int // by which action they went through
}

func TestNoPathOfActionsTasksOnWeakIntelligenceOrUnreadAllegations(t *testing.T) {
	const steps = 500
	walks := often(6, 12)
	var sent, onWeak, onCross int
	ways := map[string]int{}
	for seed := range walks {
		d := newDesk(t, stationNow(t), station(t)...)
		freeze(d) // a team named in a frozen order is sent; a draft sends nobody
		k := &tasking{
			walk: &walk{desk: d, rng: rand.New(rand.NewPCG(seed, 1997)), seed: seed},
			read: map[Ref]map[string]bool{}, ways: ways,
		}
		for range steps {
			k.step()
			if t.Failed() {
				t.Fatalf("seed %d, after: %s", seed, strings.Join(k.path[max(0, len(k.path)-8):], "\n"))
			}
		}
		sent, onWeak, onCross = sent+k.sent, onWeak+k.onWeak, onCross+k.onCross
	}
	if sent < 100 || onWeak < 40 || onCross < 40 {
		t.Errorf("%d taskings, %d refused for weak intelligence and %d for allegations: too few for the walk to say anything", sent, onWeak, onCross)
	}
	for _, way := range []string{"target.add", "target.assign", "task.add", "task.assign", "task.start", "plan.team"} {
		if ways[way] == 0 {
			t.Errorf("nobody was tasked by %s, so the walk says nothing of it", way)
		}
	}
}

func (k *tasking) step() {
	s, fields := k.choose()
	who := k.someone(s)
	k.now = k.now.Add(time.Duration(1+k.rng.IntN(60)) * time.Minute)
	k.path = append(k.path, fmt.Sprintf("%s by %s %v", s.Name, who, fields))
	sentAfter := k.sentAfter(s.Name, fields)
	weak, crossed := map[Ref]bool{}, map[Ref]map[string]bool{}
	for _, person := range sentAfter {
		weak[person], crossed[person] = k.weakAlone(person), k.allegations(person)
	}
	before := k.states()
	c, err := k.do(who, s.Name, fields)
	if err != nil {
		p := refusal(k, err)
		k.onWeak += count(strings.Contains(p.Rule, "the only grounds"))
		k.onCross += count(strings.Contains(p.Rule, "allegations go both ways"))
		return
	}
	if s.Name == "safeguard.acknowledge" && fields["kind"] == "cross-allegation" {
		k.acknowledged(c, k.person(fields["person"]))
	}
	for _, person := range sentAfter {
		k.sent++
		k.ways[s.Name]++
		if weak[person] {
			k.Errorf("%s went through on E or source 3 alone", person)
		}
		for a := range crossed[person] {
			if s.Name != "target.add" && !k.read[person][a] {
				k.Errorf("%s was tasked, and no supervisor had read that they are %s", person, a)
			}
		}
	}
	if s.Name != "undo" {
		k.legitimate(before)
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// choose is an action that bears on tasking, filled in at random; grades are mostly bad and few people are involved, so
// that allegations cross.
func (k *tasking) choose() (Spec, given) {
	names := []string{
		"case.add", "case.add", "case.party", "case.charge", "case.close", "intel.add", "intel.add", "intel.regrade", "wanted.mark", "wanted.eliminate",
		"wanted.withdraw", "wanted.circulate", "breach.report", "breach.decide", "arrest.record", "target.add", "target.add", "target.add", "target.remove", "target.assign", "target.assign", "target.assign",
		"task.add", "task.add", "task.assign", "task.start", "plan.team", "plan.team", "safeguard.acknowledge", "safeguard.acknowledge", "marker.add", "undo",
	}
	s, ok := Find(names[k.rng.IntN(len(names))])
	if !ok {
		k.Fatal("the walk names an action that does not exist")
	}
	fields := given{}
	for _, f := range s.Fields {
		if f.Need || k.rng.IntN(10) < 3 {
			fields[f.Name] = k.value(f)
		}
		switch {
		case f.Name == "at", f.Name == "review_by", f.Name == "due", f.Name == "day":
			delete(fields, f.Name)
		case f.Type == TypeRef && slices.Equal(f.Kinds, []Kind{KindPerson}) && fields[f.Name] != nil:
			fields[f.Name] = k.among(4)
		}
	}
	k.bend(s.Name, fields)
	return s, fields
}

// bend makes what matters here more likely.
func (k *tasking) bend(action string, fields given) {
	switch action {
	case "intel.add":
		fields["person"] = k.among(7)
		fields["origin"] = fmt.Sprintf("ORIGIN %d%d", k.rng.IntN(3), k.rng.IntN(10))
		if k.rng.IntN(10) < 8 {
			fields["source"], fields["grade"] = []string{"3", "2"}[k.rng.IntN(2)], "E"
		}
	case "case.add":
		fields["person"], fields["victims"], fields["last"] = k.among(3), k.among(3), "2026-11-20"
		delete(fields, "first")
	case "task.add":
		fields["kind"], fields["title"], fields["person"] = "arrest", "Arrest enquiry", k.among(7)
		switch k.rng.IntN(4) { // what the form of a task offers has a title and no kind
		case 0:
			delete(fields, "kind")
		case 1:
			fields["kind"], fields["title"] = "other", "Arrest them at home"
		}
		delete(fields, "about")
	case "target.add":
		fields["person"], fields["operation"] = k.among(7), "OP-0001"
		delete(fields, "wanted")
	case "plan.team":
		fields["name"], fields["operation"], fields["targets"], fields["officers"] = k.value(Field{Type: TypeText}), "OP-0001", []any{k.onList()}, []any{"O-0001"}
		delete(fields, "remove")
	case "safeguard.acknowledge":
		fields["note"] = "read both"
	}
}

// onList is a target on the list of the first operation, if there is one.
func (k *tasking) onList() string {
	refs := slices.DeleteFunc(k.refs(KindTarget), func(r Ref) bool {
		t, ok := k.records[r].(*Target)
		return !ok || t.State != TargetLive || t.Operation != "OP-0001"
	})
	if len(refs) == 0 {
		return "OP-0001/999"
	}
	return string(refs[k.rng.IntN(len(refs))])
}

// among is one of the first n people.
func (k *tasking) among(n int) string { return string(NewRef(KindPerson, 1+uint64(k.rng.IntN(n)))) }

// sentAfter lists whom an action sends officers after, or lists to be sent after. What is an arrest enquiry is read from
// what the officer entered: a task without a kind that is called one is one.
func (k *tasking) sentAfter(action string, fields given) []Ref {
	switch action {
	case "target.assign":
		return k.targets(fields["target"])
	case "plan.team":
		if p, ok := k.records["PL-0001"].(*Plan); !ok || p.Versions == 0 { // the freeze was taken back: a draft sends nobody
			return nil
		}
		targets, _ := fields["targets"].([]any)
		return k.targets(targets...)
	case "task.assign", "task.start":
		if t, ok := k.named(fields["task"]).(*Task); ok && (t.Kind == "arrest" || strings.HasPrefix(t.Title, "Arrest")) {
			return []Ref{t.Person}
		}
	case "task.add", "target.add":
		return links(k.person(fields["person"]))
	}
	return nil
}

func (k *tasking) named(value any) Record {
	s, _ := value.(string)
	ref, _ := ParseRef(s)
	return k.records[ref]
}

func (k *tasking) person(value any) Ref {
	if p, ok := k.named(value).(*Person); ok {
		return p.Ref
	}
	return ""
}

// targets are the people behind some targets.
func (k *tasking) targets(values ...any) []Ref {
	var out []Ref
	for _, v := range values {
		if t, ok := k.named(v).(*Target); ok {
			out = append(out, t.Person)
		}
	}
	return out
}

// weakAlone reports whether all there is against a person is intelligence graded E or from a source graded 3.
func (k *tasking) weakAlone(person Ref) bool {
	said := 0
	for _, r := range k.records {
		switch r := r.(type) {
		case *Intel:
			if r.Person == person {
				said++
				if r.Grade != "E" && r.Source != "3" {
					return false
				}
			}
		case *Wanted:
			if r.Person == person && (r.State == "not circulated" || r.State == "wanted" || r.State == "located") {
				return false
			}
		case *Case:
			if r.State != "closed" && slices.Contains(r.Parties, Party{person, "suspect"}) {
				return false
			}
		case *Breach:
			if r.Person == person && slices.Contains([]BreachState{"substantiated", "arrested", "charged"}, r.State) {
				return false
			}
		}
	}
	return said > 0
}

// allegations are those between a person and each other with whom they go both ways.
func (k *tasking) allegations(person Ref) map[string]bool {
	of, by := map[Ref][]string{}, map[Ref][]string{}
	for ref, r := range k.records {
		c, ok := r.(*Case)
		if !ok {
			continue
		}
		for _, a := range c.Parties {
			for _, v := range c.Parties {
				if (a.Role != "suspect" && a.Role != "convicted") || v.Role != "victim" || a.Person == v.Person {
					continue
				}
				switch person {
				case a.Person:
					of[v.Person] = append(of[v.Person], fmt.Sprintf("said in %s to have wronged %s", ref, v.Person))
				case v.Person:
					by[a.Person] = append(by[a.Person], fmt.Sprintf("said in %s to be wronged by %s", ref, a.Person))
				}
			}
		}
	}
	out := map[string]bool{}
	for other := range of {
		if len(by[other]) > 0 {
			for _, a := range slices.Concat(of[other], by[other]) {
				out[a] = true
			}
		}
	}
	return out
}

func (k *tasking) acknowledged(c *Change, person Ref) {
	if !c.By.Has(RoleSergeant, RoleLead) {
		k.Errorf("%s acknowledged cross-allegations", c.By.Call())
	}
	if k.read[person] == nil {
		k.read[person] = map[string]bool{}
	}
	for a := range k.allegations(person) {
		k.read[person][a] = true
	}
}

// states are where the targets stand.
func (k *tasking) states() map[Ref]Record {
	out := map[Ref]Record{}
	for ref, r := range k.records {
		if ref.Kind() == KindTarget {
			out[ref] = r
		}
	}
	return out
}

// legitimate holds every target to the states there are, and every exit to what it says.
func (k *tasking) legitimate(before map[Ref]Record) {
	for ref, r := range k.states() {
		if before[ref] == r {
			continue
		}
		if wrong := illegal(KindTarget, before[ref], r); wrong != "" {
			k.Errorf("%s: %s", ref, wrong)
		}
		t := as[*Target](k.desk, ref)
		if t.Reason == "" || t.AddedBy == "" || t.ReviewBy.IsZero() {
			k.Errorf("%s stands on a list without a reason, an adder or a review: %+v", ref, t)
		}
		if t.State != TargetLive && (t.EndReason == "" || t.Ended.IsZero()) {
			k.Errorf("%s left the list as %s, and nobody said when or why: %+v", ref, t.State, t)
		}
		switch t.State {
		case TargetEliminated:
			if by, ok := k.records[t.Supervisor].(*Officer); !ok || !by.Has(RoleSergeant, RoleLead) {
				k.Errorf("%s was eliminated without a supervisor: %+v", ref, t)
			}
		case TargetArrested:
			if !k.has(func(r Record) bool { a, ok := r.(*Arrest); return ok && a.Person == t.Person }) {
				k.Errorf("%s was arrested, and there is no arrest", ref)
			}
		case TargetCirculated:
			if !k.has(func(r Record) bool {
				w, ok := r.(*Wanted)
				return ok && w.Person == t.Person && (w.State == Circulated || w.State == Located)
			}) {
				k.Errorf("%s was circulated, and no line is", ref)
			}
		case TargetLive, TargetWithdrawn, TargetDied:
		}
	}
}

func (k *tasking) has(is func(Record) bool) bool {
	for _, r := range k.records {
		if is(r) {
			return true
		}
	}
	return false
}
