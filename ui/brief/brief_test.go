package brief_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/ui/brief"
)

var update = flag.Bool("update", false, "write what is got as what is wanted")

// shelf is records to make a pack from.
type shelf map[model.Ref]model.Record

func (s shelf) Record(ref model.Ref) (model.Record, error) {
	if r, ok := s[ref]; ok {
		return r, nil
	}
	return nil, fmt.Errorf("there is no %s", ref)
}

func (s shelf) Linked(ref model.Ref, kind model.Kind) ([]model.Ref, error) {
	var out []model.Ref
	for n := uint64(1); n < 200; n++ {
		at := model.NewRef(kind, n)
		if kind == model.KindTarget {
			at = model.NewTargetRef("OP-0001", n)
		}
		if r, ok := s[at]; ok {
			for _, l := range r.Links() {
				if l == ref {
					out = append(out, at)
				}
			}
		}
	}
	return out, nil
}

func (s shelf) put(r model.Record) { s[r.Head().Ref] = r }

var now = time.Date(2026, 11, 24, 5, 40, 0, 0, time.UTC)

// people are the targets of the test's operation; their names need all the fonts have.
var people = [][2]string{{"Varga", "Márton"}, {"Łukaszewski", "Paweł"}, {"Παπαδόπουλος", "Γιώργος"}, {"Щербаков", "Їжак"}, {"Nguyễn", "Đạt"}}

// world is an operation of n targets, each of whom stalks a Jane Okafor; photo is the reference of the first one's photo.
func world(n int, photo string) shelf {
	today := day.On(now)
	s := shelf{}
	s.put(&model.Operation{Meta: model.Meta{Ref: "OP-0001"}, Name: "Lantern", From: today, To: today.AddDays(6)})
	s.put(&model.Officer{Meta: model.Meta{Ref: "O-0001"}, Name: "ADEYEMI, Tolu", Rank: "PS"})
	s.put(&model.Person{
		Meta: model.Meta{Ref: "P-000199"}, Surname: "Okafor", Forename: "Jane", Phones: []model.Phone{{Number: "07700 900222"}},
		Addresses: []model.Address{{Text: "77 Cedar Walk, Leyton", Postcode: "E10 5XY"}},
	})
	for i := range n {
		at := uint64(i + 1)
		who, name := model.NewRef(model.KindPerson, at), people[i%len(people)]
		p := &model.Person{
			Meta: model.Meta{Ref: who}, Surname: name[0], Forename: name[1], Sex: "male", Description: "tall, beard", Sample: true,
			Addresses: []model.Address{{Text: "14 Larch Court, Hackney", Postcode: "E8 2AB", Type: "home", Confidence: model.Confirmed, Confirmed: today.AddDays(-20)}},
			Phones:    []model.Phone{{Number: "07700 900111", Attribution: model.Probable, Source: "billing"}},
			Markers:   []model.Marker{{Code: "VI", Source: "PNC", Set: today.AddDays(-60)}, {Code: "WE", Set: today.AddDays(-900)}, {Code: "MN", Source: "custody", Set: today.AddDays(-3)}},
		}
		if i == 0 {
			p.Photo = photo
		}
		s.put(p)
		s.put(&model.Wanted{
			Meta: model.Meta{Ref: model.NewRef(model.KindWanted, at)}, Person: who, Unit: "SW", State: model.Circulated, Offences: []model.OffenceCode{"s2A"},
			Since: now.Add(-72 * time.Hour), LastAct: day.Of(2026, 6, 3), Published: today,
		})
		s.put(&model.Target{
			Meta: model.Meta{Ref: model.NewTargetRef("OP-0001", at)}, Operation: "OP-0001", Person: who, Unit: "SW", State: model.TargetLive, Reason: "repeat stalking",
			AddedBy: "O-0001", Added: now.Add(-time.Hour), ReviewBy: today.AddDays(20), Officers: []model.Ref{"O-0001"}, Wanted: model.NewRef(model.KindWanted, at),
			Plan: "Two at the rear (1); RV Mill Lane; Brixton custody",
		})
		s.put(&model.Order{
			Meta: model.Meta{Ref: model.NewRef(model.KindOrder, at)}, Person: who, Type: model.SPO, Unit: "SW", Made: today.AddDays(-100), Served: now.AddDate(0, 0, -90),
			Notified: today.AddDays(-89), Protected: "Jane Okafor", Conditions: []model.Condition{{No: 1, Text: "Not to contact Jane Okafor or go near 77 Cedar Walk", Checked: today}},
		})
		s.put(&model.Case{
			Meta: model.Meta{Ref: model.NewRef(model.KindCase, at)}, Unit: "SW", Offences: []model.OffenceCode{"s2A"}, Last: day.Of(2026, 6, 3), State: model.CaseOpen,
			Parties: []model.Party{{Person: who, Role: model.PartySuspect}, {Person: "P-000199", Role: model.PartyVictim}},
		})
		s.put(&model.Intel{
			Meta: model.Meta{Ref: model.NewRef(model.KindIntel, at)}, Person: who, Text: "sleeps in a car & keeps <a knife> at work", Source: "2", Grade: "B", Handling: "P",
			Origin: "ORG-7", At: today.AddDays(-9), By: "O-0001",
		})
	}
	return s
}

