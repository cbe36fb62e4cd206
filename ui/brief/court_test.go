package brief_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/ui/brief"
)

// courtWorld is a complete application against Márton Varga, which protects Jane Okafor.
func courtWorld() (shelf, *model.Application) {
	s, today := world(1, ""), day.On(now)
	signed := func(as model.SignOffAs, name string) model.SignOff {
		return model.SignOff{As: as, At: now.Add(-time.Hour), By: "O-0001", Name: name}
	}
	condition := func(no int, text string, kind model.ConditionType) model.Proposed {
		return model.Proposed{
			Condition: model.Condition{No: no, Text: text, Type: kind, Requirement: strings.HasPrefix(text, "Must"), Method: "Weekly call by the monitoring officer"},
			Reason:    "Each warning was followed by another visit within days", Evidence: "MG11 JO/1", Conflict: model.NoConflict,
			Considered: "Works nights in Croydon; no faith known; no studies",
		}
	}
	a := &model.Application{
		Meta: model.Meta{Ref: "AP-000001"}, Person: "P-000001", Unit: "SW", Officer: "O-0001", Stage: model.AppSignedOff, Opened: now.AddDate(0, 0, -20),
		Reported: today.AddDays(-21), Territory: model.ResidesHere, TerritoryWhy: "Tenancy in Hackney", Protected: []string{"Jane Okafor, 77 Cedar Walk, Leyton, E10 5XY, 07700 900222"},
		Victims: []string{"Jane Okafor"}, Months: 36, Changed: now,
		Evidence: []model.LimbEvidence{
			{No: 1, Limb: model.LimbActs, What: "Followed Jane Okafor home & waited <outside>", Source: "MG11 JO/1", Day: today.AddDays(-30)},
			{No: 2, Limb: model.LimbRisk, What: "Bought a tracker", Source: "Exhibit JK/2", Hearsay: true},
			{No: 3, Limb: model.LimbNecessity, What: "Bail conditions were ignored", Source: "MG11 JK/1"},
		},
		Conditions: []model.Proposed{
			condition(1, "Not to contact Jane Okafor by any means whatsoever", model.NoContact), condition(2, "Not to go within 100 metres of 77 Cedar Walk", model.NoPlace),
			condition(3, "Must attend the intervention programme", model.Attend),
		},
		Risk:     model.RiskJudgement{Level: model.RiskHigh, Tool: "S-DASH", Assessor: "PC Blake", Day: today.AddDays(-2), Psychological: true, Text: "Escalating since September"},
		Intel:    model.PapersCheck{At: now, By: "O-0001", Note: "PNC and PND", Refs: []model.Ref{"I-000001"}},
		Previous: model.PapersCheck{At: now, By: "O-0001", Note: "PNC", Refs: []model.Ref{"R-000001"}},
		Views:    "She wants him kept away from the school", Impact: "She moved twice", ViewsDay: today.AddDays(-3),
		Interim: model.InterimAsk{Decided: true, Sought: true, Why: "Seen on the day of the report", Notice: model.WithoutNotice, WhyNotice: "He left for her street when told before", Days: 56},
		Signs:   []model.SignOff{signed(model.SignedLegal, "A. Barrister"), signed(model.SignedInspector, "")},
	}
	for i := range 25 {
		a.Acts = append(a.Acts, model.Act{No: i + 1, Day: today.AddDays(i - 90), What: "Waited outside 77 Cedar Walk for an hour, and left a note", Kind: "loitering", Evidence: "MG11 JO/1"})
	}
	p, _ := s["P-000001"].(*model.Person)
	p.Born = day.Born{Year: 1984, Month: 12, Day: 3}
	s.put(a)
	return s, a
}

func courtPaper(t testing.TB, to model.CourtCopy, draft bool, change func(*model.Application)) *brief.CourtDocument {
	t.Helper()
	s, a := courtWorld()
	if change != nil {
		change(a)
	}
	pack, err := model.CourtPapers(s, a, to, draft, now)
	if err != nil {
		t.Fatal(err)
	}
	return &brief.CourtDocument{Pack: pack, Recipient: "Thames magistrates", Copies: 2, Made: now, By: "PS Adeyemi"}
}

