package exchange_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pou/model"
	"pou/store"
	"pou/store/exchange"
)

// do takes an action as an officer would.
func do(t *testing.T, s store.Store, action string, fields map[string]any) model.Ref {
	t.Helper()
	r, err := s.Do(context.Background(), who, model.Request{Action: action, Fields: fields})
	if err != nil {
		t.Fatal(err)
	}
	return r.Changed[0].Ref
}

func TestAChangedRowUpdatesItsPersonAndKeepsWhatOfficersAdded(t *testing.T) {
	s := newStore(t)
	const names0 = "ref,surname,forename,dob,sex,phone,alias,town,notes\n"
	if _, err := importText(t, s, "custody-2026-10.csv", names0+"17,SMITH,John,1984,M,07700900123,Jack,London,met at court\n18,JONES,Ann,,,,,,\n"); err != nil {
		t.Fatal(err)
	}
	do(t, s, "alias.add", map[string]any{"person": "P-000001", "name": "Jonny"})
	do(t, s, "person.edit", map[string]any{"person": "P-000001", "description": "scar on chin"})
	do(t, s, "marker.add", map[string]any{"person": "P-000001", "code": "WE", "source": "PNC"})

	r, err := importText(t, s, "custody-2026-11.csv", names0+"17,SMYTH,John,3 Dec 1985,male,07700900999,Jack,Leeds,met at court\n18,JONES,Ann,,,,,,\n")
	if err != nil {
		t.Fatal(err)
	}
	if c := r.Total; c.Kept != 0 || c.Merged != 2 || c.Updated != 1 || c.Unchanged != 1 {
		t.Errorf("%+v", c)
	}
	p := people(t, s)[0]
	if p.Name() != "SMYTH, John" || p.Born.Key() != "1985-12-03" || p.OtherBorn[0].Key() != "1984" {
		t.Errorf("the file's fields are %s, %s, also %v", p.Name(), p.Born, p.OtherBorn)
	}
	var names, numbers, places []string
	for _, a := range p.Aliases {
		names = append(names, a.Name)
	}
	for _, n := range p.Phones {
		numbers = append(numbers, n.Number)
	}
	for _, a := range p.Addresses {
		places = append(places, a.Text)
	}
	if !slices.Equal(names, []string{"Jack", "Jonny", "SMITH, John"}) || !slices.Equal(numbers, []string{"07700900123", "07700900999"}) ||
		!slices.Equal(places, []string{"London", "Leeds"}) {
		t.Errorf("aliases %q, phones %q, addresses %q", names, numbers, places)
	}
	if p.Description != "scar on chin" || len(p.Markers) != 1 || strings.Count(p.Note, "met at court") != 1 {
		t.Errorf("what the officer added: %q, %+v; note %q", p.Description, p.Markers, p.Note)
	}
	whole(t, s)
	before := head(t, s)
	if _, err := importText(t, s, "custody-2026-11 (2).csv", names0+"17,SMYTH,John,3 Dec 1985,male,07700900999,Jack,Leeds,met at court\n18,JONES,Ann,,,,,,\n"); err != nil || head(t, s) != before {
		t.Errorf("the same rows in a copy of the file changed something: %v", err)
	}
}

func TestANumberOnRecordThatNamesSomebodyElseIsRefused(t *testing.T) {
	s := newStore(t)
	if _, err := importText(t, s, "list.csv", "ref,surname,forename\n1,SMITH,John\n"); err != nil {
		t.Fatal(err)
	}
	r, err := importText(t, s, "list.csv", "ref,surname,forename\n1,JONES,Ann\n")
	if err != nil || r.Total.Rejected != 1 || r.Rejected[0].Detail != "list:1 is P-000001 SMITH, John on record" || r.Rejected[0].Row != "1,JONES,Ann" {
		t.Errorf("%+v, %v", r.Rejected, err)
	}
	r, err = importText(t, s, "list.csv", "ref,surname,forename\n1,JONES,Ann\n", func(j *exchange.Job) { j.Source = "another system" })
	if err != nil || r.Total.Kept != 1 {
		t.Errorf("the same number of another system: %+v, %v", r.Total, err)
	}
}

func TestAnotherMappingReadsTheSameRowsAgain(t *testing.T) {
	s := newStore(t)
	const text = "surname,forename,zz\nSMITH,John,07700900123\n"
	if _, err := importText(t, s, "list.csv", text); err != nil {
		t.Fatal(err)
	}
	m, err := exchange.ParseMapping("[columns]\nsurname = \"surname\"\nforename = \"forename\"\nzz = \"phone:mobile\"\n")
	if err != nil {
		t.Fatal(err)
	}
	r, err := importText(t, s, "list.csv", text, func(j *exchange.Job) { j.Map = &m })
	p := people(t, s)
	if err != nil || len(p) != 1 || len(p[0].Phones) != 1 || p[0].Phones[0].Use != "mobile" || r.Total.Updated != 1 {
		t.Errorf("%+v, %+v, %v", p, r.Total, err)
	}
}