// document is the paper of a world.
func document(t testing.TB, s shelf, a model.Audience, copies int) *brief.Document {
	t.Helper()
	packs, err := model.BuildPacks(s, "OP-0001", "", now)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := model.PagesOf(packs, a)
	if err != nil {
		t.Fatal(err)
	}
	return &brief.Document{
		Operation: "OP-0001", Name: "Lantern", From: day.On(now), To: day.On(now).AddDays(6), Unit: "SW", Audience: a, Recipient: "Probation, Croydon", Copies: copies,
		Made: now, By: "PS Adeyemi", Pages: pages,
	}
}

func paper(t testing.TB, d *brief.Document, f brief.Format) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func formats() []brief.Format { return []brief.Format{brief.PDF, brief.HTML, brief.Markdown} }

// unescaped is the words of a paper, whatever its format.
func unescaped(t testing.TB, d *brief.Document, f brief.Format) string {
	t.Helper()
	raw := paper(t, d, f)
	switch f {
	case brief.PDF:
		return strings.Join(pageTexts(t, raw), "\n")
	case brief.HTML:
		text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(raw), " ")
		return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#39;", "'", "&amp;", "&", "&#34;", `"`, "&#43;", "+").Replace(text)
	case brief.Markdown:
	}
	return strings.NewReplacer(`\`, "", "**", "", "&lt;", "<").Replace(string(raw))
}

func TestThePaperSaysAllThatThePageSays(t *testing.T) {
	for _, a := range []model.Audience{model.AudienceTeam, model.AudiencePartner, model.AudienceFront} {
		d := document(t, world(5, ""), a, 1)
		for _, f := range formats() {
			got := run(unescaped(t, d, f))
			for i := range d.Pages {
				for _, want := range wordsOf(&d.Pages[i]) {
					if !strings.Contains(got, run(want)) {
						t.Errorf("the %s for the %s does not say %q of %s", f, a, want, d.Pages[i].Name)
					}
				}
			}
		}
	}
}

// wordsOf are all the texts of a page.
func wordsOf(p *model.Page) []string {
	out := append([]string{p.Name, p.WantedFor, p.Power, p.Plan, p.Description, string(p.Ref)}, p.Where...)
	for _, m := range p.Markers {
		out = append(out, string(m.Code), m.Label, m.Age, m.Source)
	}
	for _, s := range p.Sections {
		out = append(out, s.Head)
		for _, row := range s.Rows {
			out = append(out, row[0], row[1])
		}
	}
	return out
}

func TestNoPaperSaysWhoTheVictimIs(t *testing.T) {
	for _, a := range []model.Audience{model.AudienceTeam, model.AudiencePartner, model.AudienceFront} {
		for _, f := range formats() {
			got := strings.ToLower(unescaped(t, document(t, world(5, ""), a, 2), f))
			for _, secret := range []string{"okafor", "jane", "cedar", "900222", "e10 5xy", "p-000199", "org-7"} {
				if strings.Contains(got, secret) {
					t.Errorf("the %s for the %s says %q", f, a, secret)
				}
			}
		}
	}
}

func TestEveryPageOfThePDFIsMarkedNumberedAndSomebodys(t *testing.T) {
	d := document(t, world(5, ""), model.AudienceTeam, 3)
	texts := pageTexts(t, paper(t, d, brief.PDF))
	each := len(texts) / 3
	if each < 6 || len(texts)%3 != 0 {
		t.Fatalf("three copies have %d pages", len(texts))
	}
	for i, text := range texts {
		copies := 2 // watermark and running head
		if i%each == 0 {
			copies = 3 // and on the cover
		}
		for what, n := range map[string]int{
			"OFFICIAL-SENSITIVE · SAMPLE DATA\n":                           2, // top and bottom
			fmt.Sprintf("page %d of %d\n", i%each+1, each):                 1,
			fmt.Sprintf("Copy %d of 3 for Probation, Croydon\n", i/each+1): copies,
			"Made 24 Nov 2026 05:40 by PS Adeyemi\n":                       1,
		} {
			if got := strings.Count(text, what); got != n {
				t.Errorf("page %d says %q %d times, want %d", i+1, what, got, n)
			}
		}
	}
	if text, ok := otherReader(t, paper(t, d, brief.PDF)); ok {
		for _, p := range d.Pages {
			if !strings.Contains(run(text), run(p.Name)) {
				t.Errorf("pdftotext does not find %s", p.Name)
			}
		}
		if n := strings.Count(text, "OFFICIAL-SENSITIVE"); n != 2*len(texts) {
			t.Errorf("pdftotext finds the marking %d times on %d pages", n, len(texts))
		}
	}
}

func TestTheMarkersComeBeforeAnythingElseAboutATarget(t *testing.T) {
	d := document(t, world(1, ""), model.AudienceTeam, 1)
	for _, f := range formats() {
		got := unescaped(t, d, f)
		name := strings.LastIndex(got, d.Pages[0].Name)
		marker, facts, where := strings.Index(got, "violent"), strings.Index(got, "born "), strings.Index(got, "14 Larch")
		if f == brief.PDF {
			name = strings.Index(got, "1 "+d.Pages[0].Name)
		}
		if f == brief.HTML {
			name = strings.Index(got, "VARGA")
		}
		if name > marker || marker > facts || facts > where {
			t.Errorf("the %s puts the name at %d, markers at %d, facts at %d, addresses at %d", f, name, marker, facts, where)
		}
	}
}

func TestTheSamePackIsTheSameBytes(t *testing.T) {
	for _, f := range formats() {
		photo := portrait(t)
		first, second := document(t, world(5, "varga.jpg"), model.AudienceTeam, 2), document(t, world(5, "varga.jpg"), model.AudienceTeam, 2)
		first.Photos, second.Photos = map[string][]byte{"varga.jpg": photo}, map[string][]byte{"varga.jpg": photo}
		if !bytes.Equal(paper(t, first, f), paper(t, second, f)) {
			t.Errorf("the %s of the same pack differs from one time to the next", f)
		}
	}
}

func TestTheHTMLFetchesNothing(t *testing.T) {
	d := document(t, world(5, "varga.jpg"), model.AudienceTeam, 2)
	d.Photos = map[string][]byte{"varga.jpg": portrait(t)}
	got := string(paper(t, d, brief.HTML))
	for _, bad := range []string{"http:", "https:", "//", "@import", "<script", "<link", "<iframe", "javascript:", "<form"} {
		text := regexp.MustCompile(`base64,[A-Za-z0-9+/=]*`).ReplaceAllString(strings.ReplaceAll(got, "&#43;", "+"), "base64,")
		if strings.Contains(strings.ToLower(text), bad) {
			t.Errorf("the HTML has %q in it", bad)
		}
	}
	for _, src := range regexp.MustCompile(`url\(([^)]{0,40})`).FindAllStringSubmatch(got, -1) {
		if !strings.HasPrefix(src[1], `&#34;data:image/svg&#43;xml;base64,`) && !strings.HasPrefix(src[1], `"data:image/svg+xml;base64,`) {
			t.Errorf("the style of the HTML refers to %q", src[1])
		}
	}
	for _, src := range regexp.MustCompile(`(?:src|href)="([^"]{0,30})`).FindAllStringSubmatch(got, -1) {
		if !strings.HasPrefix(src[1], "data:image/jpeg;base64,") {
			t.Errorf("the HTML refers to %q", src[1])
		}
	}
	if n := strings.Count(got, `class="marking">OFFICIAL-SENSITIVE · SAMPLE DATA<`); n != 2*2*(5+1) {
		t.Errorf("the marking stands %d times, want above and below each of 2 copies of a cover and 5 targets", n)
	}
}

