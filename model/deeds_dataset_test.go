package model

import (
	"strings"
	"testing"
)

// aPhone is a suspect's phone in C-000001, whose suspect is P-2 and victim P-3.
func aPhone() given {
	return given{"case": "C-1", "kind": "phone", "number": "+44 (0)7700 900123", "person": "P-2", "grade": "strong", "basis": "Subscriber check, and his employer rings it"}
}

func deviceDeeds() []deed {
	case1 := opened("P-2 P-3")
	phoned := inTurn(case1, done("device.attribute", aPhone()))
	told := given{"case": "C-1", "at": "2026-11-01T18:00:00Z", "kind": "told"}
	return []deed{
		{name: "a phone is known by its number however it is written", action: "device.attribute", first: case1, fields: aPhone(), then: func(d *desk) {
			if got := as[*Case](d, "C-000001").Devices[0]; got.Number != "07700900123" || got.Role != PartySuspect || got.Label() != "S1" {
				d.Errorf("the device is %+v, label %s", got, got.Label())
			}
		}},
		{
			name: "the victim-survivor's phone is V, and its number is need-to-know", action: "device.attribute", first: phoned,
			fields: with(aPhone(), given{"person": "P-3", "number": "07700 900456"}), then: func(d *desk) {
				k := as[*Case](d, "C-000001")
				text := factsText(k.facts(NewLiner(d, d.now)))
				if k.Devices[1].Label() != "V2" || strings.Contains(text, "07700900456") || !strings.Contains(factsText(k.private(NewLiner(d, d.now))), "07700900456") {
					d.Errorf("label %s, facts %s", k.Devices[1].Label(), text)
				}
			},
		},
		{name: "somebody without a role in the case uses no device in it", action: "device.attribute", first: case1, fields: with(aPhone(), given{"person": "P-1"}), refused: "person"},
		{name: "a device of somebody else belongs to nobody in the case", action: "device.attribute", first: case1, fields: with(aPhone(), given{"person": nil}), then: func(d *desk) {
			if got := as[*Case](d, "C-000001").Devices[0].Label(); got != "T1" {
				d.Errorf("the label is %s", got)
			}
		}},
		{name: "what names no phone is refused", action: "device.attribute", first: case1, fields: with(aPhone(), given{"number": "123"}), refused: "number"},
		{name: "one device is not two people's on one day", action: "device.attribute", first: phoned, fields: with(aPhone(), given{"person": nil}), refused: "number"},
		{
			name: "it may be two people's in turn", action: "device.attribute", first: inTurn(case1, done("device.attribute", with(aPhone(), given{"to": "2026-10-01"}))),
			fields: with(aPhone(), given{"person": nil, "from": "2026-10-02"}),
		},
		{name: "the days run forward", action: "device.attribute", first: case1, fields: with(aPhone(), given{"from": "2026-10-02", "to": "2026-10-01"}), refused: "to"},
		{name: "a grade can be lowered", action: "device.edit", first: phoned, fields: given{"case": "C-1", "no": 1.0, "grade": "weak"}, then: func(d *desk) {
			if got := as[*Case](d, "C-000001").Devices[0]; got.Grade != AttributionWeak || got.Person != "P-000002" {
				d.Errorf("the device is %+v", got)
			}
		}},
		{name: "a device that is not there", action: "device.edit", first: case1, fields: given{"case": "C-1", "no": 1.0, "grade": "weak"}, refused: "no"},
		{name: "a device is taken out with a reason", action: "device.remove", first: phoned, fields: given{"case": "C-1", "no": 1.0, "reason": "another case"}},
		{name: "and not twice", action: "device.remove", first: case1, fields: given{"case": "C-1", "no": 1.0, "reason": "another case"}, refused: "no"},
		{name: "told to stop is a moment", action: "moment.add", first: case1, fields: told},
		{name: "a moment has passed", action: "moment.add", first: case1, fields: with(told, given{"at": "2027-01-01T00:00:00Z"}), refused: "at"},
		{name: "a moment can be taken out", action: "moment.remove", first: inTurn(case1, done("moment.add", told)), fields: given{"case": "C-1", "no": 1.0}},
		{name: "once", action: "moment.remove", first: case1, fields: given{"case": "C-1", "no": 1.0}, refused: "no"},
	}
}

