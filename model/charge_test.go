package model

import (
	"strings"
	"testing"
)

func TestChargeWordingByThePowerAndTheDay(t *testing.T) {
	for name, c := range map[string]struct {
		kind  OrderType
		duty  Duty
		spoil func(*Order, *Breach)
		says  []string
		not   []string
	}{
		"an SPO": {kind: SPO, says: []string{"DRAFT FOR THE CPS", "section 8 of the Stalking Protection Act 2019", "section 2 of the Stalking Protection Act 2019", "H20164", "without reasonable excuse", "condition 2", "Wimbledon", "2 Nov 2026", "20 Nov 2026"}},
		"an interim SPO is breached as a full one is": {kind: InterimSPO, says: []string{"an interim stalking protection order", "section 8 of the", "under section 5 of the Stalking Protection Act 2019"}},
		"a restraining order on conviction":           {kind: ROConviction, says: []string{"section 363 of the Sentencing Act 2020", "under section 360"}, not: []string{"1997"}},
		"on acquittal":                                {kind: ROAcquittal, says: []string{"section 5A(2D) of the Protection from Harassment Act 1997", "made on acquittal"}, not: []string{"Sentencing"}},
		"convicted before 1 December 2020":            {kind: ROBefore2020, says: []string{"section 5(5) of the Protection from Harassment Act 1997", "under section 5 of"}, not: []string{"Sentencing"}},
		"a domestic abuse protection order":           {kind: DAPO, says: []string{"section 39 of the Domestic Abuse Act 2021"}},
		"a non-molestation order":                     {kind: NMO, says: []string{"section 42A of the Family Law Act 1996"}},
		"bail is no offence to charge":                {kind: BailTerms, says: []string{"No offence", "power to arrest only", "s.46A", "s.7(3)"}, not: []string{"Particulars", "contrary to"}},
		"a power that is not on record":               {kind: OtherOrder, says: []string{"legal advice"}, not: []string{"Particulars"}},
		"a requirement is failed, not done":           {kind: SPO, spoil: func(o *Order, _ *Breach) { o.Conditions[0].Requirement = true }, says: []string{"failed to do that which they were required to do"}},
		"a duty to notify is an offence of its own":   {kind: SPO, duty: DutyInitial, says: []string{"section 11 of the Stalking Protection Act 2019", "section 9(1)", "H20165", "served on 3 Nov 2026"}, not: []string{"condition", "section 8"}},
		"a new name": {kind: SPO, duty: DutyName, says: []string{"section 9(3)", "H20166"}},
		"a new home": {kind: InterimSPO, duty: DutyHome, says: []string{"section 9(4)", "H20167", "an interim stalking protection order"}},
		"what a lawyer will ask for is named": {
			kind: SPO, spoil: func(o *Order, b *Breach) { o.Court, b.Excuse, b.At = "", "", o.Served.Add(-1) },
			says: []string{"MISSING: the court", "MISSING: service", "MISSING: what excuse", "[COURT]"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := &Order{Meta: Meta{Ref: "R-1"}, Type: c.kind, Court: "Wimbledon", Made: on(t, "2026-11-02"), Served: at(t, "2026-11-03 10:00"), Conditions: []Condition{{No: 2, Text: "Not to contact her"}}}
			b := &Breach{Meta: Meta{Ref: "B-1"}, Type: c.kind, Condition: 2, What: "rang her", At: at(t, "2026-11-20 18:00"), Excuse: "none offered", Duty: c.duty}
			if c.duty != "" {
				b.Condition = 0
			}
			if c.spoil != nil {
				c.spoil(o, b)
			}
			got := ChargeWording(o, b, "KOVÁCS, Miklós")
			for _, want := range c.says {
				if !strings.Contains(got, want) {
					t.Errorf("it does not say %q:\n%s", want, got)
				}
			}
			for _, never := range append(c.not, "victim", "they are guilty") {
				if strings.Contains(got, never) {
					t.Errorf("it says %q:\n%s", never, got)
				}
			}
		})
	}
}

// Every kind of order says what a breach of it is, one way or the other.
func TestEveryKindOfOrderHasAWording(t *testing.T) {
	for _, k := range OrderType("").Choices() {
		o := &Order{Type: OrderType(k.Value), Made: on(t, "2026-11-02"), Conditions: []Condition{{No: 1, Text: "x"}}}
		if got := ChargeWording(o, &Breach{Type: o.Type, Condition: 1}, "X"); got == "" {
			t.Errorf("%s has no wording", k.Value)
		}
	}
}
