package exchange_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pou/model"
	"pou/store"
	"pou/store/exchange"
)

func as(k exchange.Kind) func(*exchange.Job) { return func(j *exchange.Job) { j.As = k } }

// records reads everything of a kind on record.
func records[R model.Record](t *testing.T, s store.Store, kind model.Kind) []R {
	t.Helper()
	var out []R
	err := s.Read(context.Background(), func(r store.Reader) error {
		return r.Each(kind, "", func(rec model.Record, err error) bool {
			if got, ok := rec.(R); ok && err == nil {
				out = append(out, got)
			}
			return true
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// subjects are people for orders to be against: two of them have one name.
func subjects(t *testing.T) *store.Book {
	t.Helper()
	s := newStore(t)
	_, err := importText(t, s, "nominals.csv", "ref,surname,forename,dob\n1,SMITH,John,1984\n2,JONES,Ann,\n3,BROWN,Joe,1970\n4,BROWN,Joe,1971\n")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const orderColumns = "Subject,DOB,Order type,Date made,Expiry,Court,Condition 1,Condition 2,Date served,Protects,BCU,Judge\n"

func TestOrdersAreImported(t *testing.T) {
	s := subjects(t)
	text := orderColumns +
		"P-1,,Stalking Protection Order,1 Nov 2026,,Bow,Not to contact A; nor B,Must notify,02/11/2026 14:30,A,SW,HHJ X\n" +
		"\"JONES, Ann\",,RO on conviction,2026-11-02,until further order,Bow,Not to contact C,,2026-11-03,,Wandsworth,\n" +
		"Joe BROWN,1971,interim SPO,03/11/2026,01/12/2026,Bow,Not to contact D,,,,,\n"
	r, err := importText(t, s, "orders.csv", text, as(exchange.Orders))
	if err != nil || r.Total.Kept != 3 {
		t.Fatalf("%+v, %v, %+v", r.Total, err, r.Rejected)
	}
	all := records[*model.Order](t, s, model.KindOrder)
	o := all[0]
	if o.Person != "P-000001" || o.Type != model.SPO || o.Made.String() != "2026-11-01" || !o.Until.IsZero() || o.Court != "Bow" || o.Unit != "SW" || o.Protected != "A" {
		t.Errorf("%+v", o)
	}
	if len(o.Conditions) != 2 || o.Conditions[0].Text != "Not to contact A; nor B" || !o.Conditions[1].Requirement || !strings.Contains(o.Note, "Judge: HHJ X") ||
		o.Served.UTC().Format("2006-01-02 15:04") != "2026-11-02 14:30" {
		t.Errorf("%+v", o)
	}
	if all[1].Person != "P-000002" || all[1].Unit != "SW" || all[2].Person != "P-000004" {
		t.Errorf("against %s and %s", all[1].Person, all[2].Person)
	}
	before := head(t, s)
	if r, err = importText(t, s, "orders.csv", text, as(exchange.Orders)); err != nil || r.Total.Unchanged != 3 || head(t, s) != before {
		t.Errorf("again: %+v, %v", r.Total, err)
	}
	whole(t, s)
}

func TestTheRulesRefuseOrdersRowByRow(t *testing.T) {
	for row, why := range map[string]string{
		"P-1,,SPO,1 Nov 2026,1 Nov 2027,Bow,Not to,,,,,":      "at least two years",
		"P-1,,interim SPO,1 Nov 2026,,Bow,Not to,,,,,":        "fixed period only",
		"P-1,,RO on conviction,1 Nov 2026,,Bow,Must go,,,,,":  "may only prohibit",
		"P-1,,Restraining order,1 Nov 2026,,Bow,Not to,,,,,":  "not one of the choices",
		"P-1,,SPO,31 Feb 2026,,Bow,Not to,,,,,":               "February 2026 has 28 days",
		"P-1,,SPO,1 Nov 2026,,Bow,,,,,,":                      "is needed",
		"P-99,,SPO,1 Nov 2026,,Bow,Not to,,,,,":               "there is no person",
		"\"BROWN, Joe\",,SPO,1 Nov 2026,,Bow,Not to,,,,,":     "more than one person",
		"\"BROWN, Joe\",1999,SPO,1 Nov 2026,,Bow,Not to,,,,,": "nobody on record",
		",,SPO,1 Nov 2026,,Bow,Not to,,,,,":                   "does not say who",
	} {
		t.Run(why, func(t *testing.T) {
			for _, dry := range []bool{true, false} {
				s := subjects(t)
				before := head(t, s)
				r, err := importText(t, s, "orders.csv", orderColumns+row+"\n", as(exchange.Orders), func(j *exchange.Job) { j.DryRun = dry })
				if err != nil || r.Total.Rejected != 1 || !strings.Contains(r.Rejected[0].Reason, why) || head(t, s) != before {
					t.Errorf("dry %t: %+v, %v", dry, r.Rejected, err)
				}
			}
		})
	}
}

func TestAnOrderOnRecordWithOtherConditionsIsLeftToAnOfficer(t *testing.T) {
	s := subjects(t)
	const row = "nominals:1,,SPO,1 Nov 2026,,Bow,Not to contact A,,,,,\n"
	if r, err := importText(t, s, "orders.csv", orderColumns+row+row, as(exchange.Orders)); err != nil || r.Total.Kept != 1 || r.Total.Unchanged != 1 {
		t.Fatalf("%+v, %v", r.Total, err)
	}
	if r, err := importText(t, s, "o.csv", orderColumns+row+row, as(exchange.Orders), func(j *exchange.Job) { j.DryRun = true }); err != nil || r.Total.Unchanged != 2 {
		t.Errorf("dry: %+v, %v", r.Total, err)
	}
	r, err := importText(t, s, "orders.csv", orderColumns+strings.ReplaceAll(row, "contact A", "contact B"), as(exchange.Orders))
	if err != nil || r.Total.Rejected != 1 || !strings.Contains(r.Rejected[0].Detail, "R-000001") {
		t.Errorf("%+v, %v", r.Rejected, err)
	}
}

func TestBreachesAreImported(t *testing.T) {
	s := subjects(t)
	if _, err := importText(t, s, "orders.csv", orderColumns+"P-1,,SPO,1 Nov 2026,,Bow,Not to contact A,,2 Nov 2026,,,\n", as(exchange.Orders)); err != nil {
		t.Fatal(err)
	}
	const text = "Order,Person,Condition no,What happened,When,Reported by,CAD\n" +
		"R-1,,1,Rang her,10/11/2026 09:05,victim,CAD 12\n" +
		",\"SMITH, John\",1,Waited outside,2026-11-11 10:00:30,,\n" +
		"R-1,,7,Rang her,10/11/2026 09:05,,\nR-1,,1,Rang her,,,\n,\"JONES, Ann\",1,Rang,10/11/2026 09:05,,\nR-1,,1,Rang her,10/10/2026 09:05,,\n"
	r, err := importText(t, s, "breaches.csv", text, as(exchange.Breaches))
	if err != nil || r.Total.Kept != 2 || r.Total.Rejected != 4 {
		t.Fatalf("%+v, %v, %+v", r.Total, err, r.Rejected)
	}
	b := records[*model.Breach](t, s, model.KindBreach)
	if b[0].Order != "R-000001" || b[0].Condition != 1 || b[0].What != "Rang her\nCAD: CAD 12" || b[0].Source != "victim" || b[1].Person != "P-000001" {
		t.Errorf("%+v %+v", b[0], b[1])
	}
	reasons := make([]string, 0, 4)
	for _, rej := range r.Rejected {
		reasons = append(reasons, rej.Reason)
	}
	for _, want := range []string{"has no condition 7", "does not say when", "0 live orders", "after the event"} {
		if !slices.ContainsFunc(reasons, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("no row was refused because it %q: %q", want, reasons)
		}
	}
	before := head(t, s)
	if r, err = importText(t, s, "breaches.csv", text, as(exchange.Breaches)); err != nil || r.Total.Unchanged != 2 || head(t, s) != before {
		t.Errorf("again: %+v, %v", r.Total, err)
	}
	whole(t, s)
}
