package cli_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pou/model"
	"pou/store"
)

// kept is one thing that must be seen nowhere without a reveal: a word typed into a field of an action. Where the record
// shows the field with those it protects masked, only the journal keeps it back, and the word is not looked for elsewhere.
type kept struct {
	action, field, word string
	masked              bool
}

// keptBack is one word for every need-to-know field there is; [TestEveryHiddenFieldIsInTheTable] holds it to the registry.
func keptBack() []kept {
	out := []kept{
		{"order.add", "protects", "Harrowgate", false},
		{"condition.set", "people", "Thistlewood", false},
		{"condition.set", "numbers", "900462", false},
		{"plan.comms", "contact", "kb-comms", false},
		{"case.add", "victims", "Quillfeather", false},
		{"case.add", "witnesses", "Larkspur", false},
		{"case.party", "person", "Merriweather", false},
		{"device.attribute", "number", "900511", false},
		{"device.attribute", "person", "Quillfeather", false},
		{"device.attribute", "basis", "kb-dev-basis", false},
		{"device.edit", "person", "Merriweather", false},
		{"device.edit", "basis", "kb-dev-edit", false},
		{"dataset.open", "subjects", "900522", false},
		{"dataset.basis", "subjects", "900533", false},
		{"story.add", "devices", "900544", false},
		{"story.edit", "devices", "900555", false},
		{"victim.add", "name", "Rosamund", false},
		{"victim.add", "person", "Fennimore", false},
		{"victim.add", "contact", "kb-add-contact", false},
		{"victim.add", "safe", "kb-add-safe", false},
		{"victim.add", "advocate", "kb-add-advocate", false},
		{"victim.add", "needs", "kb-add-needs", false},
		{"victim.plan", "contact", "kb-plan-contact", false},
		{"victim.plan", "safe", "kb-plan-safe", false},
		{"victim.plan", "advocate", "kb-plan-advocate", false},
		{"victim.plan", "needs", "kb-plan-needs", false},
		{"victim.contact", "note", "kb-contact-note", false},
		{"victim.told", "how", "kb-told-how", false},
		{"victim.close", "reason", "kb-close-reason", false},
		{"application.open", "protected", "Ottoline", false},
		{"application.open", "victims", "Peverell", false},
		{"application.people", "protected", "Wrenfield", false},
		{"application.people", "victims", "Standish", false},
		{"application.limb", "what", "kb-limb", true},
		{"application.act", "what", "kb-act", true},
		{"application.condition", "text", "kb-condition", true},
		{"application.condition", "reason", "kb-reason", true},
		{"application.condition", "considered", "kb-considered", true},
		{"application.condition", "numbers", "900473", false},
		{"application.condition", "people", "Silverton", false},
		{"application.condition", "place", "kb-place", true},
		{"application.condition", "circle", "51.4613", true},
		{"application.views", "views", "kb-views", false},
		{"application.views", "impact", "kb-impact", false},
		{"application.risk", "text", "kb-risk", true},
		{"application.interim", "why", "kb-interim", true},
		{"application.interim", "why_notice", "kb-notice", true},
		{"application.result", "conditions", "kb-result", true},
		{"screening.tool", "note", "kb-tool", false},
		{"stac.refer", "victim", "kb-stac", false},
		{"safeguarding.refer", "words", "kb-sg-words", false},
		{"safeguarding.outcome", "words", "kb-sg-came", false},
	}
	for i := range 11 {
		out = append(out, kept{"screening.sdash", fmt.Sprintf("words%d", i+1), fmt.Sprintf("kb-dash-%02d", i+1), false})
	}
	return out
}

// whereTheyAre are what is on record of people who are protected: where they live and how they are reached.
func whereTheyAre() []string {
	return []string{"Sparrow Court", "SW18 2PT", "900451", "QF19 XKD", "Heron Walk", "900495", "Linnet Row", "900484"}
}

