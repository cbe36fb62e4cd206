package model

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// fourYes is FOUR judged stalking, as the fields of an action.
func fourYes(more given) given {
	return with(given{
		"fixated": "yes", "fixated_words": "Same route every day", "obsessive": "yes", "obsessive_words": "Two hundred messages", "unwanted": "yes",
		"unwanted_words": "Told to stop in May", "repeated": "not known", "recorded": "stalking",
	}, more)
}

// screened opens C-1 (P-2 against P-3) and screens it as SC-1.
func screened(d *desk) {
	opened("P-2 P-3")(d)
	d.must("O-0002", "screening.record", fourYes(given{"case": "C-1"}))
}

func screeningDeeds() []deed {
	again := fourYes(given{"screening": "SC-1", "changed": "A second report"})
	tool := given{"screening": "SC-1", "tool": "SAM", "assessor": "A. Reed, S-TAC", "trained": true, "concern": "elevated", "day": "2026-11-20"}
	return slices.Concat([]deed{
		{name: "a case is screened by whoever has it", action: "screening.record", who: "O-0002", first: opened("P-2 P-3"), fields: fourYes(given{"case": "C-1"}), states: map[Ref]string{"SC-000001": "stalking"}, then: func(d *desk) {
			s := as[*Screening](d, "SC-000001")
			if s.Person != "P-000002" || s.Case != "C-000001" || s.Unit != "SW" || s.now().By != "O-0002" || s.now().Fixated.Words != "Same route every day" {
				d.Errorf("%+v", s)
			}
		}},
		{name: "S-TAC screens too", action: "screening.record", who: "O-0006", first: opened("P-2 P-3"), fields: fourYes(given{"case": "C-1"})},
		{name: "conduct without a case yet", action: "screening.record", fields: fourYes(given{"person": "P-2"})},
		{name: "it is of something", action: "screening.record", fields: fourYes(nil), refused: "case"},
		{name: "every judgement is made", action: "screening.record", first: opened("P-2 P-3"), fields: fourYes(given{"case": "C-1", "unwanted": nil}), refused: "unwanted"},
		{name: "a yes stands with words", action: "screening.record", first: opened("P-2 P-3"), fields: fourYes(given{"case": "C-1", "obsessive_words": nil}), refused: "obsessive_words"},
		{name: "so does a no", action: "screening.record", first: opened("P-2 P-3"), fields: fourYes(given{"case": "C-1", "repeated": "no"}), refused: "repeated_words"},
		{name: "harassment says why not stalking", action: "screening.record", first: opened("P-2 P-3"), fields: fourYes(given{"case": "C-1", "recorded": "harassment"}), refused: "why_not"},
		{name: "and neither says it too", action: "screening.record", first: opened("P-2 P-3"), fields: fourYes(given{"case": "C-1", "recorded": "neither"}), refused: "why_not"},
		{name: "with the reason it is harassment", action: "screening.record", first: opened("P-2 P-3"), fields: fourYes(given{"case": "C-1", "recorded": "harassment", "why_not": "A boundary dispute"}), states: map[Ref]string{"SC-000001": "harassment"}},
		{name: "whose conduct, where there are two suspects", action: "screening.record", first: inTurn(opened("P-2 P-3"), done("case.party", given{"case": "C-1", "person": "P-4", "role": "suspect"})), fields: fourYes(given{"case": "C-1"}), refused: "person"},
		{name: "of a suspect in it", action: "screening.record", first: opened("P-2 P-3"), fields: fourYes(given{"case": "C-1", "person": "P-3"}), refused: "person"},
		{name: "not twice", action: "screening.record", first: screened, fields: fourYes(given{"case": "C-1"}), refused: "case"},
		{name: "not of a closed case", action: "screening.record", first: inTurn(opened("P-2 P-3"), done("case.close", given{"case": "C-1", "outcome": "15"})), fields: fourYes(given{"case": "C-1"}), refused: "case"},
		{name: "not judged tomorrow", action: "screening.record", first: opened("P-2 P-3"), fields: fourYes(given{"case": "C-1", "at": "2026-11-25 09:00"}), refused: "at"},
		{name: "again means later", action: "screening.record", first: opened("P-2 P-3"), fields: fourYes(given{"case": "C-1", "again": "2026-11-24"}), refused: "again"},
		{name: "a data officer screens nobody", action: "screening.record", who: "O-0007", first: opened("P-2 P-3"), fields: fourYes(given{"case": "C-1"}), refused: "-", code: Denied},

		{name: "the earlier judgement stays", action: "screening.review", first: screened, fields: with(again, given{"repeated": "yes", "repeated_words": "Twice more", "again": "2026-12-24"}), then: func(d *desk) {
			s := as[*Screening](d, "SC-000001")
			if len(s.Four) != 2 || s.Four[0].Repeated.Is != JudgedUnknown || s.Four[1].Repeated.Words != "Twice more" || s.Four[1].Changed != "A second report" || s.Again != on(d, "2026-12-24") {
				d.Errorf("%+v", s)
			}
		}},
		{name: "it may end there", action: "screening.review", first: screened, fields: with(again, given{"end": true}), then: func(d *desk) {
			if _, live := as[*Screening](d, "SC-000001").Place(); live {
				d.Error("it is still listed")
			}
		}},
		{name: "it says what changed", action: "screening.review", first: screened, fields: with(again, given{"changed": nil}), refused: "changed"},
		{name: "harassment now says why not", action: "screening.review", first: screened, fields: with(again, given{"recorded": "harassment"}), refused: "why_not"},
		{name: "what has ended is not reviewed", action: "screening.review", first: inTurn(screened, done("screening.review", with(again, given{"end": true}))), fields: again, refused: "screening"},
		{name: "an administrator reviews none", action: "screening.review", who: "O-0008", first: screened, fields: again, refused: "-", code: Denied},

		{name: "in that tool's own words", action: "screening.tool", first: screened, fields: tool, then: func(d *desk) {
			u := as[*Screening](d, "SC-000001").Tools
			if len(u) != 1 || u[0].Concern != "elevated" || u[0].Assessor != "A. Reed, S-TAC" || u[0].By != "O-0001" {
				d.Errorf("%+v", u)
			}
		}},
		{name: "by a trained assessor", action: "screening.tool", first: screened, fields: with(tool, given{"trained": nil}), refused: "trained"},
		{name: "with its level of concern", action: "screening.tool", first: screened, fields: with(tool, given{"concern": nil}), refused: "concern"},
		{name: "not done tomorrow", action: "screening.tool", first: screened, fields: with(tool, given{"day": "2026-11-25"}), refused: "day"},
		{name: "on a screening there is", action: "screening.tool", fields: tool, refused: "screening", code: NotFound},
		{name: "a data officer records none", action: "screening.tool", who: "O-0007", first: screened, fields: tool, refused: "-", code: Denied},
	}, sdashDeeds())
}

