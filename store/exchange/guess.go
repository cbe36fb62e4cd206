package exchange

import (
	"slices"
	"strings"
	"unicode"

	"pou/model/day"
)

// guesser finds out what a column is from its name and, weakly, from its cells.
type guesser struct {
	kind  Kind
	words map[string]target
}

func newGuesser(kind Kind) *guesser {
	g := &guesser{kind: kind, words: map[string]target{}}
	for _, s := range synonyms() {
		t, err := parseTarget(kind, s.field)
		if err != nil {
			continue
		}
		for w := range strings.FieldsSeq(s.words) {
			if _, taken := g.words[w]; !taken {
				g.words[w] = t
			}
		}
	}
	return g
}

// synonym is a field and the names columns give it, in letters and digits only.
type synonym struct{ field, words string }

func synonyms() []synonym {
	return []synonym{
		{"surname", "surname lastname familyname sname lname last family secondname"},
		{"forename", "forename forenames firstname firstnames givenname givennames given first fname christianname christiannames middlename middlenames middle"},
		{"person", "person personref personid subject subjectref pref nominalref subjectid"},
		{"name", "name fullname names personname nominal nominalname subject subjectname offender offendername displayname"},
		{"alias", "alias aliases aka akas alsoknownas knownas othername othernames aliasname aliasnames"},
		{"alias:nickname", "nickname nicknames moniker streetname"},
		{"alias:birth name", "maidenname birthname nameatbirth formername previousname previousnames formernames"},
		{"alias:online name", "username usernames onlinename handle screenname"},
		{"born", "dob dateofbirth birthdate birthday born birth bdate yearofbirth yob dobirth datebirth birthdt"},
		{"sex", "sex gender"},
		{"address", "address addresses addr fulladdress addressline line street streetnumber streetno housenumber houseno house housename " +
			"flat flatnumber road suburb town city locality district county state region country posttown residence lastknownaddress"},
		{"address:home", "homeaddress"},
		{"address:work", "workaddress"},
		{"address:bail", "bailaddress"},
		{"postcode", "postcode postalcode zip zipcode pcode"},
		{"phone", "phone phones phonenumber phonenumbers telephone telephonenumber tel telno phoneno contactnumber contactno msisdn"},
		{"phone:mobile", "mobile mobiles mobilenumber mobileno mob cellphone mobilephone"},
		{"phone:home", "homephone landline hometel"},
		{"phone:work", "workphone worktel"},
		{"vehicle", "vehicle vehicles vrm vrms vrn reg regno registration registrationmark vehiclereg vehicleregistration numberplate plate plates car carreg"},
		{"marker", "marker markers warning warnings warningmarker warningmarkers warningsignal warningsignals pncwarnings pncmarkers"},
		{"id:PNC", "pnc pncid pncno pncnumber"},
		{"id:CRO", "cro crono cronumber"},
		{"id:passport", "passport passportno passportnumber"},
		{"id:driving licence", "drivinglicence drivinglicense driverslicense driverlicence driverlicense licencenumber"},
		{"id:NI number", "nino ninumber nationalinsurance nationalinsurancenumber"},
		{"id:SSN", "ssn socsecid socialsecuritynumber socialsecurityid"},
		{"id:prison number", "prisonnumber nomis nomisid"},
		{"id", "id ids ref reference refno recid recordid recordno personid personref nominalid nominalref uid urn custodyid custodynumber uniqueid entnum"},
		{"home", "borough homeborough homeunit"},
		{"unit", "unit bcu pou ownerunit owningunit"},
		{"nationality", "nationality nationalities citizenship"},
		{"birth_place", "birthplace placeofbirth pob"},
		{"description", "description physicaldescription appearance"},
		{"note", "note notes comment comments remark remarks info information narrative freetext"},

		{"order", "order orderref orderid rref"},
		{"type", "type ordertype kind"},
		{"made", "made madeon datemade dateoforder orderdate dateofissue issued granted dategranted"},
		{"until", "until expires expiry expirydate enddate lastday dateofexpiry ends"},
		{"court", "court courtname issuingcourt"},
		{"conditions", "conditions condition prohibitions terms requirements prohibition"},
		{"served", "served servedon dateserved servicedate serveddate"},
		{"served_how", "servedhow howserved"},
		{"protects", "protects protected protectedperson protectedparty"},
		{"condition", "condition conditionno conditionnumber"},
		{"what", "what whathappened event incident details circumstances"},
		{"at", "at when date datetime time occurred occurredat dateofbreach breachdate incidentdate"},
		{"reporter", "reporter reportedby source"},
		{"report", "report crimereport crimeref crimeno crimenumber cris"},
	}
}

// squash leaves the letters and digits of a column name, in lower case.
func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// words splits a column name where its words meet: at anything but a letter or digit, and where a capital follows a small letter.
func words(s string) []string {
	var b strings.Builder
	small := false
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			b.WriteByte(' ')
		case unicode.IsUpper(r) && small:
			b.WriteString(" " + string(unicode.ToLower(r)))
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		small = unicode.IsLower(r)
	}
	return strings.Fields(b.String())
}

