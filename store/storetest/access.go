package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pou/model"
	"pou/store"
)

func accessTests() []test {
	return []test{
		{"a restricted case is withheld wherever it is read, and from nobody it names", restrictedEverywhere},
		{"what hangs on a restricted case is withheld with it", restrictedWith},
		{"whom a restricted case protects is hidden from those it is withheld from", restrictedProtects},
		{"no word of a withheld record is put forward as a spelling", restrictedSpelling},
		{"a withheld record is not counted among those that pass a filter", restrictedCounted},
		{"the journal of a restricted case is withheld with it", restrictedJournal},
		{"a restriction ends when it is lifted", restrictionLifted},
		{"a door acts for nobody but its officer", doorOfOne},
		{"whose hand it was stands in the chain", handInChain},
		{"who looked at a record, and what an officer looked at, is found by index", lookedUp},
		{"a combination is logged as one", combined},
		{"a store of an older format gets the indexes it lacked", olderFormat},
		{"an upgrade that was cut off goes on", olderFormatCut},
		{"an erased record is gone from records, payloads, receipts and drafts, and the chain is whole", erasedWholly},
		{"an erasure leaves the other rows of a file", erasedFromFile},
		{"a payload that was altered is found although another was erased", alteredBesideErasure},
		{"an erasure says which backups hold it", erasureAndBackups},
	}
}

const secret = "a serving officer of the unit"

// cased opens a case about somebody, restricted by the sergeant to themselves, the unit's lead and S-TAC.
func cased(d *desk) (person, ref model.Ref) {
	d.Helper()
	person = d.person("VARGA")
	ref = d.do(sergeant, "case.add", fields{"person": string(person), "offences": "s4A", "last": "2026-11-01", "summary": secret, "unit": "SW"}).Changed[0].Ref
	d.do(sergeant, "case.restrict", fields{"case": string(ref), "reason": "the suspect is " + secret})
	return person, ref
}

// as reads what an officer may see.
func (d *desk) as(who model.Ref, fn func(store.Reader) error) {
	d.Helper()
	if err := d.book.For(who).Read(context.Background(), fn); err != nil {
		d.Fatalf("as %s: %v", who, err)
	}
}

func restrictedEverywhere(d *desk) {
	person, ref := cased(d)
	for who, sees := range map[model.Ref]bool{sergeant: true, constable: false, keeper: false, nobody: false, gone: false} {
		d.as(who, func(r store.Reader) error {
			rec, err := r.Record(ref)
			if err != nil {
				return err
			}
			open := func(rec model.Record) bool { return rec.Head().HeldBack == nil && rec.(*model.Case).Summary == secret }
			if open(rec) != sees {
				d.Errorf("%s sees the case: %v", who, !sees)
			}
			if err := r.Each(model.KindCase, "", func(rec model.Record, _ error) bool {
				if open(rec) != sees {
					d.Errorf("%s sees the case among all: %v", who, !sees)
				}
				return true
			}); err != nil {
				return err
			}
			lines, err := store.Lines(r, "cases", store.Scope{}, d.time)
			if err != nil || len(lines) != 1 {
				d.Errorf("%s: the list has %d rows: %v", who, len(lines), err)
			}
			for _, l := range lines {
				if text := fmt.Sprintf("%+v", l); strings.Contains(text, "s.4A") != sees || !strings.Contains(text, "RESTRICTED") {
					d.Errorf("%s reads in the list %s", who, text)
				}
			}
			found, err := store.Conflicts(r, person, "NE", d.time)
			if err != nil {
				return err
			}
			for _, c := range found {
				if c.Record == ref && !sees && c.Kind != store.ConflictRestricted {
					d.Errorf("%s is told %+v", who, c)
				}
			}
			if !sees && !slices.ContainsFunc(found, func(c store.Conflict) bool { return c.Record == ref && c.Contact == sergeant }) {
				d.Errorf("%s is not told whom to ask before the person is tasked: %+v", who, found)
			}
			return nil
		})
	}
	door := d.book.For(constable)
	if _, err := door.Do(context.Background(), constable, model.Request{Action: "case.charge", Fields: fields{"case": string(ref), "cps": "CPS/1"}}); err == nil {
		d.Error("a case that is withheld was charged")
	}
}

