package london

import (
	"cmp"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pou/model"
)

func TestWhereIsWhat(t *testing.T) {
	tests := map[string]struct {
		lat, lon float64
		want     string
	}{
		"Big Ben stands in Westminster":                           {51.50070, -0.12460, "Westminster"},
		"New Scotland Yard stands in Westminster":                 {51.50300, -0.12390, "Westminster"},
		"St Paul's Cathedral stands in the City":                  {51.51384, -0.09836, "City of London"},
		"the Tower stands in Tower Hamlets, not in the City":      {51.50811, -0.07594, "Tower Hamlets"},
		"the Shard stands in Southwark":                           {51.50450, -0.08650, "Southwark"},
		"Lambeth Palace stands in Lambeth":                        {51.49540, -0.11930, "Lambeth"},
		"Wembley Stadium stands in Brent":                         {51.55600, -0.27960, "Brent"},
		"Heathrow Terminal 5 stands in Hillingdon":                {51.47230, -0.48800, "Hillingdon"},
		"Twickenham Stadium stands in Richmond":                   {51.45610, -0.34150, "Richmond"},
		"the Royal Observatory stands in Greenwich":               {51.47780, -0.00150, "Greenwich"},
		"the meridian is no border":                               {51.47780, 0, "Greenwich"},
		"Alexandra Palace stands in Haringey":                     {51.59430, -0.13040, "Haringey"},
		"Croydon's Fairfield Halls stand in Croydon":              {51.37230, -0.09490, "Croydon"},
		"Upminster Windmill stands in Havering":                   {51.55580, 0.24410, "Havering"},
		"Kingston's market place is in Kingston":                  {51.40940, -0.30640, "Kingston"},
		"Olympia stands in Hammersmith, by the railway":           {51.49600, -0.20990, "Hammersmith & Fulham"},
		"Watford is not in London":                                {51.65650, -0.39030, ""},
		"Dartford is not in London":                               {51.44630, 0.21690, ""},
		"Edinburgh is not in London":                              {55.95330, -3.18830, ""},
		"the middle of the Thames counts with the nearer bank":    {51.50660, -0.12020, "Westminster"},
		"a place on the river nearer Lambeth counts as Lambeth":   {51.50300, -0.12050, "Lambeth"},
		"the river off Woolwich counts with the nearer bank":      {51.49640, 0.06500, "Greenwich"},
		"what is no place is in no borough":                       {math.NaN(), 0, ""},
		"a latitude of 200 is in no borough":                      {200, 0, ""},
		"west of everything there is nothing":                     {51.5, -179, ""},
		"Mill Hill stands in Barnet":                              {51.61500, -0.24500, "Barnet"},
		"Hampstead Heath's Parliament Hill is in Camden":          {51.55960, -0.15970, "Camden"},
		"Barking Abbey stands in Barking & Dagenham":              {51.53550, 0.07560, "Barking & Dagenham"},
		"the Olympic stadium stands in Newham":                    {51.53870, -0.01660, "Newham"},
		"Victoria Park, west of the stadium, is in Tower Hamlets": {51.53650, -0.03900, "Tower Hamlets"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, ok := Borough(model.Point{Lat: test.lat, Lon: test.lon})
			if got != test.want || ok != (test.want != "") {
				t.Errorf("got %q, %v, want %q", got, ok, test.want)
			}
		})
	}
}

func TestUnitsOfPlaces(t *testing.T) {
	for borough, want := range map[string]model.Unit{
		"Westminster": "AW", "Kingston upon Thames": "SW", "Richmond upon Thames": "SW", "Hammersmith and Fulham": "AW", "Barking and Dagenham": "EA",
		"City of London": "", "Watford": "", "": "", "Camden, Islington": "",
	} {
		if got, ok := Unit(borough); got != want || ok != (want != "") {
			t.Errorf("%s is policed by %q, want %q", borough, got, want)
		}
	}
	if got, ok := UnitAt(model.Point{Lat: 51.5560, Lon: -0.2796}); got != "NW" || !ok {
		t.Errorf("Wembley is policed by %q", got)
	}
	if got, ok := UnitAt(model.Point{Lat: 51.51384, Lon: -0.09836}); ok {
		t.Errorf("the City is policed by %q", got)
	}
}

