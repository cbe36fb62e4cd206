package model

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWhatAShiftHandsOver(t *testing.T) {
	from, to := at(t, "2026-11-24 05:00"), at(t, "2026-11-24 17:00")
	arrest := func(ref Ref, unit Unit, when string, status ArrestStatus, moved string) *Arrest {
		return &Arrest{
			Meta: Meta{Ref: ref}, Person: "P-000001", Unit: unit, At: at(t, when), Status: status, Offences: []OffenceCode{"s4A"}, Arrived: at(t, when),
			Steps: []ArrestStep{{At: at(t, when), Status: Arrested}, {At: at(t, moved), Status: status}},
		}
	}
	task := func(ref Ref, kind TaskKind, state TaskState, due, ended string) *Task {
		return &Task{Meta: Meta{Ref: ref}, Title: "x", Kind: kind, Unit: "SW", State: state, Due: on(t, due), Ended: at(t, ended)}
	}
	in := ShiftRecords{
		Attempts: []*Attempt{
			{Meta: Meta{Ref: "A-000001"}, Unit: "SW", At: at(t, "2026-11-24 05:00")},
			{Meta: Meta{Ref: "A-000002"}, Unit: "SW", At: at(t, "2026-11-24 17:00")},
			{Meta: Meta{Ref: "A-000003"}, Unit: "SE", At: at(t, "2026-11-24 09:00")},
			{Meta: Meta{Ref: "A-000004"}, Unit: "SW", At: at(t, "2026-11-24 04:59")},
		},
		Arrests: []*Arrest{
			arrest("K-000001", "SW", "2026-11-24 06:00", InCustody, "2026-11-24 07:00"),
			arrest("K-000002", "SW", "2026-11-23 20:00", RUI, "2026-11-24 06:00"),
			arrest("K-000003", "SW", "2026-11-23 20:00", RUI, "2026-11-24 04:00"),
			arrest("K-000004", "SE", "2026-11-24 06:00", InCustody, "2026-11-24 07:00"),
		},
		Wanted: []*Wanted{
			{Meta: Meta{Ref: "W-000001"}, Unit: "SW", State: NotCirculated, Since: at(t, "2026-11-24 06:00")},
			{Meta: Meta{Ref: "W-000002"}, Unit: "SW", State: NotCirculated, Since: at(t, "2026-11-20 06:00")},
		},
		Breaches: []*Breach{
			{Meta: Meta{Ref: "B-000001"}, Unit: "SW", State: BreachReported, Reported: at(t, "2026-11-24 16:59")},
			{Meta: Meta{Ref: "B-000002"}, Unit: "SW", State: BreachReported, Reported: at(t, "2026-11-22 16:59")},
		},
		Targets: []*Target{
			{Meta: Meta{Ref: "OP-0001/001"}, Unit: "SW", State: TargetArrested, Ended: at(t, "2026-11-24 06:00")},
			{Meta: Meta{Ref: "OP-0001/002"}, Unit: "SW", State: TargetLive, ReviewBy: on(t, "2026-12-20")},
		},
		Tasks: []*Task{
			task("T-000001", "address", TaskDone, "2026-11-24", "2026-11-24 08:00"),
			task("T-000002", "address", TaskDone, "2026-11-24", "2026-11-23 08:00"),
			task("T-000003", "address", TaskOpen, "2026-11-24", ""),
			task("T-000004", "address", TaskOpen, "2026-11-25", ""),
			task("T-000005", "address", TaskOpen, "2026-11-26", ""),
			task("T-000006", victimTask, TaskOpen, "2026-12-26", ""),
			task("T-000007", victimTask, TaskCancelled, "2026-11-24", "2026-11-24 08:00"),
		},
	}
	h := NewHandover(in, "SW", from, to)
	for what, c := range map[string]struct{ got, want []Ref }{
		"attempts from the first moment of the shift to the last": {refsOf(h.Attempts), []Ref{"A-000001"}},
		"arrests made in it":                    {refsOf(h.Arrests), []Ref{"K-000001"}},
		"arrests of before that moved in it":    {refsOf(h.Moved), []Ref{"K-000002"}},
		"who is in the cells":                   {refsOf(h.Custody), []Ref{"K-000001"}},
		"who became wanted":                     {refsOf(h.Wanted), []Ref{"W-000001"}},
		"breaches reported":                     {refsOf(h.Breaches), []Ref{"B-000001"}},
		"targets that left a list":              {refsOf(h.Gone), []Ref{"OP-0001/001"}},
		"tasks done":                            {refsOf(h.Done), []Ref{"T-000001"}},
		"tasks left for the next shift":         {refsOf(h.Left), []Ref{"T-000003", "T-000004"}},
		"victim updates, however far they seem": {refsOf(h.Victims), []Ref{"T-000006"}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", what, c.got, c.want)
		}
	}
	var clocks []string
	for _, d := range h.Clocks {
		clocks = append(clocks, string(d.Ref)+" "+d.Rule)
	}
	want := "W-000002 circulate on PNC"
	if len(clocks) == 0 || clocks[0] != want || slices.ContainsFunc(clocks, func(s string) bool { return strings.HasPrefix(s, "K-000004") || strings.HasPrefix(s, "OP-") }) {
		t.Errorf("the clocks of the next shift are %v; they begin with %q, and another unit's are not among them", clocks, want)
	}
	if all := NewHandover(in, "", from, to); len(all.Arrests) != 2 || len(all.Attempts) != 2 {
		t.Errorf("of all units: %v %v", refsOf(all.Arrests), refsOf(all.Attempts))
	}
}