func restrictedWith(d *desk) {
	person, ref := cased(d)
	screened := d.do(sergeant, "evidence.plan", fields{"case": string(ref), "person": string(person), "incident": "2026-11-20", "sources": "cctv", "what": secret})
	board := d.do(sergeant, "story.open", fields{"case": string(ref), "title": secret})
	for _, c := range append(screened.Changed, board.Changed...) {
		d.as(constable, func(r store.Reader) error {
			rec, err := r.Record(c.Ref)
			if err == nil && rec.Head().HeldBack == nil {
				d.Errorf("%s is shown although its case is restricted", c.Ref)
			}
			return err
		})
	}
}

func restrictedProtects(d *desk) {
	person, _ := cased(d)
	victim := d.do(sergeant, "person.add", fields{"surname": "Quillfeather", "forename": "Ida", "unit": "SW", "address": "77 Hidden Lane", "phone": "07700900777"}).Changed[0].Ref
	own := d.do(sergeant, "case.add", fields{"person": string(person), "victims": string(victim), "offences": "s4A", "last": "2026-11-01", "unit": "SW"}).Changed[0].Ref
	line := d.do(sergeant, "wanted.mark", fields{"person": string(person), "offences": "s4A", "unit": "SW", "pnc_ref": "26/9", "note": "May wait for Ida Quillfeather at 77 Hidden Lane, 07700900777"}).Changed[0].Ref
	neighbour := d.do(sergeant, "person.add", fields{"surname": "Other", "forename": "Ann", "unit": "NE", "address": "77 Hidden Lane", "phone": "07700900777"}).Changed[0].Ref
	d.do(sergeant, "wanted.mark", fields{"person": string(neighbour), "offences": "s4A", "unit": "NE", "pnc_ref": "26/10"})
	d.do(sergeant, "case.restrict", fields{"case": string(own), "reason": "the suspect is " + secret})
	for _, who := range []model.Ref{constable, sergeant} {
		search := store.NewSearch(d.book.For(who))
		if err := search.Fill(context.Background()); err != nil {
			d.Fatal(err)
		}
		for _, sought := range []string{"07700900777", "Hidden Lane"} {
			if found, err := search.Find(context.Background(), sought, "", 9); err != nil || slices.ContainsFunc(found, func(f store.Found) bool { return f.Ref == victim }) {
				d.Errorf("%s finds the victim-survivor by %s: %v", who, sought, err)
			}
		}
		d.as(who, func(r store.Reader) error {
			clashes, err := store.Conflicts(r, victim, "SW", d.time)
			if text := fmt.Sprintf("%+v", clashes); err != nil || strings.Contains(text, "Hidden") || strings.Contains(text, "900777") || !strings.Contains(text, "the same phone") {
				d.Errorf("%s is told in deconfliction: %s %v", who, text, err)
			}
			liner := model.NewLiner(r, d.time)
			for _, ref := range []model.Ref{victim, line} {
				rec, err := r.Record(ref)
				if err != nil {
					return err
				}
				row := liner.Line(rec)
				shown := model.Shown(rec, liner)
				if text := fmt.Sprintf("%+v %+v", row, shown); strings.Contains(text, "Hidden") || strings.Contains(text, "900777") || ref == line && strings.Contains(text, "Quillfeather") {
					d.Errorf("%s reads of %s: %s", who, ref, text)
				}
			}
			return nil
		})
	}
}

func restrictedSpelling(d *desk) {
	person, ref := cased(d)
	d.collect("people.import", &model.Task{Meta: model.Meta{Ref: "T-000777"}, Title: "Ask Zyxwvutsrq", Person: person, About: ref, Unit: "SW", Assignee: sergeant, State: model.TaskOpen, Added: d.time})
	d.person("ZYXWVUTSXX")
	shared := store.NewSearch(d.book)
	if err := shared.Fill(context.Background()); err != nil {
		d.Fatal(err)
	}
	for who, sees := range map[model.Ref]bool{sergeant: true, constable: false} {
		a, err := shared.Through(d.book.For(who)).Answer(context.Background(), store.Ask{Text: "zyxwvutsrqq", Limit: 9})
		if err != nil || len(a.Found) == 0 || strings.Contains(a.Meant, "zyxwvutsrq") != sees {
			d.Errorf("%s is told they meant %q, of %d found: %v", who, a.Meant, len(a.Found), err)
		}
	}
}