func TestEveryUnitHasItsBoroughsAndTheCityIsTheOnlyOther(t *testing.T) {
	counts := map[model.Unit]int{}
	for _, a := range Boroughs() {
		unit, ok := Unit(a.Name)
		if !ok && a.Name != "City of London" {
			t.Errorf("nobody polices %s", a.Name)
		}
		counts[unit]++
	}
	for _, u := range model.Units() {
		if counts[u.Code] != len(u.Boroughs) {
			t.Errorf("%s has %d of %d boroughs", u.Code, counts[u.Code], len(u.Boroughs))
		}
	}
}

func TestOutlinesAreClosedAndRunRoundTheirAreas(t *testing.T) {
	areas := append(slices.Clone(Boroughs()), Thames())
	if len(areas) != 34 {
		t.Fatalf("%d areas", len(areas))
	}
	for _, a := range areas {
		for _, ring := range a.Rings {
			if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
				t.Errorf("%s has a ring that is not closed", a.Name)
			}
			if hectares(ring) <= 0 {
				t.Errorf("%s lies on the wrong side of its outline", a.Name)
			}
		}
	}
}

// Every line must divide the two areas that say they have it: then there are neither gaps nor overlaps.
func TestEveryPieceOfAnOutlineIsABorderOnce(t *testing.T) {
	type way struct{ a, b model.Point }
	sides := map[way][2]string{}
	for _, b := range Borders() {
		for i := 1; i < len(b.Points); i++ {
			w := way{b.Points[i-1], b.Points[i]}
			if _, twice := sides[w]; twice {
				t.Fatalf("two borders run from %v to %v", w.a, w.b)
			}
			sides[w] = [2]string{b.Left, b.Right}
		}
	}
	seen := map[way]string{}
	for _, a := range append(slices.Clone(Boroughs()), Thames()) {
		for _, ring := range a.Rings {
			for i := 1; i < len(ring); i++ {
				w := way{ring[i-1], ring[i]}
				if other, twice := seen[w]; twice {
					t.Fatalf("%s and %s overlap at %v", a.Name, other, w.a)
				}
				seen[w] = a.Name
				if s, ok := sides[w]; ok && s[0] == a.Name {
					continue
				}
				if s, ok := sides[way{w.b, w.a}]; !ok || s[1] != a.Name {
					t.Fatalf("%s has a piece at %v that is no border of it", a.Name, w.a)
				}
			}
		}
	}
	for w, s := range sides {
		if s[0] != "" && seen[w] != s[0] || s[1] != "" && seen[way{w.b, w.a}] != s[1] {
			t.Fatalf("the border at %v divides %v, and not both have it", w.a, s)
		}
	}
}

