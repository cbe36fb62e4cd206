package cli

import (
	"strconv"
	"strings"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// field is a column of a list with what stands in it.
type field struct {
	column
	cell func(r *row, now time.Time) string
}

func left(head string, cell func(*row, time.Time) string) field {
	return field{column{head: head}, cell}
}

func right(head string, cell func(*row, time.Time) string) field {
	return field{column{head: head, right: true}, cell}
}

func refField() field {
	return field{column{head: "REF", fixed: true}, func(r *row, _ time.Time) string { return string(r.Ref) }}
}

func nameField(head string) field {
	return field{column{head: head, least: minName}, func(r *row, _ time.Time) string { return r.Name }}
}

func unitField() field {
	return left("UNIT", func(r *row, _ time.Time) string { return string(r.Unit) })
}

func statusField() field {
	return left("STATUS", func(r *row, _ time.Time) string { return r.Status })
}

func whatField(head string) field {
	return left(head, func(r *row, _ time.Time) string { return r.What })
}

func typeField(head string) field {
	return left(head, func(r *row, _ time.Time) string { return r.Type })
}

func markerField() field {
	return left("MARKERS", func(r *row, _ time.Time) string { return strings.Join(r.Markers, " ") })
}

func ownerField(head string) field {
	return left(head, func(r *row, _ time.Time) string { return r.OwnerName })
}

func bornField() field {
	return left("BORN", func(r *row, _ time.Time) string { return r.Born })
}

func dueField(head string) field {
	return left(head, func(r *row, _ time.Time) string {
		if r.Due.IsZero() {
			return ""
		}
		return r.Due.Long()
	})
}

func aboutField(head string) field {
	return left(head, func(r *row, _ time.Time) string { return strings.TrimSpace(string(r.About) + " " + r.AboutName) })
}

func agoField(head string, at func(*row) time.Time) field {
	return right(head, func(r *row, now time.Time) string {
		if at(r).IsZero() {
			return ""
		}
		return part.Ago(now.Sub(at(r)))
	})
}

func sinceField() field { return agoField("AGE", func(r *row) time.Time { return r.Since }) }

func countField(head string, n func(*row) int) field {
	return right(head, func(r *row, _ time.Time) string {
		if n(r) == 0 {
			return ""
		}
		return strconv.Itoa(n(r))
	})
}

func attemptsField() field { return countField("TRIES", func(r *row) int { return r.Attempts }) }

// listFields are the columns of a list's table.
func listFields(l store.List) []field {
	switch l {
	case store.ListWanted:
		return []field{
			refField(), nameField("NAME"), unitField(), statusField(), whatField("WANTED FOR"), markerField(),
			left("GRADE", func(r *row, _ time.Time) string { return r.Grade }), sinceField(), attemptsField(),
			agoField("TRIED", func(r *row) time.Time { return r.LastAttempt }), dueField("CHARGE BY"), ownerField("OFFICER"),
		}
	case store.ListBreaches:
		return []field{
			refField(), nameField("NAME"), unitField(), statusField(), aboutField("ORDER"), typeField("TYPE"),
			countField("COND", func(r *row) int { return r.Count }), whatField("WHAT"), sinceField(), ownerField("OWNER"),
		}
	case store.ListSuspicions:
		return []field{
			left("SUSPICION", func(r *row, _ time.Time) string { return r.AboutName }), nameField("NAME"), unitField(), statusField(), typeField("TYPE"),
			left("FOUND BY", func(r *row, _ time.Time) string { return r.Outcome }), whatField("WHAT"),
			left("BECAUSE", func(r *row, _ time.Time) string { return strings.Join(r.Why, "; ") }), sinceField(), ownerField("MONITOR"),
		}
	case store.ListOrders:
		return []field{
			refField(), nameField("SUBJECT"), unitField(), statusField(), typeField("TYPE"), whatField("CONDITIONS"), dueField("UNTIL"),
			countField("BREACHES", func(r *row) int { return r.Count }), ownerField("MONITOR"),
		}
	case store.ListOperations:
		return []field{
			refField(), nameField("NAME"), unitField(), statusField(), dueField("ENDS"), countField("TARGETS", func(r *row) int { return r.Count }),
			ownerField("LEAD"), whatField("AIM"),
		}
	case store.ListTargets:
		return []field{
			refField(), nameField("NAME"), unitField(), statusField(), typeField("WANTED FOR"), markerField(), attemptsField(), dueField("REVIEW BY"),
			ownerField("OFFICER"), whatField("REASON"),
		}
	case store.ListTasks:
		return []field{
			refField(), whatField("TASK"), nameField("PERSON"), unitField(), statusField(), left("PRIORITY", func(r *row, _ time.Time) string { return r.Priority }),
			dueField("DUE"), ownerField("OFFICER"), aboutField("ABOUT"),
		}
	case store.ListPeople:
		return []field{
			refField(), nameField("NAME"), bornField(), unitField(), markerField(),
			left("ALSO", func(r *row, _ time.Time) string { return strings.Join(r.Aliases, "; ") }), whatField("ADDRESS"),
		}
	case store.ListDue:
		return []field{
			left("LEFT", func(r *row, now time.Time) string { return part.Left(r.due.Left(now)) }),
			left("DEADLINE", func(r *row, _ time.Time) string { return day.Moment(r.due.Deadline) }), refField(),
			left("RULE", func(r *row, _ time.Time) string { return r.What }), nameField("NAME"), unitField(), ownerField("OWNER"),
			left("CHECK", func(r *row, _ time.Time) string { return checkWord(r.due.Check) }), left("BEGAN WITH", func(r *row, _ time.Time) string { return r.due.Event }),
			left("SOURCE", func(r *row, _ time.Time) string { return r.due.Citation }),
		}
	case store.ListArrests:
		return []field{
			refField(), nameField("NAME"), unitField(), statusField(), whatField("OFFENCES"), sinceField(), dueField("BAIL TO"),
			left("OUTCOME", func(r *row, _ time.Time) string { return r.Outcome }), ownerField("OFFICER"),
		}
	case store.ListWarrants:
		return []field{
			refField(), nameField("NAME"), unitField(), statusField(), whatField("PREMISES"), typeField("POWER"), dueField("EXPIRES"), agoField("ASKED", func(r *row) time.Time { return r.Since }),
			left("FOUND", func(r *row, _ time.Time) string { return r.Outcome }), ownerField("OFFICER"), aboutField("ABOUT"),
		}
	case store.ListLimits:
		return []field{
			left("LIMIT", func(r *row, _ time.Time) string { return r.Name }), left("VALUE", func(r *row, _ time.Time) string { return r.Type }),
			whatField("OF WHAT"), left("CHECK", func(r *row, _ time.Time) string { return checkWord(r.Check) }),
			left("FROM", func(r *row, _ time.Time) string { return day.On(r.Since).Long() }), refField(), left("SOURCE", func(r *row, _ time.Time) string { return r.Outcome }),
		}
	case store.ListOfficers:
		return []field{refField(), nameField("NAME"), whatField("RANK"), unitField(), statusField()}
	case "screenings":
		return []field{
			refField(), nameField("SUSPECT"), unitField(), statusField(), markerField(), whatField("FOUR"), typeField("ALSO DONE"), aboutField("CASE"), sinceField(),
			dueField("AGAIN BY"), ownerField("JUDGED BY"),
		}
	case "stac":
		return []field{
			refField(), dueField("DUE"), statusField(), nameField("SUSPECT"), unitField(), markerField(), left("PRIORITY", func(r *row, _ time.Time) string { return r.Priority }),
			left("FLAG", func(r *row, _ time.Time) string { return r.Outcome }), typeField("ASKED FOR"), whatField("WHY"), aboutField("CASE"), sinceField(), ownerField("S-TAC"),
		}
	case "engagements":
		return []field{
			refField(), typeField("AUDIENCE"), countField("REACHED", func(r *row) int { return r.Count }), unitField(), statusField(), whatField("TOPIC"),
			nameField("WHERE"), sinceField(), dueField("FOLLOW UP"), ownerField("BY"),
		}
	}
	return []field{
		refField(), nameField("NAME"), unitField(), statusField(), typeField("TYPE"), whatField("WHAT"), sinceField(), dueField("DUE"), ownerField("OWNER"),
	}
}

func checkWord(check bool) string {
	if check {
		return "check"
	}
	return ""
}

// listSheet lays a list out.
func listSheet(l store.List, rows []row, now time.Time) *sheet {
	fields := listFields(l)
	t := &sheet{}
	for _, f := range fields {
		t.cols = append(t.cols, f.column)
	}
	for i := range rows {
		cells := make([]string, len(fields))
		for j, f := range fields {
			cells[j] = f.cell(&rows[i], now)
		}
		t.add(cells...)
	}
	return t
}

// csvHeads are the columns of a list as a spreadsheet has it: all that a script may want, in an order that stays.
func csvHeads(l store.List) []string {
	heads := []string{
		"ref", "kind", "unit", "status", "name", "person", "born", "what", "type", "markers", "since", "due", "owner", "owner_name",
		"attempts", "last_attempt", "outcome", "grade", "priority", "urgency", "about", "about_name", "count", "live",
	}
	if l == store.ListDue {
		heads = append(heads, "rule", "citation", "start", "deadline", "missed", "settle", "event", "check", "warn")
	}
	if l == store.ListLimits {
		heads = append(heads, "check")
	}
	return heads
}

func csvCells(l store.List, r *row) []string {
	cells := []string{
		string(r.Ref), r.Kind, string(r.Unit), r.Status, r.Name, string(r.Person), r.Born, r.What, r.Type, strings.Join(r.Markers, "; "),
		stamp(r.Since), dayText(r), string(r.Owner), r.OwnerName, strconv.Itoa(r.Attempts), stamp(r.LastAttempt), r.Outcome, r.Grade,
		r.Priority, strconv.Itoa(r.Urgency), string(r.About), r.AboutName, strconv.Itoa(r.Count), strconv.FormatBool(r.Live),
	}
	if l == store.ListDue {
		cells = append(cells, r.due.Rule, r.due.Citation, stamp(r.due.Start), stamp(r.due.Deadline), r.due.Missed, r.due.Settle, r.due.Event, strconv.FormatBool(r.due.Check), r.due.Warn)
	}
	if l == store.ListLimits {
		cells = append(cells, strconv.FormatBool(r.Check))
	}
	return cells
}

func dayText(r *row) string {
	if r.Due.IsZero() {
		return ""
	}
	return r.Due.String()
}

// stamp is a time as scripts read it.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// lineWords are a line as one sentence, for the plain mode and for what links to a record.
func lineWords(l *model.Line, now time.Time) string {
	words := []string{string(l.Ref)}
	add := func(s string) {
		if s != "" {
			words = append(words, s)
		}
	}
	if l.Kind != "person" && l.Kind != "officer" {
		add(l.Kind)
	}
	add(l.Name)
	add(l.Status)
	add(l.What)
	add(l.Type)
	add(strings.Join(l.Markers, " "))
	if !l.Due.IsZero() {
		add("due " + l.Due.Long())
	} else if age := now.Sub(l.Since); !l.Since.IsZero() && age >= time.Minute {
		add(part.Ago(age) + " old")
	}
	add(l.Outcome)
	add(l.OwnerName)
	return part.Safe(strings.Join(words, " | "))
}