func restrictedCounted(d *desk) {
	person, ref := cased(d)
	for range 2 {
		d.do(sergeant, "case.add", fields{"person": string(person), "offences": "s4A", "last": "2026-11-01", "unit": "SW"})
		d.do(sergeant, "task.add", fields{"title": "Ask again", "assign": string(sergeant), "unit": "SW"})
	}
	d.collect("people.import", &model.Task{Meta: model.Meta{Ref: "T-000777"}, Title: "Ask", Person: person, About: ref, Unit: "SW", Assignee: sergeant, State: model.TaskOpen, Added: d.time})
	shared := store.NewSearch(d.book)
	if err := shared.Fill(context.Background()); err != nil {
		d.Fatal(err)
	}
	for who, n := range map[model.Ref]string{sergeant: "3 pass", constable: "2 pass"} {
		for _, text := range []string{"kind:case", "kind:task unit:SW"} {
			a, err := shared.Through(d.book.For(who)).Answer(context.Background(), store.Ask{Text: text, Limit: 1})
			if err != nil || len(a.Found) != 1 || !strings.HasPrefix(a.Note, n) {
				d.Errorf("%s is told of %s: %q, %d found: %v", who, text, a.Note, len(a.Found), err)
			}
		}
	}
}

func restrictedJournal(d *desk) {
	_, ref := cased(d)
	d.book.Consult(sergeant, "show "+string(ref), ref)
	if err := d.book.Flush(context.Background()); err != nil {
		d.Fatal(err)
	}
	d.as(keeper, func(r store.Reader) error {
		history, err := r.History(ref)
		if err != nil || len(history) != 0 {
			d.Errorf("its history is shown: %v, %v", history, err)
		}
		e, req, err := r.Entry(d.head() - 1)
		if err == nil && (e.Action != "restricted" || e.Reason != "" || e.By != "" || len(e.About) != 0 || len(req.Fields) != 0) {
			d.Errorf("an entry about it is shown as %+v with %v", e, req)
		}
		return err
	})
	err := d.book.For(constable).Read(context.Background(), func(r store.Reader) error {
		return r.Looked(ref, func(model.Entry) bool { return true })
	})
	if p, ok := model.AsProblem(err); !ok || p.Code != model.Denied {
		d.Errorf("a constable asks who looked: %v", err)
	}
}

func restrictionLifted(d *desk) {
	_, ref := cased(d)
	lead := model.Ref("O-0050")
	d.collect("people.import", &model.Officer{Meta: model.Meta{Ref: lead}, Name: "LEAD", Unit: "SW", Roles: []model.Role{model.RoleLead}})
	d.do(lead, "case.restrict", fields{"case": string(ref), "lift": true, "reason": "resigned"})
	d.as(constable, func(r store.Reader) error {
		rec, err := r.Record(ref)
		if err == nil && rec.Head().HeldBack != nil {
			d.Error("it is still withheld")
		}
		return err
	})
}

func doorOfOne(d *desk) {
	door := d.book.For(constable)
	_, err := door.Do(context.Background(), sergeant, model.Request{Action: "task.add", Fields: fields{"title": "x"}})
	if p, ok := model.AsProblem(err); !ok || p.Code != model.Denied {
		d.Errorf("the door of a constable acts for the sergeant: %v", err)
	}
	if err := door.Disclose(context.Background(), sergeant, "pack", "Merton"); err == nil {
		d.Error("the door of a constable hands out for the sergeant")
	}
	door.Consult(sergeant, "list wanted")
	if err := door.Flush(context.Background()); err != nil {
		d.Fatal(err)
	}
	if looks := d.looks(); looks[len(looks)-1].By != constable {
		d.Errorf("it is logged that %s looked", looks[len(looks)-1].By)
	}
}

func handInChain(d *desk) {
	door := d.book.ForActing(sergeant, string(admin))
	if _, err := door.Do(context.Background(), sergeant, model.Request{Action: "task.add", Fields: fields{"title": "x", "assign": string(other)}}); err != nil {
		d.Fatal(err)
	}
	d.read(func(r store.Reader) error {
		e, _, err := r.Entry(d.head())
		if err != nil || e.By != sergeant || e.Hand != string(admin) {
			d.Errorf("the entry says %+v, %v", e, err)
		}
		was := e.Sum
		e.Hand = ""
		if e.Link(e.Prev) == was {
			d.Error("whose hand it was is not part of the chain")
		}
		return nil
	})
}