func TestTheHTMLIsAsItWasReviewed(t *testing.T) {
	golden(t, "pack.html", paper(t, document(t, world(1, ""), model.AudienceTeam, 1), brief.HTML))
	golden(t, "front.md", paper(t, document(t, world(2, ""), model.AudienceFront, 2), brief.Markdown))
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what was reviewed; go test ./ui/brief -update writes it anew, then read the difference", path)
	}
}

// portrait is a photo as it comes from a custody camera, ready for paper.
func portrait(t testing.TB) []byte {
	t.Helper()
	out, err := brief.Photo(bytes.NewReader(camera(t, 90, 120)))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// camera is a JPEG with what a camera writes beside it: here, where it was taken.
func camera(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{R: uint8(x), G: uint8(y), B: uint8(x ^ y), A: 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	said := []byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08 taken at 77 Cedar Walk")
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(said)+2))
	return append(append(append([]byte{0xff, 0xd8}, segment...), said...), b.Bytes()[2:]...)
}

func TestAPhotoOnPaperDoesNotSayWhereItWasTaken(t *testing.T) {
	d := document(t, world(1, "varga.jpg"), model.AudienceTeam, 1)
	d.Photos = map[string][]byte{"varga.jpg": portrait(t)}
	if bytes.Contains(d.Photos["varga.jpg"], []byte("Cedar")) {
		t.Error("the photo still says where it was taken")
	}
	if got := paper(t, d, brief.PDF); !bytes.Contains(got, []byte("/DCTDecode")) || bytes.Contains(got, []byte("Cedar")) {
		t.Error("the PDF has no photo, or one that says where it was taken")
	}
	html := string(paper(t, d, brief.HTML))
	_, rest, ok := strings.Cut(html, `src="data:image/jpeg;base64,`)
	data, _, _ := strings.Cut(rest, `"`)
	raw, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(data, "&#43;", "+"))
	if !ok || err != nil || !bytes.Equal(raw, d.Photos["varga.jpg"]) {
		t.Errorf("the HTML does not hold the photo: %v", err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 40))); err != nil {
		t.Fatal(err)
	}
	if out, err := brief.Photo(&b); err != nil || !bytes.HasPrefix(out, []byte{0xff, 0xd8}) {
		t.Errorf("a PNG does not become a photo for paper: %v", err)
	}
	if _, err := brief.Photo(strings.NewReader("GIF89a")); err == nil {
		t.Error("what is no photo is taken for one")
	}
}

