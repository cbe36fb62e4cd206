package model

import (
	"slices"
	"strings"
	"testing"
)

// forgotten is a person nobody needs any more, with a line that has ended and an attempt; ER-000001 proposes to erase them.
func forgotten(d *desk) {
	strangers(d)
	d.keep(&Person{Meta: Meta{Ref: "P-000900"}, Surname: "FORGOTTEN"})
	d.keep(&Wanted{Meta: Meta{Ref: "W-000900"}, Person: "P-000900", Unit: "SW", State: Eliminated, Offences: []OffenceCode{"s4A"}, Since: d.now.AddDate(-9, 0, 0), Ended: d.now.AddDate(-8, 0, 0), EndReason: "alibi", Supervisor: "O-0001", Grade: "A"})
	d.handed = append(d.handed,
		Entry{Seq: 71, At: d.now, By: "O-0001", Logged: Disclosure, Action: "brief", Reason: "wanted sheet", To: "Merton desk", About: []Touched{{Ref: "W-000900"}}},
		Entry{Seq: 72, At: d.now, By: "O-0001", Logged: Disclosure, Action: "backup", Reason: "a copy of the whole store", To: "nightly.db"})
}

// packsOut are two packs that were handed to one team.
func packsOut(d *desk) {
	d.handed = append(d.handed,
		Entry{Seq: 73, At: d.now, By: "O-0009", Logged: Disclosure, Action: "brief", Reason: "team pack of OP-0001, unit SW: 1 target, pdf, 6 copies", To: "Team Blue", About: []Touched{{Ref: "P-000900"}, {Ref: "W-000900"}}},
		Entry{Seq: 74, At: d.now, By: "O-0002", Logged: Disclosure, Action: "brief", Reason: "team pack of OP-0001, unit SW: 1 target, html, 1 copy", To: "team blue ", About: []Touched{{Ref: "P-000900"}}})
}

func proposed(d *desk) {
	forgotten(d)
	d.must("O-0084", "record.erase", given{"record": "P-900", "basis": "retention", "reason": "not needed since 2018"})
}

func erasureDeeds() []deed {
	erase := given{"record": "P-900", "basis": "retention", "reason": "not needed since 2018"}
	confirm := given{"erasure": "ER-1"}
	return []deed{
		{name: "the data officer proposes, and nothing is gone", action: "record.erase", who: "O-0084", first: forgotten, fields: erase, then: func(d *desk) {
			e := as[*RecordErasure](d, "ER-000001")
			if e.State != ErasureProposed || !slices.Equal(e.With, []Ref{"W-000900"}) || d.records["P-000900"] == nil {
				d.Errorf("the proposal is %+v", e)
			}
		}},
		{name: "a lead proposes nothing", action: "record.erase", who: "O-0003", first: forgotten, fields: erase, refused: "-", code: Denied},
		{name: "nor is it proposed twice", action: "record.erase", who: "O-0084", first: proposed, fields: erase, refused: "record"},
		{name: "not while a line is open", action: "record.erase", who: "O-0084", first: forgotten, fields: given{"record": "P-1", "basis": "retention", "reason": "x"}, refused: "record"},
		{name: "on a ground", action: "record.erase", who: "O-0084", first: forgotten, fields: given{"record": "P-900", "reason": "x"}, refused: "basis"},
		{name: "what names others stands in the way", action: "record.erase", who: "O-0084", fields: erase, refused: "record", first: inTurn(forgotten, func(d *desk) {
			d.must("O-0001", "case.add", given{"person": "P-900", "victims": "P-2", "offences": "s4A", "last": "2018-11-01"})
		})},
		{name: "a second data officer confirms, and it is gone with what hangs on it", action: "record.erase-confirm", who: "O-0087", first: proposed, fields: confirm, then: func(d *desk) {
			e := as[*RecordErasure](d, "ER-000001")
			if d.records["P-000900"] != nil || d.records["W-000900"] != nil || e.State != ErasureDone || e.DecidedBy != "O-0087" {
				d.Errorf("it stands as %+v", e)
			}
			if len(e.Holders) != 2 || e.Holders[0].By != "Merton desk" || e.Holders[1].By != "nightly.db" {
				d.Errorf("copies out of reach: %+v", e.Holders)
			}
			k := as[*Task](d, d.refs(KindTask)[len(d.refs(KindTask))-1])
			if k.Kind != recallTask || k.Assignee != "O-0001" || k.About != "ER-000001" || k.Person != "" || k.Recall.From != "Merton desk" || !slices.Equal(k.Recall.Entries, []uint64{71}) {
				d.Errorf("the paper is called in by %+v", k)
			}
			d.must("O-0001", "recall.confirm", given{"task": string(k.Ref), "outcome": "destroyed", "said_by": "PS Orr, Merton"})
		}},
		{name: "a pack with their target in it is called in from each who has it", action: "record.erase-confirm", who: "O-0087", fields: confirm, first: inTurn(forgotten, packsOut, func(d *desk) {
			_, err := d.do("O-0084", "record.erase", erase)
			if err != nil {
				d.Fatal(err)
			}
		}), then: func(d *desk) {
			var titles []string
			for _, ref := range d.refs(KindTask) {
				if k := as[*Task](d, ref); k.Kind == recallTask {
					titles = append(titles, k.Title+" by "+string(k.Assignee))
				}
			}
			slices.Sort(titles)
			want := []string{
				"Recall copies 1 to 6 (pdf), copy 1 (html) from Team Blue: P-000900 is erased by O-0002",
				"Recall the paper of journal entry 71 from Merton desk: P-000900 is erased by O-0001",
			}
			if !slices.Equal(titles, want) {
				d.Errorf("called in: %q", titles)
			}
		}},
		{name: "a lead confirms", action: "record.erase-confirm", who: "O-0003", first: proposed, fields: confirm},
		{name: "not whoever proposed it", action: "record.erase-confirm", who: "O-0084", first: proposed, fields: confirm, refused: "erasure", code: Denied},
		{name: "not a sergeant", action: "record.erase-confirm", first: proposed, fields: confirm, refused: "-", code: Denied},
		{name: "not when a line has been opened since", action: "record.erase-confirm", who: "O-0087", fields: confirm, refused: "record", first: inTurn(proposed, func(d *desk) {
			d.must("O-0001", "wanted.mark", given{"person": "P-900", "offences": "s4A", "unit": "SW"})
		})},
		{name: "an erasure is not undone", action: "undo", who: "O-0087", fields: given{}, refused: "seq", first: inTurn(proposed, func(d *desk) { d.must("O-0087", "record.erase-confirm", confirm) })},
		{name: "it is refused with a reason", action: "record.erase-refuse", who: "O-0003", first: proposed, fields: given{"erasure": "ER-1", "reason": "an appeal is pending"}, then: func(d *desk) {
			if as[*RecordErasure](d, "ER-000001").State != ErasureRefused || d.records["P-000900"] == nil {
				d.Error("it was not refused, or the record is gone")
			}
		}},
		{name: "a refusal has a reason", action: "record.erase-refuse", who: "O-0003", first: proposed, fields: confirm, refused: "reason"},
		{name: "by those who may confirm", action: "record.erase-refuse", first: proposed, fields: given{"erasure": "ER-1", "reason": "x"}, refused: "-", code: Denied},

		{name: "a record is kept for a reason, to a day", action: "person.review", first: forgotten, fields: given{"person": "P-900", "group": "g2", "until": "2030-01-01", "reason": "pattern of offending"}, then: func(d *desk) {
			if k := as[*Person](d, "P-000900").Kept; k == nil || k.Group != Retain2 || k.Until.String() != "2030-01-01" || k.By != "O-0001" {
				d.Errorf("it is kept as %+v", k)
			}
		}},
		{name: "at most as long as the group's limit", action: "person.review", first: forgotten, fields: given{"person": "P-900", "group": "g3", "until": "2040-01-01", "reason": "x"}, refused: "until"},
		{name: "not for ever", action: "person.review", first: forgotten, fields: given{"person": "P-900", "group": "g1"}, refused: "reason"},
		{name: "not by a constable", action: "person.review", who: "O-0002", first: forgotten, fields: given{"person": "P-900", "group": "g1", "reason": "x"}, refused: "-", code: Denied},
	}
}

