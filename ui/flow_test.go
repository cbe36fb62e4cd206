package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/store"
)

// The keystroke budgets of docs/keys.md: from launch, letters of a name not counted.
func TestTheHandKeepsWithinItsKeystrokes(t *testing.T) {
	for _, j := range []struct {
		job   string
		most  int
		do    func(*rig)
		check func(*testing.T, *rig)
	}{
		{"open a person by name", 2, func(r *rig) { r.press("ctrl+k").typed("kovac"); r.settle(); r.press("enter") }, func(_ *testing.T, r *rig) {
			r.sees("KOVAČ, Ivan", "b. 3 Dec 1984", "esc back")
		}},
		{"record an attempt: no reply at the first address", 6, func(r *rig) { r.press("e", "n", "ctrl+s") }, func(t *testing.T, r *rig) {
			a := record[*model.Attempt](r, "A-000001")
			if a.Outcome != model.NoReply || a.Address != "3 Sample Street SW18" || a.Person != "P-000001" {
				t.Errorf("recorded %+v", a)
			}
		}},
		{"record an arrest", 8, func(r *rig) { r.press("a", "ctrl+s") }, func(t *testing.T, r *rig) {
			if k := record[*model.Arrest](r, "K-000001"); k.Person != "P-000001" || k.Status != model.Arrested || k.Where != "3 Sample Street SW18" {
				t.Errorf("recorded %+v", k)
			}
			if tg := record[*model.Target](r, "OP-0001/001"); tg.State != model.TargetArrested {
				t.Errorf("the target is %s", tg.State)
			}
		}},
		{"task the marked targets to one officer", 10, func(r *rig) {
			r.press("*", "t").typed("patel")
			r.press("down", "ctrl+s")
		}, func(t *testing.T, r *rig) {
			for _, ref := range []model.Ref{"T-000002", "T-000003", "T-000004"} {
				if task := record[*model.Task](r, ref); task.Assignee != "O-0002" || task.Title != "Arrest enquiry" {
					t.Errorf("tasked %+v", task)
				}
			}
			r.sees("3 done")
		}},
		{"from a due line to the form that settles it", 2, func(r *rig) { r.press("7", "n") }, func(_ *testing.T, r *rig) {
			r.sees("Complete a task", "KOVAČ, Ivan", "T-000001")
		}},
		{"undo what I just did", 2, func(r *rig) {
			r.press("e", "n", "ctrl+s")
			r.settle()
			r.keys = 0
			r.press("u", "ctrl+s")
		}, func(t *testing.T, r *rig) {
			if w := record[*model.Wanted](r, "W-000001"); w.Attempts != 0 {
				t.Errorf("after undo the line counts %d attempts", w.Attempts)
			}
		}},
		{"switch unit", 2, func(r *rig) { r.press("g", "g") }, func(_ *testing.T, r *rig) { r.sees("MBEKI, Joseph", "NE North East") }}, // the seventh
	} {
		t.Run(j.job, func(t *testing.T) {
			r := newRig(t, 80, 24, threeWanted)
			j.do(r)
			r.settle()
			if r.keys > j.most {
				t.Errorf("took %d keys, at most %d", r.keys, j.most)
			}
			j.check(t, r)
		})
	}
}

func TestEveryScreenCarriesItsMarkingTopAndBottom(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}, {40, 10}} {
		r := newRig(t, size[0], size[1], threeWanted)
		for _, key := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "?", "esc", "1", "enter"} {
			r.press(key)
			lines := strings.Split(r.screen(), "\n")
			if len(lines) != size[1] {
				t.Fatalf("after %s the screen has %d lines, not %d", key, len(lines), size[1])
			}
			if !strings.Contains(lines[0], marking) || (size[0] >= leastWidth && !strings.Contains(lines[len(lines)-1], marking)) {
				t.Errorf("after %s the marking is missing:\n%s", key, strings.Join(lines, "\n"))
			}
		}
	}
}

