package model

import (
	"testing"
	"time"

	"pou/model/day"
)

// protectedPerson is who the orders of the test's station protect. No row, clock or refusal may ever say it.
const protectedPerson = "SAMPLE Rosalind Underwood, 4 Sparrow Court"

// stationNow is the moment the station's records are looked at: a Tuesday, before the arrest phase.
func stationNow(t testing.TB) time.Time { return at(t, "2026-11-24 05:00") }

// station is a small unit's records, one of everything an action can meet. All of it is invented.
func station(t testing.TB) []Record {
	t.Helper()
	now := stationNow(t)
	var all []Record
	for _, part := range [][]Record{
		stationOfficers(), stationPeople(t), stationWanted(t), stationOrders(t), stationBreaches(t), stationOperations(t), stationTasks(t), stationPlans(t),
	} {
		all = append(all, part...)
	}
	custody := func(ref, person Ref, status ArrestStatus, offence OffenceCode) *Arrest {
		arrested := now.Add(-3 * time.Hour)
		return &Arrest{
			Meta: Meta{Ref: ref}, Person: person, Unit: "SW", At: arrested, By: "O-0002", Offences: []OffenceCode{offence}, Status: status,
			Arrived: arrested.Add(time.Hour), Authorised: arrested.Add(70 * time.Minute),
			Steps: []ArrestStep{{At: arrested, Status: Arrested, By: "O-0002"}, {At: arrested.Add(time.Hour), Status: status, By: "O-0002"}},
		}
	}
	charged := custody("K-000003", "P-000002", Charged, "fta")
	charged.Outcome = "1"
	bailed := custody("K-000002", "P-000007", Bailed, "s4A")
	bailed.BailTo = day.On(now).AddDays(30)
	return append(all, custody("K-000001", "P-000005", InCustody, "s4A"), bailed, charged)
}

func stationOfficers() []Record {
	officer := func(n uint64, rank, name string, roles ...Role) *Officer {
		return &Officer{Meta: Meta{Ref: NewRef(KindOfficer, n)}, Rank: rank, Name: name, Unit: "SW", Roles: roles}
	}
	left := officer(9, "PC", "INCE", RoleSergeant)
	left.Left = true
	return []Record{
		officer(1, "PS", "ADEYEMI", RoleSergeant),
		officer(2, "PC", "BLAKE", RoleOfficer),
		officer(3, "DI", "CLARKE", RoleLead),
		officer(4, "", "DEVLIN", RoleCoordinator),
		officer(5, "PC", "EVANS", RoleMonitoring),
		officer(6, "", "FAROOQ", RoleSTAC),
		officer(7, "", "GRANT", RoleData),
		officer(8, "", "HUGHES", RoleAdmin),
		left,
	}
}

func stationPeople(t testing.TB) []Record {
	t.Helper()
	person := func(n uint64, surname, forename string) *Person {
		return &Person{Meta: Meta{Ref: NewRef(KindPerson, n)}, Surname: surname, Forename: forename, OwnerUnit: "SW", Sample: true}
	}
	kovacs := person(1, "Kovács", "Miklós")
	kovacs.Aliases = []Alias{{Name: "Micky", Kind: "nickname"}}
	kovacs.Markers = []Marker{{Code: "VI", Source: "PNC", Set: on(t, "2026-03-01")}, {Code: "MN", Source: "custody", Set: on(t, "2026-03-01")}}
	return []Record{
		kovacs, person(2, "Lowe", "Dean"), person(3, "Marsh", "Ivan"), person(4, "Novak", "Petr"),
		person(5, "Osei", "Kwame"), person(6, "Price", "Gareth"), person(7, "Quinn", "Sean"),
	}
}

func stationWanted(t testing.TB) []Record {
	t.Helper()
	line := func(n uint64, person Ref, unit Unit, since string, offence OffenceCode) *Wanted {
		return &Wanted{
			Meta: Meta{Ref: NewRef(KindWanted, n)}, Person: person, Unit: unit, State: NotCirculated, Offences: []OffenceCode{offence},
			Since: at(t, since), Officer: "O-0002",
		}
	}
	circulated := line(1, "P-000001", "SW", "2026-11-10 09:00", "s4A")
	circulated.circulate("26/0001W", on(t, "2026-11-11"))
	south := line(3, "P-000003", "SE", "2026-11-12 09:00", "spo-breach")
	south.circulate("26/0003W", on(t, "2026-11-12"))
	summary := line(4, "P-000004", "SW", "2026-11-20 09:00", "s2A")
	summary.LastAct = on(t, "2026-07-01")
	ended := line(5, "P-000006", "SW", "2026-09-01 09:00", "s4A")
	ended.State, ended.Ended, ended.EndReason, ended.Supervisor = Eliminated, at(t, "2026-10-01 09:00"), "alibi on CCTV", "O-0001"
	return []Record{circulated, line(2, "P-000003", "SW", "2026-11-12 09:00", "s4A"), south, summary, ended}
}

