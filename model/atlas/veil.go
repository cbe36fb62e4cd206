package atlas

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pou/model"
)

// Veil is what the rows of a case do not say to whoever has not asked for a reveal: the numbers of devices that are somebody's who is
// protected, where these may have been, and, but for an area about it, where rows of the suspect's near them are. Screen, paper and
// command line all ask it, so that none of them says what another keeps.
type Veil struct {
	set     *Set
	numbers []veiledNumber
	hidden  map[Handle]bool
	near    map[uint32]bool
	rule    Rule     // of what near somebody protected is
	files   []string // their names as they may be shown
}

// veiledNumber finds a number that is need-to-know in words of a source, such as the name of a file.
type veiledNumber struct {
	re  *regexp.Regexp
	who string
}

// NeedToKnow stands where the place of somebody protected would.
const NeedToKnow = "place is need-to-know"

// coarseReach is half a hundredth of a degree either way, in London.
const coarseReach = 700

// Veil is the veil of the whole of the data.
func (x *Index) Veil() *Veil {
	v := &Veil{set: x.Set, hidden: map[Handle]bool{}, near: map[uint32]bool{}}
	for i := range x.By {
		if a := &x.By[i]; a.Hidden && !v.hidden[a.Handle] {
			v.hidden[a.Handle] = true
			v.numbers = append(v.numbers, veiledNumber{numberPattern(x.Set.Key(a.Handle)), a.Who})
		}
	}
	for i := range x.Set.Files {
		v.files = append(v.files, v.Said(x.Set.Files[i].Name))
	}
	if len(v.hidden) == 0 {
		return v
	}
	rule := Usual()
	rule.Metres = coarseReach // nearer, and what is left of a way would end where they are
	v.rule = rule
	suspect := x.Path(Window{}, Suspect, rule)
	for _, side := range []Side{Victim, Third} {
		for _, m := range Against(suspect, x.Path(Window{}, side, rule), rule).Meets() {
			if v.hidden[m.B] {
				v.add(m.RowsA)
			}
		}
	}
	v.haunts(x, suspect.Fixes(), rule.Slack)
	return v
}

func (v *Veil) add(rows Rows) {
	for _, row := range rows {
		v.near[row] = true
	}
}

// haunts veils what is near where a protected device is likely at night or in working hours, whenever it is from: that is where they live.
func (v *Veil) haunts(x *Index, suspect []Fix, slack time.Duration) {
	var areas []Area
	for h := range v.hidden {
		fixes, _ := x.Fixes(Window{}, slack, h)
		fixes = slices.DeleteFunc(fixes, func(f Fix) bool { return f.Metres > Usual().Coarsest })
		for _, part := range []Part{Nights, Workdays} {
			for _, a := range x.Areas(fixes, part).Areas {
				if a.Days >= leastNights {
					areas = append(areas, a)
				}
			}
		}
	}
	for i := range suspect {
		f := &suspect[i]
		if slices.ContainsFunc(areas, func(a Area) bool { least, _ := a.Apart(f.Point(), float64(f.Metres)); return least <= coarseReach }) {
			v.near[f.Row] = true
		}
	}
}

// numberPattern finds a number however it is written: national, +44 or 0044, with spaces or hyphens, or an account or card as it stands.
func numberPattern(name string) *regexp.Regexp {
	_, bare, prefixed := strings.Cut(name, ":")
	if !prefixed {
		bare = name
	}
	digits := strings.TrimLeft(bare, "+0")
	if len(digits) < 6 || strings.Trim(digits, "0123456789") != "" {
		return accountPattern(strings.TrimPrefix(bare, "@"))
	}
	const gap = `[ ._()/-]{0,3}` // file names have underscores and dots for spaces
	return regexp.MustCompile(`(?:(?:\+|00)?44` + gap + `0?` + gap + `|\+|00|0` + gap + `)?` + strings.Join(strings.Split(digits, ""), gap))
}

// accountPattern finds an account or a plate as a word of its own, whatever case and gaps it is written in.
func accountPattern(bare string) *regexp.Regexp {
	edge := func(r rune) string {
		if r == '_' || r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return `\b`
		}
		return ""
	}
	letters := []rune(bare)
	if len(letters) == 0 {
		return regexp.MustCompile(`[^\s\S]`) // nothing is it
	}
	quoted := make([]string, len(letters))
	for i, r := range letters {
		quoted[i] = regexp.QuoteMeta(string(r))
	}
	return regexp.MustCompile(`(?i)@?` + edge(letters[0]) + strings.Join(quoted, `[ -]?`) + edge(letters[len(letters)-1]))
}

// Any reports whether anything is veiled.
func (v *Veil) Any() bool { return len(v.hidden) > 0 }