func TestAPhotoThatIsNotThereLeavesALabelledFrame(t *testing.T) {
	for photo, want := range map[string]string{"": "none on record", "custody/26-1.jpg": "custody/26-1.jpg"} {
		d := document(t, world(1, photo), model.AudienceTeam, 1)
		for _, f := range []brief.Format{brief.PDF, brief.HTML} {
			if got := run(unescaped(t, d, f)); !strings.Contains(got, run("no photo here"+want)) {
				t.Errorf("the %s has no frame that says %q", f, want)
			}
		}
	}
}

func TestWhateverTheRecordHoldsThePaperIsMade(t *testing.T) {
	hostile := []string{
		"\x1b[2J\x00\a", "<script>alert(1)</script>", "(unbalanced \\) Tj ET", "🚔 Ω 漢字 عربى", strings.Repeat("x", 1500), "{of1} {nb}", "`**_[a](b)_**`", "\u202egnp.exe", "line\nline",
	}
	for _, text := range hostile {
		d := document(t, world(1, ""), model.AudienceTeam, 2)
		p := &d.Pages[0]
		p.Name, p.Plan, p.WantedFor, p.Where = text, text, text, []string{text}
		p.Markers[0].Note, p.Sections[0].Rows[0] = text, [2]string{text, text}
		d.Recipient, d.Name = text, text
		for _, f := range formats() {
			got := string(paper(t, d, f))
			if f != brief.PDF && strings.ContainsAny(got, "\x1b\x00\a\u202e") {
				t.Errorf("the %s lets control characters through", f)
			}
			if f == brief.HTML && strings.Contains(got, "<script") {
				t.Error("the HTML lets a script through")
			}
			if f == brief.Markdown && strings.Contains(got, "<script") {
				t.Error("the Markdown lets a script through")
			}
		}
	}
}