// others are words that say a column is about somebody else than the person the row is about. A victim's name or an
// officer's phone must never land on an offender's record by a guess.
func others() []string {
	return []string{
		"victim", "victims", "witness", "informant", "complainant", "mother", "mothers", "father", "fathers", "parent", "kin", "nok", "partner",
		"spouse", "wife", "husband", "child", "children", "officer", "oic", "arresting", "solicitor", "employer", "emergency", "contact", "supervisor",
		"interpreter", "appropriate", "adult", "protected", "author", "created", "updated", "user",
	}
}

// fillers are words that add nothing to what a column is.
func fillers() []string {
	return []string{
		"subject", "subjects", "offender", "offenders", "nominal", "suspect", "person", "persons", "individual", "defendant", "detainee", "respondent",
		"the", "their", "his", "her", "of", "primary", "main", "current", "known", "full", "text", "value", "details", "detail",
	}
}

// byName guesses a column from its name: the whole of it, then without filling words, then the last steps of a dotted path.
func (g *guesser) byName(name string) (target, bool) {
	if t, ok := g.word(squash(name)); ok {
		return t, true
	}
	all := words(name)
	other := others()
	if slices.ContainsFunc(all, func(w string) bool { return slices.Contains(other, w) }) {
		return target{}, false
	}
	fill := fillers()
	rest := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return slices.Contains(fill, w) })
	if t, ok := g.word(strings.Join(rest, "")); ok {
		return t, true
	}
	steps := strings.Split(name, ".")
	for n := min(2, len(steps)-1); n > 0; n-- {
		if t, ok := g.word(squash(strings.Join(steps[len(steps)-n:], ""))); ok {
			return t, true
		}
	}
	return target{}, false
}

// word looks a squashed name up, without the number of "phone 2" or "address line 4".
func (g *guesser) word(s string) (target, bool) {
	if t, ok := g.words[s]; ok {
		return t, true
	}
	t, ok := g.words[strings.TrimRight(s, "0123456789")]
	return t, ok
}

// guess works out every column of a table. A column whose name says nothing is looked into, but only for what does no
// harm if it is wrong, or in a file without column names.
func (g *guesser) guess(t *table) []Column {
	samples := t.sample()
	out := make([]Column, len(t.columns))
	taken := map[target]bool{}
	for i, name := range t.columns {
		c := Column{Name: name, Why: "not recognised, kept in the note", Field: string(fKeep), Example: example(samples[i])}
		to, ok := g.byName(name)
		if ok {
			c.Why = "by its name"
		} else if to, ok = g.byContent(samples[i], t.header == 0); ok && !taken[to] {
			c.Why = "by what it holds"
		} else {
			ok = false
		}
		if ok {
			if taken[to] && to == (target{field: fID}) {
				to.detail = name // only one number can name the row; the others are kept as numbers of the person
			}
			taken[to] = true
			c.Field = to.String()
		}
		out[i] = c
	}
	return out
}

// sample gathers some cells of each column.
func (t *table) sample() [][]string {
	const most = 50
	out := make([][]string, len(t.columns))
	var c cleaner
	n := 0
	for r := range t.rows {
		for i, cell := range r.cells[:min(len(r.cells), len(out))] {
			if v := c.cell(cell); v != "" && r.fault == "" && !isNull(v) {
				out[i] = append(out[i], strings.Clone(v))
			}
		}
		if n++; n == most {
			break
		}
	}
	return out
}

func example(cells []string) string {
	if len(cells) == 0 {
		return ""
	}
	return harmless(cells[0], 40)
}

func (g *guesser) byContent(cells []string, unnamed bool) (target, bool) {
	if g.kind != People || len(cells) < 3 {
		return target{}, false
	}
	for _, c := range []struct {
		field   field
		looks   func(string) bool
		unnamed bool
	}{
		{fPhone, looksPhone, false},
		{fPostcode, looksPostcode, false},
		{fBorn, looksBorn, true},
		{fName, looksName, true},
	} {
		if c.unnamed && !unnamed {
			continue
		}
		n := 0
		for _, cell := range cells {
			if c.looks(cell) {
				n++
			}
		}
		if n*10 >= len(cells)*9 {
			return target{field: c.field}, true
		}
	}
	return target{}, false
}

// looksPhone knows United Kingdom numbers only: any other run of figures could be anything.
func looksPhone(s string) bool {
	n, ok := phoneNumber(s)
	return ok && len(n) == 11 && strings.HasPrefix(n, "0") && strings.ContainsRune("1237", rune(n[1]))
}

func looksPostcode(s string) bool {
	p := postcode(s)
	return len(p) >= 6 && len(p) <= 8 && p[len(p)-4] == ' '
}

func looksBorn(s string) bool {
	b, err := day.ParseBorn(dateOnly(s))
	return err == nil && b.Day > 0 && b.Year >= 1900
}

// looksName wants SURNAME, Forename.
func looksName(s string) bool {
	before, after, ok := strings.Cut(s, ",")
	if !ok || before == "" || strings.TrimSpace(after) == "" {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune(" ,.'-’", r) })
}