func courtText(t testing.TB, d *brief.CourtDocument, f brief.Format) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	switch f {
	case brief.PDF:
		return strings.Join(pageTexts(t, b.Bytes()), "\n")
	case brief.HTML:
		text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(b.String(), " ")
		return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#39;", "'", "&amp;", "&", "&#34;", `"`, "&#43;", "+").Replace(text)
	case brief.Markdown:
	}
	return strings.NewReplacer(`\`, "", "**", "", "&lt;", "<").Replace(b.String())
}

// A table's columns are set beside one another, so its words are looked for one by one.
func TestTheCourtPapersSayAllThatTheRecordSays(t *testing.T) {
	for _, to := range []model.CourtCopy{model.CopyCourt, model.CopyReview} {
		d := courtPaper(t, to, false, nil)
		for _, f := range formats() {
			text := courtText(t, d, f)
			whole := run(text)
			for _, p := range d.Pack.Parts {
				for _, want := range append(flat(p.Rows, p.After), append(p.List, p.Head)...) {
					if !strings.Contains(whole, run(want)) {
						t.Errorf("the %s for %s does not say %q of %s", f, to, want, p.Head)
					}
				}
				for _, row := range p.Table {
					for _, word := range strings.Fields(strings.Join(row, " ")) {
						if !strings.Contains(whole, run(word)) {
							t.Errorf("the %s for %s lacks %q of the table %s", f, to, word, p.Head)
						}
					}
				}
			}
		}
	}
}

func flat(lists ...[][2]string) []string {
	var out []string
	for _, l := range lists {
		for _, r := range l {
			out = append(out, r[0], r[1])
		}
	}
	return out
}

func TestTheCopyForReviewNamesNobodyProtected(t *testing.T) {
	for _, f := range formats() {
		got := strings.ToLower(courtText(t, courtPaper(t, model.CopyReview, false, nil), f))
		for _, secret := range []string{"okafor", "jane", "cedar", "900222", "e10 5xy", "kept away", "moved twice", "org-7"} {
			if strings.Contains(got, secret) {
				t.Errorf("the %s says %q", f, secret)
			}
		}
		served := courtText(t, courtPaper(t, model.CopyCourt, false, func(a *model.Application) {
			a.Conditions, a.Acts = a.Conditions[:1], []model.Act{{No: 1, Day: a.Reported, What: "Letters", Evidence: "x"}, {No: 2, Day: a.Reported, What: "Calls", Evidence: "x"}}
		}), f)
		for _, secret := range []string{"Cedar Walk", "900222", "E10 5XY"} {
			if strings.Contains(served, secret) {
				t.Errorf("the court's %s says where the protected person lives: %q", f, secret)
			}
		}
		court := courtText(t, courtPaper(t, model.CopyCourt, false, nil), f)
		for _, must := range []string{"Jane Okafor", "kept away from the school", "She moved twice"} {
			if !strings.Contains(run(court), run(must)) {
				t.Errorf("the court's %s does not say %q", f, must)
			}
		}
	}
}

func TestEveryPageOfTheCourtPapersIsMarkedAndNumberedAndADraftSaysSo(t *testing.T) {
	for name, draft := range map[string]bool{"complete": false, "draft": true} {
		t.Run(name, func(t *testing.T) {
			d := courtPaper(t, model.CopyCourt, draft, nil)
			var b bytes.Buffer
			if err := d.Write(&b, brief.PDF); err != nil {
				t.Fatal(err)
			}
			pages := pageTexts(t, b.Bytes())
			each := len(pages) / 2
			for i, text := range pages {
				if n := strings.Count(text, "OFFICIAL-SENSITIVE"); n != 2 {
					t.Errorf("page %d is marked %d times", i+1, n)
				}
				if got := strings.Contains(text, "DRAFT\n"); got != draft {
					t.Errorf("page %d has the watermark DRAFT: %v", i+1, got)
				}
				for _, want := range []string{"page " + itoa(i%each+1) + " of " + itoa(each), "Copy " + itoa(i/each+1) + " of 2 for Thames magistrates", "Made 24 Nov 2026 05:40 by PS Adeyemi"} {
					if !strings.Contains(text, want) {
						t.Errorf("page %d does not say %q", i+1, want)
					}
				}
			}
			if text, ok := otherReader(t, b.Bytes()); ok && !strings.Contains(run(text), run("Not to contact Jane Okafor by any means whatsoever.")) {
				t.Error("pdftotext does not find the condition")
			}
		})
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

func TestIntelligenceInCourtPapersIsSanitised(t *testing.T) {
	s, a := courtWorld()
	i, _ := s["I-000001"].(*model.Intel)
	i.Handling, i.Conditions, i.Grade = "C", "Not to partners", "E"
	pack, err := model.CourtPapers(s, a, model.CopyCourt, false, now)
	if err != nil {
		t.Fatal(err)
	}
	text := courtText(t, &brief.CourtDocument{Pack: pack, Copies: 1, Made: now}, brief.Markdown)
	if strings.Contains(text, "sleeps in a car") || strings.Contains(text, "ORG-7") || !strings.Contains(text, "WEAK") {
		t.Errorf("a report shared on conditions, suspected to be false:\n%s", text)
	}
	i.Text = "The neighbour told police that he sleeps in a car"
	if _, err := model.CourtPapers(s, a, model.CopyCourt, true, now); err == nil {
		t.Error("a report that points to who gave it goes to court")
	}
}

func TestTheCourtPapersStayAsTheyAre(t *testing.T) {
	for name, d := range map[string]*brief.CourtDocument{
		"court.md":        courtPaper(t, model.CopyCourt, false, func(a *model.Application) { a.Acts = a.Acts[:3] }),
		"court_review.md": courtPaper(t, model.CopyReview, true, func(a *model.Application) { a.Acts, a.Signs = a.Acts[:1], nil }),
	} {
		d.Copies = 1
		var b bytes.Buffer
		if err := d.Write(&b, brief.Markdown); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want, b.Bytes()) {
			t.Errorf("%s is not what it was; run go test ./ui/brief -update and read the difference:\n%s", name, b.Bytes())
		}
	}
}