// The source counts the tidal river in HECTARES and says how much that is in NONLD_AREA; its outlines end at the bank.
func TestAreasAreThoseOfTheSourceWithinOnePerCent(t *testing.T) {
	land := map[string]float64{
		"Kingston": 3726.117, "Croydon": 8649.441, "Bromley": 15013.487, "Hounslow": 5658.541 - 60.755, "Ealing": 5554.428,
		"Havering": 11445.735 - 210.763, "Hillingdon": 11570.063, "Harrow": 5046.33, "Brent": 4323.27, "Barnet": 8674.837,
		"Lambeth": 2724.94 - 43.927, "Southwark": 2991.34 - 105.139, "Lewisham": 3531.706 - 16.795, "Greenwich": 5044.19 - 310.785,
		"Bexley": 6428.649 - 370.619, "Enfield": 8220.025, "Waltham Forest": 3880.793, "Redbridge": 5644.225 - 2.3, "Sutton": 4384.698,
		"Richmond": 5876.111 - 135.443, "Merton": 3762.466, "Wandsworth": 3522.022 - 95.6, "Hammersmith & Fulham": 1715.409 - 75.648,
		"Kensington & Chelsea": 1238.379 - 25.994, "Westminster": 2203.005 - 54.308, "Camden": 2178.932, "Tower Hamlets": 2157.501 - 179.707,
		"Islington": 1485.664, "Hackney": 1904.902, "Haringey": 2959.837, "Newham": 3857.806 - 237.637,
		"Barking & Dagenham": 3779.934 - 169.15, "City of London": 314.942 - 24.546,
	}
	for _, a := range Boroughs() {
		got := 0.0
		for _, ring := range a.Rings {
			got += hectares(ring)
		}
		if want := land[a.Name]; math.Abs(got/want-1) > 0.01 {
			t.Errorf("%s has %.1f ha, the source says %.1f", a.Name, got, want)
		}
	}
}

// hectares is the area left of a ring, on a sphere.
func hectares(ring []model.Point) float64 {
	const radius = 6371008.8
	sum := 0.0
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		sum -= (b.Lon - a.Lon) * math.Pi / 180 * (math.Sin(a.Lat*math.Pi/180) + math.Sin(b.Lat*math.Pi/180)) / 2
	}
	return sum * radius * radius / 1e4
}

func TestBoroughAgreesWithTheOutlines(t *testing.T) {
	areas := append(slices.Clone(Boroughs()), Thames())
	r := rand.New(rand.NewPCG(6, 1))
	for range 3_000 {
		p := model.Point{Lat: 51.27 + r.Float64()*0.44, Lon: -0.53 + r.Float64()*0.88}
		want := ""
		for _, a := range areas {
			for _, ring := range a.Rings {
				if model.InPolygon(ring[1:], p) {
					want = a.Name
				}
			}
		}
		got, _ := Borough(p)
		if want == riverName {
			if nearest := nearestBank(p); !OnThames(p) || got != nearest {
				t.Errorf("the bank of %s is nearest to %v, got %q", nearest, p, got)
			}
			if land, dry := Land(p); dry {
				t.Errorf("%v on the river is the land of %s", p, land)
			}
			if got == "" {
				t.Fatalf("%v is on the river, got %q", p, got)
			}
		} else if got != want && !nearBorder(areas, p) {
			t.Fatalf("%v lies in %q, got %q", p, want, got)
		}
	}
}

// nearestBank is the slow way to find it: every piece of the river's outline that a borough shares.
func nearestBank(p model.Point) string {
	best, name := math.Inf(1), ""
	for _, b := range Borders() {
		if !b.Bank || b.Right != riverName {
			continue
		}
		for i := 1; i < len(b.Points); i++ {
			if d := away(p, b.Points[i-1], b.Points[i]); d < best {
				best, name = d, b.Left
			}
		}
	}
	return name
}

// nearBorder reports whether a place is so near a border that rounding it to a millionth of a degree may carry it across.
func nearBorder(areas []Area, p model.Point) bool {
	for _, a := range areas {
		for _, ring := range a.Rings {
			for i := 1; i < len(ring); i++ {
				if math.Sqrt(away(p, ring[i-1], ring[i])) < 2e-6 {
					return true
				}
			}
		}
	}
	return false
}

func TestEveryCornerOfABorderIsInOneArea(t *testing.T) {
	inside := 0
	for _, b := range Borders() {
		for _, p := range b.Points[1 : len(b.Points)-1] {
			if b.Left == "" || b.Right == "" {
				continue
			}
			if _, ok := Borough(p); !ok {
				t.Fatalf("the corner %v between %s and %s is in neither", p, b.Left, b.Right)
			}
			inside++
		}
	}
	if inside < 5000 {
		t.Errorf("only %d corners looked at", inside)
	}
}