func stationOrders(t testing.TB) []Record {
	t.Helper()
	order := func(n uint64, person Ref, kind OrderType, made, until, served string) *Order {
		o := &Order{
			Meta: Meta{Ref: NewRef(KindOrder, n)}, Person: person, Type: kind, Unit: "SW", Court: "Wimbledon", Made: on(t, made), Until: on(t, until),
			Served: at(t, served), Monitor: "O-0005", Protected: protectedPerson,
			Conditions: []Condition{{No: 1, Text: "Not to contact the person protected"}, {No: 2, Text: "Not to enter the area on the map", Until: on(t, "2026-11-30")}},
		}
		return o
	}
	unwatched := order(3, "P-000006", ROConviction, "2025-06-02", "", "2025-06-02 15:00")
	unwatched.Monitor = ""
	discharged := order(4, "P-000006", SPO, "2023-02-01", "", "2023-02-02 10:00")
	discharged.End, discharged.Ended = Discharged, on(t, "2026-03-02")
	unserved := order(1, "P-000006", SPO, "2026-11-02", "2028-11-01", "")
	unserved.Changes = []Notifiable{{What: NewName, Text: "Gary Price", Day: on(t, "2026-11-10"), Found: "a neighbour"}} // before service: no clock of its own
	return []Record{
		unserved,
		order(2, "P-000007", InterimSPO, "2026-10-30", "2026-12-18", "2026-10-30 15:00"),
		unwatched, discharged,
		order(5, "P-000007", SPO, "2026-11-20", "", "2026-11-23 10:00"),
	}
}

func stationBreaches(t testing.TB) []Record {
	t.Helper()
	breach := func(n uint64, order Ref, kind OrderType, state BreachState) *Breach {
		return &Breach{
			Meta: Meta{Ref: NewRef(KindBreach, n)}, Order: order, Person: "P-000006", Type: kind, Condition: 1, Unit: "SW",
			What: "Seen outside the workplace", At: at(t, "2026-11-20 18:00"), Reported: at(t, "2026-11-21 09:00"), State: state, Owner: "O-0005",
		}
	}
	return []Record{
		breach(1, "R-000003", ROConviction, BreachReported), breach(2, "R-000003", ROConviction, BreachSubstantiated),
		breach(3, "R-000003", ROConviction, NotABreach), breach(4, "R-000001", SPO, BreachReview),
	}
}

func stationOperations(t testing.TB) []Record {
	t.Helper()
	operation := func(n uint64, name, from, to string, count uint64) *Operation {
		return &Operation{Meta: Meta{Ref: NewRef(KindOperation, n)}, Name: name, Lead: "O-0003", From: on(t, from), To: on(t, to), Count: count}
	}
	target := func(n uint64, person, line Ref) *Target {
		return &Target{
			Meta: Meta{Ref: NewTargetRef("OP-0001", n)}, Operation: "OP-0001", Person: person, Wanted: line, Unit: "SW", State: TargetLive,
			Reason: "Stalking, high risk", AddedBy: "O-0001", Added: at(t, "2026-11-18 09:00"), ReviewBy: on(t, "2026-12-16"), Officers: []Ref{"O-0002"},
		}
	}
	gone := target(2, "P-000006", "W-000005")
	gone.State, gone.Ended, gone.EndReason, gone.Supervisor = TargetEliminated, at(t, "2026-11-19 09:00"), "alibi on CCTV", "O-0001"
	return []Record{
		operation(1, "SAMPLE Winter", "2026-11-20", "2026-11-30", 2), operation(2, "SAMPLE Spring", "2026-04-20", "2026-04-26", 0),
		target(1, "P-000001", "W-000001"), gone,
	}
}

func stationTasks(t testing.TB) []Record {
	t.Helper()
	task := func(n uint64, state TaskState) *Task {
		return &Task{
			Meta: Meta{Ref: NewRef(KindTask, n)}, Title: "Arrest enquiry", Kind: "arrest", Person: "P-000001", About: "W-000001", Unit: "SW",
			Assignee: "O-0002", By: "O-0001", Added: at(t, "2026-11-23 09:00"), Due: on(t, "2026-11-24"), State: state,
		}
	}
	open := task(1, TaskOpen)
	open.Checklist = []CheckItem{{Text: "Intelligence check"}, {Text: "Vehicle check"}}
	done := task(2, TaskDone)
	done.Ended = at(t, "2026-11-23 20:00")
	return []Record{open, done, task(3, TaskStarted)}
}
