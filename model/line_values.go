package model

import (
	"slices"
	"strconv"
	"strings"

	"pou/model/match"
	"pou/model/query"
)

// LineValues are the values that lines may have of a field, where these are a closed list; nil for any other field. A value that
// carries a figure, such as the version of a plan, is not in it.
func LineValues(field string) []string {
	switch field {
	case "unit":
		out := make([]string, 0, len(Units()))
		for _, u := range Units() {
			out = append(out, string(u.Code))
		}
		return out
	case "marker":
		return append(values(MarkerCode("").Choices()), "U18", "HEALTH")
	case "grade":
		return values(Grade("").Choices())
	case "priority":
		return values(Priority("").Choices())
	case "live":
		return []string{"yes", "no"}
	case "kind":
		return lineKinds()
	case "status":
		return lineStatuses()
	}
	return nil
}

func values(list []Choice) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = c.Value
	}
	return out
}

func lineKinds() []string {
	out := []string{"wanted", "due", "intelligence", "evidence", "order frozen", "suspicion"} // as their lines call them, where that is not the word of the kind
	for _, k := range Kinds() {
		out = append(out, k.Word())
	}
	return out
}

// lineStatuses are the words of every state there is, of whichever kind of record, each once.
func lineStatuses() []string {
	var out []string
	for _, list := range [...][]string{
		values(WantedState("").Choices()), values(ArrestStatus("").Choices()), values(RecordedAs("").Choices()),
		{"circulated", "breach", "order", "target", "task", string(Arrested)}, // how somebody stands
		{"live", "not served", "expired", string(Discharged), string(Lapsed), string(Superseded), string(Determined)},
		{string(Complied), string(Concern), string(NotComplied), string(NotChecked)},
		{string(AppDrafting), string(AppSignedOff), string(AppLodged), string(AppInterim), string(AppMade), string(AppRefused), string(AppWithdrawn)},
		{
			string(BreachReported), string(BreachReview), string(BreachNeedMore), string(BreachSubstantiated), string(NotABreach), string(BreachDecided),
			string(BreachDismissed),
		},
		{string(OperationPlanned), string(OperationEnded), string(OperationClosed), string(TargetLive)},
		{string(CaseOpen), string(CaseCharged), string(CaseClosed)},
		{string(TaskOpen), string(TaskStarted), string(TaskDone), string(TaskCancelled)},
		{string(EvidenceNeeded), string(EvidenceRequested), string(EvidenceReceived), string(EvidenceGone), string(EvidenceNotNeeded)},
		{string(STACReferred), string(STACAccepted), string(STACDeclined), string(STACAdvised)},
		{string(WarrantApplied), string(WarrantGranted), string(WarrantRefused), string(WarrantWithdrawn), string(WarrantExecuted), "returned to court", "lapsed"},
		{string(ErasureProposed), string(ErasureDone), string(ErasureRefused)},
		{"draft", "signed", "signed by the sergeant", "signed, not frozen", "changed", "frozen", "version"},
		{"working", "left", "as set", "built in", "built in, check", "as set, check", "held", "empty", "not signed", "in contact", "no contact wanted", "to follow up", "running", "overdue"},
		{"ended", MayBe},
		{restrictedStatus},
	} {
		for _, s := range list {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// UnknownValues says of each value of a filter that no line can have that it is not known, and which are: those spelt much like it, or
// all. It returns "" for a filter whose values are all known. Held says that some line has a value all the same.
func UnknownValues(terms []query.Term, held ...func(query.Term) bool) string {
	var out []string
	for i := range terms {
		t := terms[i]
		known := LineValues(t.Field())
		if known == nil || slices.ContainsFunc(held, func(f func(query.Term) bool) bool { return f(t) }) {
			continue
		}
		for _, v := range t.Strange(known) {
			if t.Field() == "unit" || t.Field() == "marker" {
				v = strings.ToUpper(v)
			}
			if t.Field() != "status" || !strings.ContainsAny(v, "0123456789") {
				out = append(out, t.Field()+" "+strconv.Quote(v)+" is not known; "+nearest(v, known))
			}
		}
	}
	return strings.Join(out, "; ")
}

// nearest lists the values much like one that was typed; where there is none, all, or the first of many.
func nearest(typed string, known []string) string {
	const few, many = 12, 24
	x := match.NewIndex()
	for i, k := range known {
		x.Put(uint32(i), match.Named(k)) //nolint:gosec // a few dozen
	}
	hits := x.Find(typed, 3)
	var near []string
	for _, h := range hits {
		if h.Score*10 >= hits[0].Score*9 {
			near = append(near, known[h.ID])
		}
	}
	switch {
	case len(near) > 0:
		return "did you mean " + strings.Join(near, " or ")
	case len(known) > many:
		return "try one such as " + strings.Join(known[:few], ", ")
	}
	return "try " + strings.Join(known, ", ")
}