func sdashDeeds() []deed {
	answered := given{"screening": "SC-1", "q1": "yes", "words1": "She sleeps at her mother's", "q2": "no", "q11": "not known"}
	return []deed{
		{name: "the answers as they were given", action: "screening.sdash", first: screened, fields: answered, then: func(d *desk) {
			s := as[*Screening](d, "SC-000001")
			if len(s.Checklists) != 1 || len(s.Checklists[0].Answers) != 11 {
				d.Fatalf("%+v", s.Checklists)
			}
			for i, a := range s.Checklists[0].Answers {
				want := map[int]SDashAnswer{0: AnswerYes, 1: AnswerNo, 10: AnswerUnknown}[i]
				if want == "" {
					want = AnswerNotPut
				}
				if a.No != i+1 || a.Question != SDashQuestions()[i] || a.Answer != want {
					d.Errorf("%d: %+v, want %s", i+1, a, want)
				}
			}
		}},
		{name: "a second checklist stands beside the first", action: "screening.sdash", first: inTurn(screened, done("screening.sdash", answered)), fields: with(answered, given{"q1": "no"}), then: func(d *desk) {
			c := as[*Screening](d, "SC-000001").Checklists
			if len(c) != 2 || c[0].Answers[0].Answer != AnswerYes || c[1].Answers[0].Answer != AnswerNo {
				d.Errorf("%+v", c)
			}
		}},
		{name: "something was asked", action: "screening.sdash", first: screened, fields: given{"screening": "SC-1", "q3": "not asked"}, refused: "q1"},
		{name: "words answer a question that was asked", action: "screening.sdash", first: screened, fields: given{"screening": "SC-1", "q1": "yes", "words2": "Twice in 2024"}, refused: "q2"},
		{name: "no other answer", action: "screening.sdash", first: screened, fields: with(answered, given{"q4": "maybe"}), refused: "q4"},
		{name: "an administrator records none", action: "screening.sdash", who: "O-0008", first: screened, fields: answered, refused: "-", code: Denied},
	}
}

