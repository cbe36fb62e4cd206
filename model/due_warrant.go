package model

import "pou/model/day"

// warrantReturnDays is how soon an executed warrant goes back to the court. Local: the Act says when it has been executed.
const warrantReturnDays = 2

// clocks are those of a search warrant: to execute it while it lives, then to return it.
func (s *SearchWarrant) clocks(w Watch) []Due {
	if !s.Returned.IsZero() {
		return nil
	}
	switch s.State {
	case WarrantGranted:
		if day.On(w.Now) > s.Until() {
			return []Due{{
				Rule: "return the expired warrant to the court", Citation: "PACE 1984 s.16(10)(b)", Start: s.Decided.Start(), Deadline: s.Until().End(), Owner: s.By,
				Missed: "a warrant that gives no power is still in somebody's pocket", Settle: "warrant.return",
			}}
		}
		return []Due{{
			Rule: "execute the search warrant", Citation: "PACE 1984 s.16(3): three months from issue", Start: s.Decided.Start(), Deadline: s.Until().End(), Owner: s.By,
			Missed: "the warrant expires; entry on it is then unlawful (PACE 1984 s.15(1))", Settle: "warrant.execute",
		}}
	case WarrantExecuted:
		return []Due{{
			Rule: "return the executed warrant to the court", Citation: Local + " (PACE 1984 s.16(10)(a): when it has been executed)", Start: s.Executed,
			Deadline: day.On(s.Executed).AddDays(warrantReturnDays).End(), Owner: s.By, Missed: "the court does not know what was done on its warrant", Settle: "warrant.return",
		}}
	case WarrantApplied, WarrantRefused, WarrantWithdrawn:
	}
	return nil
}
