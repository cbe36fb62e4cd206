package model

import (
	"strings"
	"testing"
)

// told is everything an order says of itself, a fact a line.
func sayings(d *desk, ref Ref) string {
	d.Helper()
	var b strings.Builder
	for _, group := range FactsOf(as[*Order](d, ref), NewLiner(d, d.now)) {
		b.WriteString(group.Head + "\n")
		for _, f := range group.Rows {
			b.WriteString(f.Label + ": " + f.Text + "\n")
		}
	}
	return b.String()
}

func TestWhatAnOrderSaysOfItself(t *testing.T) {
	for name, c := range map[string]struct {
		ref   Ref
		first func(*desk)
		says  []string
		never []string
	}{
		"its power, its state and its last day": {ref: "R-000002", says: []string{"interim SPO: Stalking Protection Act 2019 s.5", "State: live", "to 18 Dec 2026", "Monitor: PC Evans", "Breaking it: an offence: Stalking Protection Act 2019 s.8, either way, 5 years"}},
		"not served":                            {ref: "R-000001", says: []string{"NOT SERVED", "part of the initial notification"}},
		"nobody watches it":                     {ref: "R-000003", says: []string{"NOBODY watches this order", "B-000001: 20 Nov 2026 condition 1: reported"}},
		"its officer has left":                  {ref: "R-000005", first: func(d *desk) { as[*Officer](d, "O-0005").Left = true }, says: []string{"PC Evans HAS LEFT"}},
		"its clock to notify":                   {ref: "R-000005", says: []string{"Notify: by end of 25 Nov 2026, tomorrow: three days beginning with the day of service (SPA 2019 s.9(1)-(2))", "Discharge: not before 20 Nov 2028"}},
		"a late notification, not acknowledged": {ref: "R-000002", first: func(d *desk) { as[*Order](d, "R-000002").Notified = on(d, "2026-11-05") }, says: []string{"4 days after its last day", "s.11", "no written acknowledgement"}},
		"served late":                           {ref: "R-000005", says: []string{"Served late: 3 days after it was made"}},
		"discharged":                            {ref: "R-000004", says: []string{"State: discharged on 2 Mar 2026"}},
		"an SPO on conviction is to be checked": {ref: "R-000005", first: func(d *desk) { as[*Order](d, "R-000005").Origin = FromConviction }, says: []string{"no police applicant and no pack", "CHECK"}},
		"broken bail is no offence":             {ref: "R-000003", first: func(d *desk) { as[*Order](d, "R-000003").Type = BailTerms }, says: []string{"no offence: a power to arrest (Bail Act 1976 s.7(3)", "CHECK: bail conditions end with the bail"}},
		"a DAPO from outside the pilot area":    {ref: "R-000003", first: func(d *desk) { as[*Order](d, "R-000003").Type = DAPO }, says: []string{"Croydon, Bromley, Sutton"}},
		"a condition with its matcher, and nobody it names": {ref: "R-000005", first: func(d *desk) {
			d.must("O-0005", "condition.set", given{"order": "R-5", "condition": 2.0, "type": "area", "circle": "51.5136,-0.1365 250m", "people": "P-2", "numbers": "07700 900123", "method": "ANPR"})
		}, says: []string{"2 must not: Not to enter the area on the map (to 30 Nov 2026)", "area · 1 person (need-to-know) · 1 number (need-to-know) · 51.5136,-0.1365 250 m · by ANPR"}, never: []string{"P-000002", "900123", "Lowe"}},
		"what changed and was not notified": {ref: "R-000005", first: func(d *desk) {
			d.must("O-0005", "order.change", given{"order": "R-5", "what": "name", "text": "Sean Quill", "day": "2026-11-23", "found": "a neighbour"})
		}, says: []string{"1 name: Sean Quill, since 23 Nov 2026; NOT NOTIFIED, due by end of 25 Nov 2026, tomorrow; found: a neighbour"}},
		"what was decided": {ref: "R-000002", first: func(d *desk) {
			d.must("O-0004", "order.expiry", given{"order": "R-2", "decision": "apply to renew", "reason": "still fixated"})
			d.must("O-0004", "order.vary", given{"order": "R-2", "condition": 1.0, "text": "Not to contact or follow her", "reason": "Wimbledon"})
		}, says: []string{"24 Nov 2026: apply to renew · Devlin · still fixated", "condition 1: varied · Devlin · Wimbledon · Not to contact the person protected"}},
		"what took its place": {ref: "R-000002", first: func(d *desk) {
			d.must("O-0004", "order.add", given{"person": "P-7", "type": "SPO", "made": "2026-11-20", "conditions": "Not to contact", "replaces": "R-2"})
		}, says: []string{"State: superseded on 20 Nov 2026", "Replaced by: R-000006 SPO"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, stationNow(t), station(t)...)
			if c.first != nil {
				c.first(d)
			}
			got := sayings(d, c.ref)
			for _, want := range c.says {
				if !strings.Contains(got, want) {
					t.Errorf("it does not say %q:\n%s", want, got)
				}
			}
			for _, never := range append(c.never, protectedPerson, "Underwood") {
				if strings.Contains(got, never) {
					t.Errorf("it says %q:\n%s", never, got)
				}
			}
		})
	}
}

func TestWhatAnOrderOfEachTypeMayDo(t *testing.T) {
	for _, c := range OrderType("").Choices() {
		kind := OrderType(c.Value)
		if kind.Power() == "" || kind.Breaking() == "" {
			t.Errorf("%s has no power, or nobody knows what breaking it is", kind)
		}
		if offence := strings.HasPrefix(kind.Breaking(), "an offence: "); offence != kind.Offends() || offence != (kind.BreachOffence() != "other") {
			t.Errorf("%s: %s, and the offence is %s", kind, kind.Breaking(), kind.BreachOffence())
		}
		if kind.MayRequire() == (kind.IsRO() || kind == NMO) {
			t.Errorf("%s may require: %v", kind, kind.MayRequire())
		}
	}
}
