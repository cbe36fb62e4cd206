package model

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// deed is one row of an action table: who does what, and what comes of it.
type deed struct {
	name    string // a sentence
	action  string
	who     Ref // empty: PS Adeyemi
	fields  given
	first   func(*desk)    // what was done before
	refused string         // the field of the refusal; "-" for a refusal about no field; empty when the action succeeds
	code    Code           // of the refusal; empty: invalid
	states  map[Ref]string // where records stand afterwards
	then    func(*desk)    // what else is true afterwards
}

// deeds are the action tables, one a family.
func deeds() []deed {
	return slices.Concat(
		personDeeds(), wantedDeeds(), attemptDeeds(), arrestDeeds(), orderDeeds(), breachDeeds(), suspicionDeeds(), operationDeeds(), selectDeeds(), planDeeds(), signoffDeeds(), debriefDeeds(), tellingDeeds(), recallDeeds(), taskDeeds(), officerDeeds(), keyDeeds(), undoDeeds(),
		caseDeeds(), intelDeeds(), safeguardDeeds(), survivorDeeds(), monitorDeeds(), checkDeeds(), applicationDeeds(), closeDeeds(), warrantDeeds(), orderLifeDeeds(), conditionDeeds(),
		screeningDeeds(), stacDeeds(), safeguardingDeeds(), youthDeeds(), engagementDeeds(), custodyDeeds(), bailDeeds(), evidenceDeeds(), limitDeeds(), deviceDeeds(), datasetDeeds(), storyDeeds(), restrictDeeds(), erasureDeeds(),
	)
}

func TestActions(t *testing.T) {
	for _, c := range deeds() {
		t.Run(c.action+"/"+c.name, func(t *testing.T) { c.run(newDesk(t, stationNow(t), station(t)...)) })
	}
}

func (c deed) run(d *desk) {
	d.Helper()
	who := c.who
	if who == "" {
		who = "O-0001"
	}
	if c.first != nil {
		c.first(d)
	}
	before := maps.Clone(d.records)
	_, err := d.do(who, c.action, c.fields)
	switch {
	case c.refused != "":
		c.wasRefused(d, err)
		for ref, r := range d.records {
			if !sameButMeta(before[ref], r) {
				d.Errorf("it was refused, and %s changed all the same", ref)
			}
		}
	case err != nil:
		d.Fatalf("refused: %v", err)
	}
	for ref, want := range c.states {
		if got := d.state(ref); got != want {
			d.Errorf("%s stands as %q, want %q", ref, got, want)
		}
	}
	if c.then != nil {
		c.then(d)
	}
}

func (c deed) wasRefused(d *desk, err error) {
	d.Helper()
	if err == nil {
		d.Fatalf("it was not refused; it should be, about %s", c.refused)
	}
	p := refusal(d, err)
	code := c.code
	if code == "" {
		code = Invalid
	}
	field := p.Field
	if field == "" {
		field = "-"
	}
	if field != c.refused || p.Code != code {
		d.Errorf("refused about %q as %s (%v); want %q as %s", field, p.Code, p, c.refused, code)
	}
}

func TestEveryActionHasARowThatSucceedsAndOneThatIsRefused(t *testing.T) {
	succeeds, refused := map[string]bool{}, map[string]bool{}
	for _, c := range deeds() {
		if c.refused == "" {
			succeeds[c.action] = true
		} else {
			refused[c.action] = true
		}
		if _, ok := Find(c.action); !ok {
			t.Errorf("the tables name %s, which does not exist", c.action)
		}
	}
	for _, s := range Actions() {
		if s.Internal {
			continue
		}
		if !succeeds[s.Name] {
			t.Errorf("no row shows %s succeed", s.Name)
		}
		if !refused[s.Name] {
			t.Errorf("no row shows %s refused", s.Name)
		}
	}
}