func TestVictimDetailsAreOnNoScreen(t *testing.T) {
	r := newRig(t, 200, 60, threeWanted)
	for _, key := range []string{"1", "2", "3", "enter", "esc", "7", "8"} {
		r.press(key).seesNot("Secret Person")
	}
	r.press("3").sees("need-to-know")
}

func TestAValueThatNoFilterKnowsIsSaid(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	r.press("1")
	r.press("/").typed("status:wantde").sees(`status "wantde" is not known; did you mean wanted`)
	r.press("enter").sees(`status "wantde" is not known; did you mean wanted`).press("/", "ctrl+u")
	r.typed("unit:ZZ").sees(`unit "ZZ" is not known; try AS, AW, CE,`).press("ctrl+u", "enter").seesNot("is not known")
	r.press("ctrl+k").typed("kovac unit:ZZ")
	r.settle()
	r.sees(`unit "ZZ" is not known; try AS, AW, CE,`)
}

func TestAFilterNarrowsAsItIsTypedAndSaysWhatItCannotRead(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	r.press("/").typed("marker:VI").press("enter")
	r.sees("HOLLOWAY, Marcus", "1 of 1, filtered").seesNot("O'BRIEN")
	r.press("/").typed(" colour:red").sees("there is no field colour")
	r.press("esc").sees("O'BRIEN, Seán")
	r.press("/").typed("-status:not-circulated sean").press("enter").sees("O'BRIEN, Seán").seesNot("KOVAČ", "HOLLOWAY, Marcus  ")
	r.press("esc").sees("HOLLOWAY, Marcus")
	r.press("/").typed("unit:NE").sees("MBEKI, Joseph")
}

func TestACursorStaysOnItsPersonWhenTheListChangesUnderIt(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("down") // KOVAČ
	w := &world{t: t, book: r.book, who: "O-0002"}
	p := w.do("person.add", "surname", "Aardvark", "unit", "SW")
	w.do("wanted.mark", "person", string(p), "offences", "rape", "unit", "SW", "grade", "A")
	r.settle()
	r.sees("AARDVARK")
	if l, ok := r.app.screen().selected(); !ok || l.Name != "KOVAČ, Ivan" {
		t.Errorf("the cursor stands on %v", l)
	}
}

func TestAFormLeftHalfDoneIsTakenUpAgainAfterACrash(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("e", "m", "tab").typed("ran towards the common")
	r.settle()
	r.open(80, 24) // as if the program had been killed: only what the store holds is left
	r.press("e").sees("Taken up where it was left", "ran towards the common")
	r.press("ctrl+s")
	if a := record[*model.Attempt](r, "A-000001"); a.Note != "ran towards the common" || a.Outcome != model.MadeOff {
		t.Errorf("recorded %+v", a)
	}
	r.press("e").seesNot("Taken up where it was left")
}

func TestARefusalIsShownUnderItsFieldAndKeepsWhatWasTyped(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("t").typed("patel").press("down", "tab").press("tab").typed("x")
	r.press("ctrl+s").sees("is not a day", "Enter a day such as")
	if _, open := r.app.over.(*formOverlay); !open {
		t.Fatal("the form has closed")
	}
}

func TestAnEditBasedOnAnOldVersionShowsBothAndSavesOnTheNewOne(t *testing.T) {
	r := newRig(t, 100, 30, threeWanted)
	r.press("ctrl+k").typed("holloway")
	r.settle()
	r.press("enter").press(".").typed("edit a person").press("enter")
	r.settle()
	r.press("tab", "tab", "tab").typed("male")
	other := &world{t: t, book: r.book, who: "O-0002"}
	other.do("person.edit", "person", "P-000001", "sex", "unknown")
	r.settle()
	r.press("ctrl+s").sees("was changed by DC Patel", "ON RECORD NOW", "○ unknown", "○ male")
	r.press("y", "ctrl+s")
	if p := record[*model.Person](r, "P-000001"); p.Sex != "male" {
		t.Errorf("sex is %q", p.Sex)
	}
}