func TestWhenAPersonsRecordIsLookedAtAgain(t *testing.T) {
	last := at(t, "2020-11-24 09:00")
	p := &Person{}
	if by, _ := p.ReviewBy(last, Limits{}); by.String() != "2026-11-24" {
		t.Errorf("unreviewed it is looked at by %s, want the shortest of the groups, six years", by)
	}
	p.Kept = &Retention{Group: Retain1, Until: 0}
	p.Kept.Until = Retain1.by(p.Kept.Until.AddDays(0), Limits{})
	if by, _ := p.ReviewBy(last, Limits{}); by != p.Kept.Until {
		t.Errorf("a review that set a day is overruled: %s", by)
	}
	set := NewLimits([]*Limit{{Name: LimitRetain4, Value: 12, Span: SpanMonths, From: builtInFrom(), Source: "policy"}})
	p.Kept = nil
	if by, _ := p.ReviewBy(last, set); by.String() != "2021-11-24" {
		t.Errorf("the limit that was set is not run by: %s", by)
	}
}

// What is erased was restricted: who may see that it is proposed, and afterwards that it was.
func TestWhoSeesTheErasureOfARestrictedCase(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	ownForce(d)
	strangers(d)
	d.must("O-0001", "case.restrict", given{"case": "C-1", "named": "O-0002", "reason": "DPS is informed"})
	d.must("O-0001", "case.close", given{"case": "C-1", "outcome": "15"})
	d.must("O-0084", "record.erase", given{"record": "C-1", "basis": "court", "reason": "his dismissal was quashed"})
	looks := func(when string) {
		for who, want := range map[Ref]bool{
			"O-0084": true, "O-0087": true, // data officers
			"O-0001": true, "O-0002": true, "O-0003": true, "O-0086": true, // the officer in the case, one it names, the lead of its unit, S-TAC
			"O-0005": false, "O-0082": false, "O-0083": false, "O-0085": false, "": false,
		} {
			o, _ := d.records[who].(*Officer)
			s, err := NewSight(d, o)
			if err != nil {
				t.Fatal(err)
			}
			got := s.Of(copied(d.records["ER-000001"]))
			if (got.Head().HeldBack == nil) != want {
				t.Errorf("%s: %s sees it: %v, want %v", when, who, !want, want)
			}
			l := NewLiner(d, d.now)
			if words := l.Line(got).What + factsText(FactsOf(got, l)); !want && (strings.Contains(words, "quashed") || strings.Contains(words, "C-000001")) {
				t.Errorf("%s: to %s it says %q", when, who, words)
			}
		}
	}
	looks("proposed")
	_, err := d.do("O-0083", "record.erase-confirm", given{"erasure": "ER-1"})
	if p := refusal(t, err); p.Code != Denied || p.Field != "erasure" {
		t.Errorf("the lead of another unit confirms it: %v", err)
	}
	d.must("O-0003", "record.erase-confirm", given{"erasure": "ER-1"})
	if d.records["C-000001"] != nil {
		t.Fatal("it is not erased")
	}
	looks("erased")
}