func TestEveryHiddenFieldIsInTheTable(t *testing.T) {
	t.Parallel()
	table := map[string]bool{}
	for _, k := range keptBack() {
		table[k.action+" "+k.field] = true
	}
	for _, s := range model.Actions() {
		for _, f := range s.Fields {
			if f.Hide && !table[s.Name+" "+f.Name] {
				t.Errorf("%s keeps back what is typed as %s, and no test looks for it", s.Name, f.Name)
			}
			delete(table, s.Name+" "+f.Name)
		}
	}
	for name := range table {
		t.Errorf("there is no action and field %q", name)
	}
}

const peopleToProtect = `{"action":"officer.add","fields":{"name":"ADEYEMI, Tolu","rank":"PS","unit":"SW","roles":["sergeant","lead","stac"],"login":"adeyemi"}}
{"action":"officer.add","fields":{"name":"KHAN, Sara","rank":"PC","unit":"SW","roles":["officer","monitoring-officer"],"login":"khan"}}
{"action":"officer.add","fields":{"name":"DEVLIN","unit":"SW","roles":["spo-coordinator"],"login":"devlin"}}
{"action":"person.add","fields":{"surname":"Varga","forename":"Mateusz","born":"3 Dec 1984","unit":"SW","address":"12 Example Road, SW11 1AA"}}
{"action":"person.add","fields":{"surname":"Quillfeather","forename":"Edda","unit":"SW","address":"4 Sparrow Court, SW18 2PT"}}
{"action":"phone.add","fields":{"person":"P-2","number":"07700 900451"}}
{"action":"vehicle.add","fields":{"person":"P-2","plate":"QF19 XKD"}}
{"action":"person.add","fields":{"surname":"Larkspur","forename":"Ines","unit":"SW","address":"8 Heron Walk, SW18 3PT"}}
{"action":"phone.add","fields":{"person":"P-3","number":"07700 900495"}}
{"action":"person.add","fields":{"surname":"Fennimore","forename":"Odile","unit":"SW","address":"2 Linnet Row, SW18 4PT"}}
{"action":"phone.add","fields":{"person":"P-4","number":"07700 900484"}}
{"action":"person.add","fields":{"surname":"Thistlewood","forename":"Bryn","unit":"SW","address":"6 Plover Way, SW18 5PT"}}
{"action":"person.add","fields":{"surname":"Merriweather","forename":"Cleo","unit":"SW"}}
{"action":"person.add","fields":{"surname":"Silverton","forename":"Dara","unit":"SW"}}
{"action":"case.add","fields":{"person":"P-1","victims":["P-2"],"witnesses":["P-3"],"offences":"s4A","last":"2026-11-20","unit":"SW","officer":"O-1"}}
{"action":"case.party","fields":{"case":"C-1","person":"P-6","role":"victim"}}
{"action":"device.attribute","fields":{"case":"C-1","kind":"phone","number":"07700 900511","person":"P-2","grade":"strong","basis":"kb-dev-basis"}}
{"action":"device.attribute","fields":{"case":"C-1","kind":"phone","number":"07700 900512","person":"P-2","grade":"some","basis":"first"}}
{"action":"device.edit","fields":{"case":"C-1","no":2,"person":"P-6","basis":"kb-dev-edit"}}
{"action":"dataset.open","fields":{"case":"C-1","title":"Calls","power":"ipa","authorisation":"EM 1","purpose":"detect crime","granted":"2026-11-20","from":"2026-01-01","to":"2026-11-20","subjects":["07700 900522"],"collateral":"none","review":"2027-05-01"}}
{"action":"dataset.open","fields":{"case":"C-1","title":"Calls","power":"ipa","authorisation":"EM 2","purpose":"detect crime","granted":"2026-11-20","from":"2026-01-01","to":"2026-11-20","subjects":["07700 900522"],"collateral":"none","review":"2027-05-01"}}
{"action":"dataset.basis","fields":{"dataset":"D-2","subjects":["07700 900533"],"reason":"wrong number"}}
{"action":"story.add","fields":{"case":"C-1","kind":"contacts","devices":["07700 900544"]}}
{"action":"story.add","fields":{"case":"C-1","kind":"heat"}}
{"action":"story.edit","fields":{"board":"SB-1","no":2,"devices":["07700 900555"]}}
{"action":"order.add","fields":{"person":"P-1","type":"SPO","made":"2026-11-01","served":"2026-11-01 10:00","conditions":["Not to contact Ada Harrowgate by any means","Not to enter 9 Curlew Rise, SW18 6PT","Must attend the programme"],"protects":"Ada Harrowgate, 9 Curlew Rise, SW18 6PT","monitor":"O-2","unit":"SW"}}
{"action":"condition.set","fields":{"order":"R-1","condition":1,"people":["P-5","P-4"],"numbers":["07700 900462"]}}
{"action":"operation.create","fields":{"name":"Lantern","from":"2026-11-23","to":"2026-11-29"}}
{"action":"plan.comms","fields":{"operation":"OP-1","tell":"O-2","tell_when":"before the knock","contact":"kb-comms"}}
{"action":"victim.add","fields":{"name":"Rosamund Ashby","person":"P-4","way":"phone","contact":"kb-add-contact","safe":"kb-add-safe","advocate":"kb-add-advocate","needs":"kb-add-needs","case":"C-1","order":"R-1","every":7}}
{"action":"victim.add","fields":{"name":"Rosamund Second","way":"text","case":"C-1","contact":"kb-add-contact"}}
{"action":"victim.close","fields":{"victim":"VS-2","reason":"kb-close-reason"}}
{"action":"victim.plan","fields":{"victim":"VS-1","contact":"kb-plan-contact","safe":"kb-plan-safe","advocate":"kb-plan-advocate","needs":"kb-plan-needs"}}
{"action":"victim.contact","fields":{"victim":"VS-1","reached":true,"note":"kb-contact-note"}}
{"action":"victim.update","fields":{"victim":"VS-1","event":"order"}}
{"action":"victim.told","fields":{"victim":"VS-1","how":"kb-told-how"}}
{"action":"victim.update","fields":{"victim":"VS-1","event":"breach"}}
{"action":"intel.add","fields":{"person":"P-1","text":"Rang a number at night","source":"2","grade":"C","handling":"P","origin":"SK1"}}
{"action":"application.open","fields":{"person":"P-1","protected":["Ottoline Crane, 5 Dunlin Mews"],"victims":["Peverell Crane"]}}
{"action":"application.people","fields":{"application":"AP-1","protected":["Wrenfield Joan, 5 Dunlin Mews, SW18 7PT"],"victims":["Standish Joan"]}}
{"action":"application.terms","fields":{"application":"AP-1","months":36,"territory":"resides","territory_why":"Tenancy in Wandsworth"}}
{"action":"application.limb","fields":{"application":"AP-1","limb":"acts","what":"kb-limb: Joan Wrenfield was followed to 5 Dunlin Mews","source":"MG11 JW/1"}}
{"action":"application.act","fields":{"application":"AP-1","day":"2026-10-01","what":"kb-act: rang Wrenfield at SW18 7PT","evidence":"MG11 JW/1"}}
{"action":"application.condition","fields":{"application":"AP-1","text":"kb-condition: not to contact Joan Wrenfield","type":"contact","reason":"kb-reason","considered":"kb-considered","conflict":"none found","evidence":"MG11 JW/1","monitored":"calls","numbers":["07700 900473"],"people":["P-7"]}}
{"action":"application.condition","fields":{"application":"AP-1","text":"Not to enter 5 Dunlin Mews","type":"place","place":"kb-place","circle":"51.4613,-0.1156 200m","reason":"near"}}
{"action":"application.views","fields":{"application":"AP-1","views":"kb-views","impact":"kb-impact"}}
{"action":"application.risk","fields":{"application":"AP-1","level":"high","text":"kb-risk","tool":"S-DASH"}}
{"action":"application.interim","fields":{"application":"AP-1","sought":"yes","why":"kb-interim","days":56,"notice":"without notice","why_notice":"kb-notice"}}
{"action":"screening.record","fields":{"case":"C-1","fixated":"yes","fixated_words":"Same route","obsessive":"yes","obsessive_words":"200 messages","unwanted":"yes","unwanted_words":"Told to stop","repeated":"not known","recorded":"stalking"}}
{"action":"screening.sdash","fields":{"screening":"SC-1","q1":"yes","words1":"kb-dash-01","q2":"yes","words2":"kb-dash-02","q3":"yes","words3":"kb-dash-03","q4":"yes","words4":"kb-dash-04","q5":"yes","words5":"kb-dash-05","q6":"yes","words6":"kb-dash-06","q7":"yes","words7":"kb-dash-07","q8":"yes","words8":"kb-dash-08","q9":"yes","words9":"kb-dash-09","q10":"yes","words10":"kb-dash-10","q11":"yes","words11":"kb-dash-11"}}
{"action":"screening.tool","fields":{"screening":"SC-1","tool":"SAM","assessor":"A. Reed","trained":"yes","concern":"elevated","note":"kb-tool"}}
{"action":"safeguarding.refer","fields":{"screening":"SC-1","to":"idva","basis":"consent","words":"kb-sg-words","follow_up":"+7"}}
{"action":"safeguarding.outcome","fields":{"case":"C-1","no":1,"outcome":"in place","words":"kb-sg-came"}}
{"action":"stac.refer","fields":{"screening":"SC-1","reason":"Escalating since May","basis":"law-enforcement","ask":["advice"],"priority":"today","victim":"kb-stac"}}
{"action":"check.record","fields":{"order":"R-1","kind":"unannounced visit","others":true,"not_complied":[1],"words":["1 rang Ada Harrowgate twice"]}}
{"action":"evidence.plan","fields":{"case":"C-1","sources":"cctv","incident":"2026-11-20","scene":"High Street"}}
{"action":"wanted.mark","fields":{"person":"P-1","offences":"s4A","unit":"SW","grade":"A","last_act":"2026-11-20"}}
{"action":"target.add","fields":{"operation":"OP-1","wanted":"W-1","reason":"Most harmful this month","officers":"O-2"}}
{"action":"warrant.apply","fields":{"address":"12 Example Road","power":"pace8","offences":"s4A","sought":"handsets","person":"P-1"}}
{"action":"arrest.record","fields":{"person":"P-1","offences":"s4A"}}
{"action":"engagement.log","fields":{"audience":"universities","numbers":40,"topic":"Spotting FOUR","unit":"SW"}}
`