func TestABulkListsWhatWasRefusedAndDoesTheRest(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("*").press("c").typed("26/9999").press("ctrl+s")
	r.sees("1 done, 2 refused", "W-000002", "already circulated")
	if w := record[*model.Wanted](r, "W-000001"); w.State != model.Circulated {
		t.Errorf("the line is %s", w.State)
	}
}

func TestBackAndForwardGoWhereTheOfficerWas(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("3", "7", "[").sees("ENDS").press("]").sees("WHAT RUNS OUT").press("[", "[").sees("WANTED FOR")
	r.press("[").sees("nowhere to go back to")
}

func TestAKeyThatCannotBePressedSaysWhy(t *testing.T) {
	r := newRig(t, 80, 24, nil)
	r.press("e").sees("no row is selected")
	r.press("?").sees("no row is selected", "undo")
}

func TestEmptyScreensSayWhatWouldBeThere(t *testing.T) {
	r := newRig(t, 80, 24, nil)
	r.sees("nobody is wanted here", "ctrl+k finds a person")
	r.press("4").sees("no target packs")
}

func TestStoredTextCannotDriveTheTerminal(t *testing.T) {
	r := newRig(t, 120, 40, func(w *world) {
		p := w.do("person.add", "surname", "Evil\x1b[2J\x1b]0;owned\x07", "forename", "\u202eReversed", "unit", "SW", "note", "line one\nline \x1b[31mtwo")
		w.do("wanted.mark", "person", string(p), "offences", "abh", "unit", "SW", "note", "\x9b31m red")
	})
	for _, key := range []string{"1", "enter", "8", "enter"} {
		r.press(key)
		r.settle()
		content := r.app.View().Content
		for _, bad := range []string{"\x1b[2J", "\x1b]0;", "\x07", "\u202e", "\x9b"} {
			if strings.Contains(content, bad) {
				t.Errorf("after %s the screen carries %q", key, bad)
			}
		}
	}
}

