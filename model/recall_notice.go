package model

import (
	"slices"
	"strings"
	"time"
)

// RecallNotice calls in what was handed out about targets that have left an operation's list since: removal that does not
// reach the packs already made is no removal (ICO v Met, 2018). It names a target by reference alone, as the paper to be
// found does: it must not become one more paper about somebody who is no longer sought.
type RecallNotice struct {
	Operation Ref
	Name      string
	Targets   []RecalledTarget
}

// RecalledTarget is a target that left the list, with all that is still out about them.
type RecalledTarget struct {
	Target  Ref
	Person  Ref
	As      TargetState
	At      time.Time
	By      string       // the officer who took the target off
	Why     string       // for the unit's own alone
	Version int          // the frozen order the target stands in; 0 for none
	Papers  []HeldPaper  // the oldest first
	Holders []OrderOwner // of the frozen order; for the unit's own alone
}

// HeldPaper is a paper that was handed out with a target in it.
type HeldPaper struct {
	Entry  uint64 // of the journal
	At     time.Time
	What   string // "team pack of OP-0001, unit SW"
	To     string
	Copies int
	By     string
}

// OrderOwner is an officer who has the frozen order, and whether they have acknowledged the removal.
type OrderOwner struct {
	Officer string
	Knows   bool
}

// RecallSource is what a recall notice is worked out from.
type RecallSource interface {
	PackSource
	// Entries visits the journal from an entry; fn returns false to stop.
	Entries(from uint64, reverse bool, fn func(Entry) bool) error
	// History lists the entries that changed a record, newest first.
	History(ref Ref) ([]Entry, error)
}

// RecallAsked is which targets of an operation are to be recalled (none named: all), and from whom.
type RecallAsked struct {
	Operation Ref
	Targets   []Ref
	Unit      Unit // "" for all
	Audience  Audience
	To        string
}

// NewRecallNotice works out what has to come back. Another agency is told of its own papers only, and not why.
func NewRecallNotice(src RecallSource, ask RecallAsked, now time.Time) (*RecallNotice, error) {
	if ask.Audience != AudienceTeam && ask.Audience != AudiencePartner {
		return nil, Refuse("audience", "a recall goes to those who hold the paper, and has no "+string(ask.Audience)+" sheet", "Choose team or partner")
	}
	in, err := PapersOf(src, ask.Operation)
	if err != nil {
		return nil, err
	}
	papers, err := papersOut(src, &in)
	if err != nil {
		return nil, err
	}
	out := &RecallNotice{Operation: ask.Operation, Name: in.Operation.Name}
	for _, t := range in.All {
		asked := slices.Contains(ask.Targets, t.Ref)
		switch {
		case (len(ask.Targets) > 0 && !asked) || (ask.Unit != "" && t.Unit != ask.Unit):
			continue
		case t.State == TargetLive && asked:
			return nil, Refuse("target", string(t.Ref)+" is on the list of "+in.Operation.Name, "There is nothing to recall; target.remove takes a target off")
		case t.State == TargetLive:
			continue
		}
		r, err := recalled(src, &in, t, papers[t.Ref], &ask, now)
		if err != nil {
			return nil, err
		}
		if r.Version > 0 || len(r.Papers) > 0 {
			out.Targets = append(out.Targets, r)
		}
	}
	if len(out.Targets) == 0 {
		return nil, &Problem{
			Code: NotFound, Field: "recall", Rule: "nothing that was handed out about " + string(ask.Operation) + " has to come back" + fromWhom(&ask),
			Do: "pou journal list --about " + string(ask.Operation) + " shows what went out, and to whom",
		}
	}
	return out, nil
}

func fromWhom(ask *RecallAsked) string {
	if ask.Audience.inside() {
		return ""
	}
	return " from " + ask.To
}

// papersOut are the papers that left the desk, by the targets they speak of.
func papersOut(src RecallSource, in *OrderPapers) (map[Ref][]HeldPaper, error) {
	out := map[Ref][]HeldPaper{}
	err := src.Entries(0, false, func(e Entry) bool {
		h, ok := ReadHandout(e.Reason)
		if e.Logged != Disclosure || !ok || h.Operation != in.Operation.Ref || !h.holdsTargets() {
			return true
		}
		what, _, _ := strings.Cut(e.Reason, ":")
		for _, t := range e.About {
			if t.Ref.Kind() == KindTarget {
				out[t.Ref] = append(out[t.Ref], HeldPaper{Entry: e.Seq, At: e.At, What: what, To: e.To, Copies: h.Copies, By: officerCall(src, e.By)})
			}
		}
		return true
	})
	return out, err
}

// officerCall is how an officer is addressed; the reference when they cannot be read.
func officerCall(src Lookup, ref Ref) string {
	if o, err := recordAs[*Officer](src, ref); err == nil {
		return o.Call()
	}
	return string(ref)
}

func recalled(src RecallSource, in *OrderPapers, t *Target, papers []HeldPaper, ask *RecallAsked, now time.Time) (RecalledTarget, error) {
	out := RecalledTarget{Target: t.Ref, Person: t.Person, As: t.State, At: t.Ended, Papers: papers}
	history, err := src.History(t.Ref)
	if err != nil {
		return out, err
	}
	why := t.EndReason
	for _, e := range history {
		if e.At.Unix() == t.Ended.Unix() {
			out.By = officerCall(src, e.By)
			if why == "" {
				why = e.Reason
			}
			break
		}
	}
	if !ask.Audience.inside() {
		out.Papers = slices.DeleteFunc(slices.Clone(papers), func(p HeldPaper) bool { return !strings.EqualFold(p.To, ask.To) })
		return out, nil
	}
	out.Why = why
	if v := in.Standing; v != nil && slices.Contains(v.Targets, t.Ref) {
		out.Version = v.No
		for _, o := range v.holders() {
			out.Holders = append(out.Holders, OrderOwner{Officer: officerCall(src, o), Knows: v.knows(o, t.Ref)})
		}
	}
	return out, out.sanitise(src, now)
}

// sanitise refuses a reason that would give somebody away on paper.
func (r *RecalledTarget) sanitise(src PackSource, now time.Time) error {
	p, err := BuildPack(src, r.Target, now)
	if err != nil {
		return err
	}
	if !p.veil(nil).has(r.Why) && SourceLeak(r.Why, "") == "" {
		return nil
	}
	return Refuse("sanitisation", "a recall may not show who a victim-survivor or a source is (Victims' Code; 3x5x2), and the reason "+string(r.Target)+" left the list would",
		"Take the removal back with undo, and remove the target again in other words; or make the recall for a partner, who is not told why")
}