func TestTheRegistry(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Actions() {
		if seen[s.Name] {
			t.Errorf("two actions are called %s", s.Name)
		}
		seen[s.Name] = true
		if s.Name == "" || s.Title == "" || unplain(s.Help) != "" || !strings.HasSuffix(s.Help, ".") || len(s.Roles) == 0 {
			t.Errorf("%s lacks a title, a help that is a sentence, or roles: %+v", s.Name, s)
		}
		if s.Internal {
			continue
		}
		if a := s.blank(); a == nil {
			t.Errorf("%s makes no action", s.Name)
		}
		checkFields(t, s)
		for _, k := range s.On {
			if NewRecord(k) == nil {
				t.Errorf("%s starts from %q, which is no kind of record", s.Name, k)
			}
			if !slices.ContainsFunc(s.Fields, func(f Field) bool { return f.Type == TypeRef && slices.Contains(f.Kinds, k) }) {
				t.Errorf("%s starts from a %s, and has no field to name it in", s.Name, k.Word())
			}
		}
	}
}

func checkFields(t *testing.T, s Spec) {
	t.Helper()
	names := map[string]bool{"rev": true} // rev is every action's own
	for _, f := range s.Fields {
		where := s.Name + " " + f.Name
		if names[f.Name] {
			t.Errorf("%s: the name is used twice or reserved", where)
		}
		names[f.Name] = true
		if f.Label == "" || f.Type == "" || unplain(f.ask()) != "" {
			t.Errorf("%s lacks a label, a type or words to ask for it: %+v", where, f)
		}
		if (f.Type == TypeRef) != (len(f.Kinds) > 0) {
			t.Errorf("%s: a reference says what it may name, and nothing else does: %v", where, f.Kinds)
		}
		for _, k := range f.Kinds {
			if NewRecord(k) == nil {
				t.Errorf("%s may name %q, which is no kind of record", where, k)
			}
		}
		if (f.Type == TypeChoice) != (len(f.Choices) > 0) {
			t.Errorf("%s: a choice has choices: %v", where, f.Choices)
		}
		checkChoices(t, where, f.Choices)
	}
}

func checkChoices(t *testing.T, where string, choices []Choice) {
	t.Helper()
	values, keys := map[string]bool{}, map[string]bool{}
	for _, c := range choices {
		if c.Value == "" || c.Label == "" || values[strings.ToLower(c.Value)] || (c.Key != "" && keys[c.Key]) {
			t.Errorf("%s: the choice %+v is incomplete, or its value or key is taken", where, c)
		}
		values[strings.ToLower(c.Value)], keys[c.Key] = true, true
		for _, typed := range []string{c.Value, c.Label, strings.ToUpper(c.Value)} {
			if got, ok := pick(choices, typed); !ok || got != c.Value {
				t.Errorf("%s: typing %q picks %q, want %q", where, typed, got, c.Value)
			}
		}
	}
}

// roleLetters are the roles as the access table writes them.
const roleLetters = "o officer, s sergeant, l lead, c SPO co-ordinator, m monitoring officer, t S-TAC, d data officer, a administrator; b, who only looks, may nothing"

