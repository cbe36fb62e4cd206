package brief_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/ui/brief"
)

// blank is a paper of the test's operation without any part.
func blank(copies int) *brief.Document {
	today := day.On(now)
	return &brief.Document{
		Operation: "OP-0001", Name: "Lantern", From: today, To: today.AddDays(6), Audience: model.AudienceTeam, Recipient: "SW arrest team", Copies: copies,
		Made: now, By: "PS Adeyemi", Sample: true,
	}
}

// resultsPaper is a page of results of every figure there can be, or (full is false) of a few.
func resultsPaper(full bool) *brief.Document {
	d := blank(1)
	op := &model.Operation{Meta: model.Meta{Ref: "OP-0001"}, Name: "Lantern", From: d.From, To: d.To}
	before := &model.Operation{Meta: model.Meta{Ref: "OP-0000"}, Name: "Candle", From: d.From.AddDays(-30), To: d.From.AddDays(-24)}
	whats := map[string][]string{
		model.HeadTargets: {"listed", "arrested", "still on the list"}, model.HeadArrests: {"sexual", "stalking and harassment"},
		model.HeadWarrants: {"arrest on a warrant"}, model.HeadBreaches: {"reported", "charged"},
		model.HeadOutcomes: {"15 suspect identified, victim supports, evidential difficulties", "16 suspect identified, victim does not support", "17 prosecution time limit expired"},
	}
	if full {
		for _, c := range model.HomeOfficeOutcome("").Choices() {
			whats[model.HeadOutcomes] = append(whats[model.HeadOutcomes], c.Label)
		}
		for _, c := range model.Outcome("").Choices() {
			whats[model.HeadAttempts] = append(whats[model.HeadAttempts], c.Label)
		}
		for _, c := range model.OrderType("").Choices() {
			whats[model.HeadOrders] = append(whats[model.HeadOrders], c.Value)
		}
		for _, c := range model.TaskKind("").Choices() {
			whats[model.HeadTasks] = append(whats[model.HeadTasks], c.Label)
		}
		whats[model.HeadArrests] = []string{"sexual", "violence", "domestic abuse", "stalking and harassment", "breach of an order", "failing to surrender", "other"}
		whats[model.HeadTargets] = append(whats[model.HeadTargets], "circulated", "eliminated", "withdrawn", "died")
		whats[model.HeadWarrants] = append(whats[model.HeadWarrants], "search of premises", "arrest of a person named in a warrant backed for bail")
		whats[model.HeadBreaches] = append(whats[model.HeadBreaches], "substantiated", "not a breach")
	}
	var rows, was []model.ResultRow
	for head, list := range whats {
		for i, what := range list {
			for j, u := range model.Units() {
				rows = append(rows, model.ResultRow{Unit: u.Code, Head: head, What: what, Count: (i + j) * 9})
			}
			rows = append(rows, model.ResultRow{Head: head, What: what, Count: 130 + 11*i})
			was = append(was, model.ResultRow{Head: head, What: what, Count: 90 + 2*i})
		}
	}
	d.Results = model.NewResultSheet(op, before, rows, was, "")
	return d
}