func TestTheWholeJobByKeyboard(t *testing.T) {
	r := newRig(t, 80, 24, func(w *world) {
		w.do("person.add", "surname", "Zawahiri", "forename", "Ayman", "born", "19 Jun 1951", "address", "1 Test Way", "unit", "SW")
		w.do("operation.create", "name", "Operation Lantern", "from", "2026-11-23", "to", "2026-11-29")
	})
	r.press("ctrl+k").typed("zawahri") // a letter short
	r.settle()
	r.press("enter").sees("ZAWAHIRI, Ayman")
	r.press("w").typed("s4a").press("down", "ctrl+s").sees("Mark as wanted")
	r.press("m", "tab").typed("Most harmful this month").press("ctrl+s").sees("Add to an operation")
	r.press("t").typed("patel").press("down", "ctrl+s").sees("Add a task")
	r.press("e", "n", "ctrl+s").sees("Record an arrest attempt")
	r.press("a", "ctrl+s").sees("Record an arrest")
	k := record[*model.Arrest](r, "K-000001")
	if k.Offences[0] != "s4A" || k.Wanted != "W-000001" {
		t.Errorf("arrest %+v", k)
	}
	r.press("1").sees("arrested")
	if tg := record[*model.Target](r, "OP-0001/001"); tg.State != model.TargetArrested || tg.Attempts != 2 {
		t.Errorf("target %+v", tg)
	}
	err := r.book.Read(t.Context(), func(rd store.Reader) error {
		tasks, err := rd.Linked("P-000001", model.KindTask)
		if len(tasks) != 1 {
			t.Errorf("tasks %v", tasks)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheKeyAfterAnArrestIsStillAboutThePersonArrested(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("a", "ctrl+s")
	r.settle()
	if l, ok := r.app.screen().selected(); !ok || l.Name != "HOLLOWAY, Marcus" {
		t.Fatalf("after the arrest the cursor stands on %v", l)
	}
	r.press("a").sees("Update an arrest", "HOLLOWAY, Marcus").seesNot("O'BRIEN, Seán W-")
}

func TestUndoSaysWhatItTakesBackEveryTime(t *testing.T) {
	r := newRig(t, 100, 30, threeWanted)
	for _, title := range []string{"knock", "ring"} {
		r.press("t", "tab").typed(title).press("ctrl+s")
		r.settle()
	}
	r.press("u").sees("Add a task · T-000003").press("ctrl+s")
	r.settle()
	r.press("u").sees("Add a task · T-000002").press("ctrl+s")
	r.settle()
	r.press("5").seesNot("knock", "ring")
}

func TestABulkIsUndoneAtOnce(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("*", "t").typed("patel").press("ctrl+s").sees("3 done")
	r.press("u").sees("and the 2 done").press("ctrl+s")
	r.settle()
	r.press("5")
	if rows := r.app.screen().table.Rows(); len(rows) != 1 {
		t.Errorf("%d tasks are left, want the one that was there before", len(rows))
	}
}

func TestManyRecordsAreAskedAboutOnceMore(t *testing.T) {
	r := newRig(t, 80, 24, func(w *world) {
		for i := range 25 {
			p := w.do("person.add", "surname", "Person"+string(rune('A'+i)), "unit", "SW")
			w.do("wanted.mark", "person", string(p), "offences", "abh", "unit", "SW")
		}
	})
	r.press("*", "t").press("ctrl+s").sees("This is done for 25 records")
	r.press("esc")
	r.settle()
	r.press("ctrl+s").press("enter")
	r.settle()
	r.press("5").sees("1 of 25")
}

func TestNothingIsDoneInAWindowTooSmallToSee(t *testing.T) {
	r := newRig(t, 40, 10, threeWanted)
	r.press("a", "ctrl+s", "e", "n", "ctrl+s")
	if w := record[*model.Wanted](r, "W-000001"); w.State != model.NotCirculated || w.Attempts != 0 {
		t.Errorf("unseen keys made it %+v", w)
	}
}

func TestANameNobodyHasIsRefusedAndTheSameLettersFindAsInTheBox(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("t").typed("zzz").press("ctrl+s").sees("nothing is found under")
	r.press("backspace", "backspace", "backspace").typed("ptl").press("ctrl+s").sees("Add a task")
	if task := record[*model.Task](r, "T-000002"); task.Assignee != "O-0002" {
		t.Errorf("tasked %q", task.Assignee)
	}
}

func TestConditionsAreChosenByNumberAndOnlyLegalMovesAreOffered(t *testing.T) {
	r := newRig(t, 100, 30, threeWanted)
	r.press("3", "b").sees("Not to enter the SW11 postcode area")
	r.press("2", "tab").typed("Seen on Lavender Hill").press("ctrl+s")
	if b := record[*model.Breach](r, "B-000002"); b.Condition != 2 {
		t.Errorf("reported against condition %d", b.Condition)
	}
	r.press("2", "b").sees("need more").seesNot("decided (court")
}

func TestTheFirstLetterReplacesADayThatWasFilledIn(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("t", "tab", "tab").typed("+7").press("ctrl+s")
	if task := record[*model.Task](r, "T-000002"); task.Due.String() != "2026-12-01" {
		t.Errorf("due %s", task.Due)
	}
}

func TestAnUndoneCreationCanStillBeReadInTheJournal(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	r.press("t", "tab").typed("to be undone").press("ctrl+s")
	r.settle()
	r.press("u", "ctrl+s")
	r.settle()
	r.press("8", "/").typed("t-000002 add").press("enter").sees("to be undone", "not on record any more")
}

func TestProposalsAreAddedByAnOfficerWithWhatTheySaw(t *testing.T) {
	r := newRig(t, 120, 40, func(w *world) {
		threeWanted(w)
		w.do("case.add", "suspects", "P-000002", "offences", "s4A", "last", "2026-11-10", "report", "SAMPLE/1")
	})
	r.press("4", "P").sees("Proposed for Operation Lantern", "KOVAČ, Ivan", "not an official RFGV")
	r.press("m").typed("Highest score in SW").press("ctrl+s")
	tg := record[*model.Target](r, "OP-0001/002")
	if tg.Person != "P-000002" || tg.Rank != 1 || tg.Score == 0 || tg.AddedBy != "O-0001" {
		t.Errorf("added %+v", tg)
	}
	r.sees("✓  KOVAČ, Ivan").press("[").sees("2  ○  KOVAČ, Ivan")
}

func TestWhatIsToBeReadBeforeTaskingIsShownAndAcknowledgedByOneKey(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	r.press("4", "f").typed("patel").press("ctrl+s").sees("acknowledge")
	r.press("esc", "k").sees("Read").press("m", "ctrl+s")
	r.settle()
	r.press("f").press("ctrl+s")
	if tg := record[*model.Target](r, "OP-0001/001"); len(tg.Officers) != 1 || tg.Officers[0] != "O-0002" {
		t.Errorf("assigned %v", tg.Officers)
	}
}

func TestEditingAPersonFromAWantedRowEditsThePerson(t *testing.T) {
	r := newRig(t, 100, 30, func(w *world) {
		p := w.do("person.add", "surname", "Marsh", "unit", "SW", "note", "note of the person")
		w.do("wanted.mark", "person", string(p), "offences", "abh", "unit", "SW", "note", "note of the line")
	})
	r.press(".").typed("edit a person").press("enter").sees("MARSH  P-000001")
	r.press("tab", "tab", "tab").typed("male").press("ctrl+s")
	if p := record[*model.Person](r, "P-000001"); p.Note != "note of the person" || p.Sex != "male" {
		t.Errorf("the person is %+v", p)
	}
}

func TestAnOpenRecordMovesOnWithItsArrest(t *testing.T) {
	r := newRig(t, 100, 30, threeWanted)
	r.press("enter", "a", "ctrl+s")
	r.settle()
	r.press("a").sees("Update an arrest", "HOLLOWAY, Marcus")
}

func TestAClockThatRunsOutWhileNobodyTypesIsSeen(t *testing.T) {
	r := newRig(t, 100, 30, threeWanted)
	r.press("7").seesNot("overdue")
	before := strings.Count(r.screen(), "over")
	r.clock = r.clock.Add(50 * time.Hour)
	r.send(ticked{})
	r.settle()
	if after := strings.Count(r.screen(), "over"); after <= before {
		t.Errorf("%d clocks had run out, two days on %d have", before, after)
	}
}

func TestASearchIsLoggedOnceWithWhoWasShown(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("ctrl+k").typed("kovac")
	r.settle()
	r.press("enter")
	r.settle()
	if err := r.book.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	searches := 0
	err := r.book.Read(t.Context(), func(rd store.Reader) error {
		return rd.Entries(0, false, func(e model.Entry) bool {
			if strings.HasPrefix(e.Reason, "find") {
				if searches++; e.Reason != `find "kovac"` || len(e.About) == 0 {
					t.Errorf("logged %q about %v", e.Reason, e.About)
				}
			}
			return true
		})
	})
	if err != nil || searches != 1 {
		t.Errorf("%d searches logged, want 1 (%v)", searches, err)
	}
}

func TestASearchTypedBeforeTheIndexIsFullIsAnsweredWhenItIs(t *testing.T) {
	r := newRig(t, 100, 30, threeWanted)
	full := r.app.search
	r.app.search, r.app.searchReady = store.NewSearch(r.book), false // as in the first moments at a million people
	r.app.wait = func(time.Duration, tea.Msg) tea.Cmd { return nil }
	r.press("ctrl+k").typed("kovac").sees("still reading")
	r.app.search, r.app.searchReady = full, true
	_, generation := r.app.over.(*boxOverlay).box.Query()
	r.send(boxAgain{generation})
	r.sees("KOVAČ, Ivan  3 Dec 1984")
}