// The words of the checklist may not be changed: this is the copy to hold them against.
func TestTheElevenQuestionsOfSDASHWordForWord(t *testing.T) {
	want := []string{
		"victim very frightened", "previous harassment (this/other victims)", "destroyed/vandalised property", "visits >3 times a week", "loiters",
		"threats of physical/sexual violence", "harassed third party since", "violent to others during", "persuaded others to help", "drugs/alcohol", "past violence",
	}
	if got := SDashQuestions(); !slices.Equal(got, want) {
		t.Fatalf("the questions are %q", got)
	}
	spec, _ := Find("screening.sdash")
	for i, q := range want {
		asked, ok := spec.Field("q" + itoa(i+1))
		if !ok || asked.Label != itoa(i+1)+" "+q || asked.Help != "Question "+itoa(i+1)+": "+q || asked.Default != string(AnswerNotPut) {
			t.Errorf("question %d is asked as %q", i+1, asked.Help)
		}
		if words, ok := spec.Field("words" + itoa(i+1)); !ok || !words.Hide {
			t.Errorf("what is said to question %d stands open in the journal", i+1)
		}
	}
	if _, more := spec.Field("q12"); more {
		t.Error("there is a twelfth question")
	}
}

// keys are the names of everything in a JSON value.
func keys(v any) []string {
	var out []string
	switch v := v.(type) {
	case map[string]any:
		for k := range maps.Keys(v) {
			out = append(append(out, k), keys(v[k])...)
		}
	case []any:
		for _, x := range v {
			out = append(out, keys(x)...)
		}
	}
	return out
}

// Whatever is answered, nothing is added up: not on the record, not in a row, not on the card.
func TestNothingIsAddedUpFromJudgementsOrAnswers(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	screened(d)
	before := cardWords(d, "SC-000001") + rowWords(d, "SC-000001")
	all := given{"screening": "SC-1"}
	for i := range SDashQuestions() {
		all["q"+itoa(i+1)], all["words"+itoa(i+1)] = "yes", "KEPT-BACK"
	}
	d.must("O-0002", "screening.sdash", all)
	d.must("O-0006", "screening.tool", given{"screening": "SC-1", "tool": "SASH", "assessor": "A. Reed", "trained": true, "concern": "moderate", "note": "KEPT-BACK"})
	raw, err := json.Marshal(d.records["SC-000001"])
	var value any
	if err != nil || json.Unmarshal(raw, &value) != nil {
		t.Fatal(err)
	}
	for _, k := range keys(value) {
		for _, bad := range []string{"score", "total", "count", "sum", "band", "level", "risk", "percent", "grade", "points"} {
			if strings.Contains(k, bad) {
				t.Errorf("the record has a field %q", k)
			}
		}
	}
	line := NewLiner(d, d.now).Line(d.records["SC-000001"])
	if line.Count != 0 || line.Urgency != 0 || line.Grade != "" {
		t.Errorf("the row has a figure: %+v", line)
	}
	words := cardWords(d, "SC-000001") + rowWords(d, "SC-000001")
	if strings.Contains(words+string(raw), "KEPT-BACK") {
		t.Error("the victim-survivor's account stands on the card or in the export")
	}
	for _, bad := range []string{"of 11", "/11", "out of", "high risk", "medium risk", "points"} {
		if strings.Contains(words, bad) {
			t.Errorf("the card adds up: %q", bad)
		}
	}
	if !strings.Contains(words, "Please do not change this checklist") || !strings.Contains(before, "two or more incidents") {
		t.Error("the card does not say what the checklist says of itself")
	}
	kept := ""
	for _, g := range Private(d.records["SC-000001"], NewLiner(d, d.now)) {
		for _, f := range g.Rows {
			kept += f.Text + "\n"
		}
	}
	if strings.Count(kept, "KEPT-BACK") != 12 {
		t.Errorf("what is kept back can be read as %q", kept)
	}
}

// cardWords is what a record's card says, rowWords what its row says.
func cardWords(d *desk, ref Ref) string {
	var b strings.Builder
	for _, g := range FactsOf(d.records[ref], NewLiner(d, d.now)) {
		b.WriteString(g.Head + "\n")
		for _, f := range g.Rows {
			b.WriteString(f.Label + " " + f.Text + "\n")
		}
	}
	return b.String()
}

func rowWords(d *desk, ref Ref) string {
	l := NewLiner(d, d.now).Line(d.records[ref])
	return strings.Join([]string{l.Status, l.What, l.Type, l.Outcome, l.Name, strings.Join(l.Markers, " ")}, " | ")
}