// who may do what, a letter a role. This is the table to argue with; the registry has to agree with it.
func accessTable() map[string]string {
	const all, keepers, supervisors, admin, allAndSTAC, stac = "oslcm---", "-slcm---", "-sl-----", "-------a", "oslcmt--", "-----t--"
	return map[string]string{
		"person.add":              all,
		"person.edit":             all,
		"alias.add":               all,
		"address.add":             all,
		"phone.add":               all,
		"vehicle.add":             all,
		"marker.add":              all,
		"marker.remove":           supervisors,
		"wanted.mark":             all,
		"wanted.edit":             all,
		"wanted.circulate":        all,
		"wanted.locate":           all,
		"wanted.eliminate":        supervisors,
		"wanted.propose":          all,
		"wanted.withdraw":         supervisors,
		"attempt.record":          all,
		"arrest.record":           all,
		"arrest.status":           all,
		"custody.extend":          all,
		"custody.warrant":         all,
		"custody.hospital":        all,
		"bail.extend":             all,
		"bail.pause":              all,
		"bail.resume":             all,
		"evidence.plan":           all,
		"evidence.edit":           all,
		"evidence.request":        all,
		"evidence.receive":        all,
		"evidence.close":          all,
		"limit.set":               "--l----a",
		"order.add":               all,
		"order.serve":             all,
		"order.notify":            all,
		"order.monitor":           keepers,
		"order.discharge":         keepers,
		"order.expiry":            keepers,
		"order.serve-correct":     keepers,
		"order.change":            all,
		"order.change-notified":   all,
		"order.vary":              keepers,
		"order.appeal":            keepers,
		"order.determined":        keepers,
		"condition.add":           keepers,
		"condition.set":           keepers,
		"condition.end":           keepers,
		"application.open":        all,
		"application.people":      all,
		"application.terms":       all,
		"application.limb":        all,
		"application.act":         all,
		"application.condition":   all,
		"application.views":       all,
		"application.risk":        all,
		"application.checks":      all,
		"application.interim":     all,
		"application.legal":       keepers,
		"application.authorise":   "--l-----",
		"application.lodge":       keepers,
		"application.hearing":     all,
		"application.result":      keepers,
		"breach.report":           "oslcmt--",
		"breach.decide":           keepers,
		"operation.create":        supervisors,
		"target.add":              all,
		"target.remove":           all,
		"target.assign":           supervisors,
		"target.plan":             all,
		"recall.confirm":          all,
		"operation.weights":       supervisors,
		"target.review":           all,
		"target.deconflict":       all,
		"plan.aim":                supervisors,
		"plan.phase":              supervisors,
		"plan.team":               supervisors,
		"plan.risk":               all,
		"plan.comms":              supervisors,
		"plan.admin":              supervisors,
		"plan.legal":              supervisors,
		"plan.decide":             all,
		"plan.sign":               supervisors,
		"plan.freeze":             supervisors,
		"plan.read":               all,
		"plan.announce":           supervisors,
		"operation.debrief":       all,
		"task.add":                all,
		"task.assign":             all,
		"task.start":              all,
		"task.done":               all,
		"task.cancel":             all,
		"task.reprioritise":       all,
		"task.tick":               all,
		"task.deconflict":         all,
		"case.add":                all,
		"case.restrict":           "-sl--t--",
		"person.review":           "-sl---d-",
		"record.erase":            "------d-",
		"record.erase-confirm":    "--l---d-",
		"record.erase-refuse":     "--l---d-",
		"case.party":              all,
		"case.charge":             all,
		"case.close":              all,
		"device.attribute":        all,
		"device.edit":             all,
		"device.remove":           all,
		"moment.add":              all,
		"moment.remove":           all,
		"dataset.open":            all,
		"dataset.basis":           all,
		"dataset.erase":           "-sl---d-",
		"dataset.load":            all,
		"story.open":              all,
		"story.add":               all,
		"story.edit":              all,
		"story.move":              all,
		"story.remove":            all,
		"story.sign":              all,
		"intel.add":               all,
		"intel.regrade":           supervisors,
		"safeguard.acknowledge":   all,
		"victim.add":              "oslcmt--",
		"victim.plan":             "oslcmt--",
		"victim.contact":          "oslcmt--",
		"victim.update":           "oslcmt--",
		"victim.told":             "oslcmt--",
		"victim.reveal":           "oslcmt--",
		"victim.close":            supervisors,
		"operation.close":         supervisors,
		"warrant.apply":           all,
		"warrant.decide":          all,
		"warrant.execute":         all,
		"warrant.return":          all,
		"screening.record":        allAndSTAC,
		"screening.review":        allAndSTAC,
		"screening.sdash":         allAndSTAC,
		"screening.tool":          allAndSTAC,
		"stac.refer":              allAndSTAC,
		"stac.decide":             stac,
		"stac.advise":             stac,
		"stac.action":             stac,
		"stac.restrict":           stac,
		"stac.close":              stac,
		"safeguarding.refer":      allAndSTAC,
		"safeguarding.outcome":    allAndSTAC,
		"case.youth":              all,
		"engagement.log":          allAndSTAC,
		"engagement.followed":     allAndSTAC,
		"officer.add":             admin,
		"officer.edit":            admin,
		"officer.leave":           admin,
		"officer.key":             admin,
		"officer.key-revoke":      "oslcmtda",
		"officer.end-sessions":    "oslcmtda",
		"undo":                    "oslcmtda",
		"people.import":           "oslcm-da",
		"orders.import":           "oslcm-da",
		"sample.load":             admin,
		"store.init":              admin,
		"order.plan":              keepers,
		"order.handover":          all,
		"order.accept":            all,
		"order.cover":             all,
		"order.return":            all,
		"order.escalate":          all,
		"order.escalation-answer": supervisors,
		"order.review":            supervisors,
		"check.record":            all,
		"check.attend":            all,
		"breach.dismiss":          keepers,
	}
}