// orderPaper is the operation order of n targets.
func orderPaper(t testing.TB, n, copies int, annex bool) *brief.Document {
	t.Helper()
	s := world(n, "")
	s.put(&model.Plan{
		Meta: model.Meta{Ref: "PL-0001"}, Operation: "OP-0001", Teams: []model.Team{{Name: "Red", Unit: "SW", Officers: []model.Ref{"O-0001"}, RV: "Mill Lane & Ōzora", Targets: []model.Ref{"OP-0001/001"}}},
		Decisions: []model.Decision{{At: now, By: "O-0001", Decision: "go at six", Information: "seen", Assessment: "low", Powers: "s.17", Options: "wait"}},
	})
	d := blank(copies)
	var err error
	d.Order, err = model.OrderOnPaper(s, model.OrderAsked{Operation: "OP-0001", Annex: annex, Audience: model.AudienceTeam}, now)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func recallPaper(targets int) *brief.Document {
	d := blank(1)
	d.Recall = &model.RecallNotice{Operation: "OP-0001", Name: "Lantern"}
	for i := range targets {
		d.Recall.Targets = append(d.Recall.Targets, model.RecalledTarget{
			Target: model.NewTargetRef("OP-0001", uint64(i+3)), Person: "P-000003", As: model.TargetEliminated, At: now.Add(-time.Hour), By: "PS Adeyemi", Why: "alibi <checked>; not the man",
			Version: 2,
			Papers: []model.HeldPaper{
				{Entry: 7, At: now.Add(-3 * time.Hour), What: "team pack of OP-0001, unit SW", To: "SW arrest team", Copies: 6, By: "PS Adeyemi"},
				{Entry: 8, At: now.Add(-2 * time.Hour), What: "partner pack of OP-0001", To: "Probation, Croydon", Copies: 1, By: "DI Clarke"},
			},
			Holders: []model.OrderOwner{{Officer: "PC Khan", Knows: true}, {Officer: "PC Blake"}},
		})
	}
	return d
}

func TestThePartsSayWhatTheModelSays(t *testing.T) {
	results, order, recall := resultsPaper(true), orderPaper(t, 5, 1, true), recallPaper(2)
	var figures []string
	for _, h := range results.Results.Heads {
		for _, r := range h.Rows {
			figures = append(figures, r.What)
		}
	}
	var lines []string
	for _, s := range append(order.Order.Sections, order.Order.Annex...) {
		lines = append(lines, s.Head)
		for _, l := range s.Lines {
			if l.Gap != nil {
				lines = append(lines, "GAP", l.Gap.What, l.Gap.Do)
				continue
			}
			label, rest, _ := strings.Cut(l.Text, ": ")
			lines = append(lines, label, rest)
		}
	}
	for name, c := range map[string]struct {
		doc  *brief.Document
		says []string
	}{
		"results": {results, append(figures, "Beside OP-0000 Candle", fmt.Sprintf("%+d", results.Results.Heads[0].Rows[1].Change), "15 evidential difficulties", "all units", "SW South West")},
		"order":   {order, append(lines, "DRAFT, never frozen", "CONFIDENTIAL ANNEX", "Need-to-know")},
		"recall": {recall, []string{
			"RECALL NOTICE", "OP-0001/003", "OP-0001/004", "eliminated, 24 Nov 2026 04:40, by PS Adeyemi", "alibi <checked>; not the man",
			"copies 1 to 6 for SW arrest team: team pack of OP-0001, unit SW, 24 Nov 2026 02:40 by PS Adeyemi (journal 7)", "copy 1 for Probation, Croydon",
			"version 2 names the target", "NOT READ BY", "PC Blake: acknowledge it with plan.read", "PC Khan", "Destroy those pages now",
		}},
	} {
		for _, f := range formats() {
			got := strings.ToLower(run(unescaped(t, c.doc, f)))
			for _, want := range c.says {
				if !strings.Contains(got, strings.ToLower(run(want))) {
					t.Errorf("the %s as %s does not say %q", name, f, want)
				}
			}
			if n := strings.Count(got, "official-sensitive·sampledata"); n < 2 {
				t.Errorf("the %s as %s is marked %d times", name, f, n)
			}
			for _, secret := range []string{"okafor", "cedar", "900222", "e105xy", "p-000199", "org-7"} {
				if strings.Contains(got, secret) {
					t.Errorf("the %s as %s says %q", name, f, secret)
				}
			}
		}
	}
}

func TestTheFiguresOfThePaperAreThoseOfTheSheet(t *testing.T) {
	d := resultsPaper(false)
	got := string(paper(t, d, brief.Markdown))
	for _, h := range d.Results.Heads {
		for _, r := range h.Rows {
			if want := fmt.Sprintf("| %s | %d | %+d |", r.What, r.Count, r.Change); !strings.Contains(got, want) {
				t.Errorf("the Markdown lacks %q", want)
			}
		}
	}
	text := strings.Join(pageTexts(t, paper(t, d, brief.PDF)), "\n")
	for _, h := range d.Results.Heads {
		for _, r := range h.Rows {
			if !strings.Contains(text, fmt.Sprintf("\n%d\n%+d\n", r.Count, r.Change)) {
				t.Errorf("the PDF does not put %+d beside the %d of %s", r.Change, r.Count, r.What)
			}
		}
	}
}

func TestTheResultsAreOnePage(t *testing.T) {
	for name, d := range map[string]*brief.Document{"of every figure": resultsPaper(true), "of a few": resultsPaper(false), "of none": func() *brief.Document {
		d := blank(1)
		d.Results = model.NewResultSheet(&model.Operation{Name: "Lantern"}, nil, nil, nil, "")
		return d
	}()} {
		pages := pageTexts(t, paper(t, d, brief.PDF))
		if len(pages) != 1 || !strings.Contains(pages[0], "page 1 of 1\n") {
			t.Errorf("the results %s take %d pages", name, len(pages))
		}
	}
}

func TestEveryPageOfAnOrderSaysWhichVersionItIs(t *testing.T) {
	for _, n := range []int{0, 60} {
		d := orderPaper(t, n, 2, true)
		pages := pageTexts(t, paper(t, d, brief.PDF))
		each := len(pages) / 2
		if n == 60 && each < 3 {
			t.Fatalf("an order of 60 targets has %d pages", each)
		}
		annex := 0
		for i, text := range pages {
			if !strings.Contains(text, "rder, DRAFT, never frozen") {
				t.Errorf("page %d does not say which version it is:\n%.200s", i+1, text)
			}
			if strings.Contains(text, "CONFIDENTIAL ANNEX") {
				annex++
			} else if strings.Contains(text, "knife") || strings.Contains(text, "go at six") {
				t.Errorf("page %d has something of the annex, and is not headed as the annex", i+1)
			}
			for what, count := range map[string]int{
				"OFFICIAL-SENSITIVE · SAMPLE DATA\n": 2, fmt.Sprintf("page %d of %d\n", i%each+1, each): 1,
			} {
				if got := strings.Count(text, what); got != count {
					t.Errorf("page %d says %q %d times, want %d", i+1, what, got, count)
				}
			}
			if got := strings.Count(text, fmt.Sprintf("Copy %d of 2 for SW arrest team", i/each+1)); got < 2 {
				t.Errorf("page %d says whose copy it is %d times, want watermark and head", i+1, got)
			}
		}
		if annex == 0 || annex%2 != 0 {
			t.Errorf("%d pages are headed as the annex in 2 copies", annex)
		}
	}
}

func TestTheAnnexIsLeftOutUnlessItIsAskedFor(t *testing.T) {
	for _, f := range formats() {
		got := unescaped(t, orderPaper(t, 2, 1, false), f)
		if strings.Contains(got, "keeps <a knife>") || strings.Contains(got, "go at six") || !strings.Contains(run(got), run("confidential, apart: a supervisor hands it out")) {
			t.Errorf("the %s of an order without its annex has it, or does not say that it is apart", f)
		}
	}
}

func TestThePaperSaysWhichTargetsWereLeftOut(t *testing.T) {
	for _, a := range []model.Audience{model.AudienceTeam, model.AudiencePartner, model.AudienceFront} {
		s := world(3, "")
		target, _ := s["OP-0001/002"].(*model.Target)
		target.Plan = "Wait by the Okafor house; custody"
		who, _ := s["P-000002"].(*model.Person)
		who.Photo = "with Jane Okafor.jpg" // on the front sheet, too
		packs, err := model.BuildPacks(s, "OP-0001", "", now)
		if err != nil {
			t.Fatal(err)
		}
		d := blank(1)
		d.Audience = a
		if d.Pages, d.Withheld, err = model.PagesEach(packs, a); err != nil {
			t.Fatal(err)
		}
		if len(d.Withheld) != 1 || len(d.Pages) != 2 {
			t.Fatalf("for %s %d are withheld and %d printed", a, len(d.Withheld), len(d.Pages))
		}
		for _, f := range formats() {
			got := unescaped(t, d, f)
			if !strings.Contains(got, "Left out: 1 target") || !strings.Contains(got, "OP-0001/002") || !strings.Contains(run(got), run(d.Withheld[0].For(a))) {
				t.Errorf("the %s for %s does not say that OP-0001/002 was left out, and why", f, a)
			}
			if strings.Contains(strings.ToLower(got), "okafor") || !strings.Contains(got, d.Pages[1].Name) {
				t.Errorf("the %s for %s leaks, or lacks a target that passed", f, a)
			}
			if first := strings.Index(got, "Left out"); first > strings.Index(got, d.Pages[0].Name) && f != brief.HTML {
				t.Errorf("the %s for %s says it behind the first target", f, a)
			}
		}
	}
}

func TestThePartsAreAsTheyWereReviewed(t *testing.T) {
	golden(t, "results.md", paper(t, resultsPaper(false), brief.Markdown))
	golden(t, "order.md", paper(t, orderPaper(t, 2, 1, true), brief.Markdown))
	golden(t, "recall.md", paper(t, recallPaper(1), brief.Markdown))
	golden(t, "recall.html", paper(t, recallPaper(1), brief.HTML))
}

func TestWhateverThePartsHoldThePaperIsMade(t *testing.T) {
	for _, text := range []string{"\x1b[2J\x00", "<script>alert(1)</script>", strings.Repeat("x", 900), "\u202egnp.exe", "| a | b |", `");x:url("`} {
		d := orderPaper(t, 1, 1, true)
		d.Order.Sections[0].Lines[0].Text, d.Order.Annex[0].Head, d.Recipient = text, text, text
		d.Results, d.Recall = resultsPaper(false).Results, recallPaper(1).Recall
		d.Results.Operation.Name, d.Results.Against.Name, d.Recall.Targets[0].Why, d.Recall.Targets[0].Papers[0].To = text, text, text, text
		for _, f := range formats() {
			got := string(paper(t, d, f))
			if f != brief.PDF && (strings.ContainsAny(got, "\x1b\x00\u202e") || strings.Contains(got, "<script")) {
				t.Errorf("the %s lets %q through", f, text)
			}
		}
	}
}