func TestTheClockNearestToNowStandsFirst(t *testing.T) {
	now := at(t, "2026-11-24 17:00")
	dues := []Due{
		{Ref: "W-000009", Rule: "lapsed years ago", Deadline: now.AddDate(-3, 0, 0)},
		{Ref: "W-000002", Rule: "in five hours", Deadline: now.Add(5 * time.Hour)},
		{Ref: "W-000001", Rule: "missed an hour ago", Deadline: now.Add(-time.Hour)},
		{Ref: "W-000000", Rule: "in an hour", Deadline: now.Add(time.Hour)},
	}
	SortNearest(dues, now)
	var got []string
	for _, d := range dues {
		got = append(got, d.Rule)
	}
	if want := []string{"in an hour", "missed an hour ago", "in five hours", "lapsed years ago"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestTheHandoverIsReadOutInOneOrderAndWithoutEmptyParts(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	searched(d)
	in := ShiftRecords{Warrants: []*SearchWarrant{as[*SearchWarrant](d, "S-000001")}, Arrests: []*Arrest{as[*Arrest](d, "K-000001")}}
	h := NewHandover(in, "SW", d.now.Add(-1*time.Hour), d.now.Add(11*time.Hour))
	var got []string
	for _, p := range h.Parts(NewLiner(d, d.now)) {
		got = append(got, p.Head+" "+string(p.Lines[0].Ref))
	}
	if want := []string{"Clocks that run out K-000001", "In custody K-000001", "Search warrants executed S-000001"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestAClockOfTheNextShiftIsHandedOver(t *testing.T) {
	k := &Arrest{
		Meta: Meta{Ref: "K-000001"}, Unit: "SW", At: at(t, "2026-11-24 06:00"), Arrived: at(t, "2026-11-24 06:00"), Status: InCustody, Offences: []OffenceCode{"s4A"},
	}
	for name, c := range map[string]struct {
		from, to string
		want     bool
	}{
		"24 hours that end in the next shift":           {"2026-11-24 06:00", "2026-11-24 19:00", true},
		"not those that end as it ends":                 {"2026-11-24 06:00", "2026-11-24 18:00", false},
		"24 hours that ended before, and nobody looked": {"2026-11-25 07:00", "2026-11-25 19:00", true},
	} {
		h := NewHandover(ShiftRecords{Arrests: []*Arrest{k}}, "SW", at(t, c.from), at(t, c.to))
		if _, got := findClock(h.Clocks, "charge or release"); got != c.want {
			t.Errorf("%s: handed over %v", name, got)
		}
	}
}
