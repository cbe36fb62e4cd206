package model

import (
	"slices"
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