// Covers reports whether every row a rule finds near somebody protected is veiled. What finds more is not asked before a reveal: it would
// name rows that say elsewhere where they are, and so where somebody protected was.
func (v *Veil) Covers(r Rule) bool {
	return !v.Any() || r.Within <= v.rule.Within && r.Metres <= v.rule.Metres && r.Slack <= v.rule.Slack && r.Coarsest <= v.rule.Coarsest
}

// Reach says what near is without a reveal.
func (v *Veil) Reach() string { return length(v.rule.Within) + " and " + metres(v.rule.Metres) }

// Hides reports whether a device is somebody's who is protected.
func (v *Veil) Hides(h Handle) bool { return v.hidden[h] }

// Near reports whether a row of the suspect's may be near somebody protected: it says where within about a kilometre, and no more.
func (v *Veil) Near(row uint32) bool { return v.near[row] }

// Keeps reports whether a row does not say where it is.
func (v *Veil) Keeps(row uint32) bool { return v.hidden[v.set.Rows[row].Own] || v.near[row] }

// Open are the rows of a list that say where they are.
func (v *Veil) Open(fixes []Fix) []Fix {
	return slices.DeleteFunc(slices.Clone(fixes), func(f Fix) bool { return v.Keeps(f.Row) })
}

// Said is words of a source, or of an officer, without a number that is need-to-know.
func (v *Veil) Said(text string) string {
	for _, n := range v.numbers {
		text = n.re.ReplaceAllString(text, n.who)
	}
	return text
}

// File is the name of a file as it may be shown; "" for none. Whoever saved it may have named it by a number.
func (v *Veil) File(i uint16) string {
	if int(i) >= len(v.files) {
		return ""
	}
	return v.files[i]
}

// SayPlace is where a row is, as far as that may be said; "" without a place.
func (v *Veil) SayPlace(row uint32) string {
	r := &v.set.Rows[row]
	switch {
	case !r.Placed():
		return ""
	case v.hidden[r.Own]:
		return NeedToKnow
	case v.near[row]:
		return SayCoarse(r)
	}
	return SayPlace(v.set, r)
}

// SayRow is a row as its source has it, as far as that may be said.
func (v *Veil) SayRow(row uint32) string {
	r := &v.set.Rows[row]
	place := v.SayPlace(row)
	if place != "" && !v.hidden[r.Own] {
		place = Consistent(place)
	}
	return v.Said(sayRowAt(v.set, r, place))
}

// SayHeld is a row that is held. Nothing is worked out of these, not even what they are near: nobody's says more than an area.
func (v *Veil) SayHeld(row uint32) string {
	r := &v.set.Held[row]
	return v.Said(sayRowAt(v.set, r, v.HeldPlace(row)))
}

// HeldPlace is where a held row is, as far as that may be said; "" without a place.
func (v *Veil) HeldPlace(row uint32) string {
	r := &v.set.Held[row]
	switch {
	case !r.Placed():
		return ""
	case v.hidden[r.Own]:
		return NeedToKnow
	case v.Any():
		return Consistent(SayCoarse(r))
	}
	return Consistent(SayPlace(v.set, r))
}

// SayReason is an explanation that names no place by which somebody protected is near.
func (v *Veil) SayReason(r *Reason) string {
	if v.Any() && (r.Kind == SharedCell || r.Kind == SameStation) {
		return upper(SayReasonKind(r.Kind))
	}
	return v.Said(r.Text)
}

// SayCandidate is why rows may be contrary to a condition and what is not sure of it, without where that was if somebody protected may
// have been near.
func (v *Veil) SayCandidate(c *Candidate) (why string, unsure []string) {
	why, unsure = v.Said(c.Why), slices.Clone(c.Unsure)
	if !c.Event.Located() && c.Event.Borough == "" || !slices.ContainsFunc(c.Rows, v.Keeps) {
		return why, unsure
	}
	named, _, _ := strings.Cut(why, ": ")
	return sayPositions(named+": where is need-to-know, since it may be near somebody protected", len(c.Rows)), slices.DeleteFunc(unsure, saysEdge)
}

// Squares are the coarse areas that rows are in.
func (v *Veil) Squares(rows Rows) []Square {
	var out []Square
	at := map[[2]float64]int{}
	for _, row := range rows {
		lat, lon, metres := Coarse(&v.set.Rows[row])
		key := [2]float64{lat, lon}
		n, known := at[key]
		if !known {
			n = len(out)
			at[key] = n
			out = append(out, Square{Circle: model.Circle{Centre: model.Point{Lat: lat, Lon: lon}}})
		}
		out[n].Metres = max(out[n].Metres, metres)
		out[n].Rows = append(out[n].Rows, row)
	}
	return out
}

// Square is an area made coarse, with the rows in it.
type Square struct {
	model.Circle
	Rows Rows
}