func TestADryRunSaysTheSameAndWritesNothing(t *testing.T) {
	s := newStore(t)
	text := "surname,forename,ref,dob\nSMITH,John,1,3/12/1984\n,,2,\nSMITH,Jon,3,3/12/1984\nSMITH,John,1,\n" + `BAD,"x` + "\n"
	before := head(t, s)
	dry, err := importText(t, s, "list.csv", text, func(j *exchange.Job) { j.DryRun = true; j.Batch = 1 })
	if err != nil || head(t, s) != before || !dry.DryRun || dry.Batches != 0 || len(people(t, s)) != 0 {
		t.Fatalf("the dry run wrote: %v", err)
	}
	wet, err := importText(t, s, "list.csv", text, func(j *exchange.Job) { j.Batch = 1 })
	if err != nil || wet.Total != dry.Total || !slices.Equal(wet.Rejected, dry.Rejected) || wet.Found != dry.Found {
		t.Errorf("dry %+v %+v\nwet %+v %+v, %v", dry.Total, dry.Rejected, wet.Total, wet.Rejected, err)
	}
	if d := dry.Duplicates; len(d) != 1 || (d[0].New.Line == 0 || d[0].New.Ref != "") {
		t.Errorf("%+v", d)
	}
	text = "surname\nSMITH\nSMITH\nSMITH\n"
	dry, err = importText(t, s, "twice.csv", text, func(j *exchange.Job) { j.DryRun = true; j.Batch = 1 })
	if err != nil || dry.Total.Kept != 1 || dry.Total.Unchanged != 2 {
		t.Errorf("a repeated row in a dry run: %+v, %v", dry.Total, err)
	}
}

func TestStoppingHalfWayLeavesWholeBatches(t *testing.T) {
	for _, stopAt := range []int{1, 2, 5, 9} {
		t.Run(fmt.Sprint("after batch ", stopAt), func(t *testing.T) {
			s := newStore(t)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			text := generated(1000)
			var side bytes.Buffer
			job := exchange.Job{Files: []string{"p.csv"}, Open: texts(map[string]string{"p.csv": text}), Who: who, Batch: 100, Rejects: &side}
			reports := 0
			r, err := exchange.Run(ctx, s, job, func(exchange.Progress) {
				if reports++; reports == stopAt+1 { // the first report comes before any batch
					cancel()
				}
			})
			if !errors.Is(err, context.Canceled) || r.Stopped == "" {
				t.Fatalf("stopped with %v, %q", err, r.Stopped)
			}
			reconciles(t, r)
			if n := len(people(t, s)); n != stopAt*100 || r.Total.Kept != n || r.Total.Rows != n || r.Batches != stopAt {
				t.Errorf("%d people on record, receipt %+v in %d batches", n, r.Total, r.Batches)
			}
			whole(t, s)
			r, err = exchange.Run(context.Background(), s, job, nil)
			if err != nil || r.Total.Kept != 1000-stopAt*100 || r.Total.Unchanged != stopAt*100 || len(people(t, s)) != 1000 {
				t.Errorf("importing again: %+v, %v", r.Total, err)
			}
		})
	}
}

func TestProgressGoesOnToTheEnd(t *testing.T) {
	s := newStore(t)
	text := generated(1000)
	var last exchange.Progress
	_, err := exchange.Run(context.Background(), s, exchange.Job{
		Files: []string{"p.csv"}, Open: texts(map[string]string{"p.csv": text}), Who: who, Batch: 300,
	}, func(p exchange.Progress) {
		if p.Rows < last.Rows || p.Bytes < last.Bytes || p.Rows > p.Of || p.Bytes > p.All || p.Of != 1000 {
			t.Errorf("%+v after %+v", p, last)
		}
		last = p
	})
	if err != nil || last.Rows != 1000 || last.Bytes != int64(len(text)) {
		t.Errorf("ended at %+v, %v", last, err)
	}
}

func TestTheJournalSaysWhichFile(t *testing.T) {
	s := newStore(t)
	r, err := importText(t, s, "list.csv", "surname\nSMITH\n")
	if err != nil {
		t.Fatal(err)
	}
	err = s.Read(context.Background(), func(reader store.Reader) error {
		e, _, err := reader.Entry(r.First)
		if !strings.Contains(e.Reason, "list.csv sha256 "+r.Files[0].SHA256) || e.Action != "people.import" || len(r.Files[0].SHA256) != 64 {
			t.Errorf("%+v", e)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSomebodyWithoutTheRoleImportsNothing(t *testing.T) {
	s := newStore(t)
	r, err := importText(t, s, "list.csv", "surname\nSMITH\n", func(j *exchange.Job) { j.Who = "O-0099" })
	if p, ok := model.AsProblem(err); !ok || p.Code != model.Denied || len(people(t, s)) != 0 || r.Total.Rows != 0 || r.Stopped == "" {
		t.Errorf("%v, %+v", err, r.Total)
	}
}

func TestTheSideFileHoldsTheRowsAsTheyStand(t *testing.T) {
	s := newStore(t)
	var side bytes.Buffer
	_, err := importText(t, s, "list.csv", "surname,x\n,\"=cmd|' /C calc'!A0\"\n=1+1,\x1b[31mred,2\n", func(j *exchange.Job) { j.Rejects = &side })
	if err != nil {
		t.Fatal(err)
	}
	want := "file,line,reason,row\nlist.csv,2,no name,\",\"\"=cmd|' /C calc'!A0\"\"\"\n" +
		"list.csv,3,more cells than there are columns: 3 cells under 2 column names,\"'=1+1,red,2\"\n"
	if side.String() != want {
		t.Errorf("the side file is\n%s\nwant\n%s", side.String(), want)
	}
}
