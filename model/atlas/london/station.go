package london

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"pou/model"
)

// Station is a station, stop or pier with its networks. A name can belong to several: those of one interchange, or, as with Bethnal
// Green, two places a kilometre apart.
type Station struct {
	Name     string
	Networks []string // such as London Underground, National Rail; none when the source gives none
	Point    model.Point
	Borough  string // "" outside London
}

// Stations lists all of them by name. The list is shared and is not to be changed.
func Stations() []Station { return theGeography().stations }

// StationNamed finds a station by its name as journey histories and people write it: case, apostrophes, "St." and what stands in
// brackets do not matter, save that a network or line in brackets chooses among several of the same name. Nothing is guessed: a name
// that is in no form that of a station finds none. Where several fit, the first of [StationsNamed] is it.
func StationNamed(name string) (Station, bool) {
	all := StationsNamed(name)
	if len(all) == 0 {
		return Station{}, false
	}
	return all[0], true
}

// StationsNamed lists every station a name may mean, the likeliest first. Whoever places a journey by it must carry the distance
// between them as uncertainty.
func StationsNamed(name string) []Station {
	g := theGeography()
	base, hint := split(name)
	key := keyOf(base)
	found := g.keyed(key, hint)
	if len(found) == 0 {
		found = g.keyed(alias(key), hint)
	}
	out := make([]Station, len(found))
	for i, at := range found {
		out[i] = g.stations[at]
	}
	return out
}

// keyed finds by the compared name. With a hint that none of those satisfies, a longer name that begins with it counts too: "Kings Cross
// [London Underground]" is King's Cross St Pancras.
func (g *geography) keyed(key string, hint []string) []int32 {
	if key == "" {
		return nil
	}
	found := slices.Clone(g.keys[key])
	if len(hint) > 0 && !slices.ContainsFunc(found, func(at int32) bool { return g.fits(at, hint) > 0 }) {
		found = append(found, g.longer(key, hint)...)
	}
	slices.SortStableFunc(found, func(a, b int32) int {
		if d := g.fits(b, hint) - g.fits(a, hint); d != 0 {
			return d
		}
		return g.standing(b) - g.standing(a)
	})
	return slices.Compact(found)
}

// longer finds the one name that begins with a key and fits the hint; of two such names neither is meant for certain.
func (g *geography) longer(key string, hint []string) []int32 {
	var only string
	var found []int32
	for k, list := range g.keys {
		list = slices.DeleteFunc(slices.Clone(list), func(at int32) bool { return g.fits(at, hint) == 0 })
		if len(list) == 0 || !strings.HasPrefix(k, key+" ") {
			continue
		}
		if only != "" && only != k {
			return nil
		}
		only, found = k, list
	}
	return found
}

// fits counts the words of a hint that the station's networks, or its own brackets, have.
func (g *geography) fits(at int32, hint []string) int {
	s := &g.stations[at]
	_, own := split(s.Name)
	for _, n := range s.Networks {
		own = append(own, words(n)...)
	}
	n := 0
	for _, h := range hint {
		if slices.ContainsFunc(own, func(w string) bool { return len(h) >= 3 && strings.HasPrefix(w, h) }) {
			n++
		}
	}
	return n
}

// standing ranks stations of one name: more networks first, the Underground before others.
func (g *geography) standing(at int32) int {
	n := 2 * len(g.stations[at].Networks)
	if slices.Contains(g.stations[at].Networks, "London Underground") {
		n++
	}
	return n
}

// split takes a name apart: what stands outside brackets, and the words inside that could tell stations apart.
func split(name string) (base string, hint []string) {
	var out, in strings.Builder
	depth := 0
	for _, r := range name {
		switch {
		case r == '(' || r == '[':
			depth++
			in.WriteByte(' ')
		case r == ')' || r == ']':
			depth = max(depth-1, 0)
		case depth > 0:
			in.WriteRune(r)
		default:
			out.WriteRune(r)
		}
	}
	for _, w := range words(in.String()) {
		switch w {
		case "and", "line", "lines", "london", "entrance", "only", "rail", "station":
		case "dlr":
			hint = append(hint, "docklands")
		case "tube", "lu":
			hint = append(hint, "underground")
		case "nr":
			hint = append(hint, "national")
		default:
			hint = append(hint, w)
		}
	}
	return out.String(), hint
}

// words are lower case, without apostrophes and full stops; everything else but letters and digits divides them.
func words(s string) []string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\'', '’', '‘', '.':
			return -1
		}
		return unicode.ToLower(r)
	}, strings.ReplaceAll(s, "&", " and "))
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// keyOf is a name as it is compared: abbreviations written out, and no word that only says that it is a station.
func keyOf(name string) string {
	ws := words(name)
	out := ws[:0]
	for i, w := range ws {
		switch {
		case w == "saint":
			w = "st"
		case w == "st" && i > 0 && i == len(ws)-1:
			w = "street"
		case w == "rd":
			w = "road"
		case w == "jn" || w == "jct" || w == "jctn":
			w = "junction"
		case w == "stn" || w == "underground" || w == "dlr", w == "station" && i > 0 && ws[i-1] != "coach":
			continue
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// keysOf are the keys a station is found by: its own, and without the London that only termini carry. The stops of shuttles within an
// airport have none: nobody taps a card there, and "Station A" is what a made-anonymous journey history says.
func keysOf(name string, networks []string) []string {
	if slices.Contains(networks, "Heathrow Airport") {
		return nil
	}
	base, _ := split(name)
	keys := []string{keyOf(base)}
	if whole := keyOf(strings.NewReplacer("(", " ", ")", " ").Replace(name)); whole != keys[0] {
		keys = append(keys, whole)
	}
	if short, ok := strings.CutPrefix(keys[0], "london "); ok && short != "bridge" && short != "fields" {
		keys = append(keys, short)
	}
	return keys
}

// alias is a name that is written otherwise in journey histories or was changed.
func alias(key string) string {
	switch key {
	case "heathrow terminals 1 2 3", "heathrow terminals 1 2 and 3", "heathrow terminals 123", "heathrow central", "heathrow terminal 2", "heathrow terminal 3":
		return "heathrow terminals 2 and 3"
	case "st pancras", "st pancras intl":
		return "st pancras international"
	case "kings x", "kings cross", "kings cross st p":
		return "kings cross st pancras"
	case "hammersmith d", "hammersmith m":
		return "hammersmith"
	case "cutty sark":
		return "cutty sark for maritime greenwich"
	case "edgware road b":
		return "edgware road"
	}
	if short, ok := strings.CutPrefix(key, "london "); ok {
		return short
	}
	return ""
}

// NearestStation is the station closest to a place, with how far away it is in metres.
func NearestStation(p model.Point) (Station, float64) {
	g := theGeography()
	best, at := math.Inf(1), -1
	squeeze := math.Cos(p.Lat * math.Pi / 180)
	for i := range g.stations {
		x, y := (g.stations[i].Point.Lon-p.Lon)*squeeze, g.stations[i].Point.Lat-p.Lat
		if d := x*x + y*y; d < best {
			best, at = d, i
		}
	}
	if at < 0 {
		return Station{}, math.Inf(1)
	}
	return g.stations[at], g.stations[at].Point.Metres(p)
}