// factsText is what facts say, run together.
func factsText(all []Facts) string {
	var b strings.Builder
	for _, f := range all {
		for _, row := range f.Rows {
			b.WriteString(row.Label + " " + row.Text + "\n")
		}
	}
	return b.String()
}

// lawful is a dataset of C-000001 under an authorisation.
func lawful() given {
	return given{
		"case": "C-1", "title": "Calls of S1", "power": "ipa", "authorisation": "EM-26-00412", "purpose": "prevent or detect crime", "granted": "2026-11-10",
		"from": "2026-06-01", "to": "2026-08-31", "subjects": []any{"+447700900123", "oyster:0123"}, "collateral": "His mother rings him daily: set aside", "review": "2027-05-01",
	}
}

func datasetDeeds() []deed {
	case1 := opened("P-2 P-3")
	open := inTurn(case1, done("dataset.open", lawful()))
	without := func(field string) given { return with(lawful(), given{field: nil}) }
	return []deed{
		{name: "with its lawful basis", action: "dataset.open", first: case1, fields: lawful(), then: func(d *desk) {
			got := as[*Dataset](d, "D-000001")
			if strings.Join(got.Basis.Subjects, " ") != "07700900123 oyster:0123" || !got.Basis.Allows("07700900123") || got.Basis.Allows("07700900456") {
				d.Errorf("the subjects are %v", got.Basis.Subjects)
			}
			if text := factsText(got.facts(NewLiner(d, d.now))); strings.Contains(text, "07700900123") {
				d.Errorf("the facts name a subject: %s", text)
			}
		}},
		{name: "subject numbers may be typed with commas between", action: "dataset.open", first: case1, fields: with(lawful(), given{"subjects": "+447700900123, oyster:0123"}), then: func(d *desk) {
			if got := as[*Dataset](d, "D-000001").Basis.Subjects; strings.Join(got, " ") != "07700900123 oyster:0123" {
				d.Errorf("the subjects are %v", got)
			}
		}},
		{name: "not without an authorisation", action: "dataset.open", first: case1, fields: without("authorisation"), refused: "authorisation"},
		{name: "not without a purpose", action: "dataset.open", first: case1, fields: without("purpose"), refused: "purpose"},
		{name: "not without the days it allows", action: "dataset.open", first: case1, fields: without("from"), refused: "from"},
		{name: "not without collateral intrusion considered", action: "dataset.open", first: case1, fields: without("collateral"), refused: "collateral"},
		{name: "communications data without a subject number is refused", action: "dataset.open", first: case1, fields: without("subjects"), refused: "subjects"},
		{name: "nor before it was granted", action: "dataset.open", first: case1, fields: with(lawful(), given{"granted": "2026-12-25"}), refused: "granted"},
		{name: "an extension says why", action: "dataset.basis", first: open, fields: given{"dataset": "D-1", "to": "2026-10-31", "reason": "Renewed by the SPoC"}, then: func(d *desk) {
			if got := as[*Dataset](d, "D-000001").Basis; got.To.String() != "2026-10-31" || got.Authorisation != "EM-26-00412" {
				d.Errorf("the basis is %+v", got)
			}
		}},
		{name: "and keeps its days in order", action: "dataset.basis", first: open, fields: given{"dataset": "D-1", "to": "2026-01-31", "reason": "Renewed"}, refused: "to"},
		{name: "one officer proposes to erase data, and it stays", action: "dataset.erase", first: open, fields: given{"dataset": "D-1", "reason": "No further action"}, then: func(d *desk) {
			e := as[*RecordErasure](d, "ER-000001")
			if got := as[*Dataset](d, "D-000001"); !got.Erased.IsZero() || e.State != ErasureProposed || !e.Rows || e.Record != got.Ref {
				d.Errorf("it stands as %+v by %+v", got, e)
			}
		}},
		{name: "for a reason", action: "dataset.erase", first: open, fields: given{"dataset": "D-1"}, refused: "reason"},
		{name: "a constable proposes it not", action: "dataset.erase", who: "O-0002", first: open, fields: given{"dataset": "D-1", "reason": "NFA"}, refused: "-", code: Denied},
		{name: "another confirms, and the rows are gone while the receipts stay", action: "record.erase-confirm", who: "O-0003", first: inTurn(open, done("dataset.erase", given{"dataset": "D-1", "reason": "NFA"})), fields: given{"erasure": "ER-1"}, then: func(d *desk) {
			e := as[*RecordErasure](d, "ER-000001")
			if got := as[*Dataset](d, "D-000001"); got.Erased.IsZero() || got.Reason != "NFA" || len(duesNow(d, got)) != 0 || e.State != ErasureDone {
				d.Errorf("it stands as %+v by %+v", got, e)
			}
		}},
		{name: "not whoever proposed it", action: "record.erase-confirm", who: "O-0003", first: inTurn(open, func(d *desk) { d.must("O-0003", "dataset.erase", given{"dataset": "D-1", "reason": "NFA"}) }), fields: given{"erasure": "ER-1"}, refused: "erasure", code: Denied},
		{
			name: "with its case, when that is closed too", action: "dataset.erase", first: inTurn(open, done("case.close", given{"case": "C-1", "outcome": "15"})),
			fields: given{"case": "C-1", "reason": "No further action"}, then: func(d *desk) {
				d.must("O-0003", "record.erase-confirm", given{"erasure": "ER-1"})
				if as[*Dataset](d, "D-000001").Erased.IsZero() {
					d.Error("what was proposed and confirmed stays")
				}
			},
		},
		{name: "one dataset or a whole case, not both", action: "dataset.erase", first: open, fields: given{"dataset": "D-1", "case": "C-1", "reason": "NFA"}, refused: "case"},
		{name: "and is not proposed twice", action: "dataset.erase", first: inTurn(open, done("dataset.erase", given{"dataset": "D-1", "reason": "NFA"})), fields: given{"dataset": "D-1", "reason": "NFA"}, refused: "dataset"},
		{name: "not by its case either", action: "dataset.erase", first: inTurn(open, done("dataset.erase", given{"case": "C-1", "reason": "NFA"})), fields: given{"dataset": "D-1", "reason": "NFA"}, refused: "dataset"},
		{name: "nor erased twice", action: "dataset.erase", first: inTurn(open, erasedRows), fields: given{"dataset": "D-1", "reason": "NFA"}, refused: "dataset"},
		{name: "what is erased does not come back by undo", action: "undo", who: "O-0003", first: inTurn(open, erasedRows), fields: given{}, refused: "seq"},
		{name: "a case without data has none to erase", action: "dataset.erase", first: case1, fields: given{"case": "C-1", "reason": "NFA"}, refused: "dataset"},
	}
}

// erasedRows has the rows of D-000001 erased by two.
func erasedRows(d *desk) {
	d.must("O-0001", "dataset.erase", given{"dataset": "D-1", "reason": "NFA"})
	d.must("O-0003", "record.erase-confirm", given{"erasure": "ER-1"})
}

func duesNow(d *desk, r Record) []Due {
	l := NewLiner(d, d.now)
	return l.Dues(r)
}

func TestALawfulBasisCoversItsDaysInLondon(t *testing.T) {
	b := LawfulBasis{From: on(t, "2026-06-01"), To: on(t, "2026-08-31")}
	for when, want := range map[string]bool{
		"2026-05-31T22:59:59Z": false, // 23:59:59 in London the day before
		"2026-05-31T23:00:00Z": true,  // midnight in London, summer time
		"2026-08-31T22:59:59Z": true,
		"2026-08-31T23:00:00Z": false,
	} {
		if got := b.Covers(at(t, when)); got != want {
			t.Errorf("%s is covered: %v", when, got)
		}
	}
}
