package atlas

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pou/model"
)

// veiledSides are two devices of the suspect's, one of the victim-survivor's and one of a witness.
func veiledSides() Attributions {
	return Attributions{
		{Handle: 1, Side: Suspect, Who: "S1", Grade: Strong},
		{Handle: 2, Side: Suspect, Who: "S2", Grade: Some},
		{Handle: 3, Side: Victim, Who: "V3", Grade: Proved, Hidden: true},
		{Handle: 4, Side: Third, Who: "T4", Grade: Some, Hidden: true},
	}
}

// Held against every row of everybody protected one by one: whatever of the suspect's may be near one says no more than an area.
func TestNoRowNearSomebodyProtectedSaysWhereItIs(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 7))
		s := scatter(rng, 300, 51_500_000, -100_000, 30_000, int64(12*time.Hour/time.Millisecond))
		x := Prepare(s, veiledSides())
		v := x.Veil()
		rule := Usual()
		rule.Metres = coarseReach
		f := x.fixer(rule.Slack, rule.Coarsest)
		var suspect, protected []Fix
		for row := range s.Rows {
			for _, at := range f.of(uint32(row)) {
				if s.Rows[row].Own < 3 {
					suspect = append(suspect, at)
				} else {
					protected = append(protected, at)
				}
			}
		}
		near := 0
		for i := range suspect {
			for k := range protected {
				if _, ok := rule.pairOf(&suspect[i], &protected[k]); !ok {
					continue
				}
				near++
				row := suspect[i].Row
				if said := v.SayPlace(row); s.Rows[row].Placed() && !strings.Contains(said, "made coarse") || !v.Keeps(row) {
					t.Fatalf("seed %d: row %d may be near row %d, and says %q", seed, row, protected[k].Row, said)
				}
			}
		}
		if near == 0 {
			t.Errorf("seed %d: nothing is near", seed)
		}
		for row := range s.Rows {
			r := &s.Rows[row]
			exact := fmt.Sprintf("%.5f, %.5f", float64(r.Lat)/1e6, float64(r.Lon)/1e6)
			if v.Keeps(uint32(row)) && strings.Contains(v.SayRow(uint32(row)), exact) {
				t.Fatalf("seed %d: %s", seed, v.SayRow(uint32(row)))
			}
		}
	}
}

func TestWhereSomebodyProtectedSleepsIsVeiledWhoeverIsThereWhenever(t *testing.T) {
	s := &Set{Names: []string{"", "a", "b", "c", "d"}, Sites: []Site{{}}}
	for night := range 5 {
		s.Rows = append(s.Rows, ping(when(t, fmt.Sprintf("2026-03-%02d 02:00", night+1)), 3, 0, 20))
	}
	s.Rows = append(s.Rows, ping(when(t, "2026-03-20 14:00"), 1, 60, 20), ping(when(t, "2026-03-20 18:00"), 1, 9000, 20))
	v := Prepare(s, veiledSides()).Veil()
	if !v.Near(5) || v.Near(6) {
		t.Errorf("outside her home by day: %q; far from it: %q", v.SayPlace(5), v.SayPlace(6))
	}
}

func TestWithNobodyProtectedNothingIsVeiled(t *testing.T) {
	s := scatter(rand.New(rand.NewPCG(3, 3)), 200, 51_500_000, -100_000, 10_000, 1e7)
	v := Prepare(s, both()).Veil()
	for row := range s.Rows {
		if v.Keeps(uint32(row)) || s.Rows[row].Placed() && v.SayPlace(uint32(row)) != SayPlace(s, &s.Rows[row]) {
			t.Fatalf("row %d says %q", row, v.SayPlace(uint32(row)))
		}
	}
	if v.Any() {
		t.Error("something is need-to-know")
	}
}

func TestANumberThatIsNeedToKnowIsInNoNameOfAFileHoweverItIsWritten(t *testing.T) {
	s := &Set{Names: []string{"", "07700900123", "b", "07700900456", "@her.account"}, Sites: []Site{{}}}
	for _, name := range []string{"calls 07700900456.csv", "+44 7700 900456.csv", "00447700-900456 (1).csv", "HER.ACCOUNT messages.json", "07700900123.csv", "calls_07700_900_456.csv", "+44.(0)7700.900456.csv"} {
		s.Files = append(s.Files, File{Name: name})
	}
	s.Rows = []Row{{Own: 1, Lat: NoPlace, Kind: Call, Line: 1}}
	v := Prepare(s, veiledSides()).Veil()
	for i, want := range []string{"calls V3.csv", "V3.csv", "V3 (1).csv", "", "07700900123.csv", "calls_V3.csv", "V3.csv"} {
		got := v.File(uint16(i))
		if want != "" && got != want || strings.Contains(strings.ToLower(got), "her.account") {
			t.Errorf("%q is shown as %q", s.Files[i].Name, got)
		}
	}
}

// A candidate names a number that is need-to-know by its label, and no place near somebody protected.
func TestACandidateSaysNeitherTheEndOfAProtectedNumberNorAPlaceNearThem(t *testing.T) {
	at := when(t, "2026-03-20 12:00")
	s := &Set{Names: []string{"", "07700900123", "b", "07700900456", "d"}, Sites: []Site{{}}, Files: []File{{Name: "f"}}}
	s.Rows = []Row{ping(at, 1, 30, 20), ping(at, 3, 0, 20), call(at+1000, 1, 3, Out), ping(at+8*3_600_000, 1, 100, 20)}
	s.Rows[2].Lat = NoPlace
	x := Prepare(s, veiledSides())
	got := x.Candidates(Window{}, Bound{Order: "R-000001", Conditions: []model.Condition{
		{No: 1, Type: model.NoContact, Match: model.Matcher{Numbers: []string{"07700900456"}}},
		{No: 2, Type: model.NoArea, Match: model.Matcher{Circle: model.Circle{Centre: s.pointAt(1), Metres: 200}}},
	}})
	v := x.Veil()
	contacts, places := 0, 0
	for i := range got {
		why, unsure := v.SayCandidate(&got[i])
		all := why + strings.Join(unsure, " ")
		if strings.Contains(got[i].Why+all, "456") {
			t.Errorf("it says the end of the number: %s; %s", got[i].Why, all)
		}
		switch got[i].Condition.No {
		case 1:
			contacts++
			if !strings.Contains(why, "the number or account of V3 is one the condition names") {
				t.Error(why)
			}
		case 2:
			if places++; v.Keeps(got[i].Rows[0]) == strings.Contains(why, "from the centre") {
				t.Error(why)
			}
		}
	}
	if contacts != 1 || places != 2 {
		t.Errorf("%d contacts and %d places: %+v", contacts, places, got)
	}
}

func (s *Set) pointAt(row int) model.Point { return pointOf(s.Rows[row].Lat, s.Rows[row].Lon) }