// guarded is a seat with everything in [keptBack] on record, and the names of all its records.
func guarded(t *testing.T) (s *seat, refs []string) {
	t.Helper()
	s = newSeat()
	out, _, _ := s.run(t, peopleToProtect, "do")
	for line := range strings.Lines(out) {
		var r struct {
			OK      bool
			Changed []model.Changed
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if !r.OK {
			t.Fatalf("refused: %s", line)
		}
		for _, c := range r.Changed {
			if !slices.Contains(refs, string(c.Ref)) {
				refs = append(refs, string(c.Ref))
			}
		}
	}
	return s, refs
}

// asSergeant runs a command as the sergeant of the scene, who may do most things.
func (s *seat) asSergeant(t *testing.T, in string, args ...string) (out, errs string, code int) {
	t.Helper()
	return s.run(t, in, append([]string{"--as", "O-2"}, args...)...)
}

// surface is one thing the command line prints.
type surface struct {
	args string
	text string
	own  string // the person the page is about, whose name it may say
}

func surfaces(t *testing.T, s *seat, refs []string) []surface {
	t.Helper()
	var out []surface
	add := func(in, own string, args ...string) {
		text, errs, _ := s.asSergeant(t, in, args...)
		out = append(out, surface{strings.Join(args, " "), text + errs, own})
	}
	for _, row := range store.ListRows() {
		for _, format := range []string{"table", "json", "csv", "ics"} {
			add("", "", "list", string(row.Name), "--output", format)
			add("", "", "list", string(row.Name), "--ended", "--output", format)
		}
	}
	for _, ref := range refs {
		add("", ref, "show", ref)
		add("", ref, "show", ref, "--output", "json")
		add(ref+"\nb\nq\n", ref, "--plain")
	}
	for _, args := range [][]string{
		{"overview"},
		{"charts"},
		{"charts", "--output", "json"},
		{"handover"},
		{"engagement"},
		{"propose", "OP-1"},
		{"results", "OP-1"},
		{"results", "--breaches"},
		{"journal", "list"},
		{"journal", "list", "--output", "json"},
		{"journal", "list", "--about", "P-4"},
		{"actions"},
		{"check"},
		{"court", "AP-1", "--audience", "review", "--draft"},
		{"court", "AP-1", "--audience", "review", "--draft", "--format", "html", "--to", "x"},
		{"plan", "OP-1"},
		{"plan", "OP-1", "--output", "json"},
	} {
		add("", "", args...)
	}
	for _, audience := range []string{"team", "partner", "front"} {
		for _, format := range []string{"md", "html"} {
			add("", "", "brief", "OP-1", "--audience", audience, "--format", format, "--to", "x", "--draft")
		}
	}
	return out
}

// Nothing that says who or where a victim-survivor is, is printed without a reveal.
func TestNoCommandSaysWhoOrWhereAVictimSurvivorIs(t *testing.T) {
	t.Parallel()
	s, refs := guarded(t)
	ownName := map[string]string{}
	words := whereTheyAre()
	for i, name := range []string{"Quillfeather", "Larkspur", "Fennimore", "Thistlewood", "Merriweather", "Silverton"} {
		ownName[name] = fmt.Sprintf("P-%06d", i+2)
	}
	for _, k := range keptBack() {
		if !k.masked {
			words = append(words, k.word)
		}
	}
	for _, ref := range slices.Collect(maps.Values(ownName)) { // nor whose record a victim-survivor's is; the journal says who was looked at
		ownName[ref] = ref
		words = append(words, ref)
	}
	words = append(words, "Curlew", "SW18 6PT", "Dunlin", "SW18 7PT", "Ashby")
	for _, page := range surfaces(t, s, refs) {
		if strings.HasPrefix(page.args, "journal") { // it says who was looked at, and who was put on record
			page.text = strings.Join(slices.DeleteFunc(strings.Split(page.text, "\n"), func(line string) bool {
				return strings.Contains(line, "look") || strings.Contains(line, "person.add") || strings.Contains(line, "phone.add") || strings.Contains(line, "vehicle.add")
			}), "\n")
		}
		text := strings.ToLower(page.text)
		for _, word := range words {
			if own, is := ownName[word]; is && (page.own == own || strings.HasPrefix(page.args, "list people")) {
				continue
			}
			if i := strings.Index(text, strings.ToLower(word)); i >= 0 {
				t.Errorf("pou %s (%s) says %q: …%s…", page.args, page.own, word, page.text[max(0, i-80):min(len(page.text), i+60)])
			}
		}
	}
}

// A reveal is the one way to see it, and it shows what the officer needs: who, how, when it is safe.
func TestARevealShowsWhatIsKeptBack(t *testing.T) {
	t.Parallel()
	s, refs := guarded(t)
	var all strings.Builder
	for _, ref := range refs {
		out, _, _ := s.asSergeant(t, "", "show", ref, "--reveal", "calling before the arrest")
		all.WriteString(out)
	}
	// Overwritten since, in the confidential annex, not taken yet, or read from the record as data.
	later := []string{"victim.add contact", "victim.add safe", "victim.add advocate", "victim.add needs", "application.open protected", "application.open victims", "plan.comms contact", "application.result conditions", "application.condition place", "application.condition circle"}
	for _, k := range keptBack() {
		if !slices.Contains(later, k.action+" "+k.field) && !strings.Contains(strings.ToLower(all.String()), strings.ToLower(k.word)) {
			t.Errorf("no reveal says %q, typed as %s of %s", k.word, k.field, k.action)
		}
	}
}

// Their number, their postcode or their plate does not lead to them: whoever knows one would learn the other.
func TestASearchByWhereTheyAreFindsNoVictimSurvivor(t *testing.T) {
	t.Parallel()
	s, _ := guarded(t)
	for _, word := range []string{"07700900451", "07700 900451", "900451", "SW18 2PT", "SW182PT", "SW18", "QF19XKD", "QF19 XKD", "SW18 4PT", "07700900484", "sparrow court", "Sparrow Court SW18", "sparow", "linnet row", "linet row", "sparrow unit:SW", "what:*sparrow*", "linnet kind:person"} {
		for _, format := range []string{"table", "json"} {
			out, _, _ := s.asSergeant(t, "", "find", word, "--output", format)
			for _, name := range []string{"QUILLFEATHER", "FENNIMORE"} {
				if strings.Contains(strings.ToUpper(out), name) {
					t.Errorf("pou find %s finds %s: %s", word, name, out)
				}
			}
		}
	}
	if out, _, _ := s.asSergeant(t, "", "find", "quillfeather"); !strings.Contains(out, "P-000002") || strings.Contains(out, "Sparrow") {
		t.Errorf("by name: %s", out)
	}
	if out, _, _ := s.asSergeant(t, "", "find", "SW11 1AA"); !strings.Contains(out, "P-000001") {
		t.Errorf("a suspect is found by postcode still: %s", out)
	}
}

// A stale edit is answered with the record as it is now: of somebody protected, without where they are.
func TestAConflictDoesNotSayWhereSomebodyIs(t *testing.T) {
	t.Parallel()
	s, _ := guarded(t)
	out, _, _ := s.asSergeant(t, `{"action":"person.edit","fields":{"person":"P-2","sex":"female","rev":1}}`, "do")
	if !strings.Contains(out, `"current"`) {
		t.Fatalf("no conflict: %s", out)
	}
	for _, word := range whereTheyAre() {
		if strings.Contains(out, word) {
			t.Errorf("the receipt says %q: %s", word, out)
		}
	}
}

// What is typed into any text of any action comes out harmless wherever it is printed.
func TestNothingTypedDrivesTheTerminal(t *testing.T) {
	t.Parallel()
	const hostile = "evil\x1b[2J\x1b]0;owned\x07\u009b31m\u202egnp\u2066x\u200b<script>alert(1)</script>=cmd\r\nBEGIN:VEVENT " + "\x00"
	s := newSeat()
	var in strings.Builder
	for line := range strings.Lines(peopleToProtect) {
		var req model.Request
		if err := json.Unmarshal([]byte(line), &req); err != nil {
			t.Fatal(err)
		}
		spec, ok := model.Find(req.Action)
		if !ok {
			t.Fatal(req.Action)
		}
		for _, f := range spec.Fields {
			typed, is := req.Fields[f.Name].(string)
			if (f.Type != model.TypeText && f.Type != model.TypeLong) || slices.Contains([]string{"login", "roles", "circle", "number", "plate", "born"}, f.Name) || (is && typed == "") {
				continue
			}
			if f.Many {
				list, _ := req.Fields[f.Name].([]any)
				for i, item := range list {
					list[i] = fmt.Sprint(item) + hostile
				}
				continue
			}
			if is || f.Type == model.TypeLong {
				req.Fields[f.Name] = typed + hostile
			}
		}
		raw, err := json.Marshal(req)
		if err != nil {
			t.Fatal(err)
		}
		in.Write(raw)
		in.WriteByte('\n')
	}
	out, _, _ := s.run(t, in.String(), "do")
	refs := []string{}
	refused := 0
	for line := range strings.Lines(out) {
		var r model.Receipt
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if !r.OK {
			refused++
			t.Log(line)
		}
		for _, c := range r.Changed {
			if !slices.Contains(refs, string(c.Ref)) {
				refs = append(refs, string(c.Ref))
			}
		}
	}
	if refused > 8 {
		t.Errorf("%d actions were refused: the test looks at nothing", refused)
	}
	pages := append(surfaces(t, s, refs), surface{args: "do", text: out})
	for _, ref := range refs {
		text, errs, _ := s.asSergeant(t, "", "show", ref, "--reveal", "because "+hostile[:20])
		pages = append(pages, surface{args: "show --reveal " + ref, text: text + errs})
	}
	for _, page := range pages {
		for _, bad := range []string{"\x1b", "\x07", "\u009b", "\u202e", "\u2066", "\u200b", "\x00", "\nBEGIN:VEVENT evil"} {
			if i := strings.Index(page.text, bad); i >= 0 {
				t.Errorf("pou %s prints %q: %q", page.args, bad, page.text[max(0, i-60):min(len(page.text), i+40)])
			}
		}
		if strings.Contains(page.args, "html") && strings.Contains(page.text, "<script>alert") {
			t.Errorf("pou %s prints what a browser would run", page.args)
		}
	}
}