func TestStationsOutsideLondonAreTheOnesKnown(t *testing.T) {
	var out []string
	in := 0
	for _, s := range Stations() {
		if s.Borough == "" {
			out = append(out, s.Name)
			continue
		}
		in++
		if _, ok := Unit(s.Borough); !ok && s.Borough != "City of London" {
			t.Errorf("%s is in %q", s.Name, s.Borough)
		}
	}
	if got := len(Stations()); got != 721 || in+len(out) != got {
		t.Errorf("%d stations, %d in London and %d outside", got, in, len(out))
	}
	want, err := os.ReadFile("testdata/outside.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(out, "\n") + "\n"; got != string(want) {
		t.Errorf("outside London, got:\n%s", got)
	}
}

func TestStationsAreFoundHoweverTheyAreWritten(t *testing.T) {
	tests := map[string]struct{ want, network string }{
		"King's Cross St Pancras":                      {"King's Cross St Pancras", "London Underground"},
		"Kings Cross St. Pancras":                      {"King's Cross St Pancras", ""},
		"KINGS CROSS ST PANCRAS":                       {"King's Cross St Pancras", ""},
		"Kings Cross St. Pancras [London Underground]": {"King's Cross St Pancras", "London Underground"},
		"Kings Cross [London Underground]":             {"King's Cross St Pancras", "London Underground"},
		"King’s Cross":                                 {"London King's Cross", "National Rail"},
		"London Kings Cross [National Rail]":           {"London King's Cross", "National Rail"},
		"St Pancras International":                     {"London St. Pancras International", ""},
		"Shepherds Bush [National Rail]":               {"Shepherd's Bush", "National Rail"},
		"Shepherd's Bush [London Underground]":         {"Shepherd's Bush", "London Underground"},
		"Bethnal Green [London Overground]":            {"Bethnal Green", "London Overground"},
		"Bethnal Green":                                {"Bethnal Green", "London Underground"},
		"Waterloo":                                     {"Waterloo", "London Underground"},
		"Waterloo (Jubilee line entrance)":             {"Waterloo", "London Underground"},
		"Waterloo [National Rail]":                     {"London Waterloo", "National Rail"},
		"Victoria underground station":                 {"Victoria", "London Underground"},
		"Liverpool St":                                 {"London Liverpool Street", ""},
		"Liverpool Street [London Underground]":        {"London Liverpool Street", "London Underground"},
		"Elephant and Castle":                          {"Elephant & Castle", "London Underground"},
		"Hammersmith (Dist&Picc line)":                 {"Hammersmith (District and Piccadilly lines)", ""},
		"Hammersmith (Circle line)":                    {"Hammersmith (Circle and Hammersmith & City lines)", ""},
		"Heathrow Terminals 1 2 3":                     {"Heathrow Terminals 2 & 3", ""},
		"Canary Wharf [DLR]":                           {"Canary Wharf DLR", "Docklands Light Railway"},
		"Cutty Sark":                                   {"Cutty Sark for Maritime Greenwich", "Docklands Light Railway"},
		"st johns wood":                                {"St. John's Wood", ""},
		"Kensington Olympia":                           {"Kensington (Olympia)", ""},
		"Kensington (Olympia) [National Rail]":         {"Kensington (Olympia)", "National Rail"},
		"Clapham Jn":                                   {"Clapham Junction", ""},
		"London Bridge":                                {"London Bridge", ""},
		"  bank ":                                      {"Bank", ""},
		"Station A":                                    {}, // of an anonymised history; a shuttle at Heathrow has the name
		"Clapham":                                      {},
		"North [London Underground]":                   {},
		"Bus journey, route 999":                       {},
		"":                                             {},
		"[London Underground]":                         {},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, ok := StationNamed(name)
			if got.Name != test.want || ok != (test.want != "") {
				t.Fatalf("got %q %v, want %q", got.Name, got.Networks, test.want)
			}
			if test.network != "" && !slices.Contains(got.Networks, test.network) {
				t.Errorf("it is of %v, want %s", got.Networks, test.network)
			}
		})
	}
}