func TestATextOfManyPagesKeepsItsMarkings(t *testing.T) {
	d := document(t, world(1, ""), model.AudienceTeam, 1)
	d.Pages[0].Plan = strings.Repeat("knock and wait ", 900)
	for i, text := range pageTexts(t, paper(t, d, brief.PDF)) {
		if strings.Count(text, "OFFICIAL-SENSITIVE") != 2 {
			t.Errorf("page %d of a long pack is not marked top and bottom", i+1)
		}
	}
}

func TestHiddenMarkersDoNotReadAsSafe(t *testing.T) {
	s := world(1, "")
	p, _ := s["P-000001"].(*model.Person)
	p.Markers = []model.Marker{{Code: "SU", Set: day.On(now)}}
	for _, a := range []model.Audience{model.AudiencePartner, model.AudienceFront} {
		for _, f := range formats() {
			got := unescaped(t, document(t, s, a, 1), f)
			if strings.Contains(got, "suicidal") || !strings.Contains(run(got), run("need-to-know markers are never shown here")) {
				t.Errorf("the %s for the %s shows a health marker, or reads as if there were none", f, a)
			}
		}
	}
}

func TestTheFrontSheetHasSeveralTargetsOnAPage(t *testing.T) {
	d := document(t, world(12, ""), model.AudienceFront, 1)
	if n := len(pageTexts(t, paper(t, d, brief.PDF))); n > 4 {
		t.Errorf("twelve targets take %d front sheets", n)
	}
}

func BenchmarkTwentyTargetsWithPhotos(b *testing.B) {
	s := world(20, "1.jpg")
	raw := camera(b, 600, 800)
	for b.Loop() {
		d := document(b, s, model.AudienceTeam, 1)
		d.Photos = map[string][]byte{}
		for i := range d.Pages {
			ref := fmt.Sprintf("%d.jpg", i+1)
			photo, err := brief.Photo(bytes.NewReader(raw))
			if err != nil {
				b.Fatal(err)
			}
			d.Pages[i].Photo, d.Photos[ref] = ref, photo
		}
		if n := len(paper(b, d, brief.PDF)); n < 1000 {
			b.Fatal("there is no paper")
		}
	}
}