func lookedUp(d *desk) {
	p, q := d.person("VARGA"), d.person("KOVAC")
	for i := range 20 {
		d.later(time.Minute)
		who, about := constable, []model.Ref{p}
		if i%4 == 0 {
			who, about = other, []model.Ref{p, q}
		}
		d.book.Consult(who, fmt.Sprintf("look %d", i), about...)
		if err := d.book.Flush(context.Background()); err != nil {
			d.Fatal(err)
		}
	}
	count := func(visit func(store.Reader, func(model.Entry) bool) error) (n int) {
		d.read(func(r store.Reader) error {
			last := uint64(1 << 60)
			return visit(r, func(e model.Entry) bool {
				if e.Seq >= last {
					d.Errorf("entry %d comes after %d", e.Seq, last)
				}
				last = e.Seq
				n++
				return true
			})
		})
		return n
	}
	looked := func(ref model.Ref) func(store.Reader, func(model.Entry) bool) error {
		return func(r store.Reader, fn func(model.Entry) bool) error { return r.Looked(ref, fn) }
	}
	by := func(ref model.Ref) func(store.Reader, func(model.Entry) bool) error {
		return func(r store.Reader, fn func(model.Entry) bool) error { return r.DoneBy(ref, fn) }
	}
	if a, b, c := count(looked(p)), count(looked(q)), count(by(other)); a != 20 || b != 5 || c != 5 {
		d.Errorf("%d looked at the first, %d at the second, %d were the other's; want 20, 5, 5", a, b, c)
	}
	for i := range 5000 { // further than one stretch of the index
		d.book.Consult(other, "look again", model.NewRef(model.KindPerson, uint64(100+i)))
	}
	d.book.Consult(other, "look last", p)
	if err := d.book.Flush(context.Background()); err != nil {
		d.Fatal(err)
	}
	if n := count(looked(p)); n != 21 {
		d.Errorf("%d looked at the first, want 21", n)
	}
	if n := count(func(r store.Reader, fn func(model.Entry) bool) error {
		return r.Looked(p, func(e model.Entry) bool { fn(e); return false })
	}); n != 1 {
		d.Errorf("it went on for %d when told to stop", n)
	}
}

func combined(d *desk) {
	p := d.person("VARGA")
	d.book.Combine(constable, "calls of two datasets", p)
	if err := d.book.Flush(context.Background()); err != nil {
		d.Fatal(err)
	}
	d.read(func(r store.Reader) error {
		e, _, err := r.Entry(d.head())
		if err != nil || e.Logged != model.Combination || e.By != constable {
			d.Errorf("it is logged as %+v, %v", e, err)
		}
		n := 0
		if err := r.Looked(p, func(model.Entry) bool { n++; return true }); err != nil || n != 1 {
			d.Errorf("%d looked: %v", n, err)
		}
		h, err := r.History(p)
		if err != nil || len(h) != 1 {
			d.Errorf("a combination counts as a change: %v, %v", h, err)
		}
		return nil
	})
}

// older takes the store back to a format that had none of the log's indexes.
func (d *desk) older(format byte) {
	d.Helper()
	d.engineWrite(func(tx store.Tx) error {
		var keys [][]byte
		prefixes := []string{"w/", "v/", "b/", "q/"}
		if format == 1 {
			prefixes = append(prefixes, "h/")
		}
		for _, prefix := range prefixes {
			if err := tx.Scan([]byte(prefix), nil, false, func(key, _ []byte) bool {
				keys = append(keys, bytes.Clone(key))
				return true
			}); err != nil {
				return err
			}
		}
		for _, key := range keys {
			if err := tx.Delete(key); err != nil {
				return err
			}
		}
		return tx.Put([]byte("m/format"), []byte{format})
	})
}

func olderFormat(d *desk) {
	_, ref := cased(d)
	d.book.Consult(constable, "list people", ref)
	if err := d.book.Disclose(context.Background(), sergeant, "pack", "Merton", ref); err != nil {
		d.Fatal(err)
	}
	want := d.keys()
	for _, format := range []byte{1, 2} {
		d.older(format)
		d.reopen()
		d.same(want)
		d.sound()
	}
}

func olderFormatCut(d *desk) {
	cased(d)
	want := d.keys()
	d.older(2)
	d.engineWrite(func(tx store.Tx) error { // it had got to entry 1
		if err := tx.Put([]byte("v/O/000000000001/000000000001"), nil); err != nil {
			return err
		}
		if err := tx.Put([]byte("q/C/000000000001"), nil); err != nil {
			return err
		}
		return tx.Put([]byte("m/upgrade"), []byte{0, 0, 0, 0, 0, 0, 0, 2})
	})
	d.reopen()
	d.same(want)
	d.sound()
}