func TestAccessOfEveryActionByEveryRole(t *testing.T) {
	want, seen := accessTable(), map[string]bool{}
	for _, s := range Actions() {
		seen[s.Name] = true
		var got strings.Builder
		for _, role := range Role("").Choices() {
			err := Can(&Officer{Name: "BLAKE", Roles: []Role{Role(role.Value)}}, s)
			if err == nil {
				got.WriteString(role.Key)
				continue
			}
			got.WriteByte('-')
			if p := refusal(t, err); p.Code != Denied {
				t.Errorf("%s by a %s is refused as %s, want %s", s.Name, role.Label, p.Code, Denied)
			}
		}
		if got.String() != want[s.Name]+"-" { // b
			t.Errorf("%-18s %s, the table says %q (%s)", s.Name, got.String(), want[s.Name], roleLetters)
		}
	}
	for name := range want {
		if !seen[name] {
			t.Errorf("the table names %s, which does not exist", name)
		}
	}
}

func TestWhoMayDoNothingAtAll(t *testing.T) {
	everything := Role("").Choices()
	roles := make([]Role, len(everything))
	for i, c := range everything {
		roles[i] = Role(c.Value)
	}
	for name, who := range map[string]*Officer{
		"nobody":                         nil,
		"an officer without a role":      {Name: "BLAKE"},
		"an officer with an unknown one": {Name: "BLAKE", Roles: []Role{"superuser"}},
		"an officer who has left":        {Name: "BLAKE", Roles: roles, Left: true},
	} {
		for _, s := range Actions() {
			p, ok := AsProblem(Can(who, s))
			if !ok || p.Code != Denied {
				t.Errorf("%s may %s", name, s.Name)
			}
		}
	}
	for _, s := range Actions() {
		if err := Can(&Officer{Name: "BLAKE", Roles: roles}, s); err != nil {
			t.Errorf("an officer with every role may not %s: %v", s.Name, err)
		}
	}
}

// A denial names the roles it takes, so that the officer knows whom to ask.
func TestADenialSaysWhomToAsk(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	_, err := d.do("O-0002", "wanted.eliminate", given{"wanted": "W-000001", "reason": "alibi"})
	p := refusal(t, err)
	for _, word := range []string{"Sergeant", "Lead (DI)", "eliminate from enquiries"} {
		if !strings.Contains(p.Rule, word) {
			t.Errorf("%q does not say %q", p.Rule, word)
		}
	}
	if want := "you are PC Blake"; !strings.Contains(p.Do, want) {
		t.Errorf("%q does not say %q", p.Do, want)
	}
}