func TestANameOfTwoStationsGivesBoth(t *testing.T) {
	all := StationsNamed("Bethnal Green")
	if len(all) != 2 {
		t.Fatalf("got %v", all)
	}
	if d := all[0].Point.Metres(all[1].Point); d < 500 || d > 1500 {
		t.Errorf("they are %.0f m apart", d)
	}
}

func TestEveryStationIsFoundByItsOwnName(t *testing.T) {
	for _, s := range Stations() {
		if slices.Contains(s.Networks, "Heathrow Airport") {
			continue
		}
		found := slices.ContainsFunc(StationsNamed(s.Name), func(f Station) bool { return f.Name == s.Name && f.Point == s.Point })
		if !found {
			t.Errorf("%s is not found", s.Name)
		}
	}
}

func TestTheNearestStation(t *testing.T) {
	s, metres := NearestStation(model.Point{Lat: 51.5007, Lon: -0.1246})
	if s.Name != "Westminster" || metres > 200 {
		t.Errorf("got %s, %.0f m", s.Name, metres)
	}
}

func TestDamagedOutlinesAreRefused(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for n := range 60 {
		damaged := slices.Clone(boroughFile)
		if n%2 == 0 {
			damaged = damaged[:r.IntN(len(damaged))]
			if _, err := load(damaged, ""); err == nil {
				t.Fatalf("%d bytes of %d were read as if whole", len(damaged), len(boroughFile))
			}
			continue
		}
		damaged[r.IntN(len(damaged))] ^= byte(1 + r.IntN(255))
		_, _ = load(damaged, "") // may move a corner; must not run wild
	}
}

func TestTheGeographyIsSmall(t *testing.T) {
	if size := len(boroughFile) + len(stationFile); size > 500_000 {
		t.Errorf("%d bytes are embedded", size)
	}
	for _, needed := range []string{"Crown copyright", "OGL", "OpenStreetMap contributors", "ODbL"} {
		if !strings.Contains(Attribution(), needed) {
			t.Errorf("the attribution does not say %q", needed)
		}
	}
}

// The source files lie in POU_DATA; they are too large to be kept here.
func TestTheGeneratorMakesTheSameFiles(t *testing.T) {
	data := filepath.Join(cmp.Or(os.Getenv("POU_DATA"), filepath.Join("..", "..", "..", "..", "shared", "data")), "london")
	if _, err := os.Stat(data); err != nil {
		t.Skipf("NOT CHECKED: %s is not here; POU_DATA is the directory of the public data", data)
	}
	data, err := filepath.Abs(data)
	if err != nil {
		t.Fatal(err)
	}
	source, err := filepath.Abs("generate.go")
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(t.TempDir(), "generate")
	if out, err := exec.Command("go", "build", "-o", binary, source).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	made := exec.Command(binary, data)
	made.Dir = t.TempDir()
	if out, err := made.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for file, want := range map[string]string{"boroughs.bin": string(boroughFile), "stations.tsv": stationFile} {
		got, err := os.ReadFile(filepath.Join(made.Dir, file))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s is another one", file)
		}
	}
}

func BenchmarkBorough(b *testing.B) {
	r := rand.New(rand.NewPCG(6, 1))
	points := make([]model.Point, 4096)
	for i := range points {
		points[i] = model.Point{Lat: 51.27 + r.Float64()*0.44, Lon: -0.53 + r.Float64()*0.88}
	}
	for i := 0; b.Loop(); i++ {
		Borough(points[i%len(points)])
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := load(boroughFile, stationFile); err != nil {
			b.Fatal(err)
		}
	}
}