// dataOfficers are two who may erase.
func dataOfficers(d *desk) (one, two model.Ref) {
	d.Helper()
	one, two = "O-0060", "O-0061"
	d.collect("people.import",
		&model.Officer{Meta: model.Meta{Ref: one}, Name: "FIRST", Roles: []model.Role{model.RoleData}},
		&model.Officer{Meta: model.Meta{Ref: two}, Name: "SECOND", Roles: []model.Role{model.RoleData}})
	return one, two
}

func (d *desk) erase(ref model.Ref) model.Receipt {
	d.Helper()
	one, two := dataOfficers(d)
	e := d.do(one, "record.erase", fields{"record": string(ref), "basis": "retention", "reason": "no longer needed"}).Changed[0].Ref
	d.refused(model.Denied, one, "record.erase-confirm", fields{"erasure": string(e)})
	return d.do(two, "record.erase-confirm", fields{"erasure": string(e)})
}

// holds lists the keys whose key or value has a text in it.
func (d *desk) holds(text string) (out []string) {
	for key, value := range d.keys() {
		if strings.Contains(key, text) || strings.Contains(value, text) {
			out = append(out, key)
		}
	}
	return out
}

func erasedWholly(d *desk) {
	const name = "UNFORGETTABLE"
	req := model.Request{Action: "person.add", Fields: fields{"surname": name}, Key: "once"}
	r, err := d.book.Do(context.Background(), constable, req)
	if err != nil {
		d.Fatal(err)
	}
	ref := r.Changed[0].Ref
	d.do(constable, "phone.add", fields{"person": string(ref), "number": "07700900123"})
	d.do(constable, "person.edit", fields{"person": string(ref), "note": name + " drives a van"})
	d.saveDraft(other, "attempt.record "+string(ref), name+" was out")
	if len(d.holds(name)) < 3 {
		d.Fatalf("the test finds too little to erase: %q", d.holds(name))
	}
	receipt := d.erase(ref)
	d.absent(ref)
	for _, text := range []string{name, "07700900123", "drives a van"} {
		if left := d.holds(text); len(left) > 0 {
			d.Errorf("%q is still in %q", text, left)
		}
	}
	d.read(func(v store.Reader) error {
		e, _, err := v.Entry(receipt.Seq)
		if err != nil || e.Logged != model.Erasure {
			d.Errorf("it is logged as %+v, %v", e, err)
		}
		history, err := v.History(ref)
		if err != nil || len(history) != 4 {
			d.Errorf("its history has %d entries, want the four without their words: %v", len(history), err)
		}
		return nil
	})
	d.sound()
	d.reopen()
	d.sound()
}

func erasedFromFile(d *desk) {
	r := d.collect("people.import", somebody("LEAVES", "f:1"), somebody("STAYS", "f:2"))
	ref, stays := r.Changed[0].Ref, r.Changed[1].Ref
	d.collect("people.import", withRef(somebody("LEAVESTOO", "f:1"), ref), withRef(somebody("STAYSTOO", "f:2"), stays))
	d.erase(ref)
	if left := d.holds("LEAVES"); len(left) > 0 {
		d.Errorf("it is still in %q", left)
	}
	if len(d.holds("STAYSTOO")) == 0 || record[*model.Person](d, stays).Surname != "STAYSTOO" {
		d.Error("the other row of the file is gone too")
	}
	d.sound()
}

func withRef(p *model.Person, ref model.Ref) *model.Person {
	p.Head().Ref = ref
	return p
}

func alteredBesideErasure(d *desk) {
	ref, other := d.person("LEAVES"), d.person("STAYS")
	_ = other
	d.erase(ref)
	d.sound()
	d.spoilt = true
	d.engineWrite(func(tx store.Tx) error {
		seq := []byte("f/000000000002") // what was typed about the erased person, as the erasure left it
		value := bytes.Clone(tx.Get(seq))
		value[0] ^= 1
		return tx.Put(seq, value)
	})
	if found := strings.Join(d.findings(), "\n"); !strings.Contains(found, "entry 2 has been altered") {
		d.Errorf("it finds %q", found)
	}
}

func erasureAndBackups(d *desk) {
	ref := d.person("LEAVES")
	if err := d.book.BackedUp(context.Background(), admin, "", "nightly.db"); err != nil {
		d.Fatal(err)
	}
	r := d.erase(ref)
	if said := strings.Join(r.Said, "\n"); !strings.Contains(said, "nightly.db") {
		d.Errorf("it says %q", said)
	}
	if _, err := d.book.Draft(context.Background(), constable, "none"); !errors.Is(err, store.ErrNoDraft) {
		d.Error(err)
	}
}
